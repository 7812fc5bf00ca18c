import { demandInstanceAdmin } from '../access/demand.ts';
import { conflict, notFound } from '../model/error.ts';
import type { Viewer } from '../model/viewer.ts';
import { INSTANCE, recordDeed } from '../store/audit.ts';
import type { Ground } from '../store/ground.ts';
import { shownRemovals } from '../store/removals.ts';
import { lockInstanceAdmins, removeUser, userByUsername } from '../store/users.ts';
import { identityChanged } from './identity-changes.ts';
import { removeEntityAndAlerts } from './remove-entity-and-alerts.ts';

/**
 * Deletes a user, their keys, memberships and personal entity with all it holds; for instance admins. What they
 * made in teams stays.
 *
 * @throws TriplineError forbidden, not_found, conflict for the last instance admin
 */
export async function deleteUser(ground: Ground, viewer: Viewer, username: string): Promise<void> {
  demandInstanceAdmin(viewer);
  const now = ground.clock.now();
  await ground.database.transaction(async (tx) => {
    const user = await userByUsername(tx, username);
    if (user === undefined) throw notFound(`user '${username}' not found`);
    if (user.entityId === null) throw conflict(`'${username}' is a service account: delete it in its team`);
    // a personal entity is its own root
    const removed = await removeEntityAndAlerts(tx, viewer, { id: user.entityId, rootId: user.entityId, now });
    if (removed === undefined) throw notFound(`user '${username}' not found`);
    const admins = user.admin ? await lockInstanceAdmins(tx) : [];
    if (admins.length === 1) throw conflict(`'${username}' is the last instance admin: make another one first`);
    await removeUser(tx, user.id, now);
    const subject = { kind: 'user', id: user.id, name: username };
    const before = { username, email: user.email, admin: user.admin, automations: shownRemovals(removed) };
    await recordDeed(tx, viewer, { now, tenantId: INSTANCE, deed: 'user.deleted', subject, before });
  });
  identityChanged(ground.database);
}
