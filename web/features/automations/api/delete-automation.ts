import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { type Automation, deleteEntityAutomation } from '../../../lib/api/generated.ts';
import { AUTOMATIONS } from './list-automations.ts';

export function useDeleteAutomation({ id, entity }: Pick<Automation, 'id' | 'entity'>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => call(deleteEntityAutomation, { params: { entity, automation: id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: AUTOMATIONS }),
  });
}
