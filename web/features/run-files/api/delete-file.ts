import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { deleteEntityProjectRunFiles } from '../../../lib/api/generated.ts';
import type { RunPlace } from '../../../lib/metric-history.ts';

/** Deletes a file of a run by its name. */
export function useDeleteFile(place: RunPlace) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => call(deleteEntityProjectRunFiles, { params: { ...place }, query: { name } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['run-files', place.entity, place.project, place.run] }),
  });
}
