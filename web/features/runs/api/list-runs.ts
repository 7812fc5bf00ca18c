import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { getEntityProjectRuns, type Run } from '../../../lib/api/generated.ts';
import { unlessLive } from '../../../lib/live/state.ts';

/** How often a list is looked at again: runs go on while one watches. */
const EVERY_MS = 5_000;

/** The runs of a project, newest first. */
export const runsQuery = (entity: string, project: string, search: string) =>
  infiniteQueryOptions({
    queryKey: ['runs', entity, project, search],
    queryFn: ({ pageParam: cursor, signal }) =>
      call(getEntityProjectRuns, {
        params: { entity, project },
        query: { cursor, search: search || undefined },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    select: ({ pages }) => pages.flatMap(({ items }) => items),
    placeholderData: keepPreviousData,
    meta: { live: ['run', 'history'] },
    refetchInterval: () => unlessLive(EVERY_MS),
  });

export type { Run };
