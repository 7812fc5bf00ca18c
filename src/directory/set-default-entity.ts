import { notFound } from '../model/error.ts';
import type { Viewer } from '../model/viewer.ts';
import { updateDefaultEntity } from '../store/default-entity.ts';
import type { Ground } from '../store/ground.ts';
import { findEntity } from './find-entity.ts';
import { identityChanged } from './identity-changes.ts';

/** Chooses the entity that is used when a request of the viewer names none. @throws TriplineError not_found */
export async function setDefaultEntity(ground: Ground, viewer: Viewer, entityName: string): Promise<void> {
  const entity = await findEntity(ground, viewer, entityName);
  if (entity === undefined) throw notFound(`entity '${entityName}' not found`);
  await updateDefaultEntity(ground.database, viewer.userId, entity.id);
  identityChanged(ground.database);
}
