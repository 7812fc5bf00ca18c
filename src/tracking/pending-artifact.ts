import { conflict, notFound } from '../model/error.ts';
import { type Artifact, type ArtifactKey, artifactById } from '../store/artifacts.ts';
import type { Queryable } from '../store/database.ts';

/**
 * An artifact that is still put together.
 *
 * @throws TriplineError not_found, conflict when it is committed: its content never changes
 */
export async function pendingArtifact(database: Queryable, key: ArtifactKey): Promise<Artifact> {
  const artifact = await artifactById(database, key);
  if (artifact === undefined || artifact.state === 'deleted') throw notFound('artifact not found');
  if (artifact.state === 'committed') throw conflict('this artifact is committed: its content cannot change any more');
  return artifact;
}
