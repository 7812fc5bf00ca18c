import { removeExpected, removePending } from '../store/artifact-orphans.ts';
import { type Artifact, lockArtifact } from '../store/artifacts.ts';
import { lockCollections } from '../store/collections.ts';
import type { FileGround } from './file-ground.ts';
import { removeContent } from './remove-content.ts';

/** Removes a pending version that had no room, and its bytes at once, so that they are in nobody's way. */
export async function refuseVersion(
  ground: FileGround,
  { tenantId, artifactId, collectionId }: Artifact,
): Promise<void> {
  const released = await ground.database.transaction(async (tx) => {
    await lockCollections(tx, tenantId, [collectionId]);
    const artifact = await lockArtifact(tx, { tenantId, artifactId });
    if (artifact?.state !== 'pending') return [];
    await removePending(tx, artifact);
    return removeExpected(tx, artifact);
  });
  await removeContent(
    ground,
    tenantId,
    released.map(({ blob }) => blob),
  );
}
