import type { Instant } from '../model/clock.ts';
import type { ProjectId, TenantId } from '../model/ids.ts';
import type { Transaction } from './database.ts';
import type { RunKey } from './run-heads.ts';

export interface ProjectKey {
  readonly tenantId: TenantId;
  readonly id: ProjectId;
}

/** Locks the project that was deleted first, before an instant, and may hold something; none that others work on. */
export async function lockDeadProject(tx: Transaction, before: Instant): Promise<ProjectKey | undefined> {
  const [row] = await tx.query<ProjectKey>(
    `select tenant_id as "tenantId", id from project
      where deleted_at is not null and emptied_at is null and deleted_at < $1::timestamptz
      order by id limit 1 for no key update skip locked`,
    [new Date(before)],
  );
  return row;
}

/** Runs of a project that are not deleted. */
export async function runsIn(tx: Transaction, { tenantId, id }: ProjectKey, limit: number): Promise<RunKey[]> {
  return tx.query<RunKey>(
    `select tenant_id as "tenantId", run_id as "runId" from run_head
      where tenant_id = $1::bigint and project_id = $2::bigint order by run_id limit $3::int`,
    [tenantId, id, limit],
  );
}

/** Notes that nothing in a deleted project, whose lock is held, lives any more. */
export async function markProjectEmptied(tx: Transaction, { tenantId, id }: ProjectKey, now: Instant): Promise<void> {
  await tx.execute('update project set emptied_at = $3::timestamptz where tenant_id = $1::bigint and id = $2::bigint', [
    tenantId,
    id,
    new Date(now),
  ]);
}
