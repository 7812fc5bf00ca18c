import { demand } from '../access/demand.ts';
import type { EventId } from '../model/ids.ts';
import type { Viewer } from '../model/viewer.ts';
import type { Ground } from '../store/ground.ts';
import { notices, type PastEvent } from '../store/past-events.ts';
import type { EntityPlace } from './find-entity.ts';

/**
 * What the admins of an entity were told, newest first: one more than `limit` when there is a next page.
 *
 * @throws TriplineError forbidden
 */
export async function listNotices(
  { database }: Pick<Ground, 'database'>,
  viewer: Viewer,
  entity: EntityPlace,
  { before, limit }: { readonly before: EventId | null; readonly limit: number },
): Promise<PastEvent[]> {
  demand(viewer, 'manage_integrations', entity, `entity '${entity.name}'`);
  return notices(database, { tenantId: entity.tenantId, before, limit: limit + 1 });
}
