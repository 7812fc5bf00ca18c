import type { TenantId } from '../model/ids.ts';
import type { Queryable, Transaction } from './database.ts';

/** The data key of a tenant, wrapped by a master key. */
export interface TenantKey {
  readonly tenantId: TenantId;
  readonly wrapped: Uint8Array;
  /** Check value of the master key. */
  readonly wrappedBy: string;
}

const COLUMNS = 'tenant_id as "tenantId", wrapped, wrapped_by as "wrappedBy"';

export function tenantKeys(database: Queryable, tenants: readonly TenantId[]): Promise<TenantKey[]> {
  return database.query<TenantKey>(`select ${COLUMNS} from tenant_key where tenant_id = any($1::bigint[])`, [tenants]);
}

/** Stores a tenant's key, unless it has one: that one stays. */
export async function insertTenantKey(tx: Transaction, { tenantId, wrapped, wrappedBy }: TenantKey): Promise<void> {
  await tx.execute(
    `insert into tenant_key (tenant_id, wrapped, wrapped_by) values ($1::bigint, $2::bytea, $3::text)
     on conflict do nothing`,
    [tenantId, wrapped, wrappedBy],
  );
}

/** Locks keys that a master key wraps, in order, after the tenant that the slice before ended with. */
export function lockKeysWrappedBy(
  tx: Transaction,
  slice: { readonly wrappedBy: string; readonly after: TenantId | null; readonly limit: number },
): Promise<TenantKey[]> {
  return tx.query<TenantKey>(
    `select ${COLUMNS} from tenant_key
     where wrapped_by = $1::text and ($2::bigint is null or tenant_id > $2::bigint)
     order by tenant_id limit $3::int for no key update`,
    [slice.wrappedBy, slice.after, slice.limit],
  );
}

/** Replaces what locked keys are wrapped by. */
export async function rewrapTenantKeys(tx: Transaction, keys: readonly TenantKey[]): Promise<void> {
  await tx.execute(
    `update tenant_key set wrapped = made.wrapped, wrapped_by = made.wrapped_by
       from unnest($1::bigint[], $2::bytea[], $3::text[]) as made(tenant_id, wrapped, wrapped_by)
      where tenant_key.tenant_id = made.tenant_id`,
    [keys.map(({ tenantId }) => tenantId), keys.map(({ wrapped }) => wrapped), keys.map(({ wrappedBy }) => wrappedBy)],
  );
}

/** How many keys are wrapped by none of these master keys. */
export async function countKeysNotWrappedBy(database: Queryable, checks: readonly string[]): Promise<number> {
  const [row] = await database.query<{ count: number }>(
    'select count(*)::int as count from tenant_key where wrapped_by <> all($1::text[])',
    [checks],
  );
  return row?.count ?? 0;
}
