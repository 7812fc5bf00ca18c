import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import {
  getEntityEvents,
  type IntegrationTest,
  type PayloadTrialInput,
  postEntityIntegrationPreview,
  postEntityIntegrationTest,
} from '../../../lib/api/generated.ts';

/** The newest events of an entity, with which something can be tried. */
export const pastEventsQuery = (entity: string) =>
  queryOptions({
    queryKey: ['events', entity],
    queryFn: async ({ signal }) => (await call(getEntityEvents, { params: { entity }, signal })).items,
  });

/** Sends one request or message. What Slack answers tells whether its channel is broken. */
export function useTestIntegration(entity: string, integration: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: PayloadTrialInput) => call(postEntityIntegrationTest, { params: { entity, integration }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['integrations', entity] }),
    meta: { quiet: true },
  });
}

/** Shows what would be sent. */
export function usePreview(entity: string, integration: string) {
  return useMutation({
    mutationFn: (body: PayloadTrialInput) =>
      call(postEntityIntegrationPreview, { params: { entity, integration }, body }),
    meta: { quiet: true },
  });
}

export type { IntegrationTest };
