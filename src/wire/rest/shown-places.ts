import type { Viewer } from '../../model/viewer.ts';
import { placesOfArtifacts } from '../../store/artifact-reads.ts';
import type { ArtifactKey } from '../../store/artifacts.ts';
import { collectionsByKey } from '../../store/collection-reads.ts';
import type { Ground } from '../../store/ground.ts';
import type { ShownPlace } from './artifact-schemas.ts';
import { projectsSeen } from './shown-versions.ts';

/** Everywhere that some versions lie, as far as the viewer may see, the oldest first. */
export async function placesSeen(ground: Ground, viewer: Viewer, keys: readonly ArtifactKey[]): Promise<ShownPlace[]> {
  const places = await placesOfArtifacts(ground.database, keys);
  const collections = await collectionsByKey(ground.database, places);
  const byKey = new Map(collections.map((each) => [`${each.tenantId}/${each.collectionId}`, each]));
  const projects = await projectsSeen(
    ground,
    viewer,
    collections.map(({ projectId }) => projectId),
  );
  return places.flatMap((place) => {
    const collection = byKey.get(`${place.tenantId}/${place.collectionId}`);
    const project = collection && projects.get(collection.projectId);
    return collection === undefined || project === undefined ? [] : [{ place, collection, project }];
  });
}
