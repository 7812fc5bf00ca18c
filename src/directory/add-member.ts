import { demand } from '../access/demand.ts';
import { invalid, notFound } from '../model/error.ts';
import type { Viewer } from '../model/viewer.ts';
import { recordDeed } from '../store/audit.ts';
import { lockEntity } from '../store/entities.ts';
import type { Ground } from '../store/ground.ts';
import { roleOfMember } from '../store/members.ts';
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
    const now = ground.clock.now();
    const before = await roleOfMember(tx, entity.id, found.id);
    await giveRole(tx, entity, { userId: found.id, role: member.role, now });
    await recordDeed(tx, viewer, {
      now,
      tenantId: entity.tenantId,
      deed: before === undefined ? 'member.added' : 'member.role_changed',
      subject: { kind: 'member', id: found.id, name: found.username },
      before: before === undefined ? null : { role: before },
      after: { role: member.role },
    });
    return found;
  });
  identityChanged(ground.database);
  return user;
}
