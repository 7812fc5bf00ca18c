import type { StoredBlob } from '../blobs/blob-store.ts';
import { invalid, notFound } from '../model/error.ts';
import type { ArtifactBlobKey } from '../store/artifact-blobs.ts';
import { type ArtifactUpload, artifactUpload, uploadsOf } from '../store/artifact-uploads.ts';
import { type ArtifactKey, artifactById } from '../store/artifacts.ts';
import type { CollectionKey } from '../store/collections.ts';
import { digesterOf } from './digester.ts';
import type { FileGround } from './file-ground.ts';
import { partsOf } from './prepare-uploads.ts';
import { dropUpload, takeBytes } from './take-upload.ts';

/**
 * Makes one file of the parts that have arrived, and checks that it is the one that was announced. It may take longer
 * than a client waits: one that asks again waits for the same, and in the end is told that it is done.
 *
 * @param uploadId as the client was told
 * @throws TriplineError not_found; invalid when parts are missing, or when the file is another: then it is not kept
 */
export async function completeUpload(ground: FileGround, key: ArtifactBlobKey, uploadId: string): Promise<void> {
  const upload = await artifactUpload(ground.database, key);
  if (upload === undefined || upload.blob !== uploadId) return expectArrived(ground, key);
  const { assembling } = ground;
  const underWay =
    assembling.get(upload.blob) ?? assemble(ground, upload).finally(() => assembling.delete(upload.blob));
  assembling.set(upload.blob, underWay);
  await underWay;
}

/**
 * Lets those files count that were put together of their parts by a process that died before it could say so: nobody
 * has to send them again.
 *
 * @throws TriplineError invalid when one is another than announced: then it is not kept
 */
export async function settleAssembled(
  ground: FileGround,
  artifact: ArtifactKey & CollectionKey,
  digests: readonly string[],
): Promise<void> {
  for (const upload of await uploadsOf(ground.database, artifact, digests)) {
    const isWhole = upload.inParts !== null && (await ground.blobs.stat(upload.blob)) !== undefined;
    if (isWhole) await completeUpload(ground, upload, upload.blob);
  }
}

/** Gives up the parts of a file: nothing stays of them. */
export async function abortUpload(ground: FileGround, key: ArtifactBlobKey, uploadId: string): Promise<void> {
  const upload = await artifactUpload(ground.database, key);
  if (upload?.blob === uploadId) await dropUpload(ground, upload);
}

async function expectArrived({ uploads }: FileGround, key: ArtifactBlobKey): Promise<void> {
  if (typeof (await uploads.find(key))?.blob !== 'string') throw notFound('there is no such upload in parts');
}

async function assemble(ground: FileGround, upload: ArtifactUpload): Promise<void> {
  const inParts = partsOf(upload);
  if (inParts === undefined) throw notFound('there is no such upload in parts');
  await expectParts(ground, upload);
  const whole = await ground.blobs.assemble(inParts);
  const { tenantId, birthArtifactId: artifactId } = upload;
  const born = await artifactById(ground.database, { tenantId, artifactId });
  const found = born && (await digestOf(ground, upload, born.digestAlgorithm, whole));
  if (found !== undefined && found.digest !== upload.digest) {
    await dropUpload(ground, upload);
    throw invalid(`the parts make a file with the ${found.kind} ${found.digest}, not ${upload.digest}: send it again`);
  }
  await takeBytes(ground, { ...upload, size: whole.size });
}

/** By the algorithm of its artifact: what the store does not tell by itself is read once more. */
async function digestOf(
  { blobs }: FileGround,
  { blob }: ArtifactUpload,
  algorithm: string,
  { md5 }: StoredBlob,
): Promise<{ readonly kind: string; readonly digest: string }> {
  if (algorithm === 'MANIFEST_MD5') return { kind: 'MD5', digest: md5 };
  const digester = await digesterOf(algorithm);
  for await (const piece of await blobs.get(blob)) digester.update(piece);
  return { kind: 'XXH128 digest', digest: digester.digest('base64') };
}

/** Expects that every part has arrived as it was announced. */
async function expectParts({ blobs }: FileGround, upload: ArtifactUpload): Promise<void> {
  const inParts = partsOf(upload);
  if (inParts === undefined || (await blobs.stat(upload.blob)) !== undefined) return;
  const arrived = new Map((await blobs.listParts(inParts)).map(({ number, md5 }) => [number, md5]));
  const missing = (upload.inParts?.md5s ?? []).findIndex((md5, index) => arrived.get(index + 1) !== md5);
  if (missing >= 0) throw invalid(`part ${missing + 1} has not arrived: send it, then complete the upload`);
}
