import type { Viewer } from '../model/viewer.ts';
import { recordDeed } from '../store/audit.ts';
import type { Ground } from '../store/ground.ts';
import type { RunKey } from '../store/run-heads.ts';
import { removeRun } from '../store/run-removals.ts';
import { runViewByKey } from '../store/run-views.ts';

/**
 * Removes a run; once more is all right. A client that still writes to it is told that it does not exist, and
 * stops (wandb protocol, 3.4).
 */
export async function deleteRun(ground: Ground, viewer: Viewer, key: RunKey): Promise<void> {
  const now = ground.clock.now();
  await ground.database.transaction(async (tx) => {
    const run = await runViewByKey(tx, key);
    await removeRun(tx, key, now);
    // deleting a deleted run once more changes nothing
    if (run === undefined) return;
    const subject = { kind: 'run', id: key.runId, name: run.name };
    await recordDeed(tx, viewer, { now, tenantId: key.tenantId, deed: 'run.deleted', subject });
  });
}
