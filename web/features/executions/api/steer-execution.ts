import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { ApiError } from '../../../lib/api/api-error.ts';
import { call } from '../../../lib/api/call.ts';
import {
  postEntityExecutionCancel,
  postEntityExecutionRetry,
  postEntityExecutionRun,
  postEntityExecutionsBulk,
} from '../../../lib/api/generated.ts';
import { type ExecutionDetails, executionQuery } from './get-execution.ts';

export type Deed = 'retry' | 'cancel' | 'run';

const OPERATIONS = {
  retry: postEntityExecutionRetry,
  cancel: postEntityExecutionCancel,
  run: postEntityExecutionRun,
} as const satisfies Record<Deed, object>;

/** What an execution of some status can be told. */
const POSSIBLE = {
  pending: ['retry', 'cancel'],
  finished: [],
  failed: ['retry'],
  skipped: ['run'],
  cancelled: ['retry'],
} as const satisfies Record<ExecutionDetails['status'], readonly Deed[]>;

/** Of the deeds that are possible now, those that the viewer may do. */
export const permittedDeedsQuery = (execution: ExecutionDetails) =>
  queryOptions({
    queryKey: ['execution', execution.entity, execution.id, 'deeds', execution.status],
    queryFn: async ({ signal }) => {
      const asked = POSSIBLE[execution.status].map(async (deed) =>
        (await isPermitted(execution, deed, signal)) ? [deed] : [],
      );
      return (await Promise.all(asked)).flat();
    },
  });

/** Rights and destinations are the server's to judge: it counts what it would do it to, around this execution. */
async function isPermitted(execution: ExecutionDetails, deed: Deed, signal: AbortSignal): Promise<boolean> {
  const { entity, automation, status, subject, event } = execution;
  const at = Date.parse(event.occurredAt);
  const filter = {
    status: [status],
    subject: [subject.id],
    automation: automation === null ? undefined : [automation.id],
    from: new Date(at).toISOString(),
    to: new Date(at + 1).toISOString(),
  };
  const counted = call(postEntityExecutionsBulk, { params: { entity }, body: { deed, filter, dryRun: true }, signal });
  return counted.then(({ count }) => count > 0).catch(refused);
}

function refused(error: unknown): false {
  if (error instanceof ApiError && error.status < 500) return false;
  throw error;
}

/** Retries, cancels or runs an execution anyway; what comes of it is shown at once. */
export function useSteerExecution({ entity, id }: ExecutionDetails) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (deed: Deed) => call(OPERATIONS[deed], { params: { entity, id } }),
    onSuccess: (execution) => client.setQueryData(executionQuery(entity, id).queryKey, execution),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['execution', entity, id] }),
        client.invalidateQueries({ queryKey: ['executions', entity] }),
      ]),
  });
}
