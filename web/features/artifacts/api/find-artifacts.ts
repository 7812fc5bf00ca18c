import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import {
  type FoundCollection,
  type FoundVersion,
  getArtifactCollections,
  getOrganizationRegistryVersions,
} from '../../../lib/api/generated.ts';

/** Collections of one entity with a text in name, description or tag, wherever they lie. */
export const foundCollectionsQuery = (entity: string, search: string) =>
  infiniteQueryOptions({
    queryKey: ['found', 'collections', entity, search],
    queryFn: ({ pageParam: cursor, signal }) =>
      call(getArtifactCollections, { query: { cursor, search, entity: [entity] }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    select: ({ pages }) => pages.flatMap(({ items }) => items),
    placeholderData: keepPreviousData,
    meta: { live: ['collection'] },
  });

/** Versions in the registries of an organization with a text in an alias or a tag. */
export const foundVersionsQuery = (org: string, search: string) =>
  infiniteQueryOptions({
    queryKey: ['found', 'versions', org, search],
    queryFn: ({ pageParam: cursor, signal }) =>
      call(getOrganizationRegistryVersions, { params: { org }, query: { cursor, search }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    select: ({ pages }) => pages.flatMap(({ items }) => items),
    placeholderData: keepPreviousData,
    meta: { live: ['collection'] },
  });

/** As many as a list of things to go to shows. */
const FEW = 8;

/** The first collections of all that one sees with a text in them; none for too short a text. */
export const firstCollectionsQuery = (search: string) =>
  queryOptions({
    queryKey: ['found', 'first', search],
    queryFn: async ({ signal }) =>
      (await call(getArtifactCollections, { query: { search, limit: FEW }, signal })).items,
    enabled: search.length > 1,
    placeholderData: keepPreviousData,
  });

export type { FoundCollection, FoundVersion };
