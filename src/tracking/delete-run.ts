import type { Viewer } from '../model/viewer.ts';
import { recordDeed } from '../store/audit.ts';
import type { Transaction } from '../store/database.ts';
import type { Ground } from '../store/ground.ts';
import { lockRunHeads, type RunKey } from '../store/run-heads.ts';
import { removeRun } from '../store/run-removals.ts';
import { runViewByKey } from '../store/run-views.ts';
import { findNamedRuns } from '../store/runs.ts';
import type { SomeRuns } from './some-runs.ts';

/**
 * Removes a run; once more is all right. A client that still writes to it is told that it does not exist, and
 * stops (wandb protocol, 3.4).
 */
export async function deleteRun(ground: Ground, viewer: Viewer, key: RunKey): Promise<void> {
  await ground.database.transaction(async (tx) => {
    const run = await runViewByKey(tx, key);
    await removeNamed(ground, tx, viewer, key, run?.name);
  });
}

/** Removes some runs of a project, all or none. @returns how many there were */
export function deleteRuns(ground: Ground, viewer: Viewer, runs: SomeRuns): Promise<number> {
  return ground.database.transaction(async (tx) => {
    const found = await findNamedRuns(tx, runs);
    await lockRunHeads(tx, found);
    for (const run of found) await removeNamed(ground, tx, viewer, run, run.name);
    return found.length;
  });
}

/** @param name absent: it is removed already, and removing it once more changes nothing */
async function removeNamed(
  { clock }: Ground,
  tx: Transaction,
  viewer: Viewer,
  { tenantId, runId }: RunKey,
  name: string | undefined,
): Promise<void> {
  const now = clock.now();
  await removeRun(tx, { tenantId, runId }, now);
  if (name === undefined) return;
  const subject = { kind: 'run', id: runId, name };
  await recordDeed(tx, viewer, { now, tenantId, deed: 'run.deleted', subject });
}
