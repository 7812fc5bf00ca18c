import type { Points } from './chart-line.ts';

/** The width of a chart in units of which a line forgets one part after the other. */
const UNITS = 1_000;
const MOST = 0.999;

/**
 * The exponential moving average of W&B: it forgets along the axis rather than point by point, so that points that lie
 * unevenly weigh as they should, and its beginning is corrected by the weights that there were so far.
 *
 * @param smoothing from 0, the points as they are, to 1
 * @param width of what is shown of the axis
 */
export function smoothed({ x, values }: Points, smoothing: number, width: number): Points {
  const kept = Math.min(Math.sqrt(Math.max(0, smoothing)), MOST);
  const places: number[] = [];
  const averages: number[] = [];
  let [sum, weight] = [0, 0];
  let before: number | undefined;
  for (const [index, place] of x.entries()) {
    const value = values[index] as number;
    if (!Number.isFinite(value)) continue;
    const units = before === undefined || width <= 0 ? 0 : ((place - before) / width) * UNITS;
    const remembered = kept === 0 ? 0 : kept ** units;
    sum = sum * remembered + value;
    weight = weight * remembered + 1;
    before = place;
    places.push(place);
    averages.push(sum / weight);
  }
  return { x: places, values: averages };
}
