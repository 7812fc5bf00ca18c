import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import {
  deleteEntityInvite,
  getEntityInvites,
  type Invite,
  postEntityInvites,
  postEntityMembers,
} from '../../../lib/api/generated.ts';
import { type Role, useMembersChanged } from './members.ts';

/** Invitations that wait for a user with their email. */
export const invitesQuery = (entity: string) =>
  queryOptions({
    queryKey: ['invites', entity],
    queryFn: async ({ signal }) => (await call(getEntityInvites, { params: { entity }, signal })).items,
  });

export interface Guest {
  /** A username, or an email: what has an `@`. */
  readonly who: string;
  readonly role: Role;
}

/** Invites somebody. @returns the name of who is a member now, or the email that waits */
export function useInvite(entity: string) {
  const client = useQueryClient();
  const changed = useMembersChanged(entity);
  return useMutation({
    mutationFn: async ({ who, role }: Guest) => {
      if (!who.includes('@')) {
        const { username } = await call(postEntityMembers, { params: { name: entity }, body: { username: who, role } });
        return { status: 'member', name: username } as const;
      }
      const outcome = await call(postEntityInvites, { params: { entity }, body: { email: who, role } });
      return outcome.status === 'member'
        ? ({ status: 'member', name: outcome.username } as const)
        : ({ status: 'pending', name: outcome.invite.email } as const);
    },
    onSettled: () => Promise.all([changed(), client.invalidateQueries(invitesQuery(entity))]),
    meta: { quiet: true },
  });
}

export function useWithdrawInvite(entity: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (invite: string) => call(deleteEntityInvite, { params: { entity, invite } }),
    onSettled: () => client.invalidateQueries(invitesQuery(entity)),
  });
}

export type { Invite };
