import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { addressOf, call } from '../../../lib/api/call.ts';
import { getEntityProjectRunFiles, getEntityProjectRunFilesContent, type RunFile } from '../../../lib/api/generated.ts';
import { unlessLive } from '../../../lib/live/state.ts';
import type { RunPlace } from '../../../lib/metric-history.ts';

/** Uploads are told to nobody: while a run goes on, its files are looked at again so often. */
const EVERY_MS = 10_000;

/** Which files: those of a folder, or all whose names hold a text. */
export interface FilesSearch {
  readonly folder: string;
  readonly search: string;
}

/** The files of a run, folder by folder. */
export const runFilesQuery = (place: RunPlace, { folder, search }: FilesSearch, live: boolean) =>
  infiniteQueryOptions({
    queryKey: ['run-files', place.entity, place.project, place.run, folder, search],
    queryFn: ({ pageParam: cursor, signal }) =>
      call(getEntityProjectRunFiles, {
        params: { ...place },
        query: search === '' ? { folder, cursor } : { search, cursor },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    select: ({ pages }) => ({ rows: pages.flatMap(({ items }) => items), total: pages[0]?.total }),
    placeholderData: keepPreviousData,
    meta: { live: ['run'] },
    refetchInterval: live ? () => Math.min(EVERY_MS, unlessLive(EVERY_MS)) : false,
  });

/** Where the bytes of a file are got. */
export function fileAddress(place: RunPlace, name: string): string {
  return addressOf(getEntityProjectRunFilesContent.path, place, { name });
}

/** Characters that the API searches by. */
const LONGEST_SEARCH = 200;
/** Names of one answer that hold the name of a file: it is among them. */
const MOST_FOUND = 200;

/** One file by its name; `null` when there is none. */
export const runFileQuery = (place: RunPlace, name: string) =>
  queryOptions({
    queryKey: ['run-files', place.entity, place.project, place.run, 'one', name],
    queryFn: async ({ signal }) => {
      const query = { search: name.slice(-LONGEST_SEARCH), limit: MOST_FOUND };
      const { items } = await call(getEntityProjectRunFiles, { params: { ...place }, query, signal });
      return items.find((each) => each.name === name) ?? null;
    },
    meta: { live: ['run'] },
  });

export type { RunFile };
