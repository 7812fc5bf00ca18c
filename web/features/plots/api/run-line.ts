import type { Points, Span } from '../../../components/chart/chart-line.ts';
import { firstAt, indexesIn } from '../../../components/chart/nearest.ts';

/** The numbers of one metric of one run, as far as they were asked for. */
export interface RunLine extends Points {
  /** Means of stretches, where not all points are here. */
  readonly means: Points | undefined;
  /** Numbers there are. */
  readonly count: number;
  /** Lines of the run's history that were read. */
  readonly lines: number;
  /** Grows when the run is rewound. */
  readonly epoch: number;
}

/** What has come since, added to what was there; a line that grows too long is thinned out as the server does. */
export function appended(before: RunLine, news: RunLine, most: number): RunLine {
  if (news.count === 0) return { ...before, lines: news.lines };
  const means = before.means === undefined ? undefined : joined(before.means, finite(news));
  const all = { ...joined(before, news), means };
  const counts = { count: before.count + news.count, lines: news.lines, epoch: news.epoch };
  if (all.x.length <= 2 * most) return { ...all, ...counts };
  return { ...peaksAlong(all, most), means: meansAlong(means ?? finite(all), most), ...counts };
}

/** A line with a part of it read more closely, as far as that reaches. */
export function spliced(line: RunLine, detail: RunLine, [from]: Span): RunLine {
  const to = detail.x.at(-1);
  if (to === undefined) return line;
  const means = line.means === undefined ? undefined : replaced(line.means, detail.means ?? finite(detail), [from, to]);
  return { ...line, ...replaced(line, detail, [from, to]), means };
}

function replaced(points: Points, detail: Points, span: Span): Points {
  const [start, end] = indexesIn(points.x, span);
  const put = (own: readonly number[], other: readonly number[]) => [
    ...own.slice(0, start),
    ...other,
    ...own.slice(end),
  ];
  return { x: put(points.x, detail.x), values: put(points.values, detail.values) };
}

/** Two lines in the order of the axis; along steps and time the second mostly follows the first. */
function joined(one: Points, other: Points): Points {
  const all = { x: [...one.x, ...other.x], values: [...one.values, ...other.values] };
  if ((other.x[0] ?? 0) >= (one.x.at(-1) ?? Number.NEGATIVE_INFINITY)) return all;
  const order = all.x.map((_, index) => index).toSorted((left, right) => (all.x[left] ?? 0) - (all.x[right] ?? 0));
  return { x: order.map((index) => all.x[index] ?? 0), values: order.map((index) => all.values[index] ?? 0) };
}

/**
 * The lowest and the highest of each of equal parts of the axis, and the last of all. By parts of the axis rather than
 * of the points: what is added bit by bit to a long run must not cost the resolution of what came before.
 */
function peaksAlong({ x, values }: Points, most: number): Points {
  const kept = partsOf(x, Math.floor((most - 1) / 2)).flatMap(([from, before]) => {
    let [low, high] = [from, from];
    for (let index = from; index < before; index += 1) {
      if ((values[index] as number) < (values[low] as number)) low = index;
      if ((values[index] as number) > (values[high] as number)) high = index;
    }
    return low === high ? [low] : [Math.min(low, high), Math.max(low, high)];
  });
  if (kept.at(-1) !== x.length - 1) kept.push(x.length - 1);
  return { x: kept.map((index) => x[index] as number), values: kept.map((index) => values[index] as number) };
}

function meansAlong({ x, values }: Points, most: number): Points {
  const parts = partsOf(x, Math.floor(most / 2));
  const mean = (of: readonly number[], [from, before]: Span) => {
    let sum = 0;
    for (let index = from; index < before; index += 1) sum += of[index] as number;
    return sum / (before - from);
  };
  return { x: parts.map((part) => mean(x, part)), values: parts.map((part) => mean(values, part)) };
}

/** The indexes of what lies in each of equal parts of the axis; parts with nothing in them are left out. */
function partsOf(x: readonly number[], parts: number): Span[] {
  const [first, last] = [x[0] as number, x.at(-1) as number];
  const width = (last - first) / parts;
  const found: Span[] = [];
  for (let from = 0; from < x.length; ) {
    const part = width === 0 ? parts : Math.floor(((x[from] as number) - first) / width) + 1;
    const before = part >= parts ? x.length : Math.max(from + 1, firstAt(x, first + part * width));
    found.push([from, before]);
    from = before;
  }
  return found;
}

function finite({ x, values }: Points): Points {
  if (values.every(Number.isFinite)) return { x, values };
  const kept = values.flatMap((value, index) => (Number.isFinite(value) ? [index] : []));
  return { x: kept.map((index) => x[index] as number), values: kept.map((index) => values[index] as number) };
}

/**
 * What to ask for so that a part of the axis is seen closely: that part and some of both sides, on a grid of its own
 * width, so that whoever moves a little asks for nothing new.
 */
export function spanToAsk([min, max]: Span): Span {
  const cell = 2 ** Math.ceil(Math.log2(max - min));
  return [Math.floor(min / cell) * cell, Math.ceil(max / cell) * cell];
}
