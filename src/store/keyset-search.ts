import { matches } from '../filter/match.ts';
import type { Queryable } from './database.ts';
import { conditionOf, type KeysetList, type Listed, type ListPage, type ListPlace } from './keyset-list.ts';
import { candidates, soughtFrom } from './keyset-page.ts';
import { Parameters } from './list-columns.ts';
import { rowsToTest, TESTED_FIRST } from './rows-to-test.ts';

/** What was found within some time. */
export interface Found<Row> {
  readonly rows: Listed<Row>[];
  /** The last row that was looked at when the time was over; `null` when all were, or as many as asked were found. */
  readonly reached: ListPlace | null;
}

/** A page of the rows that match, in order (see {@link candidates}). */
export async function listRows<Row>(
  database: Queryable,
  list: KeysetList<Row>,
  page: ListPage,
): Promise<Listed<Row>[]> {
  return (await searchRows(database, list, page, Number.POSITIVE_INFINITY)).rows;
}

/** The same, but not for longer than some time, where a filter is more than SQL can say. */
export async function searchRows<Row>(
  database: Queryable,
  list: KeysetList<Row>,
  page: ListPage,
  milliseconds: number,
): Promise<Found<Row>> {
  const rows: Listed<Row>[] = [];
  let reached: ListPlace | null = null;
  for await (const step of matching(database, list, page, milliseconds)) {
    rows.push(...step.found);
    if (rows.length >= page.limit) return { rows: rows.slice(0, page.limit), reached: null };
    ({ reached } = step);
  }
  return { rows, reached };
}

/** How many rows match: at least so many, when time was over before all were looked at. */
export interface Counted {
  readonly count: number;
  readonly exact: boolean;
}

/** How many rows match. */
export async function countRows<Row>(database: Queryable, list: KeysetList<Row>): Promise<number> {
  return (await countWithin(database, list, Number.POSITIVE_INFINITY)).count;
}

/** The same, but not for longer than some time, where a filter is more than SQL can say. */
export async function countWithin<Row>(
  database: Queryable,
  list: KeysetList<Row>,
  milliseconds: number,
): Promise<Counted> {
  const parameters = new Parameters();
  const where = conditionOf(list, parameters);
  if (where.exact) {
    const from = soughtFrom(list, where.sql, parameters);
    const [row] = await database.queryOnce<{ count: number }>(
      ...parameters.finish(`select count(*)::float8 as count from ${from} where ${where.sql}`),
    );
    return { count: row?.count ?? 0, exact: true };
  }
  let count = 0;
  let exact = true;
  const page = { order: { field: undefined, descending: false }, after: undefined, limit: TESTED_FIRST };
  for await (const { found, reached } of matching(database, list, page, milliseconds)) {
    count += found.length;
    exact = reached === null;
  }
  return { count, exact };
}

interface Step<Row> {
  readonly found: readonly Listed<Row>[];
  readonly reached: ListPlace | null;
}

/** The rows that match, ever more of them at a time, until all were looked at or the time is over. */
async function* matching<Row>(
  database: Queryable,
  list: KeysetList<Row>,
  page: ListPage,
  milliseconds: number,
): AsyncGenerator<Step<Row>> {
  const end = performance.now() + milliseconds;
  let { after } = page;
  for (let tested = TESTED_FIRST; tested > 0; ) {
    const begun = performance.now();
    const { rows, exact, isEnd } = await candidates(database, list, { ...page, after }, tested);
    const found = rows.flatMap(({ facts, ...listed }) => {
      const row = listed as unknown as Listed<Row>;
      return exact || list.filter === undefined || matches(list.filter, list.factsOf(row, facts)) ? [row] : [];
    });
    const last = rows.at(-1);
    if (isEnd || last === undefined) {
      yield { found, reached: null };
      return;
    }
    yield { found, reached: { sortKey: last.sortKey, listId: last.listId } };
    after = last;
    const now = performance.now();
    tested = rowsToTest({ tested, took: now - begun }, end - now);
  }
}
