import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import {
  deleteOrganizationRegistryMember,
  deleteOrganizationRegistryTeam,
  getOrganizationRegistryMembers,
  putOrganizationRegistryMember,
  putOrganizationRegistryTeam,
  type RegistryMembers,
} from '../../../lib/api/generated.ts';
import { tellDone } from '../../../lib/notices.ts';

export type RegistryRole = RegistryMembers['users'][number]['role'];

/** A person or a team with a role in a registry. */
export interface Party {
  readonly kind: 'user' | 'team';
  readonly name: string;
}

export interface RegistryMember extends Party {
  readonly role: RegistryRole;
}

/** Whoever has a role of their own in a registry, people first. */
export const registryMembersQuery = (org: string, registry: string) =>
  queryOptions({
    queryKey: ['registry-members', org, registry],
    queryFn: async ({ signal }): Promise<readonly RegistryMember[]> => {
      const { users, teams } = await call(getOrganizationRegistryMembers, { params: { org, registry }, signal });
      return [
        ...users.map(({ username: name, role }) => ({ kind: 'user' as const, name, role })),
        ...teams.map(({ team: name, role }) => ({ kind: 'team' as const, name, role })),
      ];
    },
    meta: { live: ['project'] },
  });

/** What one may do in the registry can have changed with its members. */
function useMembersChanged(org: string, registry: string) {
  const client = useQueryClient();
  return () =>
    Promise.all([
      client.invalidateQueries(registryMembersQuery(org, registry)),
      client.invalidateQueries({ queryKey: ['registry', org, registry] }),
      client.invalidateQueries({ queryKey: ['project', org] }),
    ]);
}

/** Gives a person or a team a role, member of the registry or not yet. */
export function useGiveRegistryRole(org: string, registry: string) {
  const onSettled = useMembersChanged(org, registry);
  return useMutation({
    mutationFn: ({ kind, name, role }: RegistryMember) => {
      const place = { org, registry };
      return kind === 'user'
        ? call(putOrganizationRegistryMember, { params: { ...place, username: name }, body: { role } })
        : call(putOrganizationRegistryTeam, { params: { ...place, team: name }, body: { role } });
    },
    onSuccess: (_, { name, role }) => tellDone(`${name} is ${roleWords(role)} of ${registry} now.`),
    onSettled,
    meta: { quiet: true },
  });
}

export function useEndRegistryRole(org: string, registry: string) {
  const onSettled = useMembersChanged(org, registry);
  return useMutation({
    mutationFn: ({ kind, name }: Party) => {
      const place = { org, registry };
      return kind === 'user'
        ? call(deleteOrganizationRegistryMember, { params: { ...place, username: name } })
        : call(deleteOrganizationRegistryTeam, { params: { ...place, team: name } });
    },
    // the row may be gone before its own callbacks are called
    onSuccess: (_, { name }) => tellDone(`${name} has no role in ${registry} any more.`),
    onSettled,
  });
}

/** `restricted viewer`. */
export function roleWords(role: RegistryRole): string {
  return role.replace('_', ' ');
}
