import { announcing, blobKey } from '../blobs/blob-store.ts';
import { invalid, notFound } from '../model/error.ts';
import type { ArtifactBlobKey } from '../store/artifact-blobs.ts';
import { fillManifest, type ManifestKey, manifestById } from '../store/artifact-manifests.ts';
import { PROGRESS_EVERY_MS, touchArtifact } from '../store/pending-artifacts.ts';
import type { PlacedBytes } from '../store/uploaded-bytes.ts';
import { type Digester, digesterOf } from './digester.ts';
import type { FileGround } from './file-ground.ts';
import { keepContent, keepIfNamed } from './keep-content.ts';
import { expectRoom, expectRoomAfter, whileUploading } from './space.ts';
import { type Taking, takeBytes } from './take-upload.ts';

export interface Incoming {
  readonly content: AsyncIterable<Buffer>;
  /** Most bytes. */
  readonly limit: number;
  /** Base64, as the request claims it. */
  readonly contentMd5: string | undefined;
  /** Bytes, as the request says before they come. */
  readonly size: number | undefined;
}

/**
 * Stores the bytes of a file that was asked for ({@link createArtifactFiles}); when this resolves they are on disk.
 * The same bytes again do nothing.
 *
 * @throws TriplineError not_found when nobody waits for them, invalid when they are others than announced, too_large
 */
export async function receiveArtifactFile(ground: FileGround, key: ArtifactBlobKey, incoming: Incoming): Promise<void> {
  const { tenantId, birthArtifactId: artifactId } = key;
  const place = { ...key, blob: blobKey(tenantId, ground.ids.next(ground.clock.now())) };
  const expected = await ground.uploads.expect(place);
  if (expected === undefined) throw notFound('nobody waits for this file any more');
  let taking: Taking = 'unexpected';
  const limit = whileUploading(ground.space);
  await keepIfNamed(ground, place, async () => {
    await expectRoom(ground.database, limit, tenantId, incoming.size ?? 0);
    const size = await put(ground, place, expected.digestAlgorithm, incoming);
    await expectRoomAfter(ground.database, limit, tenantId, { said: incoming.size, size });
    taking = await takeBytes(ground, { ...place, size });
    return taking === 'taken';
  });
  if (taking === 'unexpected') throw notFound('nobody waits for this file any more');
  const now = ground.clock.now();
  if (expected.progressAt < now - PROGRESS_EVERY_MS)
    await touchArtifact(ground.database, { tenantId, artifactId }, now);
}

/** @returns how many bytes there were */
async function put(
  { blobs }: FileGround,
  { blob, digest }: PlacedBytes,
  algorithm: string,
  { content, limit, contentMd5, size: said }: Incoming,
): Promise<number> {
  // the store tells the MD5 of what it keeps by itself
  const isMd5 = algorithm === 'MANIFEST_MD5';
  const { size, md5 } = await blobs.put(
    blob,
    isMd5 ? content : checked(content, await digesterOf(algorithm), digest),
    limit,
    announcing(said, isMd5 ? digest : undefined),
  );
  expectMd5(md5, isMd5 ? digest : undefined, contentMd5);
  return size;
}

/** @param expected by the announcement and by the request, where they say one */
function expectMd5(found: string, ...expected: readonly (string | undefined)[]): void {
  for (const md5 of expected) {
    if (md5 !== undefined && md5 !== found)
      throw invalid(`these bytes have the MD5 ${found}, not ${md5}: send them again`);
  }
}

/** The same bytes; it fails behind the last one when they were others than announced. */
async function* checked(content: AsyncIterable<Buffer>, digester: Digester, expected: string): AsyncGenerator<Buffer> {
  for await (const piece of content) {
    digester.update(piece);
    yield piece;
  }
  const found = digester.digest('base64');
  if (found !== expected)
    throw invalid(`these bytes have the XXH128 digest ${found}, not ${expected}: send them again`);
}

/** Stores the JSON of a manifest whose digest was announced. @throws as {@link receiveArtifactFile} */
export async function receiveManifest(ground: FileGround, key: ManifestKey, incoming: Incoming): Promise<void> {
  const { tenantId } = key;
  const expected = await manifestById(ground.database, key);
  if (expected === undefined || expected.digest === '') throw notFound('nobody waits for this manifest any more');
  const { content, limit, contentMd5, size: said } = incoming;
  const space = whileUploading(ground.space);
  await expectRoom(ground.database, space, tenantId, said ?? 0);
  const owner = { kind: 'artifact', id: expected.artifactId } as const;
  const source = { tenantId, owner, content, limit, ...announcing(said, expected.digest) };
  const taken = await keepContent(ground, source, async (tx, kept) => {
    expectMd5(kept.md5, expected.digest, contentMd5);
    await expectRoomAfter(tx, space, tenantId, { said, size: kept.size });
    return fillManifest(tx, key, kept);
  });
  const isThere = taken || typeof (await manifestById(ground.database, key))?.blob === 'string';
  if (!isThere) throw notFound('nobody waits for this manifest any more');
}
