import { observations } from '../engine/observations.ts';
import { type SeriesPiece, splitPiece } from '../engine/series-piece.ts';
import { parseRow } from '../model/history-row.ts';
import { BLOCK_LINES } from './column-block.ts';
import type { Queryable } from './database.ts';
import { type LineBlock, readBlocks } from './history-chunks.ts';
import { type Columns, findColumns, readColumnBlocks } from './history-columns.ts';
import type { StreamKey } from './line-times.ts';
import type { LineRange } from './own-lines.ts';

/** Columns in memory at a time: half a megabyte of numbers. */
const BLOCKS_AT_ONCE = 16;

/** What one series observed in a range of lines, in order: from columns as far as they reach, then from the lines. */
export async function* seriesPieces(
  database: Queryable,
  key: StreamKey,
  series: string,
  { fromLine, beforeLine }: LineRange,
): AsyncGenerator<SeriesPiece> {
  const columns = await findColumns(database, key, key.stream, [series]);
  let next = fromLine;
  const covered = Math.min(columns?.lines ?? 0, beforeLine);
  while (columns !== undefined && next < covered) {
    const before = Math.min(covered, next + BLOCKS_AT_ONCE * BLOCK_LINES);
    const pieces = await columnPieces(database, columns, series, { fromLine: next, beforeLine: before });
    if (pieces === undefined) break;
    yield* pieces;
    next = before;
  }
  yield* linePieces(database, key, series, { fromLine: next, beforeLine });
}

/** The same from columns that cover the range; `undefined` when they are gone. */
export async function columnPieces(
  database: Queryable,
  columns: Columns,
  series: string,
  { fromLine, beforeLine }: LineRange,
): Promise<SeriesPiece[] | undefined> {
  if (!columns.numbers.has(series)) return [];
  // a block that begins before the range reaches into it
  const begin = Math.max(0, fromLine - BLOCK_LINES + 1);
  const blocks = await readColumnBlocks(database, columns, begin, beforeLine);
  return blocks?.flatMap((block) => {
    const column = block.columns.get(series);
    return column === undefined ? [] : cut({ firstLine: block.firstLine, ...column.read() }, { fromLine, beforeLine });
  });
}

/** The same from the lines themselves. */
export async function* linePieces(
  database: Queryable,
  key: StreamKey,
  series: string,
  range: LineRange,
): AsyncGenerator<SeriesPiece> {
  if (range.fromLine >= range.beforeLine) return;
  for await (const block of readBlocks(database, key, { stream: key.stream, fromLine: range.fromLine })) {
    yield* cut(pieceOf(block, series), range);
    if (block.firstLine + block.lines.length >= range.beforeLine) return;
  }
}

function pieceOf({ firstLine, lines }: LineBlock, series: string): SeriesPiece {
  const [at, values]: [number[], number[]] = [[], []];
  lines.forEach((text, index) => {
    observations(parseRow(text) ?? {}, (name, value) => {
      if (name !== series) return;
      at.push(index);
      values.push(value);
    });
  });
  return { firstLine, lines: Uint32Array.from(at), values: Float64Array.from(values) };
}

/** What of a piece lies in a range; nothing when that is nothing. */
function cut(piece: SeriesPiece, { fromLine, beforeLine }: LineRange): SeriesPiece[] {
  const [, from] = splitPiece(piece, fromLine);
  const [within] = splitPiece(from, beforeLine);
  return within.values.length === 0 ? [] : [within];
}
