import type { Span } from './chart-line.ts';

/** What is shown of both axes; an absent part is shown whole. */
export interface View {
  readonly x?: Span | undefined;
  readonly y?: Span | undefined;
}

/** An axis on which equal distances are equal differences, or equal ratios. */
export interface Scale {
  readonly to: (value: number) => number;
  readonly from: (value: number) => number;
}

export const LINEAR: Scale = { to: (value) => value, from: (value) => value };
export const LOGARITHMIC: Scale = { to: Math.log10, from: (value) => 10 ** value };

/** Nobody can look closer than this part of the whole. */
const SMALLEST = 1e-9;

/** A span between two places, whichever comes first, no smaller than can be shown; `undefined` where it is all. */
export function spanBetween(one: number, other: number, whole: Span, scale: Scale): Span | undefined {
  const [from, to] = whole.map(scale.to) as [number, number];
  const least = (to - from) * SMALLEST;
  const ends = [scale.to(one), scale.to(other)] as const;
  const low = Math.max(from, Math.min(...ends));
  const high = Math.min(to, Math.max(...ends));
  if (!(high - low > least) || (low <= from && high >= to)) return undefined;
  return [scale.from(low), scale.from(high)];
}

/** A span moved by a part of its own width, as far as there is something to see. */
export function moved(span: Span, share: number, whole: Span, scale: Scale): Span {
  const [low, high] = span.map(scale.to) as [number, number];
  const [from, to] = whole.map(scale.to) as [number, number];
  const wanted = share * (high - low);
  const by = Math.max(Math.min(from - low, 0), Math.min(wanted, Math.max(to - high, 0)));
  return [scale.from(low + by), scale.from(high + by)];
}

/** A span that is wider or narrower by a factor, about a place that stays where it is. */
export function stretched(span: Span, factor: number, about: number, whole: Span, scale: Scale): Span | undefined {
  const [low, high] = span.map(scale.to) as [number, number];
  const fixed = Math.min(high, Math.max(low, scale.to(about)));
  return spanBetween(
    scale.from(fixed - (fixed - low) * factor),
    scale.from(fixed + (high - fixed) * factor),
    whole,
    scale,
  );
}
