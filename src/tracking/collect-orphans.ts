import type { Instant } from '../model/clock.ts';
import type { ArtifactBlobKey } from '../store/artifact-blobs.ts';
import { abandonedArtifacts, removePending, removeUnneeded, unneededBlobs } from '../store/artifact-orphans.ts';
import { type ArtifactKey, lockArtifact } from '../store/artifacts.ts';
import { type CollectionKey, lockCollections } from '../store/collections.ts';
import { type FileGround, removeContent } from './receive-run-file.ts';

/** An upload that made no progress for so long will make none: its addresses expired long ago. */
export const ABANDONED_MS = 24 * 3_600_000;
const AT_ONCE = 1_000;

/**
 * Removes artifacts whose upload was given up, and then bytes that no version has. Looks at a slice of the bytes each
 * time. What a version needs is safe: it is looked at again under the lock under which versions are committed.
 *
 * @param after where the time before ended; `undefined` begins anew
 * @returns where it ended; `undefined` at the end of all
 */
export async function collectOrphans(
  ground: FileGround,
  after: ArtifactBlobKey | undefined,
): Promise<ArtifactBlobKey | undefined> {
  const before = ground.clock.now() - ABANDONED_MS;
  for (const artifact of await abandonedArtifacts(ground.database, before, AT_ONCE)) {
    await removeAbandoned(ground, artifact, before);
  }
  const { last, unneeded } = await unneededBlobs(ground.database, after, before, AT_ONCE);
  for (const blob of unneeded) await removeBytes(ground, blob, before);
  return last;
}

async function removeAbandoned(ground: FileGround, key: ArtifactKey & CollectionKey, before: Instant): Promise<void> {
  const contents = await ground.database.transaction(async (tx) => {
    await lockCollections(tx, key.tenantId, [key.collectionId]);
    const artifact = await lockArtifact(tx, key);
    const abandoned = artifact?.state === 'pending' && artifact.updatedAt < before;
    return abandoned ? removePending(tx, key) : [];
  });
  await removeContent(ground, contents);
}

async function removeBytes(ground: FileGround, key: ArtifactBlobKey, before: Instant): Promise<void> {
  const contents = await ground.database.transaction(async (tx) => {
    await lockCollections(tx, key.tenantId, [key.collectionId]);
    return removeUnneeded(tx, key, before);
  });
  await removeContent(ground, contents);
}
