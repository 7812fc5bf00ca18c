import type { Instant } from '../model/clock.ts';
import type { UserId } from '../model/ids.ts';
import type { ArtifactKey } from './artifacts.ts';
import type { CollectionKey } from './collections.ts';
import type { Queryable, Transaction } from './database.ts';
import { forgetTermsAt, noteTermsAt } from './version-terms.ts';

/** The presence of a version in a collection: its place, with the number it has there. */
export interface Membership extends CollectionKey {
  readonly versionIndex: number;
  readonly artifactTenantId: ArtifactKey['tenantId'];
  readonly artifactId: ArtifactKey['artifactId'];
  readonly createdAt: Instant;
}

export const MEMBERSHIP_COLUMNS = `membership.tenant_id as "tenantId", membership.collection_id as "collectionId",
  membership.version_index as "versionIndex", membership.artifact_tenant_id as "artifactTenantId",
  membership.artifact_id as "artifactId", membership.created_at as "createdAt"`;

/** All places of a version, the oldest first. */
export async function placesOf(database: Queryable, artifact: ArtifactKey): Promise<Membership[]> {
  return database.query<Membership>(
    `select ${MEMBERSHIP_COLUMNS} from membership
      where artifact_tenant_id = $1::bigint and artifact_id = $2::bigint
      order by created_at, tenant_id, collection_id`,
    [artifact.tenantId, artifact.artifactId],
  );
}

/** The place of a version in one collection. */
export async function placeIn(
  database: Queryable,
  collection: CollectionKey,
  artifact: ArtifactKey,
): Promise<Membership | undefined> {
  const [row] = await database.query<Membership>(
    `select ${MEMBERSHIP_COLUMNS} from membership
      where tenant_id = $1::bigint and collection_id = $2::bigint
        and artifact_tenant_id = $3::bigint and artifact_id = $4::bigint`,
    [collection.tenantId, collection.collectionId, artifact.tenantId, artifact.artifactId],
  );
  return row;
}

export interface NewMembership extends CollectionKey {
  readonly artifact: ArtifactKey;
  readonly by: UserId | null;
  readonly now: Instant;
}

/** Gives a version the next number of a collection, whose lock is held. */
export async function insertMembership(tx: Transaction, membership: NewMembership): Promise<Membership> {
  const { tenantId, collectionId, artifact, by, now } = membership;
  const [taken] = await tx.query<{ versionIndex: number }>(
    `update collection set next_version = next_version + 1, version_count = version_count + 1,
       updated_at = $3::timestamptz
      where tenant_id = $1::bigint and collection_id = $2::bigint returning next_version - 1 as "versionIndex"`,
    [tenantId, collectionId, new Date(now)],
  );
  if (taken === undefined) throw new Error(`collection ${collectionId} is not there, though it was locked`);
  const { versionIndex } = taken;
  await tx.execute(
    `insert into membership (tenant_id, collection_id, version_index, artifact_tenant_id, artifact_id, linked_by,
       created_at)
     values ($1::bigint, $2::bigint, $3::int, $4::bigint, $5::bigint, $6::bigint, $7::timestamptz)`,
    [tenantId, collectionId, versionIndex, artifact.tenantId, artifact.artifactId, by, new Date(now)],
  );
  await noteTermsAt(tx, { tenantId, collectionId, versionIndex });
  const { tenantId: artifactTenantId, artifactId } = artifact;
  return { tenantId, collectionId, versionIndex, artifactTenantId, artifactId, createdAt: now };
}

/** Ends the presence of a version in a collection, whose lock is held; its aliases there go with it. */
export async function removeMembership(
  tx: Transaction,
  { tenantId, collectionId, versionIndex }: Pick<Membership, 'tenantId' | 'collectionId' | 'versionIndex'>,
): Promise<void> {
  const key = [tenantId, collectionId, versionIndex];
  await forgetTermsAt(tx, { tenantId, collectionId, versionIndex });
  await tx.execute(
    'delete from alias where tenant_id = $1::bigint and collection_id = $2::bigint and version_index = $3::int',
    key,
  );
  const removed = await tx.query(
    `delete from membership
      where tenant_id = $1::bigint and collection_id = $2::bigint and version_index = $3::int returning version_index`,
    key,
  );
  if (removed.length === 0) return;
  await tx.execute(
    `update collection set version_count = version_count - 1
      where tenant_id = $1::bigint and collection_id = $2::bigint`,
    [tenantId, collectionId],
  );
}
