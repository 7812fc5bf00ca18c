import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import {
  postEntityExecutionCancel,
  postEntityExecutionRetry,
  postEntityExecutionRun,
} from '../../../lib/api/generated.ts';
import { type ExecutionDetails, executionQuery } from './get-execution.ts';

export type Deed = ExecutionDetails['maySteer'][number];

const OPERATIONS = {
  retry: postEntityExecutionRetry,
  cancel: postEntityExecutionCancel,
  run: postEntityExecutionRun,
} as const satisfies Record<Deed, object>;

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
