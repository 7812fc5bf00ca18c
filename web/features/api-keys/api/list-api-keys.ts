import { queryOptions } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { type ApiKey, getViewerApiKeys } from '../../../lib/api/generated.ts';

export const apiKeysQuery = queryOptions({
  queryKey: ['api-keys'],
  queryFn: async ({ signal }) => (await call(getViewerApiKeys, { signal })).items.toReversed(),
});

export type { ApiKey };
