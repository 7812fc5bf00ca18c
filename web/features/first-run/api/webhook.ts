import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import {
  getEntityIntegrations,
  type Integration,
  patchEntityIntegration,
  postEntityIntegrations,
} from '../../../lib/api/generated.ts';

/** By which name the script finds it. */
export const WEBHOOK = 'first-steps';

const MOST = 200;

/** The webhook of the first steps; `null` before it is made. */
export const webhookQuery = (entity: string) =>
  queryOptions({
    queryKey: ['first-run', entity, 'webhook'],
    queryFn: async ({ signal }) => {
      const { items } = await call(getEntityIntegrations, { params: { entity }, query: { limit: MOST }, signal });
      return items.find(({ kind, name }) => kind === 'webhook' && name === WEBHOOK) ?? null;
    },
  });

/** Makes the webhook, or has it go to another address. */
export function useSetWebhook(entity: string, webhook: Integration | null) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (url: string) =>
      webhook === null
        ? call(postEntityIntegrations, { params: { entity }, body: { kind: 'webhook', name: WEBHOOK, url } })
        : call(patchEntityIntegration, { params: { entity, integration: webhook.id }, body: { url } }),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries(webhookQuery(entity)),
        client.invalidateQueries({ queryKey: ['integrations', entity] }),
      ]),
    meta: { quiet: true },
  });
}
