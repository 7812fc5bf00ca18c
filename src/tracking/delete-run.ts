import type { Viewer } from '../model/viewer.ts';
import { recordDeeds } from '../store/audit.ts';
import type { Transaction } from '../store/database.ts';
import type { Ground } from '../store/ground.ts';
import { lockRunHeads, type RunKey } from '../store/run-heads.ts';
import { removeRun } from '../store/run-removals.ts';
import { runViewByKey } from '../store/run-views.ts';
import { findNamedRuns, type NamedRun } from '../store/runs.ts';
import type { SomeRuns } from './some-runs.ts';

/**
 * Removes a run; once more is all right. A client that still writes to it is told that it does not exist, and
 * stops (wandb protocol, 3.4).
 */
export async function deleteRun(ground: Ground, viewer: Viewer, key: RunKey): Promise<void> {
  await ground.database.transaction(async (tx) => {
    const run = await runViewByKey(tx, key);
    await removeRun(tx, key, ground.clock.now());
    // one that is removed already is not removed by this
    if (run !== undefined) await recordRemovals(ground, tx, viewer, [run]);
  });
}

/** Removes some runs of a project, all or none. @returns how many there were */
export function deleteRuns(ground: Ground, viewer: Viewer, runs: SomeRuns): Promise<number> {
  return ground.database.transaction(async (tx) => {
    const found = await findNamedRuns(tx, runs);
    await lockRunHeads(tx, found);
    for (const run of found) await removeRun(tx, run, ground.clock.now());
    await recordRemovals(ground, tx, viewer, found);
    return found.length;
  });
}

async function recordRemovals(
  { clock }: Ground,
  tx: Transaction,
  viewer: Viewer,
  runs: readonly NamedRun[],
): Promise<void> {
  const deeds = runs.map(({ tenantId, runId, name }) => ({
    ...{ now: clock.now(), tenantId, deed: 'run.deleted' as const, subject: { kind: 'run', id: runId, name } },
  }));
  await recordDeeds(tx, viewer, deeds);
}
