import { type Line, Observed } from '../engine/observe.ts';
import type { RunPlan } from '../engine/run-plan.ts';
import { RunWindows } from '../engine/run-windows.ts';
import { streamOf } from '../engine/series-names.ts';
import { parseRow } from '../model/history-row.ts';
import type { Transaction } from '../store/database.ts';
import { readBlocks } from '../store/history-chunks.ts';
import type { Stream } from '../store/history-writes.ts';
import { newestValues } from '../store/newest-values.ts';
import { ownLines } from '../store/own-lines.ts';
import type { RunHead } from '../store/run-heads.ts';
import type { CachedWindows } from './window-cache.ts';

const STREAMS: readonly Stream[] = ['history', 'events'];

/** Windows further behind than this are made anew: only the newest values count. */
const MOST_MISSED_LINES = 2_048;

/**
 * The windows of a run as they stood before the chunk that is being stored: those in the cache, with what other
 * nodes have stored since, and with what is lacking of the chunk's series read back. All of it under the run's
 * lock, so no line is missed and none counts twice.
 *
 * @param observed of the chunk
 * @param mostChunks how many stored chunks may be read back for it
 * @throws FarBack when that does not suffice
 */
export async function filledWindows(
  tx: Transaction,
  head: RunHead,
  cached: CachedWindows | undefined,
  plan: RunPlan,
  observed: Observed,
  mostChunks: number,
): Promise<RunWindows> {
  const isNew = head.historyLines === 0 && head.eventsLines === 0;
  if (isNew) return RunWindows.ofNewRun(observed);
  const windows = (cached && (await caughtUp(tx, head, cached, plan))) ?? RunWindows.ofStoredRun();
  for (const stream of STREAMS) await refill(tx, head, stream, windows, observed, mostChunks);
  return windows;
}

/** `undefined` when too much was missed. */
async function caughtUp(
  tx: Transaction,
  head: RunHead,
  cached: CachedWindows,
  plan: RunPlan,
): Promise<RunWindows | undefined> {
  const { windows } = cached;
  const missed = linesOf(head, 'history') + linesOf(head, 'events') - cached.historyLines - cached.eventsLines;
  if (missed > MOST_MISSED_LINES) return undefined;
  if (missed > 0) {
    const history = await readLines(tx, head, 'history', cached.historyLines);
    const events = await readLines(tx, head, 'events', cached.eventsLines);
    const observed = new Observed(plan);
    observed.add('history', cached.historyLines, history);
    observed.add('events', cached.eventsLines, events);
    windows.catchUp(observed);
  }
  if (cached.metaVersion !== head.metaVersion) windows.includeAll();
  return windows;
}

/** All lines of a stream from one on. */
async function readLines(tx: Transaction, head: RunHead, stream: Stream, from: number): Promise<Line[]> {
  const lines: Line[] = [];
  if (from === linesOf(head, stream)) return lines;
  for await (const block of readBlocks(tx, head, { stream, fromLine: from })) {
    for (const text of block.lines.slice(Math.max(0, from - block.firstLine))) {
      lines.push({ values: parseRow(text) ?? {}, step: null, timestamp: null });
    }
  }
  return lines;
}

/** Reads back what the windows lack of the series of one stream. */
async function refill(
  tx: Transaction,
  head: RunHead,
  stream: Stream,
  windows: RunWindows,
  observed: Observed,
  mostChunks: number,
): Promise<void> {
  const lacking = windows.lacking(observed).filter(({ series }) => streamOf(series) === stream);
  if (lacking.length === 0) return;
  const needs = new Map(lacking.map(({ series, needs }) => [series, needs]));
  const { fromLine, beforeLine } = ownLines(head, stream);
  const found = await newestValues(tx, head, stream, beforeLine, needs, mostChunks, fromLine);
  for (const watch of lacking) {
    const { values = [], complete = true } = found.get(watch.series) ?? {};
    windows.refill(watch, observed, values, complete);
  }
}

function linesOf(head: RunHead, stream: Stream): number {
  return stream === 'history' ? head.historyLines : head.eventsLines;
}
