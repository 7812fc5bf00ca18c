import { demand } from '../access/demand.ts';
import type { Instant } from '../model/clock.ts';
import { conflict, invalid, notFound } from '../model/error.ts';
import type { InviteId } from '../model/ids.ts';
import type { Role, Viewer } from '../model/viewer.ts';
import type { Transaction } from '../store/database.ts';
import { lockEntity } from '../store/entities.ts';
import type { Ground } from '../store/ground.ts';
import {
  type Invite,
  insertInvite,
  invitesOf,
  lockEmail,
  removeInvite as removeRow,
  takeInvitesFor,
} from '../store/invites.ts';
import { roleOfMember } from '../store/members.ts';
import { type User, usersNamed } from '../store/users.ts';
import type { EntityPlace } from './find-entity.ts';
import { giveRole } from './give-role.ts';
import { identityChanged } from './identity-changes.ts';
import { memberUser, refuseServiceAccount } from './member-input.ts';

export interface InviteInput {
  /** By username or by email. */
  readonly to: { readonly username: string } | { readonly email: string };
  readonly role: Role;
}

/** What an invitation came to: a member at once, or a role that waits for a user with this email. */
export type Invited =
  | { readonly kind: 'member'; readonly user: User; readonly role: Role }
  | { readonly kind: 'pending'; readonly invite: Invite };

/**
 * Invites somebody to an organization or team. A user of that name or email is a member at once; an email that no
 * user has waits until one is created with it.
 *
 * @throws TriplineError not_found for a username or a hidden entity, forbidden, invalid, conflict when they are a
 *   member or invited already
 */
export async function invite(
  ground: Ground,
  viewer: Viewer,
  entity: EntityPlace,
  { to, role }: InviteInput,
): Promise<Invited> {
  demandMembers(viewer, entity);
  const now = ground.clock.now();
  const invited = await ground.database.transaction(async (tx): Promise<Invited> => {
    // the email first, like whoever creates its user
    if ('email' in to) await lockEmail(tx, to.email);
    if ((await lockEntity(tx, entity.id, 'shared')) === undefined) throw notFound(`entity '${entity.name}' not found`);
    if ('username' in to) return join(tx, entity, await memberUser(tx, to), role, now);
    const [user] = await usersNamed(tx, to.email);
    if (user !== undefined) return join(tx, entity, user, role, now);
    const made = await insertInvite(tx, { entityId: entity.id, email: to.email, role, by: viewer.userId, now });
    if (made === undefined) throw conflict(`'${to.email}' is invited to '${entity.name}' already`);
    return { kind: 'pending', invite: made };
  });
  identityChanged(ground.database);
  return invited;
}

async function join(tx: Transaction, entity: EntityPlace, user: User, role: Role, now: Instant): Promise<Invited> {
  refuseServiceAccount(user);
  if ((await roleOfMember(tx, entity.id, user.id)) !== undefined) {
    throw conflict(`'${user.username}' is a member of '${entity.name}' already`);
  }
  await giveRole(tx, entity, { userId: user.id, role, now });
  return { kind: 'member', user, role };
}

/** The invitations of an entity that wait, oldest first. @throws TriplineError not_found, forbidden, invalid */
export async function listInvites({ database }: Ground, viewer: Viewer, entity: EntityPlace): Promise<Invite[]> {
  demandMembers(viewer, entity);
  return invitesOf(database, entity.id);
}

/** Takes an invitation back. @throws TriplineError not_found, forbidden, invalid */
export async function removeInvite(
  { database }: Ground,
  viewer: Viewer,
  entity: EntityPlace,
  id: InviteId,
): Promise<void> {
  demandMembers(viewer, entity);
  const removed = await database.transaction((tx) => removeRow(tx, entity.id, id));
  if (removed === undefined) throw notFound(`'${entity.name}' has no such invitation: it was accepted or taken back`);
}

/** Makes a new user a member wherever their email was invited. */
export async function acceptInvites(tx: Transaction, user: User, email: string, now: Instant): Promise<void> {
  for (const { entityId, role } of await takeInvitesFor(tx, email)) {
    const entity = await lockEntity(tx, entityId, 'shared');
    if (entity !== undefined) await giveRole(tx, entity, { userId: user.id, role, now });
  }
}

function demandMembers(viewer: Viewer, entity: EntityPlace): void {
  demand(viewer, 'manage_members', entity, `entity '${entity.name}'`);
  if (entity.kind === 'personal') throw invalid(`'${entity.name}' is a personal entity: it has no other members`);
}
