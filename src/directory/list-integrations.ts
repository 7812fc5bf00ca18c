import { permits } from '../access/permits.ts';
import type { IntegrationId } from '../model/ids.ts';
import type { Viewer } from '../model/viewer.ts';
import type { Ground } from '../store/ground.ts';
import { type Integration, listIntegrations as integrationPage } from '../store/integrations.ts';
import type { EntityPlace } from './find-entity.ts';

/**
 * Integrations of an entity, oldest first: one more than `limit` when there is a next page. Who may not see
 * their names is shown none.
 */
export async function listIntegrations(
  ground: Ground,
  viewer: Viewer,
  entity: EntityPlace,
  page: { readonly after: IntegrationId | null; readonly limit: number },
): Promise<Integration[]> {
  if (!permits(viewer, 'see_integrations', entity)) return [];
  return integrationPage(ground.database, { tenantId: entity.tenantId, after: page.after, limit: page.limit + 1 });
}
