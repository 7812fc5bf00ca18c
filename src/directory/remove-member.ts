import { demand } from '../access/demand.ts';
import { invalid, notFound } from '../model/error.ts';
import type { Viewer } from '../model/viewer.ts';
import { recordDeed } from '../store/audit.ts';
import type { Ground } from '../store/ground.ts';
import { removeMember as removeRows, roleOfMember } from '../store/members.ts';
import { userByUsername } from '../store/users.ts';
import type { EntityPlace } from './find-entity.ts';
import { identityChanged } from './identity-changes.ts';

/**
 * Ends a membership; who leaves an organization leaves its teams. What they made stays.
 *
 * @throws TriplineError not_found, forbidden, invalid for a personal entity
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
    const user = await userByUsername(tx, username);
    const role = user && (await roleOfMember(tx, entity.id, user.id));
    if (user === undefined || !(await removeRows(tx, entity.id, user.id))) return false;
    const subject = { kind: 'member', id: user.id, name: username };
    const [now, tenantId, before] = [ground.clock.now(), entity.tenantId, { role: role ?? null }];
    await recordDeed(tx, viewer, { now, tenantId, deed: 'member.removed', subject, before });
    return true;
  });
  if (!removed) throw notFound(`'${username}' is no member of '${entity.name}'`);
  identityChanged(ground.database);
}
