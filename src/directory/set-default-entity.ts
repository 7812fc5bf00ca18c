import { notFound } from '../model/error.ts';
import type { Viewer } from '../model/viewer.ts';
import { recordDeed } from '../store/audit.ts';
import { updateDefaultEntity } from '../store/default-entity.ts';
import type { Ground } from '../store/ground.ts';
import { findEntity } from './find-entity.ts';
import { identityChanged } from './identity-changes.ts';

/** Chooses the entity that is used when a request of the viewer names none. @throws TriplineError not_found */
export async function setDefaultEntity(ground: Ground, viewer: Viewer, entityName: string): Promise<void> {
  const entity = await findEntity(ground, viewer, entityName);
  if (entity === undefined) throw notFound(`entity '${entityName}' not found`);
  await ground.database.transaction(async (tx) => {
    await updateDefaultEntity(tx, viewer.userId, entity.id);
    await recordDeed(tx, viewer, {
      now: ground.clock.now(),
      tenantId: viewer.entityId,
      deed: 'user.changed',
      subject: { kind: 'user', id: viewer.userId, name: viewer.username },
      before: { defaultEntity: viewer.defaultEntity },
      after: { defaultEntity: entity.name },
    });
  });
  identityChanged(ground.database);
}
