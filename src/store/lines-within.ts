import type { BoundedBlock } from '../engine/block-index.ts';
import type { LineRange } from './own-lines.ts';

/** A part of an axis. */
export interface PlacesWanted {
  /** Whether a line that does not tell where it stands stands where one before did; at 0 where none has told. */
  readonly carried: boolean;
  /** Places that count, both inclusive. */
  readonly from: number;
  readonly to: number;
}

/**
 * The lines of a range that may stand within a part of an axis, by what is known of their blocks without reading them:
 * all others stand elsewhere.
 *
 * @param blocks those that mention what tells the places, in order
 */
export function linesWithin(
  blocks: readonly BoundedBlock[],
  range: LineRange,
  { carried, from, to }: PlacesWanted,
): LineRange[] {
  const found: LineRange[] = [];
  let next = range.fromLine;
  /** Whether lines that tell nothing may stand within. */
  let here = carried && from <= 0 && to >= 0;
  const pass = (beforeLine: number, isWithin: boolean): void => {
    const before = Math.min(beforeLine, range.beforeLine);
    if (before <= next) return;
    if (isWithin) addRange(found, { fromLine: next, beforeLine: before });
    next = before;
  };
  for (const { firstLine, lines, low, high } of blocks) {
    pass(firstLine, here);
    // infinities, or no number at all, say nothing of where lines stand
    const isWithin = !Number.isFinite(high - low) || (low <= to && high >= from);
    pass(firstLine + lines, isWithin || here);
    here = carried && isWithin;
  }
  pass(range.beforeLine, here);
  return found;
}

/** Ranges that touch are one. */
function addRange(ranges: LineRange[], range: LineRange): void {
  const last = ranges.at(-1);
  if (last?.beforeLine === range.fromLine)
    ranges[ranges.length - 1] = { fromLine: last.fromLine, beforeLine: range.beforeLine };
  else ranges.push(range);
}
