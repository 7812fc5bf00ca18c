import { observations } from '../engine/observations.ts';
import { parseRow } from '../model/history-row.ts';
import { BLOCK_LINES } from './column-block.ts';
import type { Queryable } from './database.ts';
import { blocksBefore, type LineBlock } from './history-chunks.ts';
import { type Columns, findColumns, type ReadBlock, readColumnBlocks } from './history-columns.ts';
import type { Stream } from './history-writes.ts';
import type { RunKey } from './run-heads.ts';

/** Observations of one metric. */
export interface NewestValues {
  /** The newest last, in the order in which they were observed: a line may hold a metric more than once. */
  readonly values: readonly number[];
  /** Whether these are all there are. */
  readonly complete: boolean;
}

/** More chunks would have to be read than the caller has time for. */
export class FarBack extends Error {
  override readonly name = 'FarBack';
}

/** Chunks looked back at first, then twice as many each time: a short window needs few, a rare metric many. */
const FIRST_CHUNKS = 8;
const MOST_CHUNKS = 64;
const MOST_BLOCKS = 64;

/**
 * The newest observations (numbers but NaN: automations, section 2.5) of metrics before a line, for the windows of
 * a run: from the lines that are in no column yet, then from columns. Call it under the run's lock, so that no line
 * is missed.
 *
 * @param beforeLine our number of the first line that does not count
 * @param counts how many of each metric are wanted; never more are returned
 * @param mostChunks how many chunks of lines may be read for it
 * @param fromLine our number of the first line that counts
 * @throws FarBack when that does not suffice
 */
export async function newestValues(
  tx: Queryable,
  key: RunKey,
  stream: Stream,
  beforeLine: number,
  counts: ReadonlyMap<string, number>,
  mostChunks = Number.POSITIVE_INFINITY,
  fromLine = 0,
): Promise<ReadonlyMap<string, NewestValues>> {
  const fresh = () => new Map([...counts].map(([metric, count]) => [metric, new Newest(count)]));
  const columns = await findColumns(tx, key, stream, [...counts.keys()]);
  const covered = Math.max(fromLine, Math.min(columns?.lines ?? 0, beforeLine));
  let found = fresh();
  await lookAtLines(tx, { ...key, stream }, found, { from: covered, before: beforeLine }, mostChunks);
  if (columns !== undefined && !(await lookAtColumns(tx, columns, found, { from: fromLine, before: covered }))) {
    found = fresh();
    await lookAtLines(tx, { ...key, stream }, found, { from: fromLine, before: beforeLine }, mostChunks);
  }
  for (const newest of found.values()) if (newest.lacks) newest.all = true;
  return new Map([...found].map(([metric, newest]) => [metric, newest.answer()]));
}

type Found = ReadonlyMap<string, Newest>;

/** Lines by our numbers, the last one excluded. */
interface Range {
  readonly from: number;
  readonly before: number;
}

/** Looks back over lines, as far as `from` or until there is enough of everything. @throws FarBack */
async function lookAtLines(
  tx: Queryable,
  key: RunKey & { readonly stream: Stream },
  found: Found,
  range: Range,
  mostChunks: number,
): Promise<void> {
  let { before } = range;
  let left = mostChunks;
  for (let chunks = FIRST_CHUNKS; before > range.from; chunks = Math.min(2 * chunks, MOST_CHUNKS)) {
    if (lacking(found).length === 0) return;
    if (left === 0) throw new FarBack();
    const blocks = await blocksBefore(tx, key, key.stream, before, Math.min(chunks, left));
    for (const block of blocks) addLines(found, block, range.from, before);
    before = Math.max(range.from, blocks.at(-1)?.firstLine ?? 0);
    left -= blocks.length;
  }
}

/** Looks back over columns until there is enough of everything. @returns false when the columns are gone */
async function lookAtColumns(tx: Queryable, columns: Columns, found: Found, range: Range): Promise<boolean> {
  for (const [metric, newest] of found) {
    // what is still lacking was sought in all later lines, and these lines have none of it
    if (newest.lacks && !columns.numbers.has(metric)) newest.all = true;
  }
  // a block that begins before the range may reach into it
  const first = Math.max(0, range.from - BLOCK_LINES + 1);
  let { before } = range;
  let blocks = 1;
  while (before > first) {
    const wanted = lacking(found);
    if (wanted.length === 0) return true;
    const most = Math.max(...wanted.map(([, newest]) => newest.wanting));
    blocks = Math.min(MOST_BLOCKS, Math.max(blocks, Math.ceil(most / BLOCK_LINES)));
    const from = Math.max(0, before - blocks * BLOCK_LINES);
    const numbers = new Map(wanted.map(([metric]) => [metric, columns.numbers.get(metric) as number]));
    const read = await readColumnBlocks(tx, { ...columns, numbers }, from, before);
    if (read === undefined) return false;
    for (const block of read.toReversed()) addColumns(found, block, range);
    before = from;
    blocks *= 2;
  }
  return true;
}

function lacking(found: Found): [metric: string, newest: Newest][] {
  return [...found].filter(([, newest]) => newest.lacks);
}

function addLines(found: Found, { firstLine, lines }: LineBlock, fromLine: number, beforeLine: number): void {
  const wanted = lines.slice(Math.max(0, fromLine - firstLine), Math.max(0, beforeLine - firstLine));
  for (const text of wanted.toReversed()) {
    const line = parseRow(text);
    if (line === undefined) continue;
    const values: [Newest, number][] = [];
    observations(line, (name, value) => {
      const newest = found.get(name);
      if (newest !== undefined) values.push([newest, value]);
    });
    // one line may hold a metric twice, as `d.x` and as `{"d":{"x":…}}`
    for (const [newest, value] of values.toReversed()) newest.add(value);
  }
}

function addColumns(found: Found, block: ReadBlock, range: Range): void {
  for (const [metric, column] of block.columns) {
    const newest = found.get(metric);
    if (!newest?.lacks) continue;
    const { lines, values } = column.read();
    for (let index = lines.length - 1; index >= 0 && newest.lacks; index -= 1) {
      const line = block.firstLine + (lines[index] as number);
      const value = values[index] as number;
      if (line >= range.from && line < range.before && !Number.isNaN(value)) newest.add(value);
    }
  }
}

/** What is found of one metric, looking back. */
class Newest {
  /** Whether every line was looked at. */
  all = false;
  readonly #count: number;
  readonly #newestFirst: number[] = [];

  constructor(count: number) {
    this.#count = count;
  }

  /** One more than is wanted tells that there are older ones. */
  get lacks(): boolean {
    return !this.all && this.wanting > 0;
  }

  /** How many more values are sought. */
  get wanting(): number {
    return this.#count + 1 - this.#newestFirst.length;
  }

  add(value: number): void {
    this.#newestFirst.push(value);
  }

  answer(): NewestValues {
    const complete = this.all && this.#newestFirst.length <= this.#count;
    return { values: this.#newestFirst.slice(0, this.#count).toReversed(), complete };
  }
}
