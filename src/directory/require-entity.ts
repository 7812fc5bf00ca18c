import { notFound } from '../model/error.ts';
import type { Viewer } from '../model/viewer.ts';
import type { Ground } from '../store/ground.ts';
import type { EntityPlace } from './find-entity.ts';
import { findEntity } from './find-entity.ts';

/** An organization that the viewer may see. @throws TriplineError not_found */
export async function requireOrganization(ground: Ground, viewer: Viewer, name: string): Promise<EntityPlace> {
  const entity = await findEntity(ground, viewer, name);
  if (entity?.kind !== 'organization') throw notFound(`organization '${name}' not found`);
  return entity;
}

/** An entity that the viewer may see. @throws TriplineError not_found */
export async function requireEntity(ground: Ground, viewer: Viewer, name: string): Promise<EntityPlace> {
  const entity = await findEntity(ground, viewer, name);
  if (entity === undefined) throw notFound(`entity '${name}' not found`);
  return entity;
}
