import { invalid } from '../model/error.ts';
import { type ArtifactUpload, directUploads } from '../store/artifact-uploads.ts';
import type { Artifact } from '../store/artifacts.ts';
import type { FileGround } from './file-ground.ts';
import { dropUpload, takeBytes } from './take-upload.ts';

/** Of one artifact, at once. */
const AT_ONCE = 32;

/**
 * Lets those bytes count that a client has brought straight to the store: nobody told Tripline when they came. What
 * has not come stays expected. Where files go to a folder by now, they may still have come to the bucket before.
 *
 * @throws TriplineError invalid when they are others than announced: they are not kept
 */
export async function settleUploads(ground: FileGround, artifact: Artifact): Promise<void> {
  for (let after = ''; ; ) {
    const uploads = await directUploads(ground.database, artifact, after, AT_ONCE);
    await Promise.all(uploads.map((upload) => settle(ground, upload)));
    const last = uploads.at(-1);
    if (last === undefined || uploads.length < AT_ONCE) return;
    after = last.digest;
  }
}

async function settle(ground: FileGround, upload: ArtifactUpload): Promise<void> {
  const found = await ground.blobs.stat(upload.blob);
  if (found === undefined) return;
  if (found.md5 !== undefined && found.md5 !== upload.digest) {
    await dropUpload(ground, upload);
    throw invalid(`the store was sent bytes with the MD5 ${found.md5}, not ${upload.digest}: send them again`);
  }
  await takeBytes(ground, { ...upload, size: found.size });
}
