import { demand } from '../access/demand.ts';
import { ALERT_SETTINGS } from '../events/alert-topic.ts';
import type { Instant } from '../model/clock.ts';
import { conflict, type TriplineError } from '../model/error.ts';
import type { EntityId, IntegrationId } from '../model/ids.ts';
import { INTEGRATION_WORDS } from '../model/integration-kind.ts';
import type { Viewer } from '../model/viewer.ts';
import { recordDeed } from '../store/audit.ts';
import { type Edit, updateAutomation } from '../store/automation-edits.ts';
import type { ListedAutomation } from '../store/automation-lists.ts';
import type { Transaction } from '../store/database.ts';
import type { Ground } from '../store/ground.ts';
import { markIntegrationDeleted } from '../store/integration-edits.ts';
import { forgetTrouble } from '../store/integration-health.ts';
import { type Integration, lockIntegration } from '../store/integrations.ts';
import { nextRulebookVersions } from '../store/rulebook.ts';
import { endAlerts } from './alert-settings.ts';
import { enumerated } from './enumerated.ts';
import type { EntityPlace } from './find-entity.ts';
import { requireIntegration } from './find-integration.ts';
import { type IntegrationUsage, integrationUsage } from './integration-usage.ts';
import { recordIntegration } from './record-integration.ts';

/**
 * Deletes an integration; for the entity's admins. The automations that use it are disabled, and say that it was
 * deleted (automations, section 4.1); alerts do not go there any more.
 *
 * @param how.force although automations or alerts use it
 * @throws TriplineError not_found, forbidden, conflict that names what uses it
 */
export async function deleteIntegration(
  ground: Ground,
  viewer: Viewer,
  entity: EntityPlace,
  id: IntegrationId,
  how: { readonly force: boolean },
): Promise<void> {
  const integration = await requireIntegration(ground, viewer, entity, id);
  demand(viewer, 'manage_integrations', entity, `entity '${entity.name}'`);
  const before = await integrationUsage(ground.database, viewer, id);
  if (rootsOf(before).length > 0 && !how.force) throw inUse(integration, before);
  await ground.database.transaction(async (tx) => {
    const now = ground.clock.now();
    const rulebooks = await nextRulebookVersions(tx, rootsOf(before));
    const stored = await lockIntegration(tx, id, 'alone');
    if (stored === undefined) return;
    const editOf = ({ rootId }: Pick<ListedAutomation, 'rootId'>): Edit => {
      const rulebookVersion = rulebooks.get(rootId);
      if (rulebookVersion !== undefined) return { rulebookVersion, by: viewer.userId, now };
      throw conflict(`something chose '${integration.name}' at this moment: look again`);
    };
    const { automations, alerts } = await integrationUsage(tx, viewer, id);
    const disabled = automations.map((each) => ({ ...each, edit: editOf(each) })).filter(({ enabled }) => enabled);
    for (const { edit, ...automation } of disabled) await disable(tx, automation, edit);
    const ended = alerts.map((each) => ({ ...each, edit: editOf(each) }));
    await Promise.all([markIntegrationDeleted(tx, id, now), forgetTrouble(tx, [id])]);
    await recordIntegration(tx, viewer, 'deleted', { before: stored, now });
    for (const automation of disabled) await recordDisabled(tx, viewer, automation, now);
    await endAlerts(tx, viewer, ended);
  });
}

/** Every organization's automations and alerts may use it. */
const rootsOf = ({ automations, alerts }: IntegrationUsage): readonly EntityId[] =>
  [...automations, ...alerts].map(({ rootId }) => rootId);

function recordDisabled(tx: Transaction, viewer: Viewer, automation: ListedAutomation, now: Instant): Promise<void> {
  const { id, name, tenantId } = automation;
  const subject = { kind: 'automation', id, name };
  const after = { enabled: false, because: 'its integration was deleted' };
  return recordDeed(tx, viewer, {
    now,
    tenantId,
    deed: 'automation.disabled',
    subject,
    before: { enabled: true },
    after,
  });
}

function disable(tx: Transaction, automation: ListedAutomation, edit: Edit): Promise<void> {
  const { id, revision, conditionRevision } = automation;
  return updateAutomation(
    tx,
    id,
    { content: { ...automation, enabled: false }, revision: revision + 1, conditionRevision },
    edit,
  );
}

function inUse({ kind, name }: Integration, { seen, hidden }: IntegrationUsage): TriplineError {
  const told = [...new Set(seen.alerts.map(({ entityName }) => entityName))];
  const users = [
    ...seen.automations.map((automation) => `'${automation.name}' of ${automation.entityName}`),
    ...told.map((entity) => {
      const settings = seen.alerts.filter(({ entityName }) => entityName === entity);
      return `the alert settings of '${entity}' (${settings.map(({ topic }) => ALERT_SETTINGS[topic]).join(', ')})`;
    }),
  ];
  return conflict(
    `${INTEGRATION_WORDS[kind]} '${name}' is used by ${enumerated(users, hidden)}: delete it with force all the same, and automations are disabled and alerts go there no more`,
  );
}
