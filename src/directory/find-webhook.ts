import { permits } from '../access/permits.ts';
import { notFound } from '../model/error.ts';
import type { IntegrationId } from '../model/ids.ts';
import type { Viewer } from '../model/viewer.ts';
import type { Ground } from '../store/ground.ts';
import { type Integration, integrationById } from '../store/integrations.ts';
import type { EntityPlace } from './find-entity.ts';

/** A webhook of an entity, for those who may see its name. @throws TriplineError not_found */
export async function requireWebhook(
  { database }: Pick<Ground, 'database'>,
  viewer: Viewer,
  entity: EntityPlace,
  id: IntegrationId,
): Promise<Integration> {
  const found = permits(viewer, 'see_integrations', entity) ? await integrationById(database, id) : undefined;
  if (found?.kind === 'webhook' && found.tenantId === entity.tenantId) return found;
  throw notFound(`'${entity.name}' has no webhook ${id}`);
}
