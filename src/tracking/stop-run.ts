import type { Viewer } from '../model/viewer.ts';
import { recordDeed } from '../store/audit.ts';
import type { Ground } from '../store/ground.ts';
import type { RunKey } from '../store/run-heads.ts';
import { requestStop } from '../store/run-removals.ts';
import { runViewByKey } from '../store/run-views.ts';

/**
 * Asks the client of a run to stop: it hears that with its next request, within 30 seconds, and interrupts its script
 * (wandb protocol, 2.6). Asking once more is all right.
 *
 * @returns false when the run has ended or is removed: nobody is left to be asked
 */
export async function stopRun(ground: Ground, viewer: Viewer, key: RunKey): Promise<boolean> {
  const now = ground.clock.now();
  return ground.database.transaction(async (tx) => {
    const run = await runViewByKey(tx, key);
    if (run === undefined || !(await requestStop(tx, key))) return false;
    if (run.stopRequested) return true;
    const { tenantId, projectId, runId } = run;
    tx.changed({ kind: 'run', tenantId, projectId, runId, part: 'record' });
    await recordDeed(tx, viewer, {
      now,
      tenantId,
      deed: 'run.stopped',
      subject: { kind: 'run', id: runId, name: run.name },
    });
    return true;
  });
}
