import { type ArtifactUpload, endUpload } from '../store/artifact-uploads.ts';
import { unavailable } from '../store/database-faults.ts';
import type { BroughtBytes } from '../store/uploaded-bytes.ts';
import type { FileGround } from './file-ground.ts';
import { removeContent } from './remove-content.ts';

/** What became of bytes: taken, or not, since such bytes are there already, or nobody expects them any more. */
export type Taking = 'taken' | 'there' | 'unexpected';

/** Lets bytes count that lie where they were to be put. @throws TriplineError unavailable when they were collected */
export async function takeBytes({ uploads }: FileGround, brought: BroughtBytes): Promise<Taking> {
  if (await uploads.fill(brought)) return 'taken';
  const known = await uploads.find(brought);
  if (known?.blob === null) throw unavailable('the upload took too long');
  return known === undefined ? 'unexpected' : 'there';
}

/** Ends an upload of which nothing is to stay. */
export async function dropUpload(ground: FileGround, upload: ArtifactUpload): Promise<void> {
  await ground.database.transaction((tx) => endUpload(tx, upload));
  await removeContent(ground, upload.tenantId, [upload.blob]);
}
