import { isDeepStrictEqual } from 'node:util';
import { demand } from '../access/demand.ts';
import { readWebhookConfig } from '../actions/webhook-config.ts';
import { conflict, invalid, notFound } from '../model/error.ts';
import type { IntegrationId } from '../model/ids.ts';
import { INTEGRATION_WORDS } from '../model/integration-kind.ts';
import type { JsonObject } from '../model/json.ts';
import type { Viewer } from '../model/viewer.ts';
import type { Transaction } from '../store/database.ts';
import { isUniqueViolation } from '../store/database-faults.ts';
import type { Ground } from '../store/ground.ts';
import { enableIntegration, updateIntegration } from '../store/integration-edits.ts';
import { disableIntegration, forgetBroken, forgetTrouble } from '../store/integration-health.ts';
import { type Integration, lockIntegration } from '../store/integrations.ts';
import type { EntityPlace } from './find-entity.ts';
import { requireIntegration } from './find-integration.ts';
import { type IntegrationFate, recordIntegration } from './record-integration.ts';
import { parseSlackName } from './slack-input.ts';
import { parseIntegrationName, parseWebhookConfig, type WebhookInput } from './webhook-input.ts';

/** What to change; what is absent stays as it is. A Slack channel has only `name` and `enabled`. */
export type IntegrationPatch = {
  readonly [Key in keyof WebhookInput]?: WebhookInput[Key] | undefined;
} & {
  readonly enabled?: boolean | undefined;
};

/**
 * Changes an integration; for the entity's admins. What is queued goes by the new settings. Enabling it forgets that
 * its deliveries failed, and any change that a channel was broken; what was skipped meanwhile is delivered when somebody
 * asks for it.
 *
 * @throws TriplineError not_found, forbidden, invalid, conflict when the entity has another one of the new name
 */
export async function changeIntegration(
  ground: Ground,
  viewer: Viewer,
  entity: EntityPlace,
  id: IntegrationId,
  patch: IntegrationPatch,
): Promise<Integration> {
  const { kind } = await requireIntegration(ground, viewer, entity, id);
  demand(viewer, 'manage_integrations', entity, `entity '${entity.name}'`);
  try {
    return await ground.database.transaction((tx) => change(tx, ground, viewer, id, patch));
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw conflict(`'${entity.name}' has a ${INTEGRATION_WORDS[kind]} '${patch.name}' already; choose another name`);
  }
}

async function change(
  tx: Transaction,
  { clock }: Ground,
  viewer: Viewer,
  id: IntegrationId,
  { enabled, ...patch }: IntegrationPatch,
): Promise<Integration> {
  const stored = await lockIntegration(tx, id, 'alone');
  if (stored === undefined) throw gone();
  if ([enabled, ...Object.values(patch)].every((value) => value === undefined)) return stored;
  const now = clock.now();
  await updateIntegration(tx, id, { ...patched(stored, patch), now });
  await forgetBroken(tx, [id]);
  if (enabled === true) await Promise.all([enableIntegration(tx, id), forgetTrouble(tx, [id])]);
  if (enabled === false) await disableIntegration(tx, id, { reason: `disabled by ${viewer.username}`, now });
  const changed = await lockIntegration(tx, id, 'alone');
  if (changed === undefined) throw gone();
  if (isDeepStrictEqual(stored, changed)) return changed;
  await recordIntegration(tx, viewer, fateOf(stored, changed), { before: stored, after: changed, now });
  return changed;
}

function fateOf(before: Integration, after: Integration): IntegrationFate {
  if ((before.disabledAt === null) === (after.disabledAt === null)) return 'changed';
  return after.disabledAt === null ? 'enabled' : 'disabled';
}

type SettingsPatch = Omit<IntegrationPatch, 'enabled'>;

function patched(stored: Integration, patch: SettingsPatch): { name: string; config: JsonObject } {
  switch (stored.kind) {
    case 'webhook': {
      const input = patchedWebhook(stored, patch);
      return { name: parseIntegrationName(input.name), config: parseWebhookConfig(input) };
    }
    case 'slack':
      return patchedChannel(stored, patch);
  }
}

/** An unreadable configuration can only be replaced. */
function patchedWebhook({ name, config }: Integration, patch: SettingsPatch): WebhookInput {
  const stored = readWebhookConfig(config) ?? { url: '', accessTokenRef: null, secretRef: null };
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  return { name, ...stored, ...given };
}

function patchedChannel({ name, config }: Integration, { name: given, ...others }: SettingsPatch) {
  const foreign = Object.entries(others).find(([, value]) => value !== undefined)?.[0];
  if (foreign === undefined) return { name: given === undefined ? name : parseSlackName(given, 'name'), config };
  throw invalid(`a Slack channel has no ${foreign}: its name can be changed, or connect it to Slack again`, foreign);
}

const gone = () => notFound('the integration was deleted at this moment');
