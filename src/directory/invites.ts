import { demand } from '../access/demand.ts';
import type { Instant } from '../model/clock.ts';
import { conflict, invalid, notFound } from '../model/error.ts';
import type { InviteId, TenantId } from '../model/ids.ts';
import type { Role, Viewer } from '../model/viewer.ts';
import { type Actor, recordDeed } from '../store/audit.ts';
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
    const joining = { viewer, entity, role, now };
    if ('username' in to) return join(tx, await memberUser(tx, to), joining);
    const [user] = await usersNamed(tx, to.email);
    if (user !== undefined) return join(tx, user, joining);
    const made = await insertInvite(tx, { entityId: entity.id, email: to.email, role, by: viewer.userId, now });
    if (made === undefined) throw conflict(`'${to.email}' is invited to '${entity.name}' already`);
    const subject = { kind: 'invitation', id: made.id, name: to.email };
    const after = { role };
    await recordDeed(tx, viewer, { now, tenantId: entity.tenantId, deed: 'member.invited', subject, after });
    return { kind: 'pending', invite: made };
  });
  identityChanged(ground.database);
  return invited;
}

interface Joining {
  readonly viewer: Viewer;
  readonly entity: EntityPlace;
  readonly role: Role;
  readonly now: Instant;
}

async function join(tx: Transaction, user: User, { viewer, entity, role, now }: Joining): Promise<Invited> {
  refuseServiceAccount(user);
  if ((await roleOfMember(tx, entity.id, user.id)) !== undefined) {
    throw conflict(`'${user.username}' is a member of '${entity.name}' already`);
  }
  await giveRole(tx, entity, { userId: user.id, role, now });
  await recordJoined(tx, viewer, entity.tenantId, user, { role, now });
  return { kind: 'member', user, role };
}

/** The invitations of an entity that wait, oldest first. @throws TriplineError not_found, forbidden, invalid */
export async function listInvites({ database }: Ground, viewer: Viewer, entity: EntityPlace): Promise<Invite[]> {
  demandMembers(viewer, entity);
  return invitesOf(database, entity.id);
}

/** Takes an invitation back. @throws TriplineError not_found, forbidden, invalid */
export async function removeInvite(
  { database, clock }: Ground,
  viewer: Viewer,
  entity: EntityPlace,
  id: InviteId,
): Promise<void> {
  demandMembers(viewer, entity);
  const removed = await database.transaction(async (tx) => {
    const row = await removeRow(tx, entity.id, id);
    if (row === undefined) return undefined;
    const subject = { kind: 'invitation', id, name: row.email };
    const [deed, before] = ['member.invitation_withdrawn', { role: row.role }] as const;
    await recordDeed(tx, viewer, { now: clock.now(), tenantId: entity.tenantId, deed, subject, before });
    return row;
  });
  if (removed === undefined) throw notFound(`'${entity.name}' has no such invitation: it was accepted or taken back`);
}

/** Makes a new user a member wherever their email was invited. */
export async function acceptInvites(tx: Transaction, user: User, email: string, now: Instant): Promise<void> {
  for (const { entityId, role } of await takeInvitesFor(tx, email)) {
    const entity = await lockEntity(tx, entityId, 'shared');
    if (entity === undefined) continue;
    await giveRole(tx, entity, { userId: user.id, role, now });
    await recordJoined(tx, { system: 'invited by email' }, entityId, user, { role, now });
  }
}

function recordJoined(
  tx: Transaction,
  actor: Actor,
  tenantId: TenantId,
  { id, username }: User,
  { role, now }: Pick<Joining, 'role' | 'now'>,
): Promise<void> {
  const subject = { kind: 'member', id, name: username };
  return recordDeed(tx, actor, { now, tenantId, deed: 'member.added', subject, after: { role } });
}

function demandMembers(viewer: Viewer, entity: EntityPlace): void {
  demand(viewer, 'manage_members', entity, `entity '${entity.name}'`);
  if (entity.kind === 'personal') throw invalid(`'${entity.name}' is a personal entity: it has no other members`);
}
