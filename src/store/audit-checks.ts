import type { TenantId } from '../model/ids.ts';
import { ENTRY_COLUMNS, type EntryRow, entryOf } from './audit.ts';
import type { Anchor, ChainPlace, SealedEntry } from './audit-chain.ts';
import type { Queryable } from './database.ts';

export interface ChainOfTenant {
  readonly tenantId: TenantId;
  /** Of the living or deleted entity; `null` for the installation itself. */
  readonly name: string | null;
}

/** Every tenant that has, or ever had, entries. */
export function auditedTenants(database: Queryable): Promise<ChainOfTenant[]> {
  return database.query<ChainOfTenant>(
    `select tenant_id as "tenantId", entity.name
     from (select tenant_id from audit_chain union select tenant_id from audit_entry
       union select tenant_id from audit_anchor) chain
     left join entity on entity.id = chain.tenant_id
     order by tenant_id`,
  );
}

/** What of a chain was dropped, by its numbers. */
export function chainAnchors(database: Queryable, tenantId: TenantId): Promise<Anchor[]> {
  return database.query<Anchor>(
    `select first_number::float8 as first, encode(previous_hash, 'hex') as previous,
       number::float8 as number, encode(hash, 'hex') as hash from audit_anchor
     where tenant_id = $1::bigint order by first_number`,
    [tenantId],
  );
}

/** Where a chain ends; `undefined` before the first entry is sealed. */
export async function chainHead(database: Queryable, tenantId: TenantId): Promise<ChainPlace | undefined> {
  const [row] = await database.query<ChainPlace>(
    `select number::float8 as number, encode(hash, 'hex') as hash from audit_chain where tenant_id = $1::bigint`,
    [tenantId],
  );
  return row;
}

/** Place in the order of numbers: should two entries have one number, none of them is passed over. */
export interface EntryPlace {
  readonly number: number;
  readonly id: string;
}

/** Sealed entries after a place, in the order of numbers. */
export async function sealedEntries(
  database: Queryable,
  tenantId: TenantId,
  after: EntryPlace,
  limit: number,
): Promise<SealedEntry[]> {
  const rows = await database.query<EntryRow & ChainPlace>(
    `select ${ENTRY_COLUMNS} from audit_entry where tenant_id = $1::bigint and (number, id) > ($2::bigint, $3::bigint)
     order by number, id limit $4::int`,
    [tenantId, after.number, after.id, limit],
  );
  return rows.map((row) => ({ ...entryOf(row), number: row.number, hash: row.hash }));
}
