import { count, metricText } from '../../lib/words.ts';
import { placeText } from './axis-words.ts';
import type { Axis, ChartLine, Points } from './chart-line.ts';
import type { Reading } from './reading.ts';

/** Lines that are told one by one. */
const TOLD = 20;

/** A chart for whoever does not see it. @param label what is drawn */
export function chartWords(label: string, lines: readonly ChartLine[], axis: Axis): string {
  const drawn = lines.filter(({ values }) => values.some(Number.isFinite));
  const [first, second] = drawn;
  if (first === undefined) return `${label}: nothing to draw`;
  if (second === undefined) return `${label}: ${lineWords(first, axis)}`;
  const told = drawn.slice(0, TOLD).map((line) => `${line.name} ${lineWords(line, axis)}`);
  return `${label} of ${count(drawn.length, 'run')}: ${told.join('. ')}`;
}

function lineWords({ x, values }: Points, axis: Axis): string {
  const [low, high] = boundsOf(values.filter(Number.isFinite));
  const range = low === high ? metricText(low) : `from ${metricText(low)} to ${metricText(high)}`;
  return `${range}; last ${metricText(values.at(-1) ?? Number.NaN)}${endWords(x.at(-1), axis)}`;
}

function endWords(x: number | undefined, axis: Axis): string {
  if (x === undefined || axis.by === 'time') return '';
  return axis.by === 'runtime' ? ` ${placeText(x, axis)}` : ` at ${placeText(x, axis)}`;
}

/** The lowest and the highest. */
export function boundsOf(values: readonly number[]): [low: number, high: number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

/** What stands under the cursor, said aloud. */
export function readingWords({ x, values }: Reading, axis: Axis): string {
  const [only] = values;
  if (values.length === 1 && only !== undefined) return `${placeText(x, axis)}: ${metricText(only.value)}`;
  return [placeText(x, axis), ...values.map(({ line, value }) => `${line.name} ${metricText(value)}`)].join(', ');
}
