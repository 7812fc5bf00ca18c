import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { getEntityProjectRunGroups, type RunGroup } from '../../../lib/api/generated.ts';
import { unlessLive } from '../../../lib/live/state.ts';
import type { RunsAsked, RunsPlace } from './list-runs.ts';
import type { GroupOrder } from './runs-search.ts';

/** Groups are of whole projects: they are counted anew less often than runs are listed. */
const EVERY_MS = 15_000;

interface GroupsAsked extends RunsAsked {
  readonly group: readonly string[];
  readonly sort: GroupOrder;
  readonly columns: readonly string[];
}

/** What the runs of a project have in common, with the numbers of some columns. */
export const groupsQuery = ({ entity, project }: RunsPlace, { sort, ...asked }: GroupsAsked) =>
  infiniteQueryOptions({
    queryKey: ['runs', entity, project, 'groups', asked, sort],
    queryFn: ({ pageParam: cursor, signal }) =>
      call(getEntityProjectRunGroups, {
        params: { entity, project },
        query: {
          cursor,
          ...asked,
          group: [...asked.group],
          columns: [...asked.columns],
          sort: sort.by,
          order: sort.ascending ? 'asc' : 'desc',
        },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    select: ({ pages }) => {
      const [first] = pages;
      return {
        groups: pages.flatMap(({ items }) => items),
        total: first?.total ?? 0,
        measured: first?.measured ?? 0,
        complete: pages.every(({ complete }) => complete),
      };
    },
    placeholderData: keepPreviousData,
    meta: { live: ['run'] },
    refetchInterval: () => unlessLive(EVERY_MS),
  });

export type { RunGroup };
