import { demand } from '../access/demand.ts';
import type { Instant } from '../model/clock.ts';
import { conflict, type TriplineError } from '../model/error.ts';
import type { EntityId, IntegrationId } from '../model/ids.ts';
import { INTEGRATION_WORDS } from '../model/integration-kind.ts';
import type { Viewer } from '../model/viewer.ts';
import { recordDeed } from '../store/audit.ts';
import { updateAutomation } from '../store/automation-edits.ts';
import type { ListedAutomation } from '../store/automation-lists.ts';
import type { Transaction } from '../store/database.ts';
import type { Ground } from '../store/ground.ts';
import { markIntegrationDeleted } from '../store/integration-edits.ts';
import { forgetTrouble } from '../store/integration-health.ts';
import { type Integration, lockIntegration } from '../store/integrations.ts';
import { nextRulebookVersion } from '../store/rulebook.ts';
import type { EntityPlace } from './find-entity.ts';
import { requireIntegration } from './find-integration.ts';
import { type IntegrationUsage, integrationUsage } from './integration-usage.ts';
import { recordIntegration } from './record-integration.ts';

/**
 * Deletes an integration; for the entity's admins. The automations that use it are disabled, and say that it was
 * deleted (automations, section 4.1).
 *
 * @param how.force although automations use it
 * @throws TriplineError not_found, forbidden, conflict that names the automations
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
  if (before.all.length > 0 && !how.force) throw inUse(integration, before);
  await ground.database.transaction(async (tx) => {
    const edits = await lockRulebooks(tx, before.all);
    const stored = await lockIntegration(tx, id, 'alone');
    if (stored === undefined) return;
    const { all } = await integrationUsage(tx, viewer, id);
    const now = ground.clock.now();
    for (const automation of all) {
      const rulebookVersion = edits.get(automation.rootId);
      if (rulebookVersion === undefined)
        throw conflict(`an automation chose '${integration.name}' at this moment: look again`);
      if (automation.enabled) await disable(tx, automation, { rulebookVersion, by: viewer.userId, now });
    }
    await Promise.all([markIntegrationDeleted(tx, id, now), forgetTrouble(tx, [id])]);
    await recordIntegration(tx, viewer, 'deleted', { before: stored, now });
    for (const automation of all.filter(({ enabled }) => enabled)) await recordDisabled(tx, viewer, automation, now);
  });
}

/** Every organization's automations may use it; their rulebooks are locked in ascending order. */
async function lockRulebooks(
  tx: Transaction,
  automations: readonly ListedAutomation[],
): Promise<ReadonlyMap<EntityId, string>> {
  const roots = [...new Set(automations.map(({ rootId }) => rootId))];
  const versions = new Map<EntityId, string>();
  for (const root of roots.sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1))) {
    versions.set(root, await nextRulebookVersion(tx, root));
  }
  return versions;
}

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

function disable(tx: Transaction, automation: ListedAutomation, edit: Parameters<typeof updateAutomation>[3]) {
  const { id, revision, conditionRevision } = automation;
  return updateAutomation(
    tx,
    id,
    { content: { ...automation, enabled: false }, revision: revision + 1, conditionRevision },
    edit,
  );
}

const MOST_NAMED = 20;

function inUse({ kind, name }: Integration, { all, seen }: IntegrationUsage): TriplineError {
  const named = seen.slice(0, MOST_NAMED).map((automation) => `'${automation.name}' of ${automation.entityName}`);
  const others = all.length - named.length;
  const more = others === 0 ? [] : [`${others} more`];
  return conflict(
    `${INTEGRATION_WORDS[kind]} '${name}' is used by ${[...named, ...more].join(', ')}: delete it with force all the same, and they are disabled`,
  );
}
