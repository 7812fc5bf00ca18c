import { queryOptions } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { getEntity } from '../../../lib/api/generated.ts';

/** An entity with its members. */
export const entityQuery = (entity: string) =>
  queryOptions({
    queryKey: ['entity', entity],
    queryFn: ({ signal }) => call(getEntity, { params: { entity }, signal }),
  });
