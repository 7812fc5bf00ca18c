import { lastValues, type SeriesPiece, splitPiece } from '../engine/series-piece.ts';
import { columnsBefore } from './columns-before.ts';
import type { Queryable } from './database.ts';
import { findColumns } from './history-columns.ts';
import type { StreamKey } from './line-times.ts';
import type { LineRange } from './own-lines.ts';
import { linePieces } from './series-pieces.ts';

/** What is in no column is read from so many lines before the first that is asked for; further back where that is needed. */
const LINES_BEFORE = 200;

/**
 * The last number of a metric on each of some lines of a stream, or before it. Lines before its first number are left
 * out.
 */
export async function valuesAt(
  database: Queryable,
  key: StreamKey,
  metric: string,
  lines: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const columns = await findColumns(database, key, key.stream, [metric]);
  const covered = columns?.lines ?? 0;
  const found = new Map<number, number>();
  const missing = (from: number) => lines.filter((line) => line >= from && !found.has(line));
  const take = (pieces: readonly SeriesPiece[]): void => {
    for (const line of missing(0)) {
      const value = lastAt(pieces, line);
      if (value !== undefined) found.set(line, value);
    }
  };
  for (const before of [LINES_BEFORE, Number.POSITIVE_INFINITY]) {
    const behind = missing(covered);
    const fromLine = Math.max(covered, Math.min(...behind) - before);
    if (behind.length > 0)
      take(await piecesOf(database, key, metric, { fromLine, beforeLine: Math.max(...behind) + 1 }));
  }
  if (columns !== undefined) take(await columnsBefore(database, columns, metric, missing(0)));
  return found;
}

async function piecesOf(database: Queryable, key: StreamKey, metric: string, range: LineRange): Promise<SeriesPiece[]> {
  const pieces: SeriesPiece[] = [];
  for await (const piece of linePieces(database, key, metric, range)) pieces.push(piece);
  return pieces;
}

/** @param pieces in order */
function lastAt(pieces: readonly SeriesPiece[], line: number): number | undefined {
  for (const piece of pieces.toReversed()) {
    if (piece.firstLine > line) continue;
    const [value] = lastValues([splitPiece(piece, line + 1)[0]], 1);
    if (value !== undefined) return value;
  }
  return undefined;
}
