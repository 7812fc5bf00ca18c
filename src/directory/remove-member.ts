import { demand } from '../access/demand.ts';
import { invalid, notFound } from '../model/error.ts';
import type { Viewer } from '../model/viewer.ts';
import { recordDeed } from '../store/audit.ts';
import { lockTree } from '../store/entities.ts';
import type { Ground } from '../store/ground.ts';
import { removeMember as removeRows, roleOfMember } from '../store/members.ts';
import { removeUser, userByUsername } from '../store/users.ts';
import type { EntityPlace } from './find-entity.ts';
import { identityChanged } from './identity-changes.ts';
import { keepAnAdmin } from './last-admin.ts';
import { refuseServiceAccount } from './member-input.ts';

/**
 * Ends a membership; who leaves an organization leaves its teams. What they made stays. A service account that leaves
 * its team is deleted.
 *
 * @throws TriplineError not_found, forbidden, invalid for a personal entity, conflict for the last admin
 */
export async function removeMember(
  ground: Ground,
  viewer: Viewer,
  entity: EntityPlace,
  username: string,
): Promise<void> {
  demand(viewer, 'manage_members', entity, `entity '${entity.name}'`);
  if (entity.kind === 'personal') throw invalid(`'${username}' owns this personal entity and cannot leave it`);
  const removed = await ground.database.transaction(async (tx) => {
    const entityIds = (await lockTree(tx, entity.id)).map(({ id }) => id);
    const user = await userByUsername(tx, username);
    if (user === undefined) return false;
    await keepAnAdmin(tx, entityIds, user);
    const role = await roleOfMember(tx, entity.id, user.id);
    const now = ground.clock.now();
    if (user.serviceOf === null) {
      if (!(await removeRows(tx, entity.id, user.id))) return false;
    } else {
      if (user.serviceOf !== entity.id) refuseServiceAccount(user);
      await removeUser(tx, user.id, now);
    }
    const subject = { kind: 'member', id: user.id, name: username };
    const [tenantId, before] = [entity.tenantId, { role: role ?? null }];
    await recordDeed(tx, viewer, { now, tenantId, deed: 'member.removed', subject, before });
    return true;
  });
  if (!removed) throw notFound(`'${username}' is no member of '${entity.name}'`);
  identityChanged(ground.database);
}
