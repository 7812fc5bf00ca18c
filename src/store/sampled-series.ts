import { PeakSampler, type SeriesPoint } from '../engine/peak-sampler.ts';
import { metricIn, parseRow, visitMetrics } from '../model/history-row.ts';
import { BLOCK_LINES } from './column-block.ts';
import { boundedBlocks } from './column-bounds.ts';
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
import { type BlockRange, carriedPlaces, ownPlaces } from './line-places.ts';
import type { StreamKey } from './line-times.ts';
import { linesWithin, type PlacesWanted } from './lines-within.ts';
import type { LineRange } from './own-lines.ts';

/** What a drawing asks for. */
export interface SeriesWanted extends LineRange, PlacesWanted {
  readonly metrics: readonly string[];
  /**
   * The metric that tells where a number stands: `_step`, `_timestamp` in seconds, or any other. Where places are not
   * carried, only lines count that hold both.
   */
  readonly along: string;
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
  wanted: SeriesWanted,
  drawing: Drawing,
): Promise<number> {
  const { metrics, along, fromLine, beforeLine } = wanted;
  const columns = await findColumns(database, key, key.stream, [...metrics, along]);
  const covered = Math.min(columns?.lines ?? 0, beforeLine);
  if (columns === undefined || covered <= fromLine) return fromLine;
  if (!metrics.some((metric) => columns.numbers.has(metric))) return covered;
  const span = BLOCK_LINES * Math.max(1, Math.floor(COLUMNS_AT_ONCE / columns.numbers.size));
  let reached = fromLine;
  for (const range of await rangesOf(database, columns, { ...wanted, beforeLine: covered })) {
    if (range.fromLine > reached) drawing.leaveOut();
    reached = range.beforeLine;
    for (let next = range.fromLine; next < range.beforeLine; next += span) {
      const before = Math.min(range.beforeLine, next + span);
      const blocks = await blocksBetween(database, columns, next, before);
      if (blocks === undefined) return next;
      for (const block of blocks) drawing.addBlock(block, next, before);
    }
  }
  if (reached < covered) drawing.leaveOut();
  return covered;
}

/** The lines that are read: all, or, of a part of the axis, those that may stand in it. */
async function rangesOf(database: Queryable, columns: Columns, wanted: SeriesWanted): Promise<LineRange[]> {
  const { along, from, to } = wanted;
  const isAll = from === Number.NEGATIVE_INFINITY && to === Number.POSITIVE_INFINITY;
  return isAll ? [wanted] : linesWithin(await boundedBlocks(database, columns, along), wanted, wanted);
}

/** A block that begins before the range reaches into it. */
function blocksBetween(database: Queryable, columns: Columns, from: number, before: number) {
  return readColumnBlocks(database, columns, Math.max(0, from - BLOCK_LINES + 1), before);
}

class Drawing {
  readonly #wanted: SeriesWanted;
  readonly #samplers: ReadonlyMap<string, PeakSampler>;
  /** Where the last line stood that told it; NaN where that is not within what is asked for. */
  #place = 0;
  /** What counts of one column: the same memory for each, since a long run has hundreds. */
  #here = new Float64Array();
  #found = new Float64Array();

  constructor(wanted: SeriesWanted) {
    this.#wanted = wanted;
    this.#samplers = new Map(wanted.metrics.map((metric) => [metric, new PeakSampler(wanted.points)]));
  }

  /** Goes on behind lines that stand elsewhere. */
  leaveOut(): void {
    this.#place = Number.NaN;
  }

  /** Adds what of a block stands between two lines. */
  addBlock({ firstLine, lines, columns }: ReadBlock, from: number, before: number): void {
    const range = { from: Math.max(0, from - firstLine), before: Math.min(lines, before - firstLine) };
    if (range.from >= range.before) return;
    const along = columns.get(this.#wanted.along)?.read() ?? NOWHERE;
    const places = this.#wanted.carried ? carriedPlaces(along, range, this.#place) : ownPlaces(along, range);
    for (const [metric, sampler] of this.#samplers) {
      const column = columns.get(metric)?.read();
      if (column !== undefined) this.#addColumn(sampler, column, places, range);
    }
    this.#place = places.at(-1) ?? this.#place;
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
        if (typeof value === 'number' && this.#counts(this.#place)) this.#samplers.get(name)?.offer(this.#place, value);
      });
    }
  }

  series(): SampledSeries[] {
    return [...this.#samplers].map(([metric, sampler]) => {
      return { metric, count: sampler.count, points: sampler.points(), means: sampler.means() };
    });
  }

  /** Adds what of a column stands in a range of its block. */
  #addColumn(
    sampler: PeakSampler,
    { lines, values }: Column,
    places: Float64Array,
    { from, before }: BlockRange,
  ): void {
    if (values.length > this.#found.length) {
      this.#here = new Float64Array(values.length);
      this.#found = new Float64Array(values.length);
    }
    const [here, found] = [this.#here, this.#found];
    let count = 0;
    for (let index = 0; index < lines.length; index += 1) {
      const line = lines[index] as number;
      if (line < from || line >= before) continue;
      const place = places[line - from] as number;
      if (!this.#counts(place)) continue;
      here[count] = place;
      found[count] = values[index] as number;
      count += 1;
    }
    sampler.offerAll(here.subarray(0, count), found.subarray(0, count));
  }

  /** What stands nowhere (NaN) or outside of what is asked for does not. */
  #counts(place: number): boolean {
    return place >= this.#wanted.from && place <= this.#wanted.to;
  }
}

const NOWHERE: Column = { lines: new Uint16Array(), values: new Float64Array() };
