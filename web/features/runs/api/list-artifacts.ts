import { infiniteQueryOptions } from '@tanstack/react-query';
import { call } from '../../../lib/api/call.ts';
import { getEntityProjectRunArtifacts, type RunArtifact } from '../../../lib/api/generated.ts';
import { unlessLive } from '../../../lib/live/state.ts';
import type { RunPlace } from '../../../lib/metric-history.ts';

/** While a run goes on and nobody tells of changes, its versions are looked at again so often. */
const EVERY_MS = 10_000;

/** What a run took in, or what it put out. */
export type Direction = 'used' | 'logged';

/** The artifact versions that a run used or logged, the newest first. */
export const runArtifactsQuery = (place: RunPlace, direction: Direction, live: boolean) =>
  infiniteQueryOptions({
    queryKey: ['run-artifacts', place.entity, place.project, place.run, direction],
    queryFn: ({ pageParam: cursor, signal }) =>
      call(getEntityProjectRunArtifacts, { params: { ...place }, query: { direction, cursor }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    select: ({ pages }) => pages.flatMap(({ items }) => items),
    meta: { live: ['run'] },
    refetchInterval: live ? () => unlessLive(EVERY_MS) : false,
  });

export type { RunArtifact };
