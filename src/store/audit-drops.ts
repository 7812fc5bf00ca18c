import { CHAIN_START } from './audit-chain.ts';
import type { Transaction } from './database.ts';

/** Of the entry before a row of numbers, be it still there or the end of an anchor. */
const HASH_BEFORE = `case when row.first_number = 1 then decode($2::text, 'hex') else coalesce(
  (select hash from audit_entry
   where tenant_id = row.tenant_id and number = row.first_number - 1 order by id limit 1),
  (select hash from audit_anchor
   where tenant_id = row.tenant_id and number = row.first_number - 1 order by first_number limit 1)) end`;

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
 * Drops a partition and leaves an anchor for all numbers in a row of each chain in it (data model, section 10): their
 * first and last, and the hashes that both are chained to.
 *
 * @param name as {@link auditPartitionsBefore} gave it: no text from outside reaches the statements
 * @returns `false` when it holds entries that are not sealed yet, and was left
 */
export async function dropAuditPartition(tx: Transaction, name: string): Promise<boolean> {
  await tx.execute(`lock table ${name} in access exclusive mode`);
  const unsealed = await tx.query(`select 1 from ${name} where number is null limit 1`);
  if (unsealed.length > 0) return false;
  await tx.execute(
    `insert into audit_anchor (tenant_id, first_number, previous_hash, number, hash, partition)
     select row.tenant_id, row.first_number, ${HASH_BEFORE}, row.number, row.hash, $1::text
     from (
       select tenant_id, min(number) as first_number, max(number) as number,
         (array_agg(hash order by number desc, id desc))[1] as hash
       from (
         select tenant_id, id, number, hash,
           number - dense_rank() over (partition by tenant_id order by number) as island from ${name}
       ) as numbered
       group by tenant_id, island
     ) as row`,
    [name, CHAIN_START.hash],
  );
  await tx.execute(`drop table ${name}`);
  return true;
}
