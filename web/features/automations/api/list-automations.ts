import { queryOptions } from '@tanstack/react-query';
import { allPages } from '../../../lib/api/all-pages.ts';
import { call } from '../../../lib/api/call.ts';
import { type Automation, getEntityAutomations } from '../../../lib/api/generated.ts';

const PAGE = 200;

/** All automations of an entity. */
export const automationsQuery = (entity: string) =>
  queryOptions({
    queryKey: ['automations', entity],
    meta: { live: ['automation', 'execution'] },
    queryFn: ({ signal }) =>
      allPages((cursor) => call(getEntityAutomations, { params: { entity }, query: { limit: PAGE, cursor }, signal })),
  });

export type { Automation };
