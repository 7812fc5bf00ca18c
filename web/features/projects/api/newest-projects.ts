import { queryOptions, type UseQueryResult } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { getEntityProjects, type Project } from '../../../lib/api/generated.ts';

const MOST = 200;

const newestQuery = (entity: string) =>
  queryOptions({
    queryKey: ['newest-projects', entity],
    queryFn: async ({ signal }) =>
      (await call(getEntityProjects, { params: { entity }, query: { limit: MOST }, signal })).items,
    meta: { live: ['project', 'run'] },
    staleTime: 30_000,
  });

/** The newest projects of some entities in one list, for `useQueries`. */
export function newestProjects(entities: readonly string[]) {
  return { queries: entities.map(newestQuery), combine: together };
}

function together(lists: readonly Pick<UseQueryResult<readonly Project[]>, 'data' | 'error' | 'refetch'>[]) {
  const loaded = lists.every(({ data }) => data !== undefined);
  const projects = lists.flatMap(({ data }) => data ?? []);
  return {
    /** As far as they are there. */
    projects,
    rows: loaded ? projects.toSorted((one, other) => other.createdAt.localeCompare(one.createdAt)) : undefined,
    error: lists.map(({ error }) => error).find((error) => error !== null) ?? null,
    retry: () => lists.forEach(({ refetch }) => void refetch()),
  };
}
