import type { BlobKey } from '../model/blob-key.ts';
import type { TenantId } from '../model/ids.ts';
import type { Database, Queryable, Transaction } from './database.ts';

/** What an entity stores: contents of files of runs and versions, and of manifests. */
export interface StoredSpace {
  readonly bytes: number;
  readonly files: number;
}

/** What an entity stores at this moment. */
export async function storedSpace(database: Queryable, tenantId: TenantId): Promise<StoredSpace> {
  const [row] = await database.query<StoredSpace>(
    `select coalesce(sum(bytes), 0)::float8 as bytes, coalesce(sum(files), 0)::float8 as files from (
       select bytes, files from stored_space where tenant_id = $1::bigint
       union all select bytes, files from stored_change where tenant_id = $1::bigint) stored`,
    [tenantId],
  );
  return row ?? { bytes: 0, files: 0 };
}

export interface SizedBlob {
  readonly tenantId: TenantId;
  readonly blob: BlobKey;
  readonly size: number;
}

/** Counts content to which this transaction gives a row. */
export async function countStored(tx: Transaction, { tenantId, blob, size }: SizedBlob): Promise<void> {
  await tx.execute(
    'insert into stored_change (tenant_id, blob, bytes, files) values ($1::bigint, $2::text, $3::bigint, 1)',
    [tenantId, blob, size],
  );
}

/** Counts content as freed whose row this transaction took away. */
export async function countFreed(tx: Transaction, { tenantId, blob, size }: SizedBlob): Promise<void> {
  await tx.execute(
    'insert into stored_change (tenant_id, blob, bytes, files) values ($1::bigint, $2::text, -$3::bigint, -1)',
    [tenantId, blob, size],
  );
}

const TENANTS_AT_ONCE = 100;
const CHANGES_AT_ONCE = 5_000;

/** Adds changes up, so that the sum of an entity is read from few rows. Several nodes may do so at once. */
export async function addUpSpace(database: Database): Promise<void> {
  const tenants = await database.query<{ tenantId: TenantId }>(
    'select distinct tenant_id as "tenantId" from stored_change order by 1 limit $1::int',
    [TENANTS_AT_ONCE],
  );
  for (const { tenantId } of tenants) {
    await database.execute(
      `with gone as (
         delete from stored_change c using (
           select blob, files from stored_change where tenant_id = $1::bigint
            order by blob, files limit $2::int for update skip locked) f
          where c.tenant_id = $1::bigint and c.blob = f.blob and c.files = f.files
         returning c.bytes, c.files)
       insert into stored_space as s (tenant_id, bytes, files)
         select $1::bigint, sum(bytes), sum(files) from gone having count(*) > 0
         on conflict (tenant_id) do update set bytes = s.bytes + excluded.bytes, files = s.files + excluded.files`,
      [tenantId, CHANGES_AT_ONCE],
    );
  }
}
