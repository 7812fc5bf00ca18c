import { infiniteQueryOptions } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { getEntityProjects, type Project } from '../../../lib/api/generated.ts';

/** The projects of an entity, newest first, a page at a time. */
export const projectsQuery = (entity: string) =>
  infiniteQueryOptions({
    queryKey: ['projects', entity],
    meta: { live: ['project', 'run'] },
    queryFn: ({ pageParam: cursor, signal }) =>
      call(getEntityProjects, { params: { entity }, query: { cursor }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    select: ({ pages }) => pages.flatMap(({ items }) => items),
  });

export type { Project };
