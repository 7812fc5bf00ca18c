import type { BlobKey } from '../model/blob-key.ts';
import type { Instant } from '../model/clock.ts';
import type { ArtifactBlobKey } from './artifact-blobs.ts';
import type { Queryable } from './database.ts';
import { arraysOf } from './rows.ts';
import { holderOf } from './stored-space.ts';

/** Bytes of an artifact, and where they lie or are about to lie. */
export interface PlacedBytes extends ArtifactBlobKey {
  readonly blob: BlobKey;
}

/** Types of the columns of {@link columnsOf}. */
const KEY = ['bigint', 'bigint', 'text', 'bigint'] as const;

/** What is known of bytes before they come. */
export interface ExpectedBytes {
  /** By which their digest is made. */
  readonly digestAlgorithm: string;
  /** When the artifact that expects them last made progress. */
  readonly progressAt: Instant;
}

/**
 * Notes, before the first byte of each is written, where the bytes will lie that somebody expects: from then on they
 * are known as unclaimed.
 *
 * @returns of each what is expected; `undefined` where nobody expects it: nothing is noted then
 */
export async function expectBytes(
  database: Queryable,
  places: readonly PlacedBytes[],
  now: Instant,
): Promise<(ExpectedBytes | undefined)[]> {
  const rows = await database.query<ExpectedBytes & { readonly blob: BlobKey }>(
    `with expected as (
       select w.tenant_id, w.blob, born.digest_algorithm, born.updated_at
         from ${arraysOf(...KEY, 'text')}
           w (tenant_id, collection_id, digest, birth_artifact_id, blob)
         cross join lateral (
           select from artifact_blob b
            where b.tenant_id = w.tenant_id and b.collection_id = w.collection_id and b.digest = w.digest
              and b.birth_artifact_id = w.birth_artifact_id limit 1) known
         cross join lateral (
           select a.digest_algorithm, a.updated_at from artifact a
            where a.tenant_id = w.tenant_id and a.artifact_id = w.birth_artifact_id limit 1) born),
     noted as (
       insert into unclaimed_blob (tenant_id, blob, wanted_at) select tenant_id, blob, $6::timestamptz from expected)
     select blob, digest_algorithm as "digestAlgorithm", updated_at as "progressAt" from expected`,
    [...columnsOf(places), places.map(({ blob }) => blob), new Date(now)],
  );
  const byBlob = new Map(rows.map((row) => [row.blob, row]));
  return places.map(({ blob }) => byBlob.get(blob));
}

/** Bytes that lie where they were to lie. */
export interface BroughtBytes extends PlacedBytes {
  readonly size: number;
}

/**
 * Lets bytes count: they have a row from now on, and are counted. Those that arrived first stay, for what a committed
 * version shows never changes; and so do those of which the collector has taken away the content.
 *
 * @returns of each whether these were taken
 */
export async function fillBlobs(
  database: Queryable,
  brought: readonly BroughtBytes[],
  now: Instant,
): Promise<boolean[]> {
  // all lock in one order, so that none waits for another that waits for it
  const sorted = brought.toSorted((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1));
  const filled = await database.query<{ readonly blob: BlobKey }>(
    `with held as (
       select w.* from ${arraysOf(...KEY, 'text', 'bigint')}
           w (tenant_id, collection_id, digest, birth_artifact_id, blob, size)
         cross join lateral (
           select from unclaimed_blob u where u.tenant_id = w.tenant_id and u.blob = w.blob for update) unclaimed
         cross join lateral (
           select from artifact_blob b
            where b.tenant_id = w.tenant_id and b.collection_id = w.collection_id and b.digest = w.digest
              and b.birth_artifact_id = w.birth_artifact_id and b.blob is null for update) waiting),
     filled as (
       update artifact_blob b set blob = h.blob, size = h.size, wanted_at = $7::timestamptz,
           upload_blob = null, upload_id = null, upload_parts = null
         from held h
        where b.tenant_id = h.tenant_id and b.collection_id = h.collection_id and b.digest = h.digest
          and b.birth_artifact_id = h.birth_artifact_id and b.blob is null
       returning b.tenant_id, b.collection_id, b.blob, b.size),
     claimed as (
       delete from unclaimed_blob u using filled f where u.tenant_id = f.tenant_id and u.blob = f.blob),
     counted as (
       insert into stored_change (tenant_id, blob, bytes, files, kind, holder_id)
         select tenant_id, blob, size, 1, ${holderOf('collection', { tenant: 'tenant_id', id: 'collection_id' })} from filled)
     select blob from filled`,
    [...columnsOf(sorted), sorted.map(({ blob }) => blob), sorted.map(({ size }) => size), new Date(now)],
  );
  const taken = new Set(filled.map(({ blob }) => blob));
  return brought.map(({ blob }) => taken.has(blob));
}

function orderOf({ tenantId, collectionId, digest, birthArtifactId }: ArtifactBlobKey): string {
  return `${tenantId}/${collectionId}/${birthArtifactId}/${digest}`;
}

/** Where the bytes of each lie; `undefined` where nobody ever expected them. */
export async function findBlobs(
  database: Queryable,
  keys: readonly ArtifactBlobKey[],
): Promise<(FoundBytes | undefined)[]> {
  const rows = await database.query<FoundBytes & { readonly at: number }>(
    `select w.at::int as at, found.size::float8 as size, found.blob
       from ${arraysOf(...KEY)}
         with ordinality w (tenant_id, collection_id, digest, birth_artifact_id, at)
       cross join lateral (
         select b.size, b.blob from artifact_blob b
          where b.tenant_id = w.tenant_id and b.collection_id = w.collection_id and b.digest = w.digest
            and b.birth_artifact_id = w.birth_artifact_id limit 1) found`,
    columnsOf(keys),
  );
  const found = new Map(rows.map(({ at, ...bytes }) => [at, bytes]));
  return keys.map((_key, index) => found.get(index + 1));
}

export interface FoundBytes {
  readonly size: number;
  /** `null` until they have arrived whole. */
  readonly blob: BlobKey | null;
}

function columnsOf(keys: readonly ArtifactBlobKey[]): string[][] {
  return [
    keys.map(({ tenantId }) => tenantId),
    keys.map(({ collectionId }) => collectionId),
    keys.map(({ digest }) => digest),
    keys.map(({ birthArtifactId }) => birthArtifactId),
  ];
}
