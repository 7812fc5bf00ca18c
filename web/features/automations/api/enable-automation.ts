import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { type Automation, patchEntityAutomation } from '../../../lib/api/generated.ts';
import { automationsQuery } from './list-automations.ts';

/** Switches an automation on or off; the list shows it at once, and as it was when that is refused. */
export function useEnableAutomation({ id, entity }: Pick<Automation, 'id' | 'entity'>) {
  const client = useQueryClient();
  const { queryKey } = automationsQuery(entity);
  return useMutation({
    mutationFn: (enabled: boolean) =>
      call(patchEntityAutomation, { params: { entity, automation: id }, body: { enabled } }),
    onMutate: async (enabled) => {
      await client.cancelQueries({ queryKey });
      client.setQueryData(queryKey, (list) => list?.map((each) => (each.id === id ? { ...each, enabled } : each)));
    },
    onSettled: () =>
      Promise.all([client.invalidateQueries({ queryKey }), client.invalidateQueries({ queryKey: ['automation', id] })]),
  });
}
