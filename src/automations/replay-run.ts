import type { MetricAutomation } from '../engine/automation.ts';
import { LatchFold } from '../engine/latch-fold.ts';
import { type Stream, streamOf } from '../engine/series-names.ts';
import { type Replayed, SeriesReplay } from '../engine/series-replay.ts';
import type { Instant } from '../model/clock.ts';
import type { TimeRange } from '../store/active-runs.ts';
import type { Queryable } from '../store/database.ts';
import { arrivalOf, firstLineSince, type StreamKey } from '../store/line-times.ts';
import { newestValues } from '../store/newest-values.ts';
import type { LineRange } from '../store/own-lines.ts';
import type { SeenRun } from '../store/scope-runs.ts';
import { seriesPieces } from '../store/series-pieces.ts';
import { ReplayedRun } from './replayed-run.ts';
import { type JudgedLines, judgedLines } from './watched-series.ts';

/** What a run would have fired in one slice of its history. */
export interface ReplayedSlice {
  readonly stream: Stream;
  readonly firings: readonly Replayed[];
  /** Values that were judged in it. */
  readonly values: number;
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
  const replayed = new ReplayedRun(database, key, replay, {
    ...lines,
    arrivalOf: (line) => arrivalOf(database, key, line),
    lastArrival: undefined,
  });
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
