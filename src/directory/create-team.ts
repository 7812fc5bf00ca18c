import { demand } from '../access/demand.ts';
import type { Instant } from '../model/clock.ts';
import { conflict, notFound } from '../model/error.ts';
import { parseDirectoryName } from '../model/names.ts';
import type { Viewer } from '../model/viewer.ts';
import { recordDeed } from '../store/audit.ts';
import type { Transaction } from '../store/database.ts';
import type { Entity } from '../store/entities.ts';
import { insertTeam, lockEntity } from '../store/entities.ts';
import type { Ground } from '../store/ground.ts';
import type { EntityPlace } from './find-entity.ts';
import { giveRole } from './give-role.ts';
import { identityChanged } from './identity-changes.ts';
import type { MemberInput } from './member-input.ts';
import { memberUser } from './member-input.ts';

export interface TeamInput {
  readonly name: string;
  readonly members: readonly MemberInput[];
}

/**
 * Creates a team in an organization; for the organization's admins. Its creator joins it as an admin, unless the
 * members name them with another role. Who joins the team joins the organization.
 *
 * @throws TriplineError not_found, forbidden, invalid, conflict when the name is taken
 */
export async function createTeam(
  ground: Ground,
  viewer: Viewer,
  organization: EntityPlace,
  input: TeamInput,
): Promise<Entity> {
  demand(viewer, 'manage_members', organization, `organization '${organization.name}'`);
  const now = ground.clock.now();
  const members = withCreator(viewer, input.members);
  const team = await ground.database.transaction(async (tx) => {
    const made = await makeTeam(tx, organization, { ...input, members }, now);
    const subject = { kind: 'team', id: made.id, name: made.name };
    const after = { members: members.map(({ username, role }) => ({ username, role })) };
    await recordDeed(tx, viewer, { now, tenantId: organization.tenantId, deed: 'team.created', subject, after });
    return made;
  });
  identityChanged(ground.database);
  return team;
}

function withCreator({ username }: Viewer, members: TeamInput['members']): TeamInput['members'] {
  return members.some((member) => member.username === username) ? members : [{ username, role: 'admin' }, ...members];
}

async function makeTeam(tx: Transaction, organization: Entity, input: TeamInput, now: Instant): Promise<Entity> {
  const name = parseDirectoryName(input.name, 'name');
  const living = await lockEntity(tx, organization.id, 'shared');
  if (living === undefined) throw notFound(`organization '${organization.name}' not found`);
  const team = await insertTeam(tx, { name, rootId: organization.id, now });
  if (team === undefined) throw conflict(`the name '${name}' is taken by a user, team or organization`);
  for (const member of input.members) {
    const user = await memberUser(tx, member);
    await giveRole(tx, team, { userId: user.id, role: member.role, now });
  }
  return team;
}
