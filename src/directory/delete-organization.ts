import { demandInstanceAdmin } from '../access/demand.ts';
import { notFound } from '../model/error.ts';
import type { Viewer } from '../model/viewer.ts';
import { INSTANCE, recordDeed } from '../store/audit.ts';
import type { Ground } from '../store/ground.ts';
import { shownRemovals } from '../store/removals.ts';
import { identityChanged } from './identity-changes.ts';
import { removeEntityAndAlerts } from './remove-entity-and-alerts.ts';
import { requireOrganization } from './require-entity.ts';

/**
 * Deletes an organization, its teams and all they hold: projects, automations, integrations. Their names are free
 * again. For instance admins.
 *
 * @throws TriplineError not_found, forbidden
 */
export async function deleteOrganization(ground: Ground, viewer: Viewer, name: string): Promise<void> {
  const organization = await requireOrganization(ground, viewer, name);
  demandInstanceAdmin(viewer);
  const now = ground.clock.now();
  const removed = await ground.database.transaction(async (tx) => {
    const automations = await removeEntityAndAlerts(tx, viewer, { ...organization, now });
    if (automations === undefined) return false;
    const subject = { kind: 'organization', id: organization.id, name };
    const before = { name, automations: shownRemovals(automations) };
    await recordDeed(tx, viewer, { now, tenantId: INSTANCE, deed: 'organization.deleted', subject, before });
    return true;
  });
  if (!removed) throw notFound(`organization '${name}' not found`);
  identityChanged(ground.database);
}
