import type { Instant } from '../model/clock.ts';
import type { ArtifactId, ProjectId, TenantId } from '../model/ids.ts';
import type { ArtifactKey } from './artifacts.ts';
import type { CollectionKey } from './collections.ts';
import type { Queryable, Transaction } from './database.ts';
import { rowsOf, slices } from './rows.ts';

export interface ArtifactBlobKey extends CollectionKey {
  /** Base64. */
  readonly digest: string;
  /** The artifact whose upload stores them. */
  readonly birthArtifactId: ArtifactId;
}

/** Bytes of a collection's files, which its versions share. */
export interface ArtifactBlob extends ArtifactBlobKey {
  readonly size: number;
  /** Where they lie; `null` until they have arrived whole. */
  readonly blob: string | null;
}

const COLUMNS = `artifact_blob.tenant_id as "tenantId", artifact_blob.collection_id as "collectionId",
  artifact_blob.digest, artifact_blob.birth_artifact_id as "birthArtifactId", artifact_blob.size::float8 as size,
  artifact_blob.blob`;

/** A digest means the same bytes only under the same algorithm, and only those of some algorithms are checked. */
const SAME_ALGORITHM = `exists (
  select from artifact born where born.tenant_id = artifact_blob.tenant_id
     and born.artifact_id = artifact_blob.birth_artifact_id and born.digest_algorithm = `;

/** The bytes of these digests that have arrived in a collection, whoever stored them under the same algorithm. */
export async function arrivedBlobs(
  database: Queryable,
  { tenantId, collectionId, digestAlgorithm }: CollectionKey & { readonly digestAlgorithm: string },
  digests: readonly string[],
): Promise<ArtifactBlob[]> {
  return database.query<ArtifactBlob>(
    `select ${COLUMNS} from artifact_blob
      where tenant_id = $1::bigint and collection_id = $2::bigint and digest = any($3::text[]) and blob is not null
        and ${SAME_ALGORITHM} $4::text)`,
    [tenantId, collectionId, digests, digestAlgorithm],
  );
}

/**
 * Those bytes of these digests that an artifact may use without an upload: its own, and those of versions that live
 * and are known by the same algorithm.
 * They are held for a while from now, so that they are still there when it is committed.
 */
export async function claimBlobs(
  tx: Transaction,
  {
    tenantId,
    collectionId,
    artifactId,
    digestAlgorithm,
  }: ArtifactKey & CollectionKey & { readonly digestAlgorithm: string },
  digests: readonly string[],
  now: Instant,
): Promise<ArtifactBlobKey[]> {
  return tx.query<ArtifactBlobKey>(
    `update artifact_blob set wanted_at = $5::timestamptz
      where tenant_id = $1::bigint and collection_id = $2::bigint and digest = any($4::text[]) and blob is not null
        and (birth_artifact_id = $3::bigint or exists (
          select from artifact_file f
           where f.tenant_id = $1::bigint and f.birth_artifact_id = artifact_blob.birth_artifact_id
             and f.digest = artifact_blob.digest))
        and ${SAME_ALGORITHM} $6::text)
      returning ${COLUMNS}`,
    [tenantId, collectionId, artifactId, digests, new Date(now), digestAlgorithm],
  );
}

/**
 * Holds the bytes of versions that are about to go for the uploads to their collections that are under way: a changed
 * copy of a version names the bytes of that in its manifest, and asks for none before.
 */
export async function holdBlobsOf(
  tx: Transaction,
  tenantId: TenantId,
  artifactIds: readonly ArtifactId[],
): Promise<void> {
  await tx.execute(
    `with uploading as (
       select collection_id, max(created_at) as since from artifact
        where tenant_id = $1::bigint and state = 'pending' and collection_id in (
          select collection_id from artifact where tenant_id = $1::bigint and artifact_id = any($2::bigint[]))
        group by collection_id)
     update artifact_blob b set wanted_at = greatest(b.wanted_at, uploading.since)
       from uploading cross join artifact_file f
      where f.tenant_id = $1::bigint and f.artifact_id = any($2::bigint[]) and b.tenant_id = $1::bigint
        and b.birth_artifact_id = f.birth_artifact_id and b.digest = f.digest
        and b.collection_id = uploading.collection_id`,
    [tenantId, artifactIds],
  );
}

/** Expects bytes to be uploaded for an artifact; those that are expected already stay so. */
export async function expectBlobs(tx: Transaction, blobs: readonly ArtifactBlobKey[], now: Instant): Promise<void> {
  for (const slice of slices(blobs)) {
    const { values, parameters } = rowsOf(slice, ({ tenantId, collectionId, digest, birthArtifactId }) => [
      ...[tenantId, collectionId, digest, birthArtifactId],
      ...[new Date(now), new Date(now)],
    ]);
    await tx.execute(
      `insert into artifact_blob (tenant_id, collection_id, digest, birth_artifact_id, created_at, wanted_at)
       values ${values} on conflict do nothing`,
      parameters,
    );
  }
}

/** Where the bytes lie that a version of a collection has under a digest; `undefined` when none has. */
export async function sharedBlob(
  database: Queryable,
  collection: CollectionKey,
  bytes: { readonly tenantId: TenantId; readonly birthArtifactId: ArtifactId; readonly digest: string },
): Promise<ArtifactBlob | undefined> {
  const [row] = await database.query<ArtifactBlob>(
    `select ${COLUMNS} from artifact_blob
      where tenant_id = $3::bigint and birth_artifact_id = $4::bigint and digest = $5::text and blob is not null
        and exists (
          select from artifact_file f
            join membership m on m.artifact_tenant_id = f.tenant_id and m.artifact_id = f.artifact_id
           where f.tenant_id = $3::bigint and f.birth_artifact_id = $4::bigint and f.digest = $5::text
             and m.tenant_id = $1::bigint and m.collection_id = $2::bigint)
      limit 1`,
    [collection.tenantId, collection.collectionId, bytes.tenantId, bytes.birthArtifactId, bytes.digest],
  );
  return row;
}

/** The bytes that have arrived under a digest anywhere in an entity, with the project each belongs to. */
export async function blobsByDigest(
  database: Queryable,
  tenantId: TenantId,
  digest: string,
): Promise<(ArtifactBlob & { readonly projectId: ProjectId })[]> {
  return database.query(
    `select ${COLUMNS}, collection.project_id as "projectId" from collection
       join artifact_blob on artifact_blob.tenant_id = collection.tenant_id
         and artifact_blob.collection_id = collection.collection_id and artifact_blob.digest = $2::text
      where collection.tenant_id = $1::bigint and collection.deleted_at is null and artifact_blob.blob is not null`,
    [tenantId, digest],
  );
}
