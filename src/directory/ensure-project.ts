import { denial } from '../access/denial.ts';
import { permits } from '../access/permits.ts';
import { notFound, type TriplineError } from '../model/error.ts';
import type { Place, Viewer } from '../model/viewer.ts';
import { entityByName } from '../store/entities.ts';
import type { Ground } from '../store/ground.ts';
import type { ProjectPlace } from '../store/projects.ts';
import { projectByName } from '../store/projects.ts';
import { placeOf } from './find-entity.ts';
import { makeProject } from './make-project.ts';

/**
 * The project that a run is logged to, made when it is missing, with visibility `Team` (wandb protocol, 2.2).
 *
 * @param entityName `null` or empty: the viewer's default entity. Entities are never made.
 * @throws TriplineError not_found for an entity that is unknown or hidden, forbidden when the viewer may see but
 *   not write, invalid for a name that no project can have
 */
export async function ensureProject(
  ground: Ground,
  viewer: Viewer,
  entityName: string | null | undefined,
  projectName: string,
): Promise<ProjectPlace> {
  const name = entityName || viewer.defaultEntity;
  const project = await projectByName(ground.database, name, projectName);
  if (project !== undefined) {
    if (!permits(viewer, 'log', project)) throw refusal(viewer, project, name);
    return project;
  }
  const entity = await entityByName(ground.database, name);
  if (entity === undefined) throw unknownEntity(name);
  const place = placeOf(entity);
  if (!permits(viewer, 'log', place)) throw refusal(viewer, place, name);
  const spec = { name: projectName, visibility: 'Team', description: null } as const;
  return (await makeProject(ground, viewer, place, spec)).project;
}

/** "permission denied" only to those who know of the place or of its entity; to others neither exists. */
function refusal(viewer: Viewer, place: Place, entityName: string): TriplineError {
  const entity: Place = { ...place, visibility: undefined };
  const known = permits(viewer, 'see', place) || permits(viewer, 'see', entity);
  return known ? denial('log', place) : unknownEntity(entityName);
}

function unknownEntity(name: string): TriplineError {
  return notFound(`entity ${name} not found during upsertBucket`);
}
