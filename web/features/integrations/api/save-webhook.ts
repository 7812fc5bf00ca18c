import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import {
  type NewWebhookInput,
  patchEntityIntegration,
  postEntityIntegrations,
  type SavedIntegration,
} from '../../../lib/api/generated.ts';

/** Saves a new webhook, or the settings of one. Refusals belong to the fields of the form. */
export function useSaveWebhook(entity: string, id: string | undefined) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewWebhookInput): Promise<SavedIntegration> =>
      id === undefined
        ? call(postEntityIntegrations, { params: { entity }, body })
        : call(patchEntityIntegration, { params: { entity, integration: id }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['integrations', entity] }),
    meta: { quiet: true },
  });
}

export type { SavedIntegration };
