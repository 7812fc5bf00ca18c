import { infiniteQueryOptions, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { deleteUser, getUsers, postUsers, type User } from '../../../lib/api/generated.ts';
import { tellDone } from '../../../lib/notices.ts';

const KEY = 'users';

/** All users, oldest first, a page at a time; for instance admins. */
export const usersQuery = infiniteQueryOptions({
  queryKey: [KEY, 'pages'],
  queryFn: ({ pageParam: cursor, signal }) => call(getUsers, { query: { cursor }, signal }),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ nextCursor }) => nextCursor,
  select: ({ pages }) => pages.flatMap(({ items }) => items),
});

const MOST = 200;

const knownQuery = queryOptions({
  queryKey: [KEY, 'known'],
  queryFn: async ({ signal }) =>
    (await call(getUsers, { query: { limit: MOST }, signal })).items.map(({ username }) => username),
});

/** Names to choose among. */
export function useKnownUsers(): readonly string[] {
  return useQuery(knownQuery).data ?? [];
}

export interface FreshUser {
  readonly username: string;
  readonly email: string | null;
  readonly admin: boolean;
  readonly password: string;
}

function useUsersChanged() {
  const client = useQueryClient();
  return () =>
    Promise.all([KEY, 'server', 'invites', 'entity'].map((key) => client.invalidateQueries({ queryKey: [key] })));
}

export function useCreateUser() {
  const onSuccess = useUsersChanged();
  return useMutation({
    mutationFn: (body: FreshUser) => call(postUsers, { body }),
    onSuccess,
    meta: { quiet: true },
  });
}

export function useDeleteUser() {
  const onSettled = useUsersChanged();
  return useMutation({
    mutationFn: (username: string) => call(deleteUser, { params: { username } }),
    // the user's row may be gone before its own callbacks are called
    onSuccess: (_, username) => tellDone(`${username} is deleted.`),
    onSettled,
  });
}

export type { User };
