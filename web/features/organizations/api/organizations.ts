import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import {
  getOrganization,
  getOrganizations,
  type ListedOrganization,
  postOrganizations,
  postOrganizationTeams,
} from '../../../lib/api/generated.ts';

/** An organization with those of its teams that the viewer may see. */
export const organizationQuery = (org: string) =>
  queryOptions({
    queryKey: ['organization', org],
    queryFn: ({ signal }) => call(getOrganization, { params: { org }, signal }),
  });

/** All organizations with their teams, for instance admins, a page at a time. */
export const organizationsQuery = infiniteQueryOptions({
  queryKey: ['organizations'],
  queryFn: ({ pageParam: cursor, signal }) => call(getOrganizations, { query: { cursor }, signal }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ nextCursor }) => nextCursor,
  select: ({ pages }) => pages.flatMap(({ items }) => items),
});

/** What is made: its name, and who is its first admin beside the viewer. */
export interface NewPlace {
  readonly name: string;
  readonly admin: string;
}

const bodyOf = ({ name, admin }: NewPlace) => ({
  name,
  members: admin === '' ? [] : [{ username: admin, role: 'admin' as const }],
});

function usePlacesChanged() {
  const client = useQueryClient();
  return () =>
    Promise.all(
      ['organization', 'organizations', 'viewer', 'server'].map((key) => client.invalidateQueries({ queryKey: [key] })),
    );
}

export function useCreateTeam(org: string) {
  const onSuccess = usePlacesChanged();
  return useMutation({
    mutationFn: (place: NewPlace) => call(postOrganizationTeams, { params: { org }, body: bodyOf(place) }),
    onSuccess,
    meta: { quiet: true },
  });
}

export function useCreateOrganization() {
  const onSuccess = usePlacesChanged();
  return useMutation({
    mutationFn: (place: NewPlace) => call(postOrganizations, { body: bodyOf(place) }),
    onSuccess,
    meta: { quiet: true },
  });
}

export type { ListedOrganization };
