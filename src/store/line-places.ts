import type { Column } from './column-format.ts';

/** Lines of a block, by their numbers in it. */
export interface BlockRange {
  readonly from: number;
  readonly before: number;
}

/**
 * Where the lines of a range stand, from its first one on: one that does not tell stands where one before did.
 *
 * @param column what tells it @param place where the line before the range stood
 */
export function carriedPlaces(column: Column, range: BlockRange, place: number): Float64Array {
  if (isDense(column, range)) return column.values.subarray(range.from, range.before);
  const places = new Float64Array(range.before - range.from);
  let [next, here] = [0, place];
  visitWithin(column, range, (line, value) => {
    if (!Number.isFinite(value)) return;
    places.fill(here, next, line);
    [next, here] = [line, value];
  });
  return places.fill(here, next);
}

/** Where the lines of a range stand, from its first one on, that tell it themselves; NaN for the others. */
export function ownPlaces(column: Column, range: BlockRange): Float64Array {
  if (isDense(column, range)) return column.values.subarray(range.from, range.before);
  const places = new Float64Array(range.before - range.from).fill(Number.NaN);
  visitWithin(column, range, (line, value) => {
    places[line] = Number.isFinite(value) ? value : Number.NaN;
  });
  return places;
}

/** Visits the numbers of a column within a range. @param visit told the line, counted from the first of the range */
function visitWithin(
  { lines, values }: Column,
  { from, before }: BlockRange,
  visit: (line: number, value: number) => void,
): void {
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] as number;
    if (line >= before) return;
    if (line >= from) visit(line - from, values[index] as number);
  }
}

/** Whether each line of a range tells a finite number, once: most blocks of most runs are such. */
function isDense({ lines, values }: Column, { from, before }: BlockRange): boolean {
  for (let line = 0; line < before; line += 1)
    if (lines[line] !== line || (line >= from && !Number.isFinite(values[line] as number))) return false;
  return lines[before] !== before - 1;
}
