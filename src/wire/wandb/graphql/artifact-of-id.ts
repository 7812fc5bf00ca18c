import type { Deed } from '../../../access/deeds.ts';
import { demand } from '../../../access/demand.ts';
import { findProjectById } from '../../../directory/find-project.ts';
import { notFound } from '../../../model/error.ts';
import type { ArtifactId, TenantId } from '../../../model/ids.ts';
import { parseLargeNodeId } from '../../../model/wire-id.ts';
import { type Artifact, type ArtifactKey, artifactById } from '../../../store/artifacts.ts';
import { collectionById } from '../../../store/collections.ts';
import { placesOf } from '../../../store/memberships.ts';
import type { GraphqlContext } from './context.ts';

/** Reads the id of an artifact; `undefined` when it is none. */
export function parseArtifactId(id: string): ArtifactKey | undefined {
  const parsed = parseLargeNodeId<TenantId, ArtifactId>('Artifact', id);
  return parsed === undefined ? undefined : { tenantId: parsed.tenantId, artifactId: parsed.id };
}

/**
 * The artifact that an id names, for a viewer who may do a deed to it in the project that it was logged to.
 *
 * @throws TriplineError not_found, also when it is deleted or hidden from the viewer; forbidden
 */
export async function requireArtifact(context: GraphqlContext, id: string, deed: Deed): Promise<Artifact> {
  const artifact = await livingArtifact(context, id);
  const project = artifact && (await findProjectById(context.ground, context.viewer, artifact.projectId));
  if (artifact === undefined || project === undefined) throw unknownArtifact(id);
  demand(context.viewer, deed, project, `artifact with id '${id}'`);
  return artifact;
}

/**
 * The artifact that an id names, for a viewer who may see it anywhere: in its own project, or linked from another.
 *
 * @throws TriplineError not_found
 */
export async function requireSeenArtifact(context: GraphqlContext, id: string): Promise<Artifact> {
  const artifact = await livingArtifact(context, id);
  if (artifact !== undefined && (await isSeen(context, artifact))) return artifact;
  throw unknownArtifact(id);
}

async function livingArtifact({ ground }: GraphqlContext, id: string): Promise<Artifact | undefined> {
  const key = parseArtifactId(id);
  const artifact = key && (await artifactById(ground.database, key));
  return artifact?.state === 'deleted' ? undefined : artifact;
}

async function isSeen({ ground, viewer }: GraphqlContext, artifact: Artifact): Promise<boolean> {
  if ((await findProjectById(ground, viewer, artifact.projectId)) !== undefined) return true;
  for (const place of await placesOf(ground.database, artifact)) {
    const collection = await collectionById(ground.database, place);
    if (collection && (await findProjectById(ground, viewer, collection.projectId))) return true;
  }
  return false;
}

function unknownArtifact(id: string) {
  return notFound(`artifact with id '${id.slice(0, 200)}' not found`);
}
