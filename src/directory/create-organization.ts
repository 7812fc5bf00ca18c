import { demandInstanceAdmin } from '../access/demand.ts';
import type { Instant } from '../model/clock.ts';
import { conflict } from '../model/error.ts';
import { parseDirectoryName } from '../model/names.ts';
import type { Viewer } from '../model/viewer.ts';
import { INSTANCE, recordDeed } from '../store/audit.ts';
import type { Transaction } from '../store/database.ts';
import type { Entity } from '../store/entities.ts';
import { insertRootEntity } from '../store/entities.ts';
import type { Ground } from '../store/ground.ts';
import { setMember } from '../store/members.ts';
import { identityChanged } from './identity-changes.ts';
import type { MemberInput } from './member-input.ts';
import { memberUser } from './member-input.ts';

export interface OrganizationInput {
  readonly name: string;
  readonly members: readonly MemberInput[];
}

/**
 * Creates an organization, which is an entity too; for instance admins.
 *
 * @throws TriplineError forbidden, invalid, conflict when the name is taken, not_found for an unknown member
 */
export async function createOrganization(ground: Ground, viewer: Viewer, input: OrganizationInput): Promise<Entity> {
  demandInstanceAdmin(viewer);
  const now = ground.clock.now();
  const organization = await ground.database.transaction(async (tx) => {
    const made = await makeOrganization(tx, input, now);
    const subject = { kind: 'organization', id: made.id, name: made.name };
    const after = { members: input.members.map(({ username, role }) => ({ username, role })) };
    await recordDeed(tx, viewer, { now, tenantId: INSTANCE, deed: 'organization.created', subject, after });
    return made;
  });
  identityChanged(ground.database);
  return organization;
}

/** The same inside a transaction. @throws TriplineError invalid, conflict, not_found */
export async function makeOrganization(tx: Transaction, input: OrganizationInput, now: Instant): Promise<Entity> {
  const name = parseDirectoryName(input.name, 'name');
  const organization = await insertRootEntity(tx, { kind: 'organization', name, now });
  if (organization === undefined) throw conflict(`the name '${name}' is taken by a user, team or organization`);
  for (const member of input.members) {
    const user = await memberUser(tx, member);
    await setMember(tx, { entityId: organization.id, userId: user.id, role: member.role, now });
  }
  return organization;
}
