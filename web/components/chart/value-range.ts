import type { Points, Span } from './chart-line.ts';
import { indexesIn } from './nearest.ts';
import type { Scale } from './view.ts';

/** A threshold that lies further outside than this many spans of the values is not worth squeezing them for. */
const REACH = 1;
const MARGIN = 0.08;

/**
 * The values that a chart shows: all that are drawn, the thresholds that lie near, and what must be seen in any case.
 *
 * @param low the lowest value that is drawn, and the highest
 */
export function valueRange(
  low: number,
  high: number,
  thresholds: readonly number[],
  always: readonly number[],
): [min: number, max: number] {
  const span = high - low || Math.abs(high) * 0.2 || 1;
  const near = thresholds.filter((value) => value >= low - REACH * span && value <= high + REACH * span);
  const [min, max] = [Math.min(low, ...near, ...always), Math.max(high, ...near, ...always)];
  const margin = MARGIN * (max - min || span);
  return [Math.max(-Number.MAX_VALUE, min - margin), Math.min(Number.MAX_VALUE, max + margin)];
}

/** The same along a scale: what has no place on it counts for nothing. */
export function scaledRange(
  [low, high]: Span,
  thresholds: readonly number[],
  always: readonly number[],
  scale: Scale,
): Span {
  const placed = (values: readonly number[]) => values.map(scale.to).filter(Number.isFinite);
  const [from, to] = valueRange(scale.to(low), scale.to(high), placed(thresholds), placed(always));
  return [scale.from(from), scale.from(to)];
}

/** What is shown stays while what is wanted takes at least this part of it. */
const FILLED = 0.4;
/** What is beyond is shown with so much more, in spans of what is wanted, since more of it may follow. */
const AHEAD = 0.25;

/**
 * The values that are shown while somebody moves along: those that were, as long as they hold what is wanted and not
 * much else, so that a scale does not tremble with each step.
 */
export function calmRange(before: Span, wanted: Span, scale: Scale): Span {
  const [low, high] = wanted.map(scale.to) as [number, number];
  const [from, to] = before.map(scale.to) as [number, number];
  const size = high - low;
  // what is wanted has a margin of its own, which need not be seen
  const margin = (size * MARGIN) / (1 + 2 * MARGIN);
  const [below, above] = [low + margin < from, high - margin > to];
  if (!below && !above && size >= FILLED * (to - from)) return before;
  return [scale.from(low - (below ? AHEAD * size : 0)), scale.from(high + (above ? AHEAD * size : 0))];
}

/** The lowest and the highest value of lines within a span that have a place on a scale; `undefined` where there is none. */
export function boundsIn(lines: readonly Points[], span: Span, scale: Scale): Span | undefined {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const line of lines) {
    const [from, before] = indexesIn(line.x, span);
    for (let index = from; index < before; index += 1) {
      const value = line.values[index] as number;
      if (!Number.isFinite(scale.to(value))) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low > high ? undefined : [low, high];
}

/** A value that a hand chose within a range, without digits that no hand can mean. */
export function roundedIn(value: number, [min, max]: Span): number {
  const digits = Math.floor(Math.log10((max - min) / 100));
  const unit = 10 ** digits;
  return Number((Math.round(value / unit) * unit).toPrecision(12));
}
