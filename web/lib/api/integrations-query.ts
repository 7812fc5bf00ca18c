import { queryOptions } from '@tanstack/react-query';
import { allPages } from './all-pages.ts';
import { call } from './call.ts';
import { getEntityIntegrations, type ListedIntegration } from './generated.ts';

const PAGE = 200;

/** The webhooks and Slack channels of an entity, where automations can send to. */
export const integrationsQuery = (entity: string) =>
  queryOptions({
    queryKey: ['integrations', entity],
    // executions are what is delivered there; automations are what uses it
    meta: { live: ['execution', 'automation'] },
    queryFn: ({ signal }) =>
      allPages((cursor) => call(getEntityIntegrations, { params: { entity }, query: { limit: PAGE, cursor }, signal })),
  });

export type Integration = ListedIntegration;
