import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { getEntityProjectRuns, type Run } from '../../../lib/api/generated.ts';
import { unlessLive } from '../../../lib/live/state.ts';

/** How often a list is looked at again: runs go on while one watches. */
const EVERY_MS = 5_000;

/** Of which runs a list is. */
export interface RunsPlace {
  readonly entity: string;
  readonly project: string;
}

/** What is asked of runs, as the API takes it. */
export interface RunsAsked {
  readonly search?: string | undefined;
  /** JSON. */
  readonly filter?: string | undefined;
}

export interface RunRowsAsked extends RunsAsked {
  readonly sort?: string | undefined;
  readonly columns: readonly string[];
  /** Of one group only. */
  readonly group?: readonly string[] | undefined;
  readonly values?: readonly unknown[] | undefined;
}

/** The runs of a project with the values of some columns, newest first unless it is said otherwise. */
export const runsQuery = ({ entity, project }: RunsPlace, { values, ...asked }: RunRowsAsked) =>
  infiniteQueryOptions({
    queryKey: ['runs', entity, project, 'list', asked, values],
    queryFn: ({ pageParam: cursor, signal }) =>
      call(getEntityProjectRuns, {
        params: { entity, project },
        query: {
          cursor,
          ...asked,
          columns: asked.columns.length === 0 ? ['state'] : [...asked.columns],
          group: values === undefined || asked.group === undefined ? undefined : [...asked.group],
          in: values === undefined ? undefined : JSON.stringify(values),
        },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    select: ({ pages }) => ({
      rows: pages.flatMap(({ items }) => items),
      complete: pages.at(-1)?.complete ?? true,
    }),
    placeholderData: keepPreviousData,
    meta: { live: ['run', 'history'] },
    refetchInterval: () => unlessLive(EVERY_MS),
  });

export type { Run };
