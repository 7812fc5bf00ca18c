import { findProject } from '../../../directory/find-project.ts';
import { notFound } from '../../../model/error.ts';
import type { ArtifactId, CollectionId, TenantId } from '../../../model/ids.ts';
import { parseLargeNodeId } from '../../../model/wire-id.ts';
import type { ArtifactKey } from '../../../store/artifacts.ts';
import type { CollectionKey } from '../../../store/collections.ts';
import type { ProjectPlace } from '../../../store/projects.ts';
import type { GraphqlContext } from './context.ts';

/** The key in the node id of an artifact; `undefined` when it is not one. */
export function artifactKeyOf(text: string): ArtifactKey | undefined {
  const parsed = parseLargeNodeId<TenantId, ArtifactId>('Artifact', text);
  return parsed && { tenantId: parsed.tenantId, artifactId: parsed.id };
}

/** The same for something that must be there. @throws TriplineError not_found */
export function requireArtifactKey(text: string): ArtifactKey {
  const key = artifactKeyOf(text);
  if (key === undefined) throw notFound(`artifact with id '${text.slice(0, 100)}' not found`);
  return key;
}

/** The key in the node id of a collection of either kind; `undefined` when it is not one. */
export function collectionKeyOf(text: string): CollectionKey | undefined {
  const parsed = parseLargeNodeId<TenantId, CollectionId>('ArtifactCollection', text);
  return parsed && { tenantId: parsed.tenantId, collectionId: parsed.id };
}

/** A project that the viewer may see. @throws TriplineError not_found */
export async function requireProject(
  { ground, viewer, once }: GraphqlContext,
  entityName: string | undefined,
  projectName: string,
): Promise<ProjectPlace> {
  const find = () => findProject(ground, viewer, entityName, projectName);
  const project = await once(`project:${entityName ?? ''}/${projectName}`, find);
  if (project === undefined) throw notFound(`project ${entityName ?? viewer.defaultEntity}/${projectName} not found`);
  return project;
}
