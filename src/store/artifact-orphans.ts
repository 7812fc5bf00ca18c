import type { Instant } from '../model/clock.ts';
import type { ArtifactBlobKey } from './artifact-blobs.ts';
import { removeManifests } from './artifact-manifests.ts';
import type { ArtifactKey } from './artifacts.ts';
import type { CollectionKey } from './collections.ts';
import type { Queryable, Transaction } from './database.ts';
import { releasing, type UnclaimedBlob } from './unclaimed-blobs.ts';

/** Artifacts of any tenant that nobody has committed nor uploaded to since an instant, the oldest first. */
export async function abandonedArtifacts(
  database: Queryable,
  before: Instant,
  limit: number,
): Promise<(ArtifactKey & CollectionKey)[]> {
  return database.query(
    `select tenant_id as "tenantId", artifact_id as "artifactId", collection_id as "collectionId" from artifact
      where state = 'pending' and created_at < $1::timestamptz and updated_at < $1::timestamptz
      order by created_at limit $2::int`,
    [new Date(before), limit],
  );
}

/** Removes a pending artifact, whose lock is held, with its rows, and releases the contents of its manifests. */
export async function removePending(tx: Transaction, { tenantId, artifactId }: ArtifactKey): Promise<void> {
  const key = [tenantId, artifactId];
  await removeManifests(tx, tenantId, [artifactId]);
  await tx.execute('delete from lineage where artifact_tenant_id = $1::bigint and artifact_id = $2::bigint', key);
  await tx.execute('delete from artifact where tenant_id = $1::bigint and artifact_id = $2::bigint', key);
}

/** No version has these bytes. */
const UNUSED = `not exists (select from artifact_file f
    where f.tenant_id = artifact_blob.tenant_id and f.birth_artifact_id = artifact_blob.birth_artifact_id
      and f.digest = artifact_blob.digest)`;

/**
 * Removes what an artifact, which was pending and is removed, has brought or expected, and releases it; but not what a
 * version of its collection, which is locked, has of it.
 */
export async function removeExpected(
  tx: Transaction,
  { tenantId, artifactId, collectionId }: ArtifactKey & CollectionKey,
): Promise<UnclaimedBlob[]> {
  return tx.query<UnclaimedBlob>(
    releasing(
      `delete from artifact_blob
      where tenant_id = $1::bigint and collection_id = $2::bigint and birth_artifact_id = $3::bigint and ${UNUSED}`,
      'collection',
    ),
    [tenantId, collectionId, artifactId],
  );
}

/**
 * Bytes that no version has, and that no upload may count on: one that was under way when they were last asked for, or
 * any where that is not long ago.
 */
const unneeded = (before: string): string => `${UNUSED}
  and not exists (select from artifact a
    where a.tenant_id = artifact_blob.tenant_id and a.collection_id = artifact_blob.collection_id
      and a.state = 'pending'
      and (a.created_at <= artifact_blob.wanted_at or artifact_blob.wanted_at >= ${before}::timestamptz))`;

export interface BlobSlice {
  /** The last row of the slice; `undefined` when it reaches the end. */
  readonly last: ArtifactBlobKey | undefined;
  readonly unneeded: readonly ArtifactBlobKey[];
}

/** Looks through the bytes behind a row, in the order of their keys, for those that nobody needs. */
export async function unneededBlobs(
  database: Queryable,
  after: ArtifactBlobKey | undefined,
  before: Instant,
  limit: number,
): Promise<BlobSlice> {
  const rows = await database.query<ArtifactBlobKey & { unneeded: boolean }>(
    `select tenant_id as "tenantId", collection_id as "collectionId", digest, birth_artifact_id as "birthArtifactId",
       ${unneeded('$5')} as unneeded
      from artifact_blob
      where (tenant_id, collection_id, digest, birth_artifact_id) > ($1::bigint, $2::bigint, $3::text, $4::bigint)
      order by tenant_id, collection_id, digest, birth_artifact_id limit $6::int`,
    [
      ...[after?.tenantId ?? 0, after?.collectionId ?? 0, after?.digest ?? '', after?.birthArtifactId ?? 0],
      ...[new Date(before), limit],
    ],
  );
  return { last: rows.length < limit ? undefined : rows.at(-1), unneeded: rows.filter((row) => row.unneeded) };
}

/** Removes those of some bytes of a collection, which is locked, that still nobody needs, and releases them. */
export async function removeUnneeded(
  tx: Transaction,
  { tenantId, collectionId }: CollectionKey,
  blobs: readonly ArtifactBlobKey[],
  before: Instant,
): Promise<void> {
  await tx.query(
    releasing(
      `delete from artifact_blob
      where tenant_id = $1::bigint and collection_id = $2::bigint
        and (digest, birth_artifact_id) in (select * from unnest($3::text[], $4::bigint[])) and ${unneeded('$5')}`,
      'collection',
    ),
    [
      ...[tenantId, collectionId],
      ...[blobs.map(({ digest }) => digest), blobs.map(({ birthArtifactId }) => birthArtifactId)],
      new Date(before),
    ],
  );
}
