import { type InfiniteData, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { type Automation, patchEntityAutomation } from '../../../lib/api/generated.ts';
import { AUTOMATION_PAGES, AUTOMATIONS, type AutomationPage } from './list-automations.ts';

/** Switches an automation on or off; lists show it at once, and as it was when that is refused. */
export function useEnableAutomation({ id, entity }: Pick<Automation, 'id' | 'entity'>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (enabled: boolean) =>
      call(patchEntityAutomation, { params: { entity, automation: id }, body: { enabled } }),
    onMutate: async (enabled) => {
      await client.cancelQueries({ queryKey: AUTOMATION_PAGES });
      client.setQueriesData<InfiniteData<AutomationPage>>({ queryKey: AUTOMATION_PAGES }, (list) => {
        return list && { ...list, pages: list.pages.map((page) => switched(page, id, enabled)) };
      });
    },
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: AUTOMATIONS }),
        client.invalidateQueries({ queryKey: ['automation', id] }),
      ]),
  });
}

function switched(page: AutomationPage, id: string, enabled: boolean): AutomationPage {
  return { ...page, items: page.items.map((each) => (each.id === id ? { ...each, enabled } : each)) };
}
