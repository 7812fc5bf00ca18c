import {
  infiniteQueryOptions,
  queryOptions,
  type UseQueryResult,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import {
  type AlertSettings,
  getEntityAlerts,
  getEntityIntegrations,
  getEntityNotices,
  type Notice,
  patchEntityAlerts,
} from '../../../lib/api/generated.ts';

export type Topic = keyof AlertSettings;

/** Where alerts of an entity go. */
export const alertsQuery = (entity: string) =>
  queryOptions({
    queryKey: ['alerts', entity],
    queryFn: ({ signal }) => call(getEntityAlerts, { params: { entity }, signal }),
  });

export function useChangeAlerts(entity: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Partial<AlertSettings>) => call(patchEntityAlerts, { params: { entity }, body }),
    onSuccess: (settings) => client.setQueryData(alertsQuery(entity).queryKey, settings),
  });
}

/** A Slack channel that alerts can go to. */
export interface Channel {
  readonly id: string;
  readonly name: string;
  /** Whose it is. */
  readonly entity: string;
}

const MOST = 200;

const channelsQuery = (entity: string) =>
  queryOptions({
    queryKey: ['slack-channels', entity],
    queryFn: async ({ signal }): Promise<readonly Channel[]> => {
      const { items } = await call(getEntityIntegrations, { params: { entity }, query: { limit: MOST }, signal });
      return items.flatMap(({ id, kind, name, slack }) =>
        kind === 'slack' ? [{ id, name: slack?.channelName ?? name, entity }] : [],
      );
    },
  });

/** The Slack channels of some entities in one list, for `useQueries`. */
export function channelsOf(entities: readonly string[]) {
  return { queries: entities.map(channelsQuery), combine: together };
}

function together(lists: readonly Pick<UseQueryResult<readonly Channel[]>, 'data' | 'error' | 'refetch'>[]) {
  const loaded = lists.every(({ data }) => data !== undefined);
  return {
    channels: loaded ? lists.flatMap(({ data }) => data ?? []) : undefined,
    error: lists.map(({ error }) => error).find((error) => error !== null) ?? null,
    refetch: () => lists.forEach(({ refetch }) => void refetch()),
  };
}

/** What admins were told of integrations and automations, newest first. */
export const noticesQuery = (entity: string) =>
  infiniteQueryOptions({
    queryKey: ['notices', entity],
    queryFn: ({ pageParam: cursor, signal }) =>
      call(getEntityNotices, { params: { entity }, query: { cursor }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    select: ({ pages }) => pages.flatMap(({ items }) => items),
  });

export type { AlertSettings, Notice };
