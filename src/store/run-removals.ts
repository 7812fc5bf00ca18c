import type { Instant } from '../model/clock.ts';
import type { ProjectId } from '../model/ids.ts';
import type { Transaction } from './database.ts';
import { removeReach } from './history-reach.ts';
import type { RunKey } from './run-heads.ts';

/**
 * Removes a run: its name is free again and, without a head, nothing can be written to it any more. What is derived
 * from its history goes at once; history, files and the rest go later, in slices (data model, section 6). Does
 * nothing to a run that is removed already.
 */
export async function removeRun(tx: Transaction, key: RunKey, now: Instant): Promise<void> {
  // the head first: it is the run's one lock
  const [heads] = await Promise.all([
    tx.query<{ projectId: ProjectId }>(
      `delete from run_head where tenant_id = $1::bigint and run_id = $2::bigint returning project_id as "projectId"`,
      [key.tenantId, key.runId],
    ),
    tx.execute(
      `update run set deleted_at = $3::timestamptz
       where tenant_id = $1::bigint and run_id = $2::bigint and deleted_at is null`,
      [key.tenantId, key.runId, new Date(now)],
    ),
    removeReach(tx, key),
  ]);
  for (const { projectId } of heads)
    tx.changed({ kind: 'run', tenantId: key.tenantId, projectId, runId: key.runId, part: 'record' });
}
