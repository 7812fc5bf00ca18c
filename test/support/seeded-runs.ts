import type { ProjectId, RunId, TenantId, UserId } from '../../src/model/ids.ts';
import type { Json, JsonObject } from '../../src/model/json.ts';
import { cleanJson, printLooseJson } from '../../src/model/loose-json.ts';
import type { RunState } from '../../src/model/run-state.ts';
import type { Ground } from '../../src/store/ground.ts';
import { BODY_FORMAT, encodeConsoleLines, encodeLines } from '../../src/store/history-format.ts';
import { insertConsoleBlocks, insertHistoryChunks } from '../../src/store/history-writes.ts';
import { findRunHead, insertRunHead, type RunHead, type RunKey, saveRunHeads } from '../../src/store/run-heads.ts';
import { saveSummaries } from '../../src/store/run-summaries.ts';
import { insertRun } from '../../src/store/runs.ts';

/** What a run is stored with; everything else has a plain value. */
export interface SeededRun {
  readonly name: string;
  readonly displayName?: string;
  readonly state?: RunState;
  readonly group?: string | null;
  readonly notes?: string | null;
  readonly tags?: readonly string[];
  /** As the client sends it: `{"lr": {"value": 1}}`. */
  readonly config?: JsonObject;
  readonly summary?: JsonObject;
  readonly createdAt?: number;
  readonly heartbeatAt?: number | null;
}

export interface SeedPlace {
  readonly tenantId: TenantId;
  readonly projectId: ProjectId;
  readonly userId: UserId;
}

/** Stores a run without asking anybody. */
export async function seedRun(ground: Ground, place: SeedPlace, run: SeededRun): Promise<RunKey> {
  const now = run.createdAt ?? ground.clock.now();
  const runId = ground.ids.next<RunId>(now);
  const key = { tenantId: place.tenantId, runId };
  const config = run.config ?? {};
  const none = { jobType: null, sweep: null, description: null, commit: null, repo: null, program: null, host: null };
  await ground.database.transaction(async (tx) => {
    await insertRun(tx, {
      ...key,
      ...place,
      ...none,
      name: run.name,
      displayName: run.displayName ?? run.name,
      group: run.group ?? null,
      notes: run.notes ?? null,
      tags: run.tags ?? [],
      configRaw: printLooseJson(config),
      config: cleanJson(config) as JsonObject,
      createdAt: now,
      updatedAt: now,
    });
    const heartbeatAt = run.heartbeatAt === undefined ? now : run.heartbeatAt;
    const state = run.state ?? 'running';
    await insertRunHead(tx, { ...emptyHead(key, place.projectId), state, heartbeatAt });
    if (run.summary !== undefined) {
      const raw = printLooseJson(run.summary);
      await saveSummaries(tx, [{ ...key, raw, summary: cleanJson(run.summary) as Json }]);
    }
  });
  return key;
}

/** Appends lines to a stream as one chunk. */
export async function seedLines(
  ground: Ground,
  key: RunKey,
  stream: 'history' | 'events',
  rows: readonly (JsonObject | string)[],
): Promise<void> {
  const lines = rows.map((row) => (typeof row === 'string' ? row : printLooseJson(row)));
  const steps = rows.flatMap((row) => (typeof row === 'object' && typeof row._step === 'number' ? [row._step] : []));
  await ground.database.transaction(async (tx) => {
    const head = (await findRunHead(tx, key)) as RunHead;
    const firstLine = stream === 'history' ? head.historyLines : head.eventsLines;
    const total = firstLine + lines.length;
    await insertHistoryChunks(tx, [
      {
        ...key,
        stream,
        firstLine,
        lines: lines.length,
        minStep: steps.length === 0 ? null : Math.min(...steps),
        maxStep: steps.length === 0 ? null : Math.max(...steps),
        format: BODY_FORMAT,
        body: encodeLines(lines),
        receivedAt: ground.clock.now(),
      },
    ]);
    const counted =
      stream === 'history'
        ? { historyLines: total, historyOffset: total }
        : { eventsLines: total, eventsOffset: total };
    await saveRunHeads(tx, [{ ...head, ...counted }]);
  });
}

/** Overwrites console lines from a number on. */
export async function seedConsole(
  ground: Ground,
  key: RunKey,
  firstLine: number,
  lines: readonly string[],
): Promise<void> {
  await ground.database.transaction(async (tx) => {
    const head = (await findRunHead(tx, key)) as RunHead;
    const seq = ground.ids.next<string>(ground.clock.now());
    await insertConsoleBlocks(tx, [{ ...key, seq, firstLine, lines: lines.length, body: encodeConsoleLines(lines) }]);
    await saveRunHeads(tx, [{ ...head, consoleLines: Math.max(head.consoleLines, firstLine + lines.length) }]);
  });
}

function emptyHead(key: RunKey, projectId: ProjectId): Omit<RunHead, 'state' | 'heartbeatAt'> {
  return {
    ...key,
    projectId,
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
    exitCode: null,
    stopRequested: false,
    resumeAskedAt: null,
    failedAt: null,
  };
}
