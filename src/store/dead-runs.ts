import type { Instant } from '../model/clock.ts';
import type { Transaction } from './database.ts';
import type { RunKey } from './run-heads.ts';
import { releasing } from './unclaimed-blobs.ts';

/** Locks a run that was deleted before an instant and may hold something; none that others work on. */
export async function lockDeadRun(tx: Transaction, before: Instant): Promise<RunKey | undefined> {
  const [row] = await tx.query<RunKey>(
    `select tenant_id as "tenantId", run_id as "runId" from run
      where deleted_at is not null and emptied_at is null and deleted_at < $1::timestamptz
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
    releasing(
      'delete from run_file where tenant_id = $1::bigint and run_id = $2::bigint and name = any($3::text[])',
      'run',
    ),
    [tenantId, runId, names.map(({ name }) => name)],
  );
  return names.length < limit;
}

/** What a run may have many rows of, each with the columns that tell them apart. */
const LONG = {
  history_chunk: 'stream, first_line',
  console_block: 'seq',
  run_alert: 'alert_id',
} as const;

const SHORT = ['run_summary', 'run_writer', 'rewound_lines', 'latch'] as const;

/**
 * Removes some of what a run logged and of what was kept for that; what it is called and configured with stays, for
 * what refers to it.
 *
 * @returns whether this was all
 */
export async function removeSomeRows(tx: Transaction, { tenantId, runId }: RunKey, limit: number): Promise<boolean> {
  for (const [table, columns] of Object.entries(LONG)) {
    const removed = await tx.execute(
      `delete from ${table} where tenant_id = $1::bigint and run_id = $2::bigint and (${columns}) in (
         select ${columns} from ${table} where tenant_id = $1::bigint and run_id = $2::bigint limit $3::int)`,
      [tenantId, runId, limit],
    );
    if (removed === limit) return false;
  }
  for (const table of SHORT) {
    await tx.execute(`delete from ${table} where tenant_id = $1::bigint and run_id = $2::bigint`, [tenantId, runId]);
  }
  return true;
}

/** Notes that a deleted run, whose lock is held, holds nothing any more. */
export async function markRunEmptied(tx: Transaction, { tenantId, runId }: RunKey, now: Instant): Promise<void> {
  await tx.execute('update run set emptied_at = $3::timestamptz where tenant_id = $1::bigint and run_id = $2::bigint', [
    tenantId,
    runId,
    new Date(now),
  ]);
}
