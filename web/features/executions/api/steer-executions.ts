import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { postEntityExecutionsBulk } from '../../../lib/api/generated.ts';
import type { ExecutionFilter } from './history-search.ts';
import type { Deed } from './steer-execution.ts';

/** The server counts exactly up to here. */
export const MOST_COUNTED = 10_000;

/** How many executions of a filter a deed would be done to. */
export const countQuery = (entity: string, deed: Deed, filter: ExecutionFilter) =>
  queryOptions({
    queryKey: ['executions', entity, 'count', deed, filter],
    queryFn: async ({ signal }) => {
      const body = { deed, filter, dryRun: true };
      return (await call(postEntityExecutionsBulk, { params: { entity }, body, signal })).count;
    },
    staleTime: 0,
    gcTime: 0,
  });

/** Does it to all that the filter finds, part by part; tells how many they were. */
export function useSteerExecutions(entity: string, deed: Deed, filter: ExecutionFilter) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      let done = 0;
      let cursor: string | undefined;
      do {
        const part = await call(postEntityExecutionsBulk, { params: { entity }, body: { deed, filter, cursor } });
        done += part.count;
        cursor = part.nextCursor ?? undefined;
      } while (cursor !== undefined);
      return done;
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['executions', entity] }),
  });
}
