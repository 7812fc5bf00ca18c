import type { Span } from './chart-line.ts';

/** The first index whose place is not before another. @param x ascending */
export function firstAt(x: readonly number[], place: number): number {
  let [low, high] = [0, x.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((x[middle] as number) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The indexes of what lies within a span: from the first on, before the second. @param x ascending */
export function indexesIn(x: readonly number[], [min, max]: Span): [from: number, before: number] {
  const from = firstAt(x, min);
  let before = firstAt(x, max);
  while (before < x.length && x[before] === max) before += 1;
  return [from, before];
}

/** The index of the place that is nearest to another, the last of equal ones; -1 where there is none. @param x ascending */
export function nearestTo(x: readonly number[], place: number): number {
  const after = firstAt(x, place);
  const before = after - 1;
  let found = before;
  if (before < 0 || (after < x.length && (x[after] as number) - place <= place - (x[before] as number))) found = after;
  while (found + 1 < x.length && x[found + 1] === x[found]) found += 1;
  return found < x.length ? found : -1;
}
