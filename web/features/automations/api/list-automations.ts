import { queryOptions } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { type Automation, getEntityAutomations } from '../../../lib/api/generated.ts';

const PAGE = 200;

/** All automations of an entity, through every page. */
export const automationsQuery = (entity: string) =>
  queryOptions({
    queryKey: ['automations', entity],
    meta: { live: ['automation', 'execution'] },
    queryFn: async ({ signal }) => {
      const all: Automation[] = [];
      let cursor: string | undefined;
      do {
        const page = await call(getEntityAutomations, { params: { entity }, query: { limit: PAGE, cursor }, signal });
        all.push(...page.items);
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      return all;
    },
  });

export type { Automation };
