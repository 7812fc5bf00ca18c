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

/** Rows tested at first where a filter is more than SQL can say, and each time twice as many. */
const TESTED = 500;
const MOST_TESTED = 4_000;

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
  const found: Listed<Row>[] = [];
  for await (const row of matching(database, list, page)) {
    found.push(row);
    if (found.length === page.limit) break;
  }
  return found;
}

/** How many rows match. */
export async function countRows<Row>(database: Queryable, list: KeysetList<Row>): Promise<number> {
  const parameters = new Parameters();
  const where = conditionOf(list, parameters);
  if (where.exact) {
    const [row] = await database.queryOnce<{ count: number }>(
      ...parameters.finish(`select count(*)::float8 as count from ${list.from} where ${where.sql}`),
    );
    return row?.count ?? 0;
  }
  let count = 0;
  const page = { order: { field: undefined, descending: false }, after: undefined, limit: TESTED };
  for await (const _row of matching(database, list, page)) count += 1;
  return count;
}

async function* matching<Row>(database: Queryable, list: KeysetList<Row>, page: ListPage): AsyncGenerator<Listed<Row>> {
  let { after } = page;
  for (let tested = TESTED; ; tested = Math.min(2 * tested, MOST_TESTED)) {
    const { rows, exact, limit } = await candidates(database, list, { ...page, after }, tested);
    for (const row of rows) {
      const { facts, ...listed } = row;
      const kept = listed as unknown as Listed<Row>;
      if (exact || list.filter === undefined || matches(list.filter, list.factsOf(kept, facts))) yield kept;
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < limit) return;
    after = last;
  }
}

async function candidates<Row>(database: Queryable, list: KeysetList<Row>, page: ListPage, tested: number) {
  const parameters = new Parameters();
  const where = conditionOf(list, parameters);
  const sorted = page.order.field && sortColumn(page.order.field, list, parameters);
  const limit = where.exact ? page.limit : Math.max(page.limit, tested);
  const rows = await database
    .queryOnce<Listed<Row> & { readonly facts: never }>(
      ...parameters.finish(`select ${list.columns}, ${sorted === undefined ? 'null' : `(${sorted.sql})::text`} as "sortKey",
         (${list.id.sql})::text as "listId", ${where.exact ? 'null' : list.factColumns(parameters)} as facts
       from ${list.from}
       where ${where.sql} and ${afterCondition(list, page, sorted, parameters)}
       order by ${orderBy(list, page.order, sorted)} limit ${parameters.add(limit, 'int')}`),
    )
    .catch((error: unknown) => {
      // the texts in a cursor are the only input that can fail to be a value of its column
      if (page.after !== undefined && error instanceof TriplineError && error.code === 'invalid') throw foreignCursor();
      throw error;
    });
  return { rows, exact: where.exact, limit };
}

function conditionOf<Row>(list: KeysetList<Row>, parameters: Parameters): { sql: string; exact: boolean } {
  const scope = list.scope(parameters);
  if (list.filter === undefined) return { sql: scope, exact: true };
  const condition = filterToSql(list.filter.root, parameters, list.columnOf);
  return { sql: `${scope} and ${condition.sql}`, exact: condition.exact };
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
    sql: column.kind === 'text' ? `${column.sql} collate "C"` : column.sql,
    type: TYPES[column.kind],
    nullable: column.kind === 'tree' || (column.kind !== 'tags' && column.nullable),
  };
}

function orderBy<Row>({ id }: KeysetList<Row>, { descending }: ListOrder, sorted: SortColumn | undefined): string {
  const direction = descending ? 'desc' : 'asc';
  if (sorted === undefined) return `${id.sql} ${direction}`;
  return `${sorted.nullable ? `(${sorted.sql}) is null, ` : ''}${sorted.sql} ${direction}, ${id.sql} ${direction}`;
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
