import { permits } from '../access/permits.ts';
import { invalid, notFound } from '../model/error.ts';
import type { IntegrationId } from '../model/ids.ts';
import { INTEGRATION_WORDS } from '../model/integration-kind.ts';
import type { Viewer } from '../model/viewer.ts';
import type { Ground } from '../store/ground.ts';
import { type Integration, integrationById } from '../store/integrations.ts';
import type { EntityPlace } from './find-entity.ts';

/** An integration of an entity, for those who may see its name. @throws TriplineError not_found */
export async function requireIntegration(
  { database }: Pick<Ground, 'database'>,
  viewer: Viewer,
  entity: EntityPlace,
  id: IntegrationId,
): Promise<Integration> {
  const found = permits(viewer, 'see_integrations', entity) ? await integrationById(database, id) : undefined;
  if (found?.tenantId === entity.tenantId) return found;
  throw notFound(`'${entity.name}' has no integration ${id}`);
}

/** {@link requireIntegration} for what only webhooks can do. @throws TriplineError invalid for another kind */
export async function requireWebhook(...asked: Parameters<typeof requireIntegration>): Promise<Integration> {
  const found = await requireIntegration(...asked);
  if (found.kind === 'webhook') return found;
  throw invalid(`'${found.name}' is a ${INTEGRATION_WORDS[found.kind]}: only a webhook has a payload`);
}
