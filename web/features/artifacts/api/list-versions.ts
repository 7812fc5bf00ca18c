import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { type ArtifactVersion, getEntityProjectArtifactVersions } from '../../../lib/api/generated.ts';
import { unlessLive } from '../../../lib/live/state.ts';

/** How often a list is looked at again: versions cause executions while one watches. */
const EVERY_MS = 10_000;

/** Where a collection lies. */
export interface CollectionAddress {
  readonly entity: string;
  readonly project: string;
  readonly collection: string;
}

/** By what versions are sorted, with its words. */
export const VERSION_ORDERS = { version: 'Version', size: 'Size', added: 'Added' } as const;
export type VersionOrder = keyof typeof VERSION_ORDERS;
/** An order, with `-` before it for downwards. */
export type VersionSort = VersionOrder | `-${VersionOrder}`;
export const USUAL_SORT: VersionSort = '-version';

/** Whether something is an order of versions. */
export function isVersionSort(given: unknown): given is VersionSort {
  return typeof given === 'string' && Object.hasOwn(VERSION_ORDERS, given.replace(/^-/, ''));
}

/** What is asked of the versions of a collection. */
export interface VersionsAsked {
  readonly search?: string;
  /** In the server's language of filters. */
  readonly filter?: string | undefined;
  readonly sort?: VersionSort | undefined;
}

/** The versions of a collection, the newest first unless it is said otherwise. */
export const versionsQuery = (params: CollectionAddress, { search, filter, sort }: VersionsAsked) =>
  infiniteQueryOptions({
    queryKey: ['versions', params, search, filter, sort],
    queryFn: ({ pageParam: cursor, signal }) =>
      call(getEntityProjectArtifactVersions, {
        params,
        query: { cursor, search: search || undefined, filter, sort },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    select: ({ pages }) => ({
      rows: pages.flatMap(({ items }) => items),
      complete: pages.at(-1)?.complete ?? true,
    }),
    placeholderData: keepPreviousData,
    meta: { live: ['collection', 'run', 'execution'] },
    refetchInterval: () => unlessLive(EVERY_MS),
  });

export type { ArtifactVersion };
