import type { Instant } from '../model/clock.ts';
import type { TenantId } from '../model/ids.ts';
import { ENTRY_COLUMNS, type EntryRow, entryOf, type KeptEntry } from './audit.ts';
import { CHAIN_START, type ChainPlace, type SealedEntry } from './audit-chain.ts';
import type { Queryable, Transaction } from './database.ts';

/** Tenants with entries that are not sealed yet. */
export async function tenantsToSeal(database: Queryable, limit: number): Promise<TenantId[]> {
  const rows = await database.query<{ tenantId: TenantId }>(
    'select distinct tenant_id as "tenantId" from audit_entry where number is null order by 1 limit $1::int',
    [limit],
  );
  return rows.map(({ tenantId }) => tenantId);
}

/** The head of a tenant's chain, locked: entries are sealed by one transaction after the other. */
export async function lockChain(tx: Transaction, tenantId: TenantId): Promise<ChainPlace> {
  const { number, hash } = CHAIN_START;
  await tx.execute(
    `insert into audit_chain (tenant_id, number, hash) values ($1::bigint, $2::bigint, decode($3::text, 'hex'))
     on conflict (tenant_id) do nothing`,
    [tenantId, number, hash],
  );
  const [head] = await tx.query<ChainPlace>(
    `select number::float8 as number, encode(hash, 'hex') as hash from audit_chain
     where tenant_id = $1::bigint for update`,
    [tenantId],
  );
  return head ?? CHAIN_START;
}

/** The oldest unsealed entries of a tenant; its chain is locked. */
export async function unsealedEntries(tx: Transaction, tenantId: TenantId, limit: number): Promise<KeptEntry[]> {
  const rows = await tx.query<EntryRow>(
    `select ${ENTRY_COLUMNS} from audit_entry where tenant_id = $1::bigint and number is null
     order by id limit $2::int`,
    [tenantId, limit],
  );
  return rows.map(entryOf);
}

/** Writes numbers and hashes, and moves the head to the last of them. */
export async function writeSeals(
  tx: Transaction,
  tenantId: TenantId,
  sealed: readonly SealedEntry[],
  head: ChainPlace,
): Promise<void> {
  await tx.execute(
    `update audit_entry set number = seal.number, hash = decode(seal.hash, 'hex')
     from unnest($2::bigint[], $3::bigint[], $4::text[]) as seal(id, number, hash)
     where audit_entry.tenant_id = $1::bigint and audit_entry.id = seal.id`,
    [tenantId, sealed.map(({ id }) => id), sealed.map(({ number }) => number), sealed.map(({ hash }) => hash)],
  );
  await tx.execute(
    `update audit_chain set number = $2::bigint, hash = decode($3::text, 'hex') where tenant_id = $1::bigint`,
    [tenantId, head.number, head.hash],
  );
}

export interface Unsealed {
  readonly entries: number;
  /** `null` when there are none. */
  readonly oldestAt: Instant | null;
}

/** Entries of before an instant that nobody has sealed, over all tenants. */
export async function unsealedSince(database: Queryable, before: Instant): Promise<Unsealed> {
  const [row] = await database.query<Unsealed>(
    `select count(*)::int as entries, min(at) as "oldestAt" from audit_entry
     where number is null and at < $1::timestamptz`,
    [new Date(before)],
  );
  return row ?? { entries: 0, oldestAt: null };
}
