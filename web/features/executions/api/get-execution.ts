import { queryOptions } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { type Attempt, type ExecutionDetails, getEntityExecution } from '../../../lib/api/generated.ts';
import { unlessLive } from '../../../lib/live/state.ts';

/** An execution with all that is known of it; looked at again while it is on its way. */
export const executionQuery = (entity: string, id: string) =>
  queryOptions({
    queryKey: ['execution', entity, id],
    queryFn: ({ signal }) => call(getEntityExecution, { params: { entity, id }, signal }),
    meta: { live: ['execution'] },
    refetchInterval: ({ state: { data } }) => unlessLive(data?.status === 'pending' ? 2_000 : 15_000),
  });

export type { Attempt, ExecutionDetails };
