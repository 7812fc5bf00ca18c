import type { BlobKey } from '../model/blob-key.ts';
import type { ArtifactId, CollectionId, RunId, TenantId } from '../model/ids.ts';
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

/** What all entities store together. */
export interface StoredOfAll extends StoredSpace {
  /** Entities that store nine tenths of what each may. */
  readonly nearlyFull: number;
}

/** The same of all entities, but for what was not added up yet: from one row of each. */
export async function allStored(database: Queryable, limit: number | undefined): Promise<StoredOfAll> {
  const [row] = await database.query<StoredOfAll>(
    `select coalesce(sum(bytes), 0)::float8 as bytes, coalesce(sum(files), 0)::float8 as files,
       (count(*) filter (where bytes >= 0.9 * $1::float8))::int as "nearlyFull" from stored_space`,
    [limit ?? null],
  );
  return row ?? { bytes: 0, files: 0, nearlyFull: 0 };
}

/** Of what content is: a file of a run, one that versions of a collection share, or a manifest of a version. */
export type ContentOwner =
  | { readonly kind: 'run'; readonly id: RunId }
  | { readonly kind: 'collection'; readonly id: CollectionId }
  | { readonly kind: 'artifact'; readonly id: ArtifactId };

export interface SizedBlob {
  readonly tenantId: TenantId;
  readonly blob: BlobKey;
  readonly size: number;
  readonly owner: ContentOwner;
}

/** For what an owner is counted, as `kind` and `holder_id`: a run for its project, a version for its collection. */
export function holderOf(kind: ContentOwner['kind'], { tenant, id }: { readonly tenant: string; readonly id: string }) {
  switch (kind) {
    case 'run':
      return `'run', (select project_id from run where run.tenant_id = ${tenant} and run.run_id = ${id})`;
    case 'collection':
      return `'collection', ${id}`;
    case 'artifact':
      return `'collection', (select collection_id from artifact
        where artifact.tenant_id = ${tenant} and artifact.artifact_id = ${id})`;
  }
}

/** Counts content to which this transaction gives a row. */
export async function countStored(tx: Transaction, content: SizedBlob): Promise<void> {
  await tx.execute(change(content, '$3::bigint, 1'), parametersOf(content));
}

/** Counts content as freed whose row this transaction took away. */
export async function countFreed(tx: Transaction, content: SizedBlob): Promise<void> {
  await tx.execute(change(content, '-$3::bigint, -1'), parametersOf(content));
}

function change({ owner }: SizedBlob, amounts: string): string {
  return `insert into stored_change (tenant_id, blob, bytes, files, kind, holder_id)
    select $1::bigint, $2::text, ${amounts}, ${holderOf(owner.kind, { tenant: '$1::bigint', id: '$4::bigint' })}`;
}

function parametersOf({ tenantId, blob, size, owner }: SizedBlob): readonly unknown[] {
  return [tenantId, blob, size, owner.id];
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
      // the row of the entity comes first, so that of several nodes one waits for the other there
      `with gone as (
         delete from stored_change c using (
           select blob, files from stored_change where tenant_id = $1::bigint
            order by blob, files limit $2::int for update skip locked) f
          where c.tenant_id = $1::bigint and c.blob = f.blob and c.files = f.files
         returning c.bytes, c.files, c.kind, c.holder_id),
       space as (
         insert into stored_space as s (tenant_id, bytes, files)
           select $1::bigint, sum(bytes), sum(files) from gone having count(*) > 0
           on conflict (tenant_id) do update set bytes = s.bytes + excluded.bytes, files = s.files + excluded.files
         returning tenant_id)
       insert into stored_part as p (tenant_id, kind, holder_id, bytes, files)
         select space.tenant_id, kind, holder_id, sum(bytes), sum(files) from space cross join gone
          group by space.tenant_id, kind, holder_id order by kind, holder_id
         on conflict (tenant_id, kind, holder_id)
           do update set bytes = p.bytes + excluded.bytes, files = p.files + excluded.files`,
      [tenantId, CHANGES_AT_ONCE],
    );
  }
}
