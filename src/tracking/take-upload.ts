import { fillBlob } from '../store/artifact-blobs.ts';
import { type ArtifactUpload, endUpload } from '../store/artifact-uploads.ts';
import type { FileGround } from './file-ground.ts';
import { claimKept } from './keep-content.ts';
import { removeContent } from './remove-content.ts';

/** Lets bytes count that lie where they were to be put. @throws TriplineError unavailable when they were collected */
export async function takeUpload(ground: FileGround, upload: ArtifactUpload, size: number): Promise<void> {
  const { tenantId, blob } = upload;
  await ground.database.transaction(async (tx) => {
    // filled by somebody else, it stays as it is, and these bytes are collected
    if (await fillBlob(tx, upload, { blob, size, now: ground.clock.now() }))
      await claimKept(tx, { tenantId, blob, size });
  });
}

/** Ends an upload of which nothing is to stay. */
export async function dropUpload(ground: FileGround, upload: ArtifactUpload): Promise<void> {
  await ground.database.transaction((tx) => endUpload(tx, upload));
  await removeContent(ground, upload.tenantId, [upload.blob]);
}
