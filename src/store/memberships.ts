import type { Instant } from '../model/clock.ts';
import type { UserId } from '../model/ids.ts';
import type { ArtifactKey } from './artifacts.ts';
import type { CollectionKey } from './collections.ts';
import type { Queryable, Transaction } from './database.ts';
import { tellCollection } from './tell-collection.ts';
import { forgetTermsAt, noteTermsAt, placeColumns } from './version-terms.ts';

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
  tellCollection(tx, membership);
  const { tenantId: artifactTenantId, artifactId } = artifact;
  return { tenantId, collectionId, versionIndex, artifactTenantId, artifactId, createdAt: now };
}

type Place = Pick<Membership, 'tenantId' | 'collectionId' | 'versionIndex'>;

const PLACES = 'unnest($1::bigint[], $2::bigint[], $3::int[]) as place (tenant_id, collection_id, version_index)';
const isPlace = (table: string): string => `${table}.tenant_id = place.tenant_id
  and ${table}.collection_id = place.collection_id and ${table}.version_index = place.version_index`;

/** Ends presences of versions in collections, whose locks are held; their aliases there go with them. */
export async function removeMemberships(tx: Transaction, places: readonly Place[]): Promise<void> {
  if (places.length === 0) return;
  const of = placeColumns(places);
  await forgetTermsAt(tx, places);
  await tx.execute(`delete from alias using ${PLACES} where ${isPlace('alias')}`, of);
  const left = await tx.query<CollectionKey>(
    `with gone as (
       delete from membership using ${PLACES} where ${isPlace('membership')}
       returning membership.tenant_id, membership.collection_id),
     counted as (select tenant_id, collection_id, count(*)::int as versions from gone group by 1, 2)
     update collection set version_count = version_count - counted.versions from counted
      where collection.tenant_id = counted.tenant_id and collection.collection_id = counted.collection_id
     returning collection.tenant_id as "tenantId", collection.collection_id as "collectionId"`,
    of,
  );
  for (const collection of left) tellCollection(tx, collection);
}
