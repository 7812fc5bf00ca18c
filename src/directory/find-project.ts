import { permits } from '../access/permits.ts';
import type { ProjectId } from '../model/ids.ts';
import type { Viewer } from '../model/viewer.ts';
import type { Ground } from '../store/ground.ts';
import type { ProjectPlace } from '../store/projects.ts';
import { projectById, projectByName } from '../store/projects.ts';

/**
 * A project that the viewer may see; `undefined` when it is unknown or hidden from them.
 *
 * @param entityName `null` or empty: the viewer's default entity
 */
export async function findProject(
  ground: Ground,
  viewer: Viewer,
  entityName: string | null | undefined,
  projectName: string,
): Promise<ProjectPlace | undefined> {
  const project = await projectByName(ground.database, entityName || viewer.defaultEntity, projectName);
  return seen(viewer, project);
}

/** The same by id. */
export async function findProjectById(
  ground: Ground,
  viewer: Viewer,
  id: ProjectId,
): Promise<ProjectPlace | undefined> {
  return seen(viewer, await projectById(ground.database, id));
}

function seen(viewer: Viewer, project: ProjectPlace | undefined): ProjectPlace | undefined {
  return project !== undefined && permits(viewer, 'see', project) ? project : undefined;
}
