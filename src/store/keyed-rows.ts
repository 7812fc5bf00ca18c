import { metricIn, parseRow, stepOf } from '../model/history-row.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { BLOCK_LINES } from './column-block.ts';
import type { Column } from './column-format.ts';
import type { Queryable } from './database.ts';
import { type ChunkRange, type LineBlock, readBlocks } from './history-chunks.ts';
import { type Columns, findColumns, type ReadBlock, readColumnBlocks } from './history-columns.ts';
import type { RunKey } from './run-heads.ts';

/** Told of a row that has a value for every key; `make` it at once or never. */
export type EachRow = (step: number | undefined, make: () => JsonObject) => void;

/** A stretch of a stream, reduced to the rows that have a value for every key. */
export interface KeyedRows {
  forEach(each: EachRow): void;
  /** Lines that had to be read because they are in no column yet. */
  readonly uncovered: number;
}

/** Columns in memory at a time. */
const COLUMNS_AT_ONCE = 64;
const STEP = '_step';

/**
 * A stream in order, reduced to the rows that have a value for every key: from columns as far as they reach and
 * tell all there is of those keys. What holds a text, a list or a key twice is read line by line.
 *
 * @param range rows outside of its steps may be among the answers
 */
export async function* keyedRows(
  database: Queryable,
  key: RunKey,
  range: Range,
  keys: readonly string[],
): AsyncGenerator<KeyedRows> {
  const columns = await findColumns(database, key, range.stream, [...keys, STEP]);
  let end = 0;
  for await (const stretch of columns === undefined ? [] : stretches(database, columns, keys)) {
    for (const block of stretch.blocks) yield* rowsOfBlock(database, key, range, block, keys);
    end = stretch.end;
  }
  for await (const { lines } of linesBetween(database, key, range, end, Number.POSITIVE_INFINITY)) {
    yield { forEach: (each) => forEachRow(lines, keys, each), uncovered: lines.length };
  }
}

type Range = Omit<ChunkRange, 'fromLine'>;

/** The blocks that mention all keys, and where the lines end that were looked at; none more when columns are gone. */
async function* stretches(
  database: Queryable,
  columns: Columns,
  keys: readonly string[],
): AsyncGenerator<{ blocks: ReadBlock[]; end: number }> {
  if (!keys.every((key) => columns.numbers.has(key))) return yield { blocks: [], end: columns.lines };
  const span = BLOCK_LINES * Math.max(1, Math.floor(COLUMNS_AT_ONCE / keys.length));
  for (let from = 0; from < columns.lines; from += span) {
    const before = Math.min(columns.lines, from + span);
    const blocks = await readColumnBlocks(database, columns, from, before);
    if (blocks === undefined) return;
    const end = Math.max(before, ...blocks.map(({ firstLine, lines }) => firstLine + lines));
    yield { blocks: blocks.filter((block) => keys.every((key) => block.columns.has(key))), end };
  }
}

async function* rowsOfBlock(
  database: Queryable,
  key: RunKey,
  range: Range,
  block: ReadBlock,
  keys: readonly string[],
): AsyncGenerator<KeyedRows> {
  if (keys.every((each) => block.columns.get(each)?.plain)) {
    return yield { forEach: (each) => joinColumns(block, keys, each), uncovered: 0 };
  }
  const end = block.firstLine + block.lines;
  for await (const { lines } of linesBetween(database, key, range, block.firstLine, end)) {
    yield { forEach: (each) => forEachRow(lines, keys, each), uncovered: 0 };
  }
}

async function* linesBetween(
  database: Queryable,
  key: RunKey,
  range: Range,
  fromLine: number,
  beforeLine: number,
): AsyncGenerator<LineBlock> {
  for await (const { firstLine, lines } of readBlocks(database, key, { ...range, fromLine })) {
    if (firstLine >= beforeLine) return;
    const skipped = Math.max(0, fromLine - firstLine);
    yield { firstLine: firstLine + skipped, lines: lines.slice(skipped, beforeLine - firstLine) };
  }
}

function forEachRow(lines: readonly string[], keys: readonly string[], each: EachRow): void {
  for (const line of lines) {
    const row = parseRow(line);
    const picked = row === undefined ? undefined : pickKeys(row, keys);
    if (picked !== undefined) each(stepOf(row), () => picked);
  }
}

function pickKeys(row: JsonObject, keys: readonly string[]): JsonObject | undefined {
  const entries: [string, Json][] = [];
  for (const key of keys) {
    const value = metricIn(row, key);
    if (value === undefined || value === null) return undefined;
    entries.push([key, value]);
  }
  return Object.fromEntries(entries);
}

function joinColumns(block: ReadBlock, keys: readonly string[], each: EachRow): void {
  const cursors = new Map([...block.columns].map(([name, column]) => [name, new Cursor(column.read())]));
  const wanted = keys.map((key) => cursors.get(key) as Cursor);
  const steps = cursors.get(STEP);
  const make = (): JsonObject => Object.fromEntries(keys.map((key, index) => [key, wanted[index]?.value as number]));
  for (let line = 0; line < block.lines; line += 1) {
    if (!areAllAt(wanted, line)) continue;
    const step = steps?.moveTo(line) ? steps.value : undefined;
    each(Number.isInteger(step) ? step : undefined, make);
  }
}

function areAllAt(cursors: readonly Cursor[], line: number): boolean {
  for (const cursor of cursors) if (!cursor.moveTo(line)) return false;
  return true;
}

/** Walks a column forwards, line by line. */
class Cursor {
  readonly #lines: Uint16Array;
  readonly #values: Float64Array;
  #at = 0;

  constructor({ lines, values }: Column) {
    this.#lines = lines;
    this.#values = values;
  }

  get value(): number {
    return this.#values[this.#at] as number;
  }

  /** @returns whether the line has a value. Lines must not fall. */
  moveTo(line: number): boolean {
    while (this.#at < this.#lines.length && (this.#lines[this.#at] as number) < line) this.#at += 1;
    return this.#lines[this.#at] === line;
  }
}
