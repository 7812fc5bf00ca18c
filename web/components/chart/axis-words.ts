import { metricText } from '../../lib/words.ts';
import type { Axis } from './chart-line.ts';

const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const moment = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' });
const day = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric' });
const minute = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const second = new Intl.DateTimeFormat('en', {
  ...({ hour: '2-digit', minute: '2-digit', second: '2-digit' } as const),
  hourCycle: 'h23',
});

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Distances between the marks of an axis of seconds that people count in. */
export const ROUND_SECONDS: readonly number[] = [
  ...[0.001, 0.01, 0.1, 1, 2, 5, 10, 15, 30],
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].map((days) => days * DAY),
];

/** A number beside an axis. */
export function axisText(value: number): string {
  const size = Math.abs(value);
  if (size >= 1_000) return short.format(value);
  if (size !== 0 && size < 1e-3) return Number(value.toPrecision(3)).toExponential();
  return String(Number(value.toPrecision(4)));
}

/** A number beside an axis of ratios: only round ones are told. */
export function ratioText(value: number): string {
  const power = 10 ** Math.floor(Math.log10(value));
  const digit = Number((value / power).toPrecision(6));
  return Number.isInteger(digit) ? axisText(Number((digit * power).toPrecision(6))) : '';
}

/** The marks below a chart; those that are left out are null. @param distance between them */
export function axisTexts(places: readonly (number | null)[], distance: number, axis: Axis, isLog: boolean): string[] {
  if (isLog && axis.by !== 'runtime') return places.map((place) => (place === null ? '' : ratioText(place)));
  if (axis.by === 'time') return timeTexts(places, distance);
  const text = axis.by === 'runtime' ? durationText : axisText;
  return places.map((place) => (place === null ? '' : text(place)));
}

/** A new day says which it is, everything else its time. */
function timeTexts(places: readonly (number | null)[], distance: number): string[] {
  let before = '';
  return places.map((place) => {
    if (place === null) return '';
    const at = new Date(place * 1000);
    const today = day.format(at);
    const isNew = today !== before && before !== '';
    before = today;
    if (isNew || distance >= DAY) return today;
    return (distance < MINUTE ? second : minute).format(at);
  });
}

/** `45s`, `12m 30s`, `3h`, `2d 4h`: the two largest parts. */
export function durationText(seconds: number): string {
  if (Math.abs(seconds) < MINUTE) return `${Number(seconds.toPrecision(3))}s`;
  const size = Math.round(Math.abs(seconds));
  const parts = [
    [Math.floor(size / DAY), 'd'],
    [Math.floor((size % DAY) / HOUR), 'h'],
    [Math.floor((size % HOUR) / MINUTE), 'm'],
    [size % MINUTE, 's'],
  ] as const;
  const first = parts.findIndex(([amount]) => amount > 0);
  const words = parts.slice(first, first + 2).flatMap(([amount, unit]) => (amount > 0 ? [`${amount}${unit}`] : []));
  return `${seconds < 0 ? '-' : ''}${words.join(' ')}`;
}

/** Where something stands. */
export function placeText(x: number, axis: Axis): string {
  switch (axis.by) {
    case 'step':
      return `step ${x.toLocaleString('en')}`;
    case 'runtime':
      return `after ${durationText(x)}`;
    case 'time':
      return moment.format(new Date(x * 1000));
    case 'metric':
      return `${axis.metric} ${metricText(x)}`;
  }
}
