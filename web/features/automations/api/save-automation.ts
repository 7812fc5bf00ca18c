import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import {
  type AutomationPatchInput,
  type NewAutomationInput,
  patchEntityAutomation,
  postEntityAutomations,
} from '../../../lib/api/generated.ts';
import { AUTOMATIONS } from './list-automations.ts';

/** What is saved: a whole automation, or what was changed of one. */
export type Saving =
  | { readonly body: NewAutomationInput }
  | { readonly automation: string; readonly patch: AutomationPatchInput };

/** Saves a new automation, or a change of one. Refusals belong to the fields of the form. */
export function useSaveAutomation(entity: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (saving: Saving) =>
      'body' in saving
        ? call(postEntityAutomations, { params: { entity }, body: saving.body })
        : call(patchEntityAutomation, { params: { entity, automation: saving.automation }, body: saving.patch }),
    onSuccess: async (saved) => {
      client.setQueryData(['automation', saved.id], saved);
      await client.invalidateQueries({ queryKey: AUTOMATIONS });
    },
    meta: { quiet: true },
  });
}
