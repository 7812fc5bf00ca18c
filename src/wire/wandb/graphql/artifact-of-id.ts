import type { Deed } from '../../../access/deeds.ts';
import { demand } from '../../../access/demand.ts';
import { notFound } from '../../../model/error.ts';
import type { Artifact } from '../../../store/artifacts.ts';
import { artifactOfId, seenProject } from './artifact-access.ts';
import type { GraphqlContext } from './context.ts';

/**
 * The artifact that an id names, for a viewer who may do a deed to it in the project that it was logged to.
 *
 * @throws TriplineError not_found, also when it is deleted or hidden from the viewer; forbidden
 */
export async function requireArtifact(context: GraphqlContext, id: string, deed: Deed): Promise<Artifact> {
  const artifact = await requireSeenArtifact(context, id);
  const project = await seenProject(context, artifact.projectId);
  if (project === undefined) throw unknownArtifact(id);
  demand(context.viewer, deed, project, `artifact with id '${id}'`);
  return artifact;
}

/**
 * The artifact that an id names, for a viewer who may see it anywhere: in its own project, or linked from another.
 *
 * @throws TriplineError not_found
 */
export async function requireSeenArtifact(context: GraphqlContext, id: string): Promise<Artifact> {
  const artifact = await artifactOfId(context, id);
  if (artifact === undefined || artifact.state === 'deleted') throw unknownArtifact(id);
  return artifact;
}

function unknownArtifact(id: string) {
  return notFound(`artifact with id '${id.slice(0, 200)}' not found`);
}
