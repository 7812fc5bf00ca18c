import type { Span } from './chart-line.ts';

/** First digits of distances between marks that people count in. */
const DIGITS = [1, 2, 2.5, 5, 10] as const;
const DECADE = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;
/** Which of a decade are marked, the fewest first. */
const WITHIN_DECADE = [[1], [1, 2, 5], [1, 2, 3, 5, 7], DECADE] as const;

/** What calculating may add to a distance. */
const CLOSE = 1e-9;

/**
 * Round numbers within a span, at equal distances, or at equal ratios along a logarithmic axis. Powers of ten are
 * written rather than multiplied: so they are right as far as numbers reach.
 *
 * @param most how many have room, which need not be a whole number
 */
export function marksWithin(span: Span, most: number, isLog: boolean): number[] {
  const ratios = isLog ? ratioMarks(span, most) : [];
  return ratios.length > 1 ? ratios : evenMarks(span, most);
}

/** The very smallest numbers lie further apart than their marks would. */
function within(marks: readonly number[], [min, max]: Span): number[] {
  return marks.filter((mark, index) => mark >= min && mark <= max && mark !== marks[index - 1]);
}

function evenMarks([min, max]: Span, most: number): number[] {
  // each part by itself: the span of numbers that are nearly too large may be too large
  const least = (max / most - min / most) * (1 - CLOSE);
  if (!(least > 0) || !Number.isFinite(least)) return [];
  const power = Math.floor(Math.log10(least));
  const digit = DIGITS.find((each) => scaled(each, power) >= least) ?? 10;
  const step = scaled(digit, power);
  const first = Math.ceil(min / step);
  const count = Math.min(Math.floor(max / step) - first, Math.ceil(most)) + 1;
  // beyond whole numbers no two marks differ
  if (!Number.isSafeInteger(first) || count < 1) return [];
  const marks = Array.from({ length: count }, (_, index) => scaled((first + index) * digit, power));
  return within(marks, [min, max]);
}

function ratioMarks([min, max]: Span, most: number): number[] {
  const [first, last] = [Math.floor(Math.log10(min)), Math.floor(Math.log10(max))];
  const decades = Math.log10(max) - Math.log10(min);
  if (!Number.isFinite(decades)) return [];
  const digits = WITHIN_DECADE.findLast((each) => nearest(each) * most >= decades) ?? [1];
  const every = Math.max(1, Math.ceil(decades / most));
  const marks: number[] = [];
  for (let power = Math.ceil(first / every) * every; power <= last; power += every)
    marks.push(...digits.map((digit) => scaled(digit, power)));
  return within(marks, [min, max]);
}

/** How near two of some digits come to each other in a decade, as a part of it. */
function nearest(digits: readonly number[]): number {
  const ends = [...digits, 10];
  return Math.min(...digits.map((digit, index) => Math.log10((ends[index + 1] as number) / digit)));
}

/** A number times a power of ten, as close as numbers come. */
function scaled(number: number, power: number): number {
  return number === 0 ? 0 : Number(`${number}e${power}`);
}
