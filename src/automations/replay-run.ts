import { type MetricAutomation, type Stream, streamOf } from '../engine/automation.ts';
import { LatchFold } from '../engine/latch-fold.ts';
import type { SeriesPiece } from '../engine/series-piece.ts';
import { type Replayed, SeriesReplay } from '../engine/series-replay.ts';
import type { Instant } from '../model/clock.ts';
import type { TimeRange } from '../store/active-runs.ts';
import type { Queryable } from '../store/database.ts';
import { type Arrival, arrivalOf, firstLineSince, type StreamKey } from '../store/line-times.ts';
import { newestValues } from '../store/newest-values.ts';
import type { LineRange } from '../store/own-lines.ts';
import type { SeenRun } from '../store/scope-runs.ts';
import { seriesPieces } from '../store/series-pieces.ts';
import { type JudgedLines, judgedLines } from './watched-series.ts';

/** What a run would have fired in one slice of its history. */
export interface ReplayedSlice {
  readonly stream: Stream;
  readonly firings: readonly Replayed[];
  /** Values that were judged in it. */
  readonly values: number;
}

/** A run was rewound, or deleted, while it was replayed. */
export class LineGone extends Error {
  override readonly name = 'LineGone';
}

/** Judges what one run logged, and arrived in a range of time, slice by slice (see {@link SeriesReplay}). @throws LineGone */
export async function* replayRun(
  database: Queryable,
  seen: SeenRun,
  automation: MetricAutomation,
  range: TimeRange,
): AsyncGenerator<ReplayedSlice> {
  const latch = new LatchFold(automation, undefined);
  for (const judged of await judgedLines(database, seen.head, automation)) {
    yield* replayLines(database, seen, judged, range, latch);
  }
}

async function* replayLines(
  database: Queryable,
  { head, run }: SeenRun,
  { automation, lines: own }: JudgedLines,
  range: TimeRange,
  latch: LatchFold,
): AsyncGenerator<ReplayedSlice> {
  const stream = streamOf(automation.series);
  const key: StreamKey = { tenantId: head.tenantId, runId: head.runId, stream };
  const lines = await linesIn(database, key, own, Date.parse(run.createdAt), range);
  const before = { fromLine: own.fromLine, beforeLine: lines.fromLine };
  const replay = new SeriesReplay(automation, await valuesIn(database, key, automation, before), latch);
  const replayed = new ReplayedRun(database, key, replay, lines);
  for await (const piece of seriesPieces(database, key, automation.series, lines)) {
    const judged = replay.values;
    const firings = await replayed.fold(piece);
    yield { stream, firings, values: replay.values - judged };
  }
}

async function linesIn(
  database: Queryable,
  key: StreamKey,
  own: LineRange,
  createdAt: Instant,
  { from, to }: TimeRange,
): Promise<LineRange> {
  const lineCount = own.beforeLine;
  const begin = { from: own.fromLine, lineCount };
  const fromLine = createdAt >= from ? own.fromLine : await firstLineSince(database, key, from, begin);
  const last = await arrivalOf(database, key, lineCount);
  const isWhole = last === undefined || last.receivedAt < to;
  const beforeLine = isWhole ? lineCount : await firstLineSince(database, key, to, { from: fromLine, lineCount });
  return { fromLine, beforeLine };
}

async function valuesIn(
  database: Queryable,
  key: StreamKey,
  { series, needs }: MetricAutomation,
  { fromLine, beforeLine }: LineRange,
): Promise<readonly number[]> {
  if (fromLine >= beforeLine) return [];
  const found = await newestValues(
    database,
    key,
    key.stream,
    beforeLine,
    new Map([[series, needs]]),
    undefined,
    fromLine,
  );
  return found.get(series)?.values ?? [];
}

class ReplayedRun {
  readonly #database: Queryable;
  readonly #key: StreamKey;
  readonly #replay: SeriesReplay;
  readonly #lines: LineRange;
  /** The last one that was asked for: candidates often arrived together. */
  #arrival: Arrival | undefined;

  constructor(database: Queryable, key: StreamKey, replay: SeriesReplay, lines: LineRange) {
    this.#database = database;
    this.#key = key;
    this.#replay = replay;
    this.#lines = lines;
  }

  async fold(piece: SeriesPiece): Promise<readonly Replayed[]> {
    const fold = this.#replay.fold(piece);
    let step = fold.next(Number.NaN);
    while (!step.done) step = fold.next(await this.#arrivedAt(step.value.line));
    return step.value;
  }

  async #arrivedAt(line: number): Promise<Instant> {
    const at = (await this.#arrivalOf(line))?.receivedAt;
    if (at === undefined) throw new LineGone();
    const end = this.#replay.restsUntil(at);
    if (end !== undefined) this.#replay.sleepUntil(await this.#firstLineSince(end, line));
    return at;
  }

  async #firstLineSince(instant: Instant, from: number): Promise<number> {
    const { beforeLine: lineCount } = this.#lines;
    return instant === Number.POSITIVE_INFINITY
      ? lineCount
      : firstLineSince(this.#database, this.#key, instant, { from, lineCount });
  }

  async #arrivalOf(line: number): Promise<Arrival | undefined> {
    const known = this.#arrival;
    if (known !== undefined && line >= known.firstLine && line < known.firstLine + known.lines) return known;
    this.#arrival = await arrivalOf(this.#database, this.#key, line);
    return this.#arrival;
  }
}
