import { queryOptions } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { getEntityProject } from '../../../lib/api/generated.ts';

export const projectQuery = (entity: string, project: string) =>
  queryOptions({
    queryKey: ['project', entity, project],
    queryFn: ({ signal }) => call(getEntityProject, { params: { entity, project }, signal }),
    meta: { live: ['project'] },
  });
