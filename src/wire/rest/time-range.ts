import type { Instant } from '../../model/clock.ts';
import { invalid } from '../../model/error.ts';

/** A range of time as it was asked for, in ISO 8601; either end may be open. */
interface AskedRange {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** The instants of a range, the last one excluded. @throws TriplineError invalid when it ends before it begins */
export function timeRange({ from, to }: AskedRange): { readonly from: Instant | null; readonly to: Instant | null } {
  const range = { from: from === undefined ? null : Date.parse(from), to: to === undefined ? null : Date.parse(to) };
  if (range.from === null || range.to === null || range.from <= range.to) return range;
  throw invalid(`'from' is ${from}, after 'to', ${to}: nothing lies between them`, 'from');
}
