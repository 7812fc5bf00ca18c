import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { patchEntityIntegration } from '../../../lib/api/generated.ts';

/** What is changed of an integration of any kind. */
export interface IntegrationChange {
  readonly name?: string;
  readonly enabled?: boolean;
}

/** Renames, disables or enables an integration. */
export function useChangeIntegration(entity: string, id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: IntegrationChange) =>
      call(patchEntityIntegration, { params: { entity, integration: id }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['integrations', entity] }),
    meta: { quiet: true },
  });
}
