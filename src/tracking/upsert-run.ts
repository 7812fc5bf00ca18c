import { notFound } from '../model/error.ts';
import type { ProjectId, TenantId, UserId } from '../model/ids.ts';
import type { JsonObject } from '../model/json.ts';
import { cleanJson } from '../model/loose-json.ts';
import { parseRunName } from '../model/names.ts';
import type { Transaction } from '../store/database.ts';
import { insertRunHead, lockRunHead, type RunHead, type RunKey } from '../store/run-heads.ts';
import { saveSummaries } from '../store/run-summaries.ts';
import { countRuns, findRun, findRunKey, insertRun, type RunRecord, saveRun } from '../store/runs.ts';
import { displayName } from './display-name.ts';
import { forkHistory } from './fork-history.ts';
import { type ConfigText, mergeConfig } from './merge-config.ts';
import { commitMoved } from './report-state.ts';
import type { TrackingRoom } from './room.ts';
import { type Moved, started, upserted } from './run-transitions.ts';

/** Where a run is made or found by name, and who does it. */
export interface RunPlace {
  readonly tenantId: TenantId;
  readonly projectId: ProjectId;
  readonly userId: UserId;
}

/** What an upsert changes; `undefined` leaves a member alone. */
export interface RunEdit {
  readonly displayName?: string | undefined;
  readonly group?: string | null | undefined;
  readonly jobType?: string | null | undefined;
  readonly sweep?: string | undefined;
  readonly notes?: string | null | undefined;
  readonly description?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly commit?: string | undefined;
  readonly repo?: string | undefined;
  readonly program?: string | undefined;
  readonly host?: string | undefined;
  readonly config?: ConfigText | undefined;
  readonly summary?: ConfigText | undefined;
}

export interface UpsertedRun extends RunKey {
  /** True only when the run was made by this call. */
  readonly inserted: boolean;
}

/**
 * `wandb.init` and every later upsert that names the run: makes it, or starts it again, or changes it (wandb
 * protocol, 2.2). A repeated request changes nothing more.
 *
 * @param name the run's id; generated when the client gives none
 * @param pending the run is only announced, not started
 * @throws TriplineError invalid for a name that cannot be an id
 */
export async function upsertRun(
  room: TrackingRoom,
  place: RunPlace,
  name: string | undefined,
  edit: RunEdit,
  pending = false,
): Promise<UpsertedRun> {
  const asked = name === undefined ? undefined : parseRunName(name);
  const result = await room.ground.database.transaction(async (tx) => {
    const key = asked === undefined ? undefined : await findRunKey(tx, { ...place, name: asked });
    if (key !== undefined) return { ...(await changeRun(room, tx, key, edit, !pending)), inserted: false };
    const made = await makeRun(room, tx, place, asked, edit, pending);
    if (made !== undefined) return { ...made, inserted: true };
    const other = asked === undefined ? undefined : await findRunKey(tx, { ...place, name: asked });
    if (other === undefined) throw new Error('a run of that name exists and cannot be read');
    return { ...(await changeRun(room, tx, other, edit, !pending)), inserted: false };
  });
  room.woken(result.destinations);
  return result;
}

async function makeRun(
  room: TrackingRoom,
  tx: Transaction,
  place: RunPlace,
  asked: string | undefined,
  edit: RunEdit,
  pending: boolean,
) {
  const now = room.ground.clock.now();
  const made = newHead(room, place, pending);
  const number = edit.displayName === undefined ? (await countRuns(tx, place.tenantId, place.projectId)) + 1 : 0;
  const empty: RunRecord = {
    ...EMPTY,
    tenantId: place.tenantId,
    runId: made.runId,
    projectId: place.projectId,
    userId: place.userId,
    name: asked ?? BigInt(made.runId).toString(36),
    displayName: displayName(number, BigInt(made.runId)),
    createdAt: now,
    updatedAt: now,
  };
  if (!(await insertRun(tx, applyEdit(empty, edit, now).run))) return undefined;
  await insertRunHead(tx, made);
  const head = await forkHistory(tx, made, edit.config?.values);
  const summary = edit.summary ?? { raw: '{}', values: {} };
  await saveSummaries(tx, [{ ...keyOf(head), raw: summary.raw, summary: cleanJson(summary.values) }]);
  const moved: Moved = pending ? { head, transitions: [] } : started(head, now);
  return { ...keyOf(head), destinations: await commitMoved(room, tx, head, moved) };
}

/** Changes a run in the caller's transaction. @throws TriplineError not_found */
export async function changeRun(room: TrackingRoom, tx: Transaction, key: RunKey, edit: RunEdit, starts: boolean) {
  const now = room.ground.clock.now();
  const head = await lockRunHead(tx, key);
  const run = head === undefined ? undefined : await findRun(tx, key);
  if (head === undefined || run === undefined) throw notFound('run not found: it may have been deleted');
  const { run: edited, newWriter } = applyEdit(run, edit, now);
  await saveRun(tx, edited);
  if (edit.summary !== undefined) {
    await saveSummaries(tx, [{ ...keyOf(head), raw: edit.summary.raw, summary: cleanJson(edit.summary.values) }]);
  }
  const renewed: RunHead = { ...head, metaVersion: head.metaVersion + 1 };
  const moved = starts ? upserted(renewed, newWriter, now) : { head: renewed, transitions: [] };
  return { ...keyOf(head), destinations: await commitMoved(room, tx, head, moved) };
}

const EMPTY = {
  group: null,
  jobType: null,
  sweep: null,
  notes: null,
  description: null,
  tags: [],
  commit: null,
  repo: null,
  program: null,
  host: null,
  configRaw: '{}',
  config: {},
} as const;

/** Only members that are given replace what is stored. */
function applyEdit(run: RunRecord, edit: RunEdit, now: number): { run: RunRecord; newWriter: boolean } {
  const { config: sent, summary: _summary, ...members } = edit;
  const given = Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
  const config = sent === undefined ? undefined : mergeConfig(run.config, sent);
  return {
    run: {
      ...run,
      ...given,
      ...(edit.tags === undefined ? {} : { tags: [...new Set(edit.tags)] }),
      ...(config === undefined ? {} : { configRaw: config.raw, config: cleanJson(config.values) as JsonObject }),
      updatedAt: now,
    },
    newWriter: config?.newWriter ?? false,
  };
}

function newHead(room: TrackingRoom, place: RunPlace, pending: boolean): RunHead {
  const now = room.ground.clock.now();
  return {
    tenantId: place.tenantId,
    runId: room.ground.ids.next(now),
    projectId: place.projectId,
    state: 'pending',
    epoch: 0,
    metaVersion: 0,
    transitionNo: 0,
    historyLines: 0,
    eventsLines: 0,
    forkedLines: 0,
    historyOffset: 0,
    eventsOffset: 0,
    consoleLines: 0,
    lastStep: null,
    heartbeatAt: pending ? null : now,
    exitCode: null,
    stopRequested: false,
    resumeAskedAt: null,
    failedAt: null,
  };
}

function keyOf(head: RunHead): RunKey {
  return { tenantId: head.tenantId, runId: head.runId };
}
