import { queryOptions } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { getEntityProjectArtifact } from '../../../lib/api/generated.ts';

export const collectionQuery = (entity: string, project: string, collection: string) =>
  queryOptions({
    queryKey: ['collection', entity, project, collection],
    queryFn: ({ signal }) => call(getEntityProjectArtifact, { params: { entity, project, collection }, signal }),
    meta: { live: ['collection'] },
  });
