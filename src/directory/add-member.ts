import { demand } from '../access/demand.ts';
import { invalid, notFound } from '../model/error.ts';
import type { Viewer } from '../model/viewer.ts';
import { lockEntity } from '../store/entities.ts';
import type { Ground } from '../store/ground.ts';
import type { User } from '../store/users.ts';
import type { EntityPlace } from './find-entity.ts';
import { giveRole } from './give-role.ts';
import { identityChanged } from './identity-changes.ts';
import { keepAnAdmin } from './last-admin.ts';
import type { MemberInput } from './member-input.ts';
import { memberUser } from './member-input.ts';

/**
 * Adds a user to an organization or team, or gives a member another role.
 *
 * @throws TriplineError not_found for the user or a hidden entity, forbidden, invalid for a personal entity, conflict for the last admin
 *   and for a service account of another team
 */
export async function addMember(
  ground: Ground,
  viewer: Viewer,
  entity: EntityPlace,
  member: MemberInput,
): Promise<User> {
  demand(viewer, 'manage_members', entity, `entity '${entity.name}'`);
  if (entity.kind === 'personal') throw invalid(`'${entity.name}' is a personal entity: it has no other members`);
  const user = await ground.database.transaction(async (tx) => {
    if ((await lockEntity(tx, entity.id, 'alone')) === undefined) throw notFound(`entity '${entity.name}' not found`);
    const found = await memberUser(tx, member, entity.id);
    if (found.serviceOf !== null && member.role === 'viewer') {
      throw invalid('a service account is a member or an admin', 'role');
    }
    if (member.role !== 'admin') await keepAnAdmin(tx, [entity.id], found);
    await giveRole(tx, entity, { userId: found.id, role: member.role, now: ground.clock.now() });
    return found;
  });
  identityChanged(ground.database);
  return user;
}
