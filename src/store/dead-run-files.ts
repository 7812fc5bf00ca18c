import type { Instant } from '../model/clock.ts';
import type { Transaction } from './database.ts';
import type { RunKey } from './run-heads.ts';
import { releasing } from './unclaimed-blobs.ts';

/** Locks a run that was deleted before an instant and may have files; none that others work on. */
export async function lockDeadRun(tx: Transaction, before: Instant): Promise<RunKey | undefined> {
  const [row] = await tx.query<RunKey>(
    `select tenant_id as "tenantId", run_id as "runId" from run
      where deleted_at is not null and files_removed_at is null and deleted_at < $1::timestamptz
      order by tenant_id, run_id limit 1 for no key update skip locked`,
    [new Date(before)],
  );
  return row;
}

/** Removes some files of a run and releases their contents. @returns whether these were all */
export async function removeSomeFiles(tx: Transaction, { tenantId, runId }: RunKey, limit: number): Promise<boolean> {
  const names = await tx.query<{ name: string }>(
    'select name from run_file where tenant_id = $1::bigint and run_id = $2::bigint order by name limit $3::int',
    [tenantId, runId, limit],
  );
  await tx.query(
    releasing('delete from run_file where tenant_id = $1::bigint and run_id = $2::bigint and name = any($3::text[])'),
    [tenantId, runId, names.map(({ name }) => name)],
  );
  return names.length < limit;
}

/** Notes that a run, whose lock is held, has no files any more. */
export async function markFilesRemoved(tx: Transaction, { tenantId, runId }: RunKey, now: Instant): Promise<void> {
  await tx.execute(
    'update run set files_removed_at = $3::timestamptz where tenant_id = $1::bigint and run_id = $2::bigint',
    [tenantId, runId, new Date(now)],
  );
}
