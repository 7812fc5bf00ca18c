import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { postEntityProjectRunRemovals, postEntityProjectRunTags } from '../../../lib/api/generated.ts';
import type { RunsPlace } from './list-runs.ts';

/** Changes the tags of some runs; tells how many it changed. */
export function useTagRuns({ entity, project }: RunsPlace, runs: readonly string[]) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ add, remove }: { readonly add: readonly string[]; readonly remove: readonly string[] }) =>
      (
        await call(postEntityProjectRunTags, {
          params: { entity, project },
          body: { runs: [...runs], add: [...add], remove: [...remove] },
        })
      ).count,
    onSettled: () => client.invalidateQueries({ queryKey: ['runs', entity, project] }),
  });
}

/** Deletes some runs; tells how many there were. */
export function useDeleteRuns({ entity, project }: RunsPlace, runs: readonly string[]) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () =>
      (await call(postEntityProjectRunRemovals, { params: { entity, project }, body: { runs: [...runs] } })).count,
    onSettled: () => client.invalidateQueries({ queryKey: ['runs', entity, project] }),
  });
}
