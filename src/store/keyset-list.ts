import type { Field } from '../filter/catalogue.ts';
import type { Filter } from '../filter/filter.ts';
import { type Facts, matches } from '../filter/match.ts';
import { invalid, TriplineError } from '../model/error.ts';
import { isStorable } from '../model/storable.ts';
import type { Queryable } from './database.ts';
import { type ColumnOf, type ListColumn, Parameters } from './list-columns.ts';
import { filterToSql } from './run-filter-sql.ts';

/** A list that can be filtered, ordered by any of its columns, and walked by the place of its last row. */
export interface KeysetList<Row> {
  /** Plural, for refusals: `runs`. */
  readonly name: string;
  readonly columns: string;
  readonly from: string;
  /** Tables that find the rows, by the text that asks them, where those are fewer. */
  readonly soughtFrom?: (asked: string) => string;
  /**
   * The condition that a row is among the next few beyond the place where a page begins; `undefined` for orders that no
   * index gives. Of a list that is narrowed these are looked at first, and all only when they do not fill the page: to
   * follow an index to its end for few that match takes several times as long as to look at all and order them.
   */
  readonly nearby?: (page: ListPage, parameters: Parameters) => string | undefined;
  /** The same instant, such that it is known only of rows that were found: then all are found before they are ordered. */
  readonly whenFound?: (instant: string) => string;
  /** What is unique in the list; breaks ties of every order. */
  readonly id: { readonly sql: string; readonly type: 'bigint' | 'int' };
  readonly filter: Filter | undefined;
  /** The condition that every row of the list meets. */
  scope(parameters: Parameters): string;
  readonly columnOf: ColumnOf;
  /** One `jsonb` column with what {@link factsOf} needs beside the row: read only where SQL cannot say the filter. */
  factColumns(parameters: Parameters): string;
  factsOf(row: Row, facts: never): Facts;
}

/** An order; without a field it is that of the ids. */
export interface ListOrder {
  readonly field: Field | undefined;
  readonly descending: boolean;
}

/** The place of a row in a list: what it is sorted by, as the database writes it, then its id. */
export interface ListPlace {
  readonly sortKey: string | null;
  readonly listId: string;
}

export interface ListPage {
  readonly order: ListOrder;
  readonly after: ListPlace | undefined;
  readonly limit: number;
}

export type Listed<Row> = Row & ListPlace;

/** Rows tested at a time where a filter is more than SQL can say: ever more while few of them match. */
const TESTED = 500;
const MOST_TESTED = 8_000;

/** What was found within some time. */
export interface Found<Row> {
  readonly rows: Listed<Row>[];
  /** The last row that was looked at when the time was over; `null` when all were, or as many as asked were found. */
  readonly reached: ListPlace | null;
}

/**
 * A page of the rows that match, in order; rows without the value that is sorted by come last.
 *
 * @throws TriplineError invalid for an order that no column gives, and for a place that is none of this list
 */
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
  const begun = performance.now();
  for await (const { found, reached } of matching(database, list, page)) {
    rows.push(...found);
    if (rows.length >= page.limit) break;
    if (performance.now() - begun > milliseconds) return { rows, reached };
  }
  return { rows: rows.slice(0, page.limit), reached: null };
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
    const [row] = await database.queryOnce<{ count: number }>(
      ...parameters.finish(`select count(*)::float8 as count from ${soughtFrom(list, where.sql)} where ${where.sql}`),
    );
    return { count: row?.count ?? 0, exact: true };
  }
  let count = 0;
  const begun = performance.now();
  const page = { order: { field: undefined, descending: false }, after: undefined, limit: TESTED };
  for await (const { found, reached } of matching(database, list, page)) {
    count += found.length;
    if (performance.now() - begun > milliseconds) return { count, exact: reached === null };
  }
  return { count, exact: true };
}

/** The condition of a list's rows, and whether it says the filter as a whole. */
export function conditionOf<Row>(
  list: Pick<KeysetList<Row>, 'scope' | 'filter' | 'columnOf'>,
  parameters: Parameters,
): { sql: string; exact: boolean } {
  const scope = list.scope(parameters);
  if (list.filter === undefined) return { sql: scope, exact: true };
  const condition = filterToSql(list.filter.root, parameters, list.columnOf);
  return { sql: `${scope} and ${condition.sql}`, exact: condition.exact };
}

interface Step<Row> {
  readonly found: readonly Listed<Row>[];
  readonly reached: ListPlace | null;
}

async function* matching<Row>(database: Queryable, list: KeysetList<Row>, page: ListPage): AsyncGenerator<Step<Row>> {
  let { after } = page;
  for (let tested = TESTED; ; tested = Math.min(MOST_TESTED, 4 * tested)) {
    const { rows, exact, limit } = await candidates(database, list, { ...page, after }, tested);
    const found = rows.flatMap(({ facts, ...listed }) => {
      const row = listed as unknown as Listed<Row>;
      return exact || list.filter === undefined || matches(list.filter, list.factsOf(row, facts)) ? [row] : [];
    });
    const last = rows.at(-1);
    const isEnd = last === undefined || rows.length < limit;
    yield { found, reached: isEnd ? null : { sortKey: last.sortKey, listId: last.listId } };
    if (isEnd) return;
    after = last;
  }
}

interface Candidates<Row> {
  readonly rows: readonly (Listed<Row> & { readonly facts: never })[];
  readonly exact: boolean;
  readonly limit: number;
}

async function candidates<Row>(
  database: Queryable,
  list: KeysetList<Row>,
  page: ListPage,
  tested: number,
): Promise<Candidates<Row>> {
  const parameters = new Parameters();
  const where = conditionOf(list, parameters);
  const sorted = page.order.field && sortColumn(page.order.field, list, parameters);
  const limit = where.exact ? page.limit : tested;
  const sought: Sought = {
    condition: `${where.sql} and ${afterCondition(list, page, sorted, parameters)}`,
    sorted,
    limit,
  };
  const facts = where.exact ? 'null' : list.factColumns(parameters);
  const read = async (each: Sought) => ({
    rows: await readPage(database, list, page, each, { facts, parameters }),
    exact: where.exact,
    limit,
  });
  const near = where.exact ? list.nearby?.(page, parameters) : undefined;
  if (near === undefined) return read(sought);
  const found = await read({ ...sought, condition: `${sought.condition} and ${near}` });
  return found.rows.length === limit ? found : read({ ...sought, ordered: true });
}

interface Sought {
  readonly condition: string;
  readonly sorted: SortColumn | undefined;
  readonly limit: number;
  /** Whether all that match are found first and then ordered, though an index has them in order. */
  readonly ordered?: boolean;
}

function readPage<Row>(
  database: Queryable,
  list: KeysetList<Row>,
  page: ListPage,
  { condition, sorted, limit, ordered = false }: Sought,
  { facts, parameters }: { readonly facts: string; readonly parameters: Parameters },
): Promise<(Listed<Row> & { readonly facts: never })[]> {
  const sortKey = sorted === undefined ? 'null::text' : sorted.sql;
  const late = ordered && sorted?.type === 'timestamptz' ? list.whenFound?.(sorted.sql) : undefined;
  const by = late === undefined || sorted === undefined ? sorted : { ...sorted, sql: late };
  const shown = sorted && { ...sorted, sql: 'page.sort_key' };
  return database
    .queryOnce<Listed<Row> & { readonly facts: never }>(
      ...parameters.finish(`with page as materialized (
         select ${list.id.sql} as list_id, ${sortKey} as sort_key from ${soughtFrom(list, `${sortKey} ${by?.sql} ${condition}`)} where ${condition}
         order by ${orderBy(list.id.sql, page.order, by)} limit ${parameters.add(limit, 'int')}
       )
       select ${list.columns}, page.sort_key::text as "sortKey", page.list_id::text as "listId", ${facts} as facts
       from ${list.from} join page on page.list_id = ${list.id.sql}
       where ${list.scope(parameters)} order by ${orderBy('page.list_id', page.order, shown)}`),
    )
    .catch((error: unknown) => {
      // the texts in a cursor are the only input that can fail to be a value of its column
      if (page.after !== undefined && error instanceof TriplineError && error.code === 'invalid') throw foreignCursor();
      throw error;
    });
}

function soughtFrom<Row>(list: KeysetList<Row>, asked: string): string {
  return list.soughtFrom?.(asked) ?? list.from;
}

interface SortColumn {
  readonly sql: string;
  readonly type: string;
  readonly nullable: boolean;
}

const TYPES: Readonly<Record<ListColumn['kind'], string>> = {
  text: 'text',
  instant: 'timestamptz',
  number: 'float8',
  tags: 'text[]',
  tree: 'jsonb',
};

function sortColumn<Row>(field: Field, list: KeysetList<Row>, parameters: Parameters): SortColumn {
  const column = isStorable(field.name) ? list.columnOf(field, parameters) : undefined;
  if (column === undefined) throw invalid(`${list.name} cannot be ordered by '${field.name}'`, 'order');
  return {
    sql: orderable(column),
    type: TYPES[column.kind],
    nullable: column.kind === 'tree' || (column.kind !== 'tags' && column.nullable),
  };
}

/** Of trees only plain values have an order: lists, objects and `NaN`, which is one, come last with what is missing. */
function orderable(column: ListColumn): string {
  if (column.kind === 'text') return `${column.sql} collate "C"`;
  return column.kind === 'tree' ? `case when ${column.sql} <= 'true'::jsonb then ${column.sql} end` : column.sql;
}

function orderBy(id: string, { descending }: ListOrder, sorted: SortColumn | undefined): string {
  const direction = descending ? 'desc' : 'asc';
  if (sorted === undefined) return `${id} ${direction}`;
  return `${sorted.sql} ${direction}${sorted.nullable ? ' nulls last' : ''}, ${id} ${direction}`;
}

function afterCondition<Row>(
  { id }: KeysetList<Row>,
  { order, after }: ListPage,
  sorted: SortColumn | undefined,
  parameters: Parameters,
): string {
  if (after === undefined) return 'true';
  const later = order.descending ? '<' : '>';
  const last = parameters.add(after.listId, id.type);
  if (sorted === undefined) return `${id.sql} ${later} ${last}`;
  if (after.sortKey === null) return `(${sorted.sql}) is null and ${id.sql} ${later} ${last}`;
  const further = `(${sorted.sql}, ${id.sql}) ${later} (${parameters.add(after.sortKey, sorted.type)}, ${last})`;
  return sorted.nullable ? `((${sorted.sql}) is null or ${further})` : further;
}

function foreignCursor(): Error {
  return invalid('this cursor was not made by this list; start without one', 'after');
}
