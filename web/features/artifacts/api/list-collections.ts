import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { type ArtifactCollection, getEntityProjectArtifacts } from '../../../lib/api/generated.ts';
import { unlessLive } from '../../../lib/live/state.ts';

/** How often a list is looked at again while nobody tells of changes. */
const EVERY_MS = 10_000;

/** Which collections of a project or registry are looked for. */
export interface CollectionSearch {
  readonly search: string;
  /** `undefined`: of every type but those that clients log by themselves. */
  readonly type: string | undefined;
}

/** The artifact collections of a project or registry, those that changed last first. */
export const collectionsQuery = (entity: string, project: string, { search, type }: CollectionSearch) =>
  infiniteQueryOptions({
    queryKey: ['collections', entity, project, search, type],
    queryFn: ({ pageParam: cursor, signal }) =>
      call(getEntityProjectArtifacts, {
        params: { entity, project },
        query: { cursor, search: search || undefined, type },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    select: ({ pages }) => pages.flatMap(({ items }) => items),
    placeholderData: keepPreviousData,
    meta: { live: ['collection'] },
    refetchInterval: () => unlessLive(EVERY_MS),
  });

export type { ArtifactCollection };
