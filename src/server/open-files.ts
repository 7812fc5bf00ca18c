import type { FastifyBaseLogger } from 'fastify';
import { deriveKey } from '../secrets/master-key.ts';
import type { MasterKeys } from '../secrets/master-keys.ts';
import type { Ground } from '../store/ground.ts';
import type { FileGround } from '../tracking/file-ground.ts';
import { GatheredUploads } from '../tracking/gathered-uploads.ts';
import { ArtifactUrls } from '../wire/wandb/files/artifact-urls.ts';
import { FileUrls } from '../wire/wandb/files/file-urls.ts';
import { SignedAddresses } from '../wire/wandb/files/signed-addresses.ts';
import { type BlobSettings, openBlobs } from './open-blobs.ts';
import type { Settings } from './settings/schema.ts';

/** Where the content of files lies, and the addresses under which it is put and got. */
export interface FileRoom {
  readonly files: FileGround;
  readonly signed: SignedAddresses;
  readonly fileUrls: FileUrls;
  readonly artifactUrls: ArtifactUrls;
}

/** Opens the places of files ({@link openBlobs}). */
export async function openFiles(
  ground: Ground,
  settings: BlobSettings & Pick<Settings, 'entitySpace'>,
  masters: MasterKeys,
  logger: FastifyBaseLogger,
): Promise<FileRoom> {
  const blobs = await openBlobs(settings);
  const onLeftover: FileGround['onLeftover'] = (blob, error) =>
    logger.warn({ err: error, blob }, 'content that nothing needs any more could not be removed');
  const [first, ...others] = masters.all;
  const keys = [deriveKey(first, 'signed-url'), ...others.map((other) => deriveKey(other, 'signed-url'))] as const;
  const signed = new SignedAddresses(keys, ground.clock);
  return {
    files: {
      ...{ ...ground, blobs, space: settings.entitySpace, onLeftover },
      ...{ uploads: new GatheredUploads(ground), assembling: new Map() },
    },
    signed,
    fileUrls: new FileUrls(signed),
    artifactUrls: new ArtifactUrls(signed, blobs.direct),
  };
}
