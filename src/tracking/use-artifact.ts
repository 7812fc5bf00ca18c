import type { ArtifactKey } from '../store/artifacts.ts';
import type { Ground } from '../store/ground.ts';
import { insertLineage } from '../store/lineage.ts';
import type { RunKey } from '../store/run-heads.ts';
import { tellPlaces } from '../store/tell-collection.ts';

/** Notes that a run uses a version; using is no change of the version, so that nothing fires. */
export async function useArtifact(
  ground: Ground,
  run: RunKey,
  artifact: ArtifactKey,
  usedAs: string | null,
): Promise<void> {
  await ground.database.transaction(async (tx) => {
    const link = { run, direction: 'input', artifact, usedAs, now: ground.clock.now() } as const;
    if (await insertLineage(tx, link)) await tellPlaces(tx, [artifact]);
  });
}
