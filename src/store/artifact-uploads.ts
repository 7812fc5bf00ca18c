import type { BlobKey } from '../model/blob-key.ts';
import type { Instant } from '../model/clock.ts';
import type { ArtifactBlobKey } from './artifact-blobs.ts';
import type { ArtifactKey } from './artifacts.ts';
import type { CollectionKey } from './collections.ts';
import type { Queryable, Transaction } from './database.ts';

/** Bytes that are being put where they will lie, past Tripline or in parts. */
export interface ArtifactUpload extends ArtifactBlobKey {
  /** Where they will lie; it stays the same as long as the upload does. */
  readonly blob: BlobKey;
  /** In parts, or `null` when one request brings them all to the store. */
  readonly inParts: {
    /** What the store calls it. */
    readonly id: string;
    /** Base64 MD5 of each, in order. */
    readonly md5s: readonly string[];
  } | null;
}

interface Row extends ArtifactBlobKey {
  readonly blob: BlobKey;
  readonly id: string | null;
  readonly md5s: string | null;
}

const COLUMNS = `tenant_id as "tenantId", collection_id as "collectionId", digest,
  birth_artifact_id as "birthArtifactId", upload_blob as blob, upload_id as id, upload_parts as md5s`;
const WAITING = 'blob is null and upload_blob is not null';

/** The upload under way of some bytes. */
export async function artifactUpload(database: Queryable, key: ArtifactBlobKey): Promise<ArtifactUpload | undefined> {
  const { tenantId, collectionId, birthArtifactId: artifactId, digest } = key;
  const [found] = await uploadsOf(database, { tenantId, collectionId, artifactId }, [digest]);
  return found;
}

/** The uploads under way of bytes that an artifact of a collection expects. */
export async function uploadsOf(
  database: Queryable,
  { tenantId, collectionId, artifactId }: ArtifactKey & CollectionKey,
  digests: readonly string[],
): Promise<ArtifactUpload[]> {
  const rows = await database.query<Row>(
    `select ${COLUMNS} from artifact_blob
      where tenant_id = $1::bigint and collection_id = $2::bigint and digest = any($4::text[])
        and birth_artifact_id = $3::bigint and ${WAITING}`,
    [tenantId, collectionId, artifactId, digests],
  );
  return rows.map(toUpload);
}

/** Those of an artifact that one request each brings straight to the store, in the order of their digests. */
export async function directUploads(
  database: Queryable,
  { tenantId, artifactId }: ArtifactKey,
  after: string,
  limit: number,
): Promise<ArtifactUpload[]> {
  const rows = await database.query<Row>(
    `select ${COLUMNS} from artifact_blob
      where tenant_id = $1::bigint and birth_artifact_id = $2::bigint and ${WAITING} and upload_id is null
        and digest > $3::text
      order by digest limit $4::int`,
    [tenantId, artifactId, after, limit],
  );
  return rows.map(toUpload);
}

/** An upload, and the place that it replaces. */
export interface NewUpload extends ArtifactUpload {
  readonly instead: BlobKey | undefined;
}

/**
 * Notes where bytes that an artifact expects are being put, and that this content is unclaimed as yet. Nothing is noted
 * where they have arrived, or another place was noted meanwhile.
 */
export async function beginUploads(
  tx: Transaction,
  { tenantId, collectionId, artifactId }: ArtifactKey & CollectionKey,
  uploads: readonly NewUpload[],
  now: Instant,
): Promise<void> {
  await tx.execute(
    `with begun as (
       update artifact_blob b set upload_blob = u.blob, upload_id = u.id, upload_parts = u.md5s
         from unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[]) u (digest, blob, id, md5s, instead)
        where b.tenant_id = $1::bigint and b.collection_id = $2::bigint and b.digest = u.digest
          and b.birth_artifact_id = $3::bigint and b.blob is null and b.upload_blob is not distinct from u.instead
       returning b.upload_blob)
     insert into unclaimed_blob (tenant_id, blob, wanted_at) select $1::bigint, upload_blob, $9::timestamptz from begun
       on conflict do nothing`,
    [
      ...[tenantId, collectionId, artifactId],
      uploads.map(({ digest }) => digest),
      uploads.map(({ blob }) => blob),
      uploads.map(({ inParts }) => inParts?.id ?? null),
      uploads.map(({ inParts }) => inParts?.md5s.join(' ') ?? null),
      uploads.map(({ instead }) => instead ?? null),
      new Date(now),
    ],
  );
}

/** Forgets where bytes were being put: what lies there is needed no more. */
export async function endUpload(tx: Transaction, { tenantId, blob }: ArtifactUpload): Promise<void> {
  await tx.execute(
    `update artifact_blob set upload_blob = null, upload_id = null, upload_parts = null
      where tenant_id = $1::bigint and upload_blob = $2::text`,
    [tenantId, blob],
  );
}

function toUpload({ id, md5s, ...row }: Row): ArtifactUpload {
  return { ...row, inParts: id === null || md5s === null ? null : { id, md5s: md5s.split(' ') } };
}
