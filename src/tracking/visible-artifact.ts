import { permits } from '../access/permits.ts';
import { notFound, type TriplineError } from '../model/error.ts';
import type { Viewer } from '../model/viewer.ts';
import { type Artifact, type ArtifactKey, artifactById } from '../store/artifacts.ts';
import { collectionById } from '../store/collections.ts';
import type { Queryable } from '../store/database.ts';
import { placesOf } from '../store/memberships.ts';
import { type ProjectPlace, projectById } from '../store/projects.ts';

/** An artifact and the project it was logged to. */
export interface PlacedArtifact {
  readonly artifact: Artifact;
  readonly project: ProjectPlace;
}

/**
 * An artifact that is not deleted, for a viewer who may see the project it was logged to or one that it is linked in.
 *
 * @throws TriplineError not_found
 */
export async function requireArtifact(
  database: Queryable,
  viewer: Viewer,
  key: ArtifactKey | undefined,
): Promise<PlacedArtifact> {
  const artifact = key === undefined ? undefined : await artifactById(database, key);
  const project = artifact === undefined ? undefined : await projectById(database, artifact.projectId);
  if (artifact === undefined || artifact.state === 'deleted' || project === undefined) throw unknownArtifact();
  if (permits(viewer, 'see', project) || (await seesLink(database, viewer, artifact))) return { artifact, project };
  throw unknownArtifact();
}

/** The answer for an artifact that is unknown, deleted or hidden. */
export function unknownArtifact(): TriplineError {
  return notFound('artifact not found: it may have been deleted');
}

async function seesLink(database: Queryable, viewer: Viewer, artifact: Artifact): Promise<boolean> {
  for (const place of await placesOf(database, artifact)) {
    const collection = await collectionById(database, place);
    const project = collection && (await projectById(database, collection.projectId));
    if (project !== undefined && permits(viewer, 'see', project)) return true;
  }
  return false;
}
