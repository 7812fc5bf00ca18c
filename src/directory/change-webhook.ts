import { demand } from '../access/demand.ts';
import { readWebhookConfig } from '../actions/webhook-config.ts';
import { conflict, notFound } from '../model/error.ts';
import type { IntegrationId } from '../model/ids.ts';
import type { Viewer } from '../model/viewer.ts';
import type { Transaction } from '../store/database.ts';
import { isUniqueViolation } from '../store/database-faults.ts';
import type { Ground } from '../store/ground.ts';
import { enableIntegration, updateIntegration } from '../store/integration-edits.ts';
import { disableIntegration, forgetTrouble } from '../store/integration-health.ts';
import { type Integration, lockIntegration } from '../store/integrations.ts';
import type { EntityPlace } from './find-entity.ts';
import { requireWebhook } from './find-webhook.ts';
import { parseIntegrationName, parseWebhookConfig, type WebhookInput } from './webhook-input.ts';

/** What to change; what is absent stays as it is. */
export type WebhookPatch = {
  readonly [Key in keyof WebhookInput]?: WebhookInput[Key] | undefined;
} & {
  readonly enabled?: boolean | undefined;
};

/**
 * Changes a webhook; for the entity's admins. What is queued goes by the new settings. Enabling it forgets that its
 * deliveries failed; what was skipped meanwhile is delivered when somebody asks for it.
 *
 * @throws TriplineError not_found, forbidden, invalid, conflict when the entity has another one of the new name
 */
export async function changeWebhook(
  ground: Ground,
  viewer: Viewer,
  entity: EntityPlace,
  id: IntegrationId,
  patch: WebhookPatch,
): Promise<Integration> {
  await requireWebhook(ground, viewer, entity, id);
  demand(viewer, 'manage_integrations', entity, `entity '${entity.name}'`);
  try {
    return await ground.database.transaction((tx) => change(tx, ground, viewer, id, patch));
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw conflict(`'${entity.name}' has a webhook '${patch.name}' already; choose another name`);
  }
}

async function change(
  tx: Transaction,
  { clock }: Ground,
  viewer: Viewer,
  id: IntegrationId,
  { enabled, ...patch }: WebhookPatch,
): Promise<Integration> {
  const stored = await lockIntegration(tx, id, 'alone');
  if (stored === undefined) throw gone();
  const now = clock.now();
  const input = patched(stored, patch);
  await updateIntegration(tx, id, {
    name: parseIntegrationName(input.name),
    config: parseWebhookConfig(input),
    now,
  });
  if (enabled === true) await Promise.all([enableIntegration(tx, id), forgetTrouble(tx, [id])]);
  if (enabled === false) await disableIntegration(tx, id, { reason: `disabled by ${viewer.username}`, now });
  const changed = await lockIntegration(tx, id, 'alone');
  if (changed === undefined) throw gone();
  return changed;
}

/** An unreadable configuration can only be replaced. */
function patched({ name, config }: Integration, patch: Omit<WebhookPatch, 'enabled'>): WebhookInput {
  const stored = readWebhookConfig(config) ?? { url: '', accessTokenRef: null, secretRef: null };
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  return { name, ...stored, ...given };
}

const gone = () => notFound('the webhook was deleted at this moment');
