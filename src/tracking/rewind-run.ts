import { isDeepStrictEqual } from 'node:util';
import { invalid, notFound } from '../model/error.ts';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import { cleanJson, parseLooseJson, printLooseJson } from '../model/loose-json.ts';
import type { Viewer } from '../model/viewer.ts';
import { recordDeed } from '../store/audit.ts';
import type { Transaction } from '../store/database.ts';
import { cutHistory, firstChunkBeyond, lastStepOf, newestMembers } from '../store/history-cuts.ts';
import { saveRewoundLines } from '../store/rewound-lines.ts';
import { lockRunHead, type RunHead, type RunKey, saveRunHeads, tellRun } from '../store/run-heads.ts';
import { findSummary, saveSummaries } from '../store/run-summaries.ts';
import { findRun } from '../store/runs.ts';
import { lastReceived } from './late-copies.ts';
import type { TrackingRoom } from './room.ts';

/**
 * `wandb.init(resume_from="run?_step=N")`: history beyond a step is gone, and with it the values in windows, columns
 * and the summary; console, files and system metrics stay. The client then counts its history lines from those that are
 * left, and its system metrics from 0 (wandb protocol, 2.5). Asking once more changes nothing.
 *
 * @throws TriplineError invalid, not_found
 */
export async function rewindRun(
  room: Pick<TrackingRoom, 'ground'>,
  viewer: Viewer,
  key: RunKey,
  step: number,
): Promise<void> {
  if (!(step >= 0 && step <= Number.MAX_SAFE_INTEGER))
    throw invalid('a run is rewound to a step of 0 or above', 'metricValue');
  await room.ground.database.transaction(async (tx) => {
    const head = await lockRunHead(tx, key);
    if (head === undefined) throw notFound('run not found: it may have been deleted');
    const received = await lastReceived(tx, head);
    const lines = await cut(tx, head, Math.floor(step));
    const isKnown = lines === head.historyLines && lines === head.historyOffset && head.eventsOffset === 0;
    if (isKnown) return;
    await saveRewoundLines(tx, head, received);
    const lastStep = await lastStepOf(tx, head);
    await saveRunHeads(tx, [{ ...head, ...countedAnew(head, lines), epoch: head.epoch + 1, lastStep }]);
    tellRun(tx, head, 'record');
    await record(room, tx, viewer, head, { step: Math.floor(step), lines });
  });
}

/** @returns how many lines the history has now */
async function cut(tx: Transaction, head: RunHead, step: number): Promise<number> {
  const firstLine = await firstChunkBeyond(tx, head, step);
  if (firstLine === undefined) return head.historyLines;
  const summary = await summaryOf(tx, head);
  const logged = await newestMembers(tx, head, { from: firstLine, before: head.historyLines }, Object.keys(summary));
  const lines = await cutHistory(tx, head, step, firstLine);
  const stale = [...logged].filter(([name, value]) => isDeepStrictEqual(summary[name], value));
  const left = await newestMembers(
    tx,
    head,
    { from: 0, before: lines },
    stale.map(([name]) => name),
  );
  const values = { ...withoutMembers(summary, stale), ...Object.fromEntries(left) };
  await saveSummaries(tx, [{ ...head, raw: printLooseJson(values), summary: cleanJson(values) }]);
  return lines;
}

async function summaryOf(tx: Transaction, head: RunHead): Promise<JsonObject> {
  const stored = await findSummary(tx, head);
  const values = parseLooseJson(stored?.raw ?? '{}');
  return isJsonObject(values) ? values : {};
}

/** What says something else than the value logged last is the script's own, and stays. */
function withoutMembers(summary: JsonObject, stale: readonly (readonly [name: string, value: Json])[]): JsonObject {
  const names = new Set(stale.map(([name]) => name));
  return Object.fromEntries(Object.entries(summary).filter(([name]) => !names.has(name)));
}

function countedAnew({ forkedLines }: RunHead, lines: number): Partial<RunHead> {
  return { historyLines: lines, forkedLines: Math.min(forkedLines, lines), historyOffset: lines, eventsOffset: 0 };
}

async function record(
  { ground }: Pick<TrackingRoom, 'ground'>,
  tx: Transaction,
  viewer: Viewer,
  head: RunHead,
  after: { readonly step: number; readonly lines: number },
): Promise<void> {
  const run = await findRun(tx, head);
  await recordDeed(tx, viewer, {
    now: ground.clock.now(),
    tenantId: head.tenantId,
    deed: 'run.rewound',
    subject: { kind: 'run', id: head.runId, name: run?.name ?? '' },
    before: { lines: head.historyLines },
    after,
  });
}
