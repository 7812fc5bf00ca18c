import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { type NewAutomationInput, patchEntityAutomation, postEntityAutomations } from '../../../lib/api/generated.ts';
import { automationsQuery } from './list-automations.ts';

/** Saves a new automation, or what was changed of one. Refusals belong to the fields of the form. */
export function useSaveAutomation(entity: string, id: string | undefined) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewAutomationInput) =>
      id === undefined
        ? call(postEntityAutomations, { params: { entity }, body })
        : call(patchEntityAutomation, { params: { entity, automation: id }, body }),
    onSuccess: async (saved) => {
      client.setQueryData(['automation', saved.id], saved);
      await client.invalidateQueries(automationsQuery(entity));
    },
    meta: { quiet: true },
  });
}
