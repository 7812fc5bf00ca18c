import { queryOptions } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { getEntityIntegrations, type Integration } from '../../../lib/api/generated.ts';

const MOST = 200;

/** Webhooks and Slack channels of an entity. */
export const integrationsQuery = (entity: string) =>
  queryOptions({
    queryKey: ['integrations', entity],
    queryFn: ({ signal }) => call(getEntityIntegrations, { params: { entity }, query: { limit: MOST }, signal }),
    select: ({ items }) => items,
  });

export type { Integration };
