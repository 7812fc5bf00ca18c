import { z } from 'zod';
import { invalid } from '../../model/error.ts';
import type { ListPlace } from '../../store/keyset-list.ts';
import type { Found } from '../../store/keyset-search.ts';
import { decodeCursor, encodeCursor, type Page } from './page.ts';

/** How a page of a list is asked for that has several orders. */
interface SortedPageAsked {
  readonly sort: string;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** The order, what it is by, and the row. */
const place = z.tuple([z.string(), z.string().nullable(), z.string().regex(/^\d{1,19}$/)]);

/** Where a page begins; `undefined` for the first. @throws TriplineError invalid for a cursor of another order */
export function placeAfter({ cursor, sort }: SortedPageAsked): ListPlace | undefined {
  const [order, sortKey = null, listId] = decodeCursor(cursor, place) ?? [];
  if (listId === undefined) return undefined;
  if (order !== sort) throw invalid('cursor was made by the same list in another order: begin without it', 'cursor');
  return { sortKey, listId };
}

/** A page, where not all may have been looked at. */
interface SortedPage<Item> extends Page<Item> {
  readonly complete: boolean;
}

/** Cuts a page out of what was found of one row more than the limit; it goes on after the last row that was looked at. */
export function sortedPage<Row extends ListPlace>(
  { rows, reached }: { readonly rows: readonly Row[] } & Pick<Found<Row>, 'reached'>,
  { sort, limit }: SortedPageAsked,
): SortedPage<Row> {
  const items = rows.slice(0, limit);
  const last = reached ?? (rows.length > limit ? items.at(-1) : undefined);
  const nextCursor = last === undefined ? null : encodeCursor([sort, last.sortKey, last.listId]);
  return { items, nextCursor, complete: reached === null };
}
