import type { Queryable } from './database.ts';
import type { KeysetList, Listed, ListPage, ListPlace } from './keyset-list.ts';
import { untilCondition } from './keyset-page.ts';
import { type Found, searchRows } from './keyset-search.ts';
import type { Parameters } from './list-columns.ts';
import { rowsToTest, TESTED_FIRST } from './rows-to-test.ts';

/** A list that no index narrows, in an order that one has, of which a stretch is looked at without all that is stored. */
export interface StretchedList<Row> extends Omit<KeysetList<Row>, 'nearby'> {
  /** The last of the next so many rows beyond a place, whether or not they match; `undefined` for the rest. */
  endOf(database: Queryable, page: ListPage, rows: number): Promise<ListPlace | undefined>;
}

/** What was found among the next so many rows. */
export interface Stretch<Row> extends Found<Row> {
  /** The last of those that were to be looked at; `undefined` when there are none beyond. */
  readonly last: ListPlace | undefined;
}

/** Looks at the next so many rows of a list, but not for longer than some time. */
export async function searchStretch<Row>(
  database: Queryable,
  list: StretchedList<Row>,
  page: ListPage,
  { rows, milliseconds }: { readonly rows: number; readonly milliseconds: number },
): Promise<Stretch<Row>> {
  const last = await list.endOf(database, page, rows);
  const within = last === undefined ? list : endingWith(list, page, last);
  return { ...(await searchRows(database, within, page, milliseconds)), last };
}

function endingWith<Row>(list: KeysetList<Row>, { order }: ListPage, last: ListPlace): KeysetList<Row> {
  const scope = (parameters: Parameters) =>
    `${list.scope(parameters)} and ${untilCondition(list, order, last, parameters)}`;
  return { ...list, scope };
}

/** Looks at a list stretch by stretch until a page is full, all was looked at, or some time is over. */
export async function searchStretches<Row>(
  database: Queryable,
  list: StretchedList<Row>,
  page: ListPage,
  milliseconds: number,
): Promise<Found<Row>> {
  const end = performance.now() + milliseconds;
  const rows: Listed<Row>[] = [];
  let { after } = page;
  for (let tested = TESTED_FIRST; ; ) {
    const begun = performance.now();
    const rest = { ...page, after, limit: page.limit - rows.length };
    const stretch = await searchStretch(database, list, rest, { rows: tested, milliseconds: end - begun });
    rows.push(...stretch.rows);
    if (stretch.reached !== null) return { rows, reached: stretch.reached };
    if (stretch.last === undefined || rows.length >= page.limit) return { rows, reached: null };
    after = stretch.last;
    const now = performance.now();
    tested = rowsToTest({ tested, took: now - begun }, end - now);
    if (tested === 0) return { rows, reached: after };
  }
}
