import { infiniteQueryOptions } from '@tanstack/react-query';
import { addressOf, call } from '../../../lib/api/call.ts';
import { getEntityProjectRunLogsDownload, getEntityProjectRunLogsSearch } from '../../../lib/api/generated.ts';
import type { RunPlace } from '../../../lib/metric-history.ts';

/** Matches of one search: nobody steps through more. */
export const MOST_MATCHES = 5_000;

/** The lines that hold a text, found piece by piece. */
export const logMatchesQuery = (place: RunPlace, text: string) =>
  infiniteQueryOptions({
    queryKey: ['log-matches', place.entity, place.project, place.run, text],
    queryFn: ({ pageParam, signal }) =>
      call(getEntityProjectRunLogsSearch, { params: { ...place }, query: { text, from: pageParam }, signal }),
    initialPageParam: 0,
    getNextPageParam: ({ next }, pages) =>
      pages.reduce((sum, { items }) => sum + items.length, 0) < MOST_MATCHES ? next : null,
    select: ({ pages }) => ({ lines: pages.flatMap(({ items }) => items), isCut: pages.at(-1)?.next != null }),
    enabled: text !== '',
  });

/** Where everything that a run printed is got as text. */
export function logAddress(place: RunPlace): string {
  return addressOf(getEntityProjectRunLogsDownload.path, place, undefined);
}
