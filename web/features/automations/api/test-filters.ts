import { useMutation } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { type AutomationDraftInput, postEntityAutomationsTestFilters } from '../../../lib/api/generated.ts';

/** Tries a filter on the newest things of its scope. Nothing changes. */
export function useTestFilters(entity: string) {
  return useMutation({
    mutationFn: (body: AutomationDraftInput) => call(postEntityAutomationsTestFilters, { params: { entity }, body }),
    meta: { quiet: true },
  });
}
