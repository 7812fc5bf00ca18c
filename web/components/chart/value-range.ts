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
  return [min - margin, max + margin];
}

/** A value that a hand chose within a range, without digits that no hand can mean. */
export function roundedIn(value: number, [min, max]: readonly [number, number]): number {
  const digits = Math.floor(Math.log10((max - min) / 100));
  const unit = 10 ** digits;
  return Number((Math.round(value / unit) * unit).toPrecision(12));
}
