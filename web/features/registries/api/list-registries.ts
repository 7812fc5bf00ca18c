import { queryOptions } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { getOrganizationRegistries, type Registry } from '../../../lib/api/generated.ts';

const MOST = 200;

export const registriesQuery = (org: string) =>
  queryOptions({
    queryKey: ['registries', org],
    queryFn: async ({ signal }) =>
      (await call(getOrganizationRegistries, { params: { org }, query: { limit: MOST }, signal })).items,
    meta: { live: ['project'] },
  });

export type { Registry };
