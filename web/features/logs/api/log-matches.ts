import { infiniteQueryOptions } from '@tanstack/react-query';
import { addressOf, call } from '../../../lib/api/call.ts';
import { getEntityProjectRunLogsDownload, getEntityProjectRunLogsSearch } from '../../../lib/api/generated.ts';
import type { RunPlace } from '../../../lib/metric-history.ts';

/** Matches of one search: nobody steps through more. */
export const MOST_MATCHES = 5_000;

/** Where a search goes on after one of its answers. */
interface Searched {
  readonly next: number | null;
  /** How many lines there were. */
  readonly total: number;
}

/** When more was written since, the last line is looked at once more: it may have been half written. */
export function goesOnAt({ next, total }: Searched, now: number): number | null {
  return next ?? (total < now ? Math.max(0, total - 1) : null);
}

/** The matches of all answers; those of a later answer replace what an earlier one said of the same lines. */
export function matchesOf(answers: readonly (readonly number[])[], froms: readonly number[]): number[] {
  const found: number[] = [];
  for (const [index, lines] of answers.entries()) {
    const from = froms[index] ?? 0;
    while ((found.at(-1) ?? -1) >= from) found.pop();
    for (const line of lines) found.push(line);
  }
  return found;
}

/** The lines that hold a text, found piece by piece. @param total how many lines there are by now */
export const logMatchesQuery = (place: RunPlace, text: string, total: number) =>
  infiniteQueryOptions({
    queryKey: ['log-matches', place.entity, place.project, place.run, text],
    queryFn: ({ pageParam, signal }) =>
      call(getEntityProjectRunLogsSearch, { params: { ...place }, query: { text, from: pageParam }, signal }),
    initialPageParam: 0,
    getNextPageParam: (last, pages) =>
      pages.reduce((sum, { items }) => sum + items.length, 0) < MOST_MATCHES ? goesOnAt(last, total) : null,
    select: ({ pages, pageParams }) => ({
      lines: matchesOf(
        pages.map(({ items }) => items),
        pageParams,
      ),
      isCut: pages.at(-1)?.next != null,
    }),
    enabled: text !== '',
    // what was searched stays so, and what is written since is searched alone
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Where everything that a run printed is got as text. */
export function logAddress(place: RunPlace): string {
  return addressOf(getEntityProjectRunLogsDownload.path, place, undefined);
}
