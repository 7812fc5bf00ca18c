import { type BlobKey, blobKey, type StoredBlob } from '../blobs/blob-store.ts';
import { invalid, notFound } from '../model/error.ts';
import { type ArtifactBlobKey, artifactBlob, fillBlob } from '../store/artifact-blobs.ts';
import { fillManifest, type ManifestKey, manifestById } from '../store/artifact-manifests.ts';
import { artifactById } from '../store/artifacts.ts';
import { touchArtifact } from '../store/pending-artifacts.ts';
import { type FileGround, removeContent } from './receive-run-file.ts';

export interface Incoming {
  readonly content: AsyncIterable<Buffer>;
  /** Most bytes. */
  readonly limit: number;
  /** Base64, as the request claims it. */
  readonly contentMd5: string | undefined;
}

/**
 * Stores the bytes of a file that was asked for ({@link createArtifactFiles}); when this resolves they are on disk.
 * The same bytes again do nothing.
 *
 * @throws TriplineError not_found when nobody waits for them, invalid when they are others than announced, too_large
 */
export async function receiveArtifactFile(ground: FileGround, key: ArtifactBlobKey, incoming: Incoming): Promise<void> {
  const expected = await artifactBlob(ground.database, key);
  const born = await artifactById(ground.database, { tenantId: key.tenantId, artifactId: key.birthArtifactId });
  if (expected === undefined || born === undefined) throw notFound('nobody waits for this file any more');
  // of other algorithms a digest is only a name
  const md5 = born.digestAlgorithm === 'MANIFEST_MD5' ? key.digest : undefined;
  const now = ground.clock.now();
  await keep(ground, key.tenantId, incoming, md5, {
    take: (blob, { size }) => fillBlob(ground.database, key, { blob, size, now }),
    held: async () => (await artifactBlob(ground.database, key))?.blob,
  });
  await touchArtifact(ground.database, born, now);
}

/** Stores the JSON of a manifest whose digest was announced. @throws as {@link receiveArtifactFile} */
export async function receiveManifest(ground: FileGround, key: ManifestKey, incoming: Incoming): Promise<void> {
  const expected = await manifestById(ground.database, key);
  if (expected === undefined || expected.digest === '') throw notFound('nobody waits for this manifest any more');
  await keep(ground, key.tenantId, incoming, expected.digest, {
    take: (blob, stored) => fillManifest(ground.database, key, { ...stored, blob }),
    held: async () => (await manifestById(ground.database, key))?.blob ?? undefined,
  });
}

interface Shelf {
  /** Notes where the bytes lie, unless such bytes are there already. */
  take(blob: BlobKey, stored: StoredBlob): Promise<boolean>;
  /** Where the bytes lie that are there. */
  held(): Promise<string | null | undefined>;
}

async function keep(
  ground: FileGround,
  tenantId: string,
  { content, limit, contentMd5 }: Incoming,
  md5: string | undefined,
  shelf: Shelf,
): Promise<void> {
  const blob = blobKey(tenantId, ground.ids.next(ground.clock.now()));
  const stored = await ground.blobs.put(blob, content, limit);
  try {
    for (const expected of [md5, contentMd5]) {
      if (expected !== undefined && expected !== stored.md5) {
        throw invalid(`these bytes have the MD5 ${stored.md5}, not ${expected}: send them again`);
      }
    }
    if (await shelf.take(blob, stored)) return;
    if (!(await shelf.held())) throw notFound('nobody waits for these bytes any more');
    await removeContent(ground, [blob]);
  } catch (error) {
    // a commit may have come through although its answer was lost: only what surely nobody names goes
    const unnamed = await shelf.held().then(
      (held) => held !== blob,
      () => false,
    );
    if (unnamed) await removeContent(ground, [blob]);
    throw error;
  }
}
