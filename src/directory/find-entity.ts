import { permits } from '../access/permits.ts';
import type { EntityId, TenantId } from '../model/ids.ts';
import type { Place, Viewer } from '../model/viewer.ts';
import type { Entity } from '../store/entities.ts';
import { entityById, entityByName } from '../store/entities.ts';
import type { Ground } from '../store/ground.ts';

/** An entity as a place where deeds happen. */
export interface EntityPlace extends Entity, Place {
  readonly visibility: undefined;
  readonly membersManageAutomations: boolean;
}

/** An entity that the viewer may see; `undefined` when it is unknown or hidden from them. */
export async function findEntity(ground: Ground, viewer: Viewer, name: string): Promise<EntityPlace | undefined> {
  const entity = await entityByName(ground.database, name);
  if (entity === undefined) return undefined;
  const place = placeOf(entity);
  return permits(viewer, 'see', place) ? place : undefined;
}

/** The same by id. */
export async function findEntityById(ground: Ground, viewer: Viewer, id: EntityId): Promise<EntityPlace | undefined> {
  const entity = await entityById(ground.database, id);
  const place = entity && placeOf(entity);
  return place && permits(viewer, 'see', place) ? place : undefined;
}

/** An entity as a place. */
export function placeOf(entity: Entity): EntityPlace {
  const { id, name: entityName, kind: entityKind } = entity;
  return { ...entity, tenantId: id as TenantId, visibility: undefined, entityName, entityKind };
}
