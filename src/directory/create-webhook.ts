import { demand } from '../access/demand.ts';
import { conflict, notFound } from '../model/error.ts';
import type { Viewer } from '../model/viewer.ts';
import { lockEntity } from '../store/entities.ts';
import type { Ground } from '../store/ground.ts';
import { type Integration, insertIntegration, integrationById } from '../store/integrations.ts';
import type { EntityPlace } from './find-entity.ts';
import { recordIntegration } from './record-integration.ts';
import { parseIntegrationName, parseWebhookConfig, type WebhookInput } from './webhook-input.ts';

/**
 * Creates a webhook integration of an entity.
 *
 * @throws TriplineError forbidden, invalid, conflict when the entity has a webhook of that name
 */
export async function createWebhook(
  ground: Ground,
  viewer: Viewer,
  entity: EntityPlace,
  input: WebhookInput,
): Promise<Integration> {
  demand(viewer, 'manage_integrations', entity, `entity '${entity.name}'`);
  const name = parseIntegrationName(input.name);
  const config = parseWebhookConfig(input);
  return ground.database.transaction(async (tx) => {
    if ((await lockEntity(tx, entity.id, 'shared')) === undefined) throw notFound(`entity '${entity.name}' not found`);
    const spec = { tenantId: entity.tenantId, kind: 'webhook', name, config } as const;
    const id = await insertIntegration(tx, { ...spec, createdBy: viewer.userId, now: ground.clock.now() });
    const created = id === undefined ? undefined : await integrationById(tx, id);
    if (created === undefined)
      throw conflict(`'${entity.name}' has a webhook '${name}' already; choose another name`, 'name');
    await recordIntegration(tx, viewer, 'created', { after: created, now: ground.clock.now() });
    return created;
  });
}
