import { queryOptions } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { getEntityProjectArtifactTypes } from '../../../lib/api/generated.ts';

const MOST = 200;

/** Names of the types of artifacts in a project or registry. */
export const typesQuery = (entity: string, project: string) =>
  queryOptions({
    queryKey: ['artifact-types', entity, project],
    queryFn: async ({ signal }) => {
      const query = { limit: MOST };
      const page = await call(getEntityProjectArtifactTypes, { params: { entity, project }, query, signal });
      return page.items.map(({ name }) => name);
    },
    meta: { live: ['collection'] },
  });
