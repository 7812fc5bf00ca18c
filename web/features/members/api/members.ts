import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { deleteEntityMember, type Member, postEntityMembers } from '../../../lib/api/generated.ts';
import { tellDone } from '../../../lib/notices.ts';

export type Role = Member['role'];

/** After a change of who belongs to an entity: what the viewer may do can have changed with it. */
export function useMembersChanged(entity: string) {
  const client = useQueryClient();
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ['entity', entity] }),
      client.invalidateQueries({ queryKey: ['service-accounts', entity] }),
      client.invalidateQueries({ queryKey: ['viewer'] }),
    ]);
}

/* The row of a member may be gone before its own callbacks are called: what was done is told here. */

/** Adds a user, or gives a member another role. */
export function useGiveRole(entity: string) {
  const changed = useMembersChanged(entity);
  return useMutation({
    mutationFn: (body: { readonly username: string; readonly role: Role }) =>
      call(postEntityMembers, { params: { name: entity }, body }),
    onSuccess: ({ username, role }) => tellDone(`${username} is ${role} now.`),
    onSettled: changed,
  });
}

export function useRemoveMember(entity: string) {
  const changed = useMembersChanged(entity);
  return useMutation({
    mutationFn: (username: string) => call(deleteEntityMember, { params: { name: entity, username } }),
    onSuccess: (_, username) => tellDone(`${username} has left ${entity}.`),
    onSettled: changed,
  });
}
