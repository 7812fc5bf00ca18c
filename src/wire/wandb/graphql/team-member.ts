import type { Members } from '../../../directory/team-members.ts';
import { nodeId } from '../../../model/wire-id.ts';
import type { Invite } from '../../../store/invites.ts';
import type { Member } from '../../../store/members.ts';

/** A member as the client lists it (wandb protocol, 6.7). */
export function memberRow(member: Member, { manages, keys }: Members) {
  const { userId, username, displayName, email, role, serviceOf } = member;
  const rank = role === 'admin' ? 'ADMIN' : 'MEMBER';
  return {
    id: nodeId('User', userId),
    name: displayName ?? username,
    username,
    email: manages ? email : null,
    admin: role === 'admin',
    role,
    pending: false,
    accountType: serviceOf === null ? rank : 'SERVICE',
    apiKey: keys.get(userId) ?? null,
  };
}

/** Somebody who is to be a member, in the same list; only admins see them. */
export function inviteRow({ id, email, role }: Invite) {
  return {
    id: nodeId('Invite', id),
    name: email,
    username: null,
    email,
    admin: role === 'admin',
    role,
    pending: true,
    accountType: role === 'admin' ? 'ADMIN' : 'MEMBER',
    apiKey: null,
  };
}
