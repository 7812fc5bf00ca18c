import { join } from 'node:path';
import type { FastifyBaseLogger } from 'fastify';
import { openFolderBlobs } from '../blobs/folder-blobs.ts';
import { deriveKey, type MasterKey } from '../secrets/master-key.ts';
import type { Ground } from '../store/ground.ts';
import type { FileGround } from '../tracking/receive-run-file.ts';
import { ArtifactUrls } from '../wire/wandb/files/artifact-urls.ts';
import { FileUrls } from '../wire/wandb/files/file-urls.ts';
import type { Settings } from './settings/schema.ts';

/** Where the content of run files lies, and the addresses under which it is put and got. */
export interface FileRoom {
  readonly files: FileGround;
  readonly fileUrls: FileUrls;
  readonly artifactUrls: ArtifactUrls;
}

/** Opens the folder `blobs` of the data folder. */
export async function openFiles(
  ground: Ground,
  settings: Pick<Settings, 'data'>,
  master: MasterKey,
  logger: FastifyBaseLogger,
): Promise<FileRoom> {
  const blobs = await openFolderBlobs(join(settings.data, 'blobs'));
  const onLeftover: FileGround['onLeftover'] = (blob, error) =>
    logger.warn({ err: error, blob }, 'content that nothing needs any more could not be removed');
  const key = deriveKey(master, 'signed-url');
  return {
    files: { ...ground, blobs, onLeftover },
    fileUrls: new FileUrls(key, ground.clock),
    artifactUrls: new ArtifactUrls(key, ground.clock),
  };
}
