import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import {
  type ArtifactFile,
  type ArtifactFolder,
  getEntityProjectArtifactVersionFiles,
} from '../../../lib/api/generated.ts';
import type { VersionAddress } from './get-version.ts';

/** As many as one looks through at once. */
const PAGE = 200;
/** An address of bytes is good for twelve hours; a page that is open longer asks anew. */
const FRESH_MS = 3_600_000;

/** A folder of a version, or the files of all folders that have a text in their paths. */
export const filesQuery = (params: VersionAddress, folder: string, search: string) =>
  infiniteQueryOptions({
    queryKey: ['files', params, folder, search],
    queryFn: ({ pageParam: cursor, signal }) => {
      const query = search === '' ? { folder, cursor, limit: PAGE } : { search, cursor, limit: PAGE };
      return call(getEntityProjectArtifactVersionFiles, { params, query, signal });
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    select: ({ pages }) => pages.flatMap(({ items }) => items),
    placeholderData: keepPreviousData,
    staleTime: FRESH_MS,
  });

/** One file of a version; `null` when it has none of that path. */
export const fileQuery = (params: VersionAddress, file: string) =>
  queryOptions({
    queryKey: ['files', params, 'file', file],
    queryFn: async ({ signal }) => {
      const { items } = await call(getEntityProjectArtifactVersionFiles, { params, query: { file }, signal });
      const [found] = items;
      return found?.kind === 'file' ? found : null;
    },
    staleTime: FRESH_MS,
  });

/** Files that a table may show: pictures are laid beside it. */
export const mediaQuery = (params: VersionAddress) =>
  queryOptions({
    queryKey: ['files', params, 'media'],
    queryFn: async ({ signal }) => {
      const query = { search: 'media/', limit: PAGE };
      const { items } = await call(getEntityProjectArtifactVersionFiles, { params, query, signal });
      return new Map(
        items.flatMap((item) => (item.kind === 'file' && item.url !== null ? [[item.path, item.url]] : [])),
      );
    },
    staleTime: FRESH_MS,
  });

export type { ArtifactFile, ArtifactFolder };
