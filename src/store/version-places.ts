import type { ArtifactId, TenantId } from '../model/ids.ts';
import { ARTIFACT_COLUMNS, ARTIFACTS, type Artifact } from './artifacts.ts';
import type { CollectionKey } from './collections.ts';
import type { Queryable, Transaction } from './database.ts';
import { MEMBERSHIP_COLUMNS, type Membership } from './memberships.ts';

/** All places of several versions of one tenant, the oldest first. */
export async function placesOfVersions(
  database: Queryable,
  tenantId: TenantId,
  ids: readonly ArtifactId[],
): Promise<Membership[]> {
  return database.query<Membership>(
    `select ${MEMBERSHIP_COLUMNS} from membership
      where artifact_tenant_id = $1::bigint and artifact_id = any($2::bigint[])
      order by created_at, tenant_id, collection_id`,
    [tenantId, ids],
  );
}

/** All places in a collection, by their numbers. */
export async function placesIn(database: Queryable, { tenantId, collectionId }: CollectionKey): Promise<Membership[]> {
  return database.query<Membership>(
    `select ${MEMBERSHIP_COLUMNS} from membership
      where tenant_id = $1::bigint and collection_id = $2::bigint order by version_index`,
    [tenantId, collectionId],
  );
}

/** The places in a collection that have some numbers. */
export async function placesNumbered(
  database: Queryable,
  { tenantId, collectionId }: CollectionKey,
  numbers: readonly number[],
): Promise<Membership[]> {
  return database.query<Membership>(
    `select ${MEMBERSHIP_COLUMNS} from membership
      where tenant_id = $1::bigint and collection_id = $2::bigint and version_index = any($3::int[])
      order by version_index`,
    [tenantId, collectionId, numbers],
  );
}

/** The place with the highest number in a collection, leaving out some. */
export async function newestPlace(
  database: Queryable,
  { tenantId, collectionId }: CollectionKey,
  leftOut: readonly number[],
): Promise<Membership | undefined> {
  const [row] = await database.query<Membership>(
    `select ${MEMBERSHIP_COLUMNS} from membership
      where tenant_id = $1::bigint and collection_id = $2::bigint and version_index <> all($3::int[])
      order by version_index desc limit 1`,
    [tenantId, collectionId, leftOut],
  );
  return row;
}

/** The artifacts that were logged to a sequence and are not deleted, pending ones too. */
export async function artifactsIn(
  database: Queryable,
  { tenantId, collectionId }: CollectionKey,
): Promise<ArtifactId[]> {
  const rows = await database.query<{ artifactId: ArtifactId }>(
    `select artifact_id as "artifactId" from artifact
      where tenant_id = $1::bigint and collection_id = $2::bigint and state <> 'deleted'`,
    [tenantId, collectionId],
  );
  return rows.map(({ artifactId }) => artifactId);
}

/** Locks artifacts of one tenant in whatever state; the collections of their places are locked before. */
export async function lockArtifacts(
  tx: Transaction,
  tenantId: TenantId,
  ids: readonly ArtifactId[],
): Promise<Artifact[]> {
  return tx.query<Artifact>(
    `select ${ARTIFACT_COLUMNS} from ${ARTIFACTS}
      where artifact.tenant_id = $1::bigint and artifact.artifact_id = any($2::bigint[])
      order by artifact.artifact_id for no key update of artifact`,
    [tenantId, ids],
  );
}
