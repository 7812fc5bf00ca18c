import type { Instant } from '../model/clock.ts';
import type { UserId } from '../model/ids.ts';
import type { Role } from '../model/viewer.ts';
import type { Transaction } from '../store/database.ts';
import type { Entity } from '../store/entities.ts';
import { addMemberIfMissing, setMember } from '../store/members.ts';

/**
 * Gives a user a role in an entity. Who gets one in a team is then in its organization too: as a viewer when they
 * only view, else as a member.
 */
export async function giveRole(
  tx: Transaction,
  entity: Entity,
  given: { userId: UserId; role: Role; now: Instant },
): Promise<void> {
  await setMember(tx, { entityId: entity.id, ...given });
  if (entity.kind !== 'team') return;
  const role = given.role === 'viewer' ? 'viewer' : 'member';
  await addMemberIfMissing(tx, { ...given, entityId: entity.rootId, role });
}
