import { metricText } from '../../lib/words.ts';
import type { Axis } from './chart-line.ts';

/** So many digits are told of a number by itself. */
const FEW_DIGITS = 4;
/** Tells any two numbers apart. */
const MOST_DIGITS = 17;

const rough = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: FEW_DIGITS });
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

/** Numbers from here on are told by their power of ten, and those below its opposite. */
const HUGE = 1e15;
const TINY = 1e-3;

/** A number beside an axis. */
export function axisText(value: number): string {
  const size = Math.abs(value);
  if (size >= 1_000 && size < HUGE) return rough.format(value);
  return digitsText(value, size >= TINY && size < HUGE ? FEW_DIGITS : FEW_DIGITS - 1);
}

/** Marks of an axis, upwards: each with as many digits as tell where it stands. */
export function valueTexts(marks: readonly number[]): string[] {
  const digits = digitsOf(marks);
  return marks.map((mark) => {
    const size = Math.abs(mark);
    return size >= 1_000 && size < HUGE && digits <= FEW_DIGITS ? short.format(mark) : digitsText(mark, digits);
  });
}

/** A part of the distance between marks by which none is told too large or too small. */
const SMALL = 0.01;

function digitsOf(marks: readonly number[]): number {
  const distance = Math.min(...marks.slice(1).map((mark, index) => mark - (marks[index] as number)));
  const isTold = (digits: number) =>
    marks.every((mark) => Math.abs(Number(mark.toPrecision(digits)) - mark) <= SMALL * distance);
  let digits = FEW_DIGITS;
  while (digits < MOST_DIGITS && !isTold(digits)) digits += 1;
  return digits;
}

function digitsText(value: number, digits: number): string {
  const size = Math.abs(value);
  const rounded = Number(value.toPrecision(digits));
  if (size >= HUGE || (size !== 0 && size < TINY)) return rounded.toExponential();
  return size >= 1_000 ? rounded.toLocaleString('en', { maximumSignificantDigits: digits }) : String(rounded);
}

/** The marks below a chart. @param distance between them */
export function axisTexts(places: readonly number[], distance: number, axis: Axis): string[] {
  if (axis.by === 'time') return timeTexts(places, distance);
  return axis.by === 'runtime' ? places.map(durationText) : valueTexts(places);
}

/** A new day says which it is, everything else its time. */
function timeTexts(places: readonly number[], distance: number): string[] {
  let before = '';
  return places.map((place) => {
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
