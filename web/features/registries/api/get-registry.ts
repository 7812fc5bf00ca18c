import { queryOptions } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { getOrganizationRegistry } from '../../../lib/api/generated.ts';

/** @param registry its name without the prefix of its project */
export const registryQuery = (org: string, registry: string) =>
  queryOptions({
    queryKey: ['registry', org, registry],
    queryFn: ({ signal }) => call(getOrganizationRegistry, { params: { org, registry }, signal }),
    meta: { live: ['project'] },
  });
