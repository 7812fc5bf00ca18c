import { metricText } from '../../lib/words.ts';
import type { Along, ChartLine } from './chart-line.ts';

/** A chart for whoever does not see it. @param label what is drawn */
export function chartWords(label: string, { x, values }: ChartLine, along: Along): string {
  const finite = values.filter(Number.isFinite);
  const last = values.at(-1);
  if (finite.length === 0 || last === undefined) return `${label}: nothing to draw`;
  const [low, high] = boundsOf(finite);
  const range = low === high ? metricText(low) : `from ${metricText(low)} to ${metricText(high)}`;
  return `${label}: ${range}; last ${metricText(last)}${placeWords(x.at(-1), along)}`;
}

function placeWords(x: number | undefined, along: Along): string {
  return x === undefined || along === 'time' ? '' : ` at step ${metricText(x)}`;
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

const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const moment = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' });

/** A number beside an axis. */
export function axisText(value: number): string {
  const size = Math.abs(value);
  if (size >= 1_000) return short.format(value);
  if (size !== 0 && size < 1e-3) return Number(value.toPrecision(3)).toExponential();
  return String(Number(value.toPrecision(4)));
}

/** What stands under the pointer. */
export function readingWords(x: number, value: number, along: Along): string {
  const place = along === 'time' ? moment.format(new Date(x * 1000)) : `step ${x.toLocaleString('en')}`;
  return `${place} · ${metricText(value)}`;
}
