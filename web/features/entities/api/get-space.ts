import { queryOptions } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { getEntitySpace } from '../../../lib/api/generated.ts';

export type { EntitySpace } from '../../../lib/api/generated.ts';

/** How much an entity stores, and what takes most of it. */
export const spaceQuery = (entity: string) =>
  queryOptions({
    queryKey: ['entity-space', entity],
    queryFn: ({ signal }) => call(getEntitySpace, { params: { entity }, signal }),
  });
