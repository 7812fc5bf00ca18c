/** Rows that are tested first where a filter is more than SQL can say: ever more while few of them match. */
export const TESTED_FIRST = 500;
const GROWTH = 4;
/** Rows whose facts lie in memory at a time. */
const MOST_TESTED = 8_000;
/** Not worth a question of its own. */
const FEWEST_TESTED = 100;

/**
 * How many rows are tested next, so that they take no longer than is left, by how long the last ones took; 0 when time
 * is over.
 */
export function rowsToTest(last: { readonly tested: number; readonly took: number }, left: number): number {
  const inTime = last.took > 0 ? Math.floor((last.tested * left) / last.took) : Number.POSITIVE_INFINITY;
  const next = left > 0 ? Math.min(MOST_TESTED, GROWTH * last.tested, inTime) : 0;
  return next < FEWEST_TESTED ? 0 : next;
}
