import { queryOptions } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { getEntityIntegration, type IntegrationDetails } from '../../../lib/api/generated.ts';

/** An integration with the automations and alert settings that use it. */
export const integrationQuery = (entity: string, integration: string) =>
  queryOptions({
    queryKey: ['integrations', entity, integration],
    queryFn: ({ signal }) => call(getEntityIntegration, { params: { entity, integration }, signal }),
  });

export type { IntegrationDetails };
