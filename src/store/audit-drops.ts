import type { Transaction } from './database.ts';

/** Names of the monthly partitions of the audit log before a month, oldest first. */
export async function auditPartitionsBefore(tx: Transaction, month: string): Promise<string[]> {
  const rows = await tx.query<{ name: string }>(
    `select part.relname as name from pg_inherits
       join pg_class part on part.oid = pg_inherits.inhrelid
       join pg_class whole on whole.oid = pg_inherits.inhparent
     where whole.relname = 'audit_entry' and part.relname < 'audit_entry_' || replace($1::text, '-', '_')
     order by 1`,
    [month],
  );
  return rows.map(({ name }) => name);
}

/**
 * Drops a partition and leaves the last hash of each chain in it as an anchor (data model, section 10).
 *
 * @param name as {@link auditPartitionsBefore} gave it: no text from outside reaches the statements
 * @returns `false` when it holds entries that are not sealed yet, and was left
 */
export async function dropAuditPartition(tx: Transaction, name: string): Promise<boolean> {
  await tx.execute(`lock table ${name} in access exclusive mode`);
  const unsealed = await tx.query(`select 1 from ${name} where number is null limit 1`);
  if (unsealed.length > 0) return false;
  await tx.execute(
    `insert into audit_anchor (tenant_id, number, hash, partition)
     select distinct on (tenant_id) tenant_id, number, hash, $1::text from ${name} order by tenant_id, number desc`,
    [name],
  );
  await tx.execute(`drop table ${name}`);
  return true;
}
