import { notFound } from '../model/error.ts';
import { parseProjectName } from '../model/names.ts';
import { isRegistryName } from '../model/registry-name.ts';
import type { Viewer, Visibility } from '../model/viewer.ts';
import { lockEntity } from '../store/entities.ts';
import type { Ground } from '../store/ground.ts';
import type { ProjectPlace } from '../store/projects.ts';
import { insertProject, projectByName } from '../store/projects.ts';
import type { EntityPlace } from './find-entity.ts';
import { recordProject, shownProject } from './record-project.ts';

export interface ProjectSpec {
  readonly name: string;
  readonly visibility: Visibility;
  readonly description: string | null;
}

/**
 * The project of that name in an entity, made when it is missing. Several callers at once get the same one.
 *
 * @throws TriplineError invalid for the name, not_found when the entity was just deleted or the name is a registry's
 */
export async function makeProject(
  ground: Ground,
  viewer: Viewer,
  entity: EntityPlace,
  spec: ProjectSpec,
): Promise<{ project: ProjectPlace; inserted: boolean }> {
  const name = parseProjectName(spec.name);
  if (entity.kind === 'organization' && isRegistryName(name)) {
    throw notFound(`registry '${name}' not found: an admin of the organization creates it`);
  }
  return ground.database.transaction(async (tx) => {
    const living = await lockEntity(tx, entity.id, 'shared');
    if (living === undefined) throw notFound(`entity ${entity.name} not found`);
    const now = ground.clock.now();
    const inserted = await insertProject(tx, { ...spec, tenantId: entity.tenantId, createdBy: viewer.userId, now });
    const project = await projectByName(tx, living.name, name);
    if (project === undefined) throw notFound(`project '${name}' not found: it was deleted at this moment`);
    if (inserted)
      await recordProject(tx, viewer, project, { deed: 'project.created', after: shownProject(project), now });
    return { project, inserted };
  });
}
