import { useMutation } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { type Automation, getEntityAutomationWhyNot } from '../../../lib/api/generated.ts';

/** Asks why an automation did not fire for a run or a version, given by its path. */
export function useWhyNot({ id, entity }: Pick<Automation, 'id' | 'entity'>) {
  return useMutation({
    mutationFn: (query: { readonly run?: string; readonly version?: string }) =>
      call(getEntityAutomationWhyNot, { params: { entity, automation: id }, query }),
    meta: { quiet: true },
  });
}
