import { PeakSampler, type SeriesPoint } from '../engine/peak-sampler.ts';
import { metricIn, parseRow, visitMetrics } from '../model/history-row.ts';
import { BLOCK_LINES } from './column-block.ts';
import type { Column } from './column-format.ts';
import type { Queryable } from './database.ts';
import { type LineBlock, readBlocks } from './history-chunks.ts';
import {
  type Columns,
  type ColumnsWanted,
  findColumns,
  MANY_LINES,
  type ReadBlock,
  readColumnBlocks,
} from './history-columns.ts';
import type { StreamKey } from './line-times.ts';
import type { LineRange } from './own-lines.ts';

/** What a drawing asks for. */
export interface SeriesWanted extends LineRange {
  readonly metrics: readonly string[];
  /** The metric that tells where a number stands: `_step`, `_timestamp` in seconds, or any other. */
  readonly along: string;
  /**
   * Whether a number whose line does not tell where it stands takes the place of the one before, as the client's own
   * do; otherwise only lines count that hold both.
   */
  readonly carried: boolean;
  /** Places that count, both inclusive. */
  readonly from: number;
  readonly to: number;
  /** Of each metric, at most. */
  readonly points: number;
}

/** One metric of a run, thinned out so that no spike is lost. */
export interface SampledSeries {
  readonly metric: string;
  /** Numbers there are in these lines. */
  readonly count: number;
  readonly points: readonly SeriesPoint[];
  /** The means of the stretches that the points stand for; `undefined` where all points are here. */
  readonly means: readonly SeriesPoint[] | undefined;
}

/** Columns in memory at a time. */
const COLUMNS_AT_ONCE = 64;

/**
 * The numbers of metrics in a range of lines, thinned out for drawings: from columns as far as they reach, then from the
 * lines, which are read once for all metrics.
 *
 * @param columnsWanted asks for columns of what had to be read line by line
 */
export async function sampleSeries(
  database: Queryable,
  key: StreamKey,
  wanted: SeriesWanted,
  columnsWanted: ColumnsWanted,
): Promise<SampledSeries[]> {
  const drawing = new Drawing(wanted);
  const covered = await addColumns(database, key, wanted, drawing);
  if (wanted.beforeLine - covered > MANY_LINES) columnsWanted(key);
  if (covered < wanted.beforeLine) {
    for await (const block of readBlocks(database, key, { stream: key.stream, fromLine: covered })) {
      drawing.addLines(block, covered);
      if (block.firstLine + block.lines.length >= wanted.beforeLine) break;
    }
  }
  return drawing.series();
}

/** @returns the line before which all is added */
async function addColumns(
  database: Queryable,
  key: StreamKey,
  { metrics, along, fromLine, beforeLine }: SeriesWanted,
  drawing: Drawing,
): Promise<number> {
  const columns = await findColumns(database, key, key.stream, [...metrics, along]);
  const covered = Math.min(columns?.lines ?? 0, beforeLine);
  if (columns === undefined || covered <= fromLine) return fromLine;
  const span = BLOCK_LINES * Math.max(1, Math.floor(COLUMNS_AT_ONCE / columns.numbers.size));
  let next = fromLine;
  while (next < covered && metrics.some((metric) => columns.numbers.has(metric))) {
    const before = Math.min(covered, next + span);
    const blocks = await blocksBetween(database, columns, next, before);
    if (blocks === undefined) return next;
    for (const block of blocks) drawing.addBlock(block, next, before);
    next = before;
  }
  return covered;
}

/** A block that begins before the range reaches into it. */
function blocksBetween(database: Queryable, columns: Columns, from: number, before: number) {
  return readColumnBlocks(database, columns, Math.max(0, from - BLOCK_LINES + 1), before);
}

class Drawing {
  readonly #wanted: SeriesWanted;
  readonly #samplers: ReadonlyMap<string, PeakSampler>;
  /** Where the last line stood that told it. */
  #place = 0;

  constructor(wanted: SeriesWanted) {
    this.#wanted = wanted;
    this.#samplers = new Map(wanted.metrics.map((metric) => [metric, new PeakSampler(wanted.points)]));
  }

  /** Adds what of a block stands between two lines. */
  addBlock({ firstLine, columns }: ReadBlock, from: number, before: number): void {
    const range = { from: from - firstLine, before: before - firstLine };
    const along = columns.get(this.#wanted.along)?.read() ?? NOWHERE;
    const places = () =>
      this.#wanted.carried ? new CarriedPlaces(along, range.from, this.#place) : new OwnPlaces(along, range.from);
    for (const [metric, sampler] of this.#samplers) {
      const column = columns.get(metric)?.read();
      if (column !== undefined) this.#addColumn(sampler, column, places(), range);
    }
    if (this.#wanted.carried) this.#place = places().at(range.before - 1);
  }

  /** Adds what of a block stands from a line on. */
  addLines({ firstLine, lines }: LineBlock, from: number): void {
    const { beforeLine, along, carried } = this.#wanted;
    for (const text of lines.slice(Math.max(0, from - firstLine), Math.max(0, beforeLine - firstLine))) {
      const row = parseRow(text);
      if (row === undefined) continue;
      const told = metricIn(row, along);
      const isTold = typeof told === 'number' && Number.isFinite(told);
      if (isTold) this.#place = told;
      else if (!carried) continue;
      visitMetrics(row, (name, value) => {
        if (typeof value === 'number') this.#offer(this.#samplers.get(name), this.#place, value);
      });
    }
  }

  series(): SampledSeries[] {
    return [...this.#samplers].map(([metric, sampler]) => {
      return { metric, count: sampler.count, points: sampler.points(), means: sampler.means() };
    });
  }

  #addColumn(
    sampler: PeakSampler,
    { lines, values }: Column,
    places: CarriedPlaces | OwnPlaces,
    { from, before }: BlockRange,
  ): void {
    for (let index = 0; index < lines.length; index += 1) {
      const line = lines[index] as number;
      if (line >= before) return;
      if (line >= from) this.#offer(sampler, places.at(line), values[index] as number);
    }
  }

  /** What stands nowhere (NaN) or outside of what is asked for does not count. */
  #offer(sampler: PeakSampler | undefined, place: number, value: number): void {
    if (place >= this.#wanted.from && place <= this.#wanted.to) sampler?.offer(place, value);
  }
}

/** Lines of a block, by their numbers in it. */
interface BlockRange {
  readonly from: number;
  readonly before: number;
}

/** Where the lines of a block stand, asked for line after line: a line that does not tell stands where one before did. */
class CarriedPlaces {
  readonly #column: Column;
  #next: number;
  #place: number;

  /** @param from the first line that counts @param place where the line before it stood */
  constructor(column: Column, from: number, place: number) {
    this.#column = column;
    this.#next = firstFrom(column, from);
    this.#place = place;
  }

  at(line: number): number {
    const { lines, values } = this.#column;
    for (; this.#next < lines.length && (lines[this.#next] as number) <= line; this.#next += 1) {
      const place = values[this.#next] as number;
      if (Number.isFinite(place)) this.#place = place;
    }
    return this.#place;
  }
}

/** Where the lines of a block stand that tell it themselves, asked for line after line; NaN for the others. */
class OwnPlaces {
  readonly #column: Column;
  #next: number;
  #line = -1;
  #place = Number.NaN;

  /** @param from the first line that counts */
  constructor(column: Column, from: number) {
    this.#column = column;
    this.#next = firstFrom(column, from);
  }

  at(line: number): number {
    const { lines, values } = this.#column;
    for (; this.#next < lines.length && (lines[this.#next] as number) <= line; this.#next += 1) {
      this.#line = lines[this.#next] as number;
      this.#place = values[this.#next] as number;
    }
    return this.#line === line && Number.isFinite(this.#place) ? this.#place : Number.NaN;
  }
}

/** The index of the first entry of a column that stands on a line or after it. */
function firstFrom({ lines }: Column, from: number): number {
  const first = lines.findIndex((line) => line >= from);
  return first === -1 ? lines.length : first;
}

const NOWHERE: Column = { lines: new Uint16Array(), values: new Float64Array() };
