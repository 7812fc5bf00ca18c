import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { deleteEntityIntegration } from '../../../lib/api/generated.ts';

/** Deletes an integration; the automations that use it are disabled once that was confirmed. */
export function useDeleteIntegration(entity: string, id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ force }: { readonly force: boolean }) =>
      call(deleteEntityIntegration, { params: { entity, integration: id }, query: { force: String(force) } }),
    onSuccess: () =>
      Promise.all(
        ['integrations', 'automations', 'secrets'].map((key) => client.invalidateQueries({ queryKey: [key] })),
      ),
  });
}
