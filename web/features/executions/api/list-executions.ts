import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { addressOf, call } from '../../../lib/api/call.ts';
import { type Execution, getEntityExecutions, getEntityExecutionsExport } from '../../../lib/api/generated.ts';
import { unlessLive } from '../../../lib/live/state.ts';
import { type ExecutionFilter, filterOf, type HistorySearch } from './history-search.ts';

/** How often a list is looked at again: deliveries go on while one watches. */
const EVERY_MS = 5_000;

interface Page {
  readonly items: Execution[];
  readonly nextCursor: string | null;
  /** What is older has not been looked at yet. */
  readonly searchedTo: string | null;
}

/** How pages of executions follow each other. */
export const pages = {
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ nextCursor }: Page) => nextCursor,
  select: ({ pages }: { readonly pages: readonly Page[] }) => ({
    rows: pages.flatMap(({ items }) => items),
    searchedTo: pages.at(-1)?.searchedTo ?? null,
  }),
  placeholderData: keepPreviousData,
  meta: { live: ['execution'] },
  refetchInterval: () => unlessLive(EVERY_MS),
} as const;

/** The executions of an entity, or of one of its projects. */
export const executionsQuery = (entity: string, search: HistorySearch, project?: string) =>
  infiniteQueryOptions({
    ...pages,
    queryKey: ['executions', entity, project, search],
    queryFn: ({ pageParam: cursor, signal }) => {
      const query = { ...filterOf(search, project), sort: search.sort, order: search.order, cursor };
      return call(getEntityExecutions, { params: { entity }, query, signal });
    },
  });

/** Where exactly what a filter finds is got as a file. */
export function exportAddress(entity: string, filter: ExecutionFilter, format: 'csv' | 'jsonl'): string {
  return addressOf(getEntityExecutionsExport.path, { entity }, { ...filter, format });
}

export type { Execution };
