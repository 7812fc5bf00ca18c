import { streamOf } from '../engine/automation.ts';
import { observations } from '../engine/observations.ts';
import type { RunPlan } from '../engine/run-plan.ts';
import { type Lack, RunWindows } from '../engine/run-windows.ts';
import { parseRow } from '../model/history-row.ts';
import type { Transaction } from '../store/database.ts';
import { blocksBefore } from '../store/history-chunks.ts';
import type { Stream } from '../store/history-writes.ts';
import type { RunHead, RunKey } from '../store/run-heads.ts';
import type { CachedWindows } from './window-cache.ts';

const CHUNKS_AT_ONCE = 64;

/**
 * The windows of a run as they stood before the chunk that is being stored: those in the cache when they are up to
 * date, else filled from stored history. What the cache lacks is read under the run's lock, so no line is missed
 * and none counts twice.
 */
export async function filledWindows(
  tx: Transaction,
  head: RunHead,
  cached: CachedWindows | undefined,
  plan: RunPlan,
): Promise<RunWindows> {
  const windows = upToDate(head, cached, plan);
  const lacks = windows.lacking(plan);
  if (lacks.length === 0) return windows;
  for (const stream of ['history', 'events'] as const) {
    await refill(
      tx,
      head,
      stream,
      windows,
      lacks.filter(({ metric }) => streamOf(metric) === stream),
    );
  }
  return windows;
}

function upToDate(head: RunHead, cached: CachedWindows | undefined, plan: RunPlan): RunWindows {
  if (head.historyLines === 0 && head.eventsLines === 0) return RunWindows.ofNewRun(plan);
  const current = cached?.historyLines === head.historyLines && cached.eventsLines === head.eventsLines;
  return current ? cached.windows : RunWindows.ofStoredRun();
}

/** Reads back from the end of a stream until every lacking series has the values it needs, or all there are. */
async function refill(
  tx: Transaction,
  head: RunHead,
  stream: Stream,
  windows: RunWindows,
  lacks: readonly Lack[],
): Promise<void> {
  if (lacks.length === 0) return;
  const found = new Map(lacks.map(({ metric }): [string, number[]] => [metric, []]));
  const needs = new Map(lacks.map(({ metric, need }) => [metric, need]));
  const end = stream === 'history' ? head.historyLines : head.eventsLines;
  const complete = await readBack(tx, head, stream, end, found, needs);
  for (const [metric, newestFirst] of found) windows.refill(metric, newestFirst.toReversed(), complete);
}

async function readBack(
  tx: Transaction,
  key: RunKey,
  stream: Stream,
  end: number,
  found: Map<string, number[]>,
  needs: ReadonlyMap<string, number>,
): Promise<boolean> {
  let before = end;
  while (before > 0) {
    const blocks = await blocksBefore(tx, key, stream, before, CHUNKS_AT_ONCE);
    for (const { lines } of blocks) collect(lines, found);
    const oldest = blocks.at(-1);
    if (oldest === undefined) return true;
    before = oldest.firstLine;
    if ([...needs].every(([metric, need]) => (found.get(metric)?.length ?? 0) >= need)) return before === 0;
  }
  return true;
}

/** Adds what the lines hold of each series, the newest first. */
function collect(lines: readonly string[], found: Map<string, number[]>): void {
  for (const text of lines.toReversed()) {
    const line = parseRow(text);
    if (line === undefined) continue;
    const values: [string, number][] = [];
    observations(
      line,
      (name) => found.has(name),
      (name, value) => values.push([name, value]),
    );
    // one line may hold a series twice, as `d.x` and as `{"d":{"x":…}}`
    for (const [name, value] of values.toReversed()) found.get(name)?.push(value);
  }
}
