import { TriplineError } from '../model/error.ts';
import { parseRow, stepOf } from '../model/history-row.ts';
import type { JsonObject } from '../model/json.ts';
import type { Queryable } from './database.ts';
import { EvenSampler, evenIndexes } from './even-sampler.ts';
import { readBlocks, readBlocksWith } from './history-chunks.ts';
import { type ColumnsWanted, MANY_LINES } from './history-columns.ts';
import type { Stream } from './history-writes.ts';
import { keyedRows } from './keyed-rows.ts';
import type { RunKey } from './run-heads.ts';

/** Rows of one answer, however many samples are asked for. */
const MOST_ROWS = 100_000;
/** Characters of one answer: beyond it the reader is told to ask for less, nothing is left out silently. */
const MOST_CHARACTERS = 64 * 1024 * 1024;

/** Where every so manieth line is wanted, nearly every chunk is: they are read in one go. */
const DENSE = 16;

/** A row and where it stands: rows of equal step keep the order in which they came. */
interface Placed<Row> {
  readonly step: number;
  readonly row: Row;
}

/** Lines spread evenly over a run, in the order of their steps. Only the chunks that hold them are read. */
export async function sampleLines(
  database: Queryable,
  key: RunKey,
  wanted: { stream: Stream; lineCount: number; samples: number },
): Promise<string[]> {
  const indexes = evenIndexes(wanted.lineCount, atMost(wanted.samples));
  const found: Placed<string>[] = [];
  let characters = 0;
  let next = 0;
  const dense = indexes.length * DENSE >= wanted.lineCount;
  const blocks = dense
    ? readBlocks(database, key, { stream: wanted.stream })
    : readBlocksWith(database, key, wanted.stream, indexes);
  for await (const block of blocks) {
    const end = block.firstLine + block.lines.length;
    for (; next < indexes.length && (indexes[next] as number) < end; next += 1) {
      const line = block.lines[(indexes[next] as number) - block.firstLine];
      if (line === undefined) continue;
      characters += line.length;
      refuseLarge(characters);
      found.push({ step: stepOf(parseRow(line)) ?? found.at(-1)?.step ?? 0, row: line });
    }
  }
  return inOrder(found);
}

/**
 * The lines with `minStep <= _step < beforeStep`, in order. None is left out while `samples` is at least the
 * number of steps asked for (wandb protocol, 6.5).
 */
export async function linesBetweenSteps(
  database: Queryable,
  key: RunKey,
  wanted: { minStep: number; beforeStep: number; samples: number },
): Promise<string[]> {
  const maxStep = wanted.beforeStep - 1;
  const sampler = new EvenSampler<Placed<string>>(samplesOver(wanted.beforeStep - wanted.minStep, wanted.samples));
  const range = { stream: 'history', minStep: wanted.minStep, maxStep } as const;
  for await (const block of readBlocks(database, key, range)) {
    for (const line of block.lines) {
      const step = stepOf(parseRow(line));
      if (step === undefined || step < wanted.minStep || step > maxStep) continue;
      sampler.offer(() => ({ step, row: line }), lineLength);
    }
    refuseLarge(sampler.weight);
  }
  return inOrder(sampler.rows());
}

export interface SampledKeys {
  readonly keys: readonly string[];
  readonly samples: number;
  /** Both inclusive; without them rows that have no step count too. */
  readonly minStep: number | undefined;
  readonly maxStep: number | undefined;
}

/**
 * Rows that have a value for every key, reduced to those keys, evenly sampled, in the order of their steps. They
 * come from columns as far as these reach.
 *
 * @param columnsWanted asks for columns of what had to be read line by line
 */
export async function sampleKeys(
  database: Queryable,
  key: RunKey,
  wanted: SampledKeys,
  columnsWanted: ColumnsWanted,
): Promise<JsonObject[]> {
  const { minStep, maxStep } = wanted;
  const span = minStep === undefined || maxStep === undefined ? Number.POSITIVE_INFINITY : maxStep - minStep + 1;
  const sampler = new EvenSampler<Placed<JsonObject>>(samplesOver(span, wanted.samples));
  let last = 0;
  const offer = (step: number | undefined, make: () => JsonObject): void => {
    if (!isBetween(step, minStep, maxStep)) return;
    last = step ?? last;
    sampler.offer(() => ({ step: last, row: make() }), rowLength);
  };
  let uncovered = 0;
  for await (const rows of keyedRows(database, key, { stream: 'history', minStep, maxStep }, wanted.keys)) {
    rows.forEach(offer);
    uncovered += rows.uncovered;
    refuseLarge(sampler.weight);
  }
  if (uncovered > MANY_LINES) columnsWanted(key);
  return inOrder(sampler.rows());
}

/** The last lines of a stream, oldest first. */
export async function tailLines(
  database: Queryable,
  key: RunKey,
  wanted: { stream: Stream; lineCount: number; last: number },
): Promise<string[]> {
  const fromLine = Math.max(0, wanted.lineCount - wanted.last);
  const lines: string[] = [];
  if (wanted.lineCount === 0) return lines;
  for await (const block of readBlocks(database, key, { stream: wanted.stream, fromLine })) {
    lines.push(...block.lines.slice(Math.max(0, fromLine - block.firstLine)));
  }
  return lines.slice(-wanted.last);
}

function isBetween(step: number | undefined, min: number | undefined, max: number | undefined): boolean {
  if (min === undefined && max === undefined) return true;
  return step !== undefined && step >= (min ?? Number.NEGATIVE_INFINITY) && step <= (max ?? Number.POSITIVE_INFINITY);
}

/** Whoever asks for as many samples as there are steps gets every row, also where writers share a step. */
function samplesOver(steps: number, samples: number): number {
  return samples >= steps ? Number.POSITIVE_INFINITY : atMost(samples);
}

function atMost(samples: number): number {
  return Math.min(Math.max(0, samples), MOST_ROWS);
}

function inOrder<Row>(rows: readonly Placed<Row>[]): Row[] {
  return rows.toSorted((left, right) => left.step - right.step).map((placed) => placed.row);
}

function lineLength(placed: Placed<string>): number {
  return placed.row.length;
}

function rowLength(placed: Placed<JsonObject>): number {
  return JSON.stringify(placed.row).length;
}

function refuseLarge(characters: number): void {
  if (characters <= MOST_CHARACTERS) return;
  const limit = `${MOST_CHARACTERS / 1024 / 1024} MiB`;
  throw new TriplineError('too_large', `this history is larger than ${limit}: ask for fewer samples or steps`);
}
