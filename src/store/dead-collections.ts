import type { Instant } from '../model/clock.ts';
import type { ArtifactId } from '../model/ids.ts';
import { COLLECTION_COLUMNS, type Collection, type CollectionKey } from './collections.ts';
import type { Queryable, Transaction } from './database.ts';

export interface DeletedCollection extends Collection {
  readonly deletedAt: Instant;
}

/** A collection that was deleted. */
export async function deletedCollectionById(
  database: Queryable,
  { tenantId, collectionId }: CollectionKey,
): Promise<DeletedCollection | undefined> {
  const [row] = await database.query<DeletedCollection>(
    `select ${COLLECTION_COLUMNS}, collection.deleted_at as "deletedAt" from collection
      where tenant_id = $1::bigint and collection_id = $2::bigint and deleted_at is not null`,
    [tenantId, collectionId],
  );
  return row;
}

/** Collections behind one, of any tenant, that were deleted before an instant and may hold versions still. */
export async function deadCollections(
  database: Queryable,
  after: CollectionKey | undefined,
  before: Instant,
  limit: number,
): Promise<CollectionKey[]> {
  return database.query<CollectionKey>(
    `select tenant_id as "tenantId", collection_id as "collectionId" from collection
      where deleted_at is not null and emptied_at is null and deleted_at < $1::timestamptz
        and (tenant_id, collection_id) > ($2::bigint, $3::bigint)
      order by tenant_id, collection_id limit $4::int`,
    [new Date(before), after?.tenantId ?? 0, after?.collectionId ?? 0, limit],
  );
}

/** What was logged to a deleted collection, and no living one holds. */
const UNPLACED = `state <> 'deleted' and not exists (
  select from membership m
    join collection c on c.tenant_id = m.tenant_id and c.collection_id = m.collection_id and c.deleted_at is null
   where m.artifact_tenant_id = artifact.tenant_id and m.artifact_id = artifact.artifact_id)`;

/**
 * Locks versions and uploads of a deleted collection that no living one holds. Whoever links a version locks it as
 * well, so look for them again when they are locked.
 */
export async function lockUnplaced(
  tx: Transaction,
  { tenantId, collectionId }: CollectionKey,
  limit: number,
): Promise<ArtifactId[]> {
  return idsOf(
    await tx.query(
      `select artifact_id as "artifactId" from artifact
        where tenant_id = $1::bigint and collection_id = $2::bigint and ${UNPLACED}
        order by artifact_id limit $3::int for no key update skip locked`,
      [tenantId, collectionId, limit],
    ),
  );
}

/** Those of some locked versions that still no living collection holds. */
export async function stillUnplaced(
  tx: Transaction,
  { tenantId, collectionId }: CollectionKey,
  ids: readonly ArtifactId[],
): Promise<ArtifactId[]> {
  return idsOf(
    await tx.query(
      `select artifact_id as "artifactId" from artifact
        where tenant_id = $1::bigint and collection_id = $2::bigint and artifact_id = any($3::bigint[]) and ${UNPLACED}`,
      [tenantId, collectionId, ids],
    ),
  );
}

function idsOf(rows: readonly { readonly artifactId: ArtifactId }[]): ArtifactId[] {
  return rows.map(({ artifactId }) => artifactId);
}

/** Notes that nothing lives any more of what was logged to a deleted collection, if that is so. */
export async function markCollectionEmptied(
  database: Queryable,
  { tenantId, collectionId }: CollectionKey,
  now: Instant,
): Promise<void> {
  await database.execute(
    `update collection set emptied_at = $3::timestamptz
      where tenant_id = $1::bigint and collection_id = $2::bigint and deleted_at is not null
        and not exists (select from artifact a
          where a.tenant_id = $1::bigint and a.collection_id = $2::bigint and a.state <> 'deleted')`,
    [tenantId, collectionId, new Date(now)],
  );
}
