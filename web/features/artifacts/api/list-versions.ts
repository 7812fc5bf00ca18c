import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { type ArtifactVersion, getEntityProjectArtifactVersions } from '../../../lib/api/generated.ts';

/** How often a list is looked at again: versions cause executions while one watches. */
const EVERY_MS = 10_000;

/** Where a collection lies. */
export interface CollectionAddress {
  readonly entity: string;
  readonly project: string;
  readonly collection: string;
}

/** The versions of a collection, the newest first. @param filter in the server's language of filters */
export const versionsQuery = (params: CollectionAddress, search: string, filter: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['versions', params, search, filter],
    queryFn: ({ pageParam: cursor, signal }) =>
      call(getEntityProjectArtifactVersions, {
        params,
        query: { cursor, search: search || undefined, filter },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    select: ({ pages }) => pages.flatMap(({ items }) => items),
    placeholderData: keepPreviousData,
    meta: { live: ['run', 'execution'] },
    refetchInterval: EVERY_MS,
  });

export type { ArtifactVersion };
