import { invalid, notFound } from '../model/error.ts';
import { type ArtifactBlobKey, artifactBlob } from '../store/artifact-blobs.ts';
import { type ArtifactUpload, artifactUpload } from '../store/artifact-uploads.ts';
import { artifactById } from '../store/artifacts.ts';
import type { FileGround } from './file-ground.ts';
import { partsOf } from './prepare-uploads.ts';
import { dropUpload, takeUpload } from './take-upload.ts';

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

/** Gives up the parts of a file: nothing stays of them. */
export async function abortUpload(ground: FileGround, key: ArtifactBlobKey, uploadId: string): Promise<void> {
  const upload = await artifactUpload(ground.database, key);
  if (upload?.blob === uploadId) await dropUpload(ground, upload);
}

async function expectArrived({ database }: FileGround, key: ArtifactBlobKey): Promise<void> {
  if (typeof (await artifactBlob(database, key))?.blob !== 'string') throw notFound('there is no such upload in parts');
}

async function assemble(ground: FileGround, upload: ArtifactUpload): Promise<void> {
  const inParts = partsOf(upload);
  if (inParts === undefined) throw notFound('there is no such upload in parts');
  await expectParts(ground, upload);
  const whole = await ground.blobs.assemble(inParts);
  const { tenantId, birthArtifactId: artifactId } = upload;
  const born = await artifactById(ground.database, { tenantId, artifactId });
  if (born?.digestAlgorithm === 'MANIFEST_MD5' && whole.md5 !== upload.digest) {
    await dropUpload(ground, upload);
    throw invalid(`the parts make a file with the MD5 ${whole.md5}, not ${upload.digest}: send it again`);
  }
  await takeUpload(ground, upload, whole.size);
}

/** Expects that every part has arrived as it was announced. */
async function expectParts({ blobs }: FileGround, upload: ArtifactUpload): Promise<void> {
  const inParts = partsOf(upload);
  if (inParts === undefined || (await blobs.stat(upload.blob)) !== undefined) return;
  const arrived = new Map((await blobs.listParts(inParts)).map(({ number, md5 }) => [number, md5]));
  const missing = (upload.inParts?.md5s ?? []).findIndex((md5, index) => arrived.get(index + 1) !== md5);
  if (missing >= 0) throw invalid(`part ${missing + 1} has not arrived: send it, then complete the upload`);
}
