import { isRegistry, type RegistryPlace } from '../access/registry-role-at.ts';
import { invalid, notFound } from '../model/error.ts';
import { REGISTRY_PREFIX } from '../model/registry-name.ts';
import type { Viewer } from '../model/viewer.ts';
import type { Ground } from '../store/ground.ts';
import type { ProjectPlace } from '../store/projects.ts';
import { findProject } from './find-project.ts';

/** A project that is a registry. */
export type Registry = ProjectPlace & RegistryPlace;

/**
 * A registry of an organization that the viewer may see.
 *
 * @param name without the prefix of its project
 * @throws TriplineError not_found
 */
export async function requireRegistry(
  ground: Ground,
  viewer: Viewer,
  organizationName: string,
  name: string,
): Promise<Registry> {
  const project = await findProject(ground, viewer, organizationName, REGISTRY_PREFIX + name);
  if (project !== undefined && isRegistry(project)) return project;
  throw notFound(`registry '${name}' not found`);
}

/** A project as the registry that it must be. @throws TriplineError invalid */
export function asRegistry(project: ProjectPlace): Registry {
  if (isRegistry(project)) return project;
  throw invalid(`'${project.name}' is no registry: its team's members are members of the project`);
}
