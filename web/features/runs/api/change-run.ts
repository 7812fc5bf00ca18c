import { useMutation, useQueryClient } from '@tanstack/react-query';
import type * as z from 'zod/mini';
import { call } from '../../../lib/api/call.ts';
import { deleteEntityProjectRun, patchEntityProjectRun, postEntityProjectRunStop } from '../../../lib/api/generated.ts';
import type { RunPlace } from '../../../lib/metric-history.ts';
import { runQuery } from './get-run.ts';

export type RunEdit = z.input<typeof patchEntityProjectRun.body>;

/** Changes what a run is called, described and configured with. */
export function useEditRun(place: RunPlace) {
  const refresh = useRefreshRun(place);
  return useMutation({
    mutationFn: (body: RunEdit) => call(patchEntityProjectRun, { params: { ...place }, body }),
    meta: { quiet: true },
    onSuccess: refresh,
  });
}

/** Asks the client of a run to stop its script. */
export function useStopRun(place: RunPlace) {
  const refresh = useRefreshRun(place);
  return useMutation({
    mutationFn: () => call(postEntityProjectRunStop, { params: { ...place } }),
    onSettled: refresh,
  });
}

export function useDeleteRun({ entity, project, run }: RunPlace) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call(deleteEntityProjectRun, { params: { entity, project, run } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['runs', entity, project] }),
  });
}

function useRefreshRun({ entity, project, run }: RunPlace) {
  const client = useQueryClient();
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: runQuery(entity, project, run).queryKey }),
      client.invalidateQueries({ queryKey: ['runs', entity, project] }),
    ]);
}
