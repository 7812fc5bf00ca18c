import type { Instant } from '../model/clock.ts';
import type { ArtifactBlobKey } from './artifact-blobs.ts';
import type { ArtifactKey } from './artifacts.ts';
import type { CollectionKey } from './collections.ts';
import type { Queryable, Transaction } from './database.ts';

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

/** Removes a pending artifact, whose lock is held, with its rows. @returns where contents of its manifests lie */
export async function removePending(tx: Transaction, { tenantId, artifactId }: ArtifactKey): Promise<string[]> {
  const key = [tenantId, artifactId];
  const manifests = await tx.query<{ blob: string | null }>(
    'delete from artifact_manifest where tenant_id = $1::bigint and artifact_id = $2::bigint returning blob',
    key,
  );
  await tx.execute('delete from lineage where artifact_tenant_id = $1::bigint and artifact_id = $2::bigint', key);
  await tx.execute('delete from artifact where tenant_id = $1::bigint and artifact_id = $2::bigint', key);
  return manifests.flatMap(({ blob }) => blob ?? []);
}

/** Bytes that no version has and no upload counts on; `$5` says since when. */
const UNNEEDED = `wanted_at < $5::timestamptz
  and not exists (select from artifact_file f
    where f.tenant_id = artifact_blob.tenant_id and f.birth_artifact_id = artifact_blob.birth_artifact_id
      and f.digest = artifact_blob.digest)
  and not exists (select from artifact a
    where a.tenant_id = artifact_blob.tenant_id and a.artifact_id = artifact_blob.birth_artifact_id
      and a.state = 'pending')`;

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
       ${UNNEEDED} as unneeded
      from artifact_blob
      where (tenant_id, collection_id, digest, birth_artifact_id) > ($1::bigint, $2::bigint, $3::text, $4::bigint)
      order by tenant_id, collection_id, digest, birth_artifact_id limit $6::int`,
    [
      ...[after?.tenantId ?? 0, after?.collectionId ?? 0, after?.digest ?? '', after?.birthArtifactId ?? 0],
      ...[new Date(before), limit],
    ],
  );
  return { last: rows.length < limit ? undefined : rows.at(-1), unneeded: rows.filter(({ unneeded }) => unneeded) };
}

/** Removes bytes that still nobody needs; their collection is locked. @returns where they lie */
export async function removeUnneeded(
  tx: Transaction,
  { tenantId, collectionId, digest, birthArtifactId }: ArtifactBlobKey,
  before: Instant,
): Promise<string[]> {
  const removed = await tx.query<{ blob: string | null }>(
    `delete from artifact_blob
      where tenant_id = $1::bigint and collection_id = $2::bigint and digest = $3::text
        and birth_artifact_id = $4::bigint and ${UNNEEDED} returning blob`,
    [tenantId, collectionId, digest, birthArtifactId, new Date(before)],
  );
  return removed.flatMap(({ blob }) => blob ?? []);
}
