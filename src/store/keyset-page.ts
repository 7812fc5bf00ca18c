import type { Field } from '../filter/catalogue.ts';
import { invalid, TriplineError } from '../model/error.ts';
import { isStorable } from '../model/storable.ts';
import type { Queryable } from './database.ts';
import {
  conditionOf,
  type KeysetList,
  type Listed,
  type ListOrder,
  type ListPage,
  type ListPlace,
} from './keyset-list.ts';
import { type ListColumn, Parameters } from './list-columns.ts';

/** Rows that meet a list's filter as far as SQL can say it. */
export interface Candidates<Row> {
  readonly rows: readonly (Listed<Row> & { readonly facts: never })[];
  /** Whether they all match. */
  readonly exact: boolean;
  /** Whether there are none beyond them. */
  readonly isEnd: boolean;
}

/** Rows that are looked at before all are: so many, or several times as many as are wanted. */
const NEARBY = 2_000;
const NEARBY_EACH = 4;

/**
 * The next rows of a list, in order; rows without the value that is sorted by come last.
 *
 * @param tested how many, where a filter is more than SQL can say and the page may hold any of them
 * @throws TriplineError invalid for an order that no column gives, and for a place that is none of this list
 */
export async function candidates<Row>(
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
  const read = async (each: Sought) => {
    const rows = await readPage(database, list, page, each, { facts, parameters });
    return { rows, exact: where.exact, isEnd: rows.length < limit };
  };
  const near = list.nearby?.(page, Math.max(NEARBY, NEARBY_EACH * limit), parameters);
  if (near === undefined) return read(sought);
  const found = await read({ ...sought, condition: `${sought.condition} and ${near}` });
  return found.isEnd ? read({ ...sought, ordered: true }) : found;
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
  const id = ordered && sorted === undefined ? (list.id.whenFound ?? list.id.sql) : list.id.sql;
  const shown = sorted && { ...sorted, sql: 'page.sort_key' };
  // each row of the page is looked up by itself: taken for thousands, they would be joined to all that is stored
  return database
    .queryOnce<Listed<Row> & { readonly facts: never }>(
      ...parameters.finish(`with page as materialized (
         select ${list.id.sql} as list_id, ${sortKey} as sort_key from ${soughtFrom(list, `${sortKey} ${by?.sql} ${condition}`, parameters)} where ${condition}
         order by ${orderBy(id, page.order, by)} limit ${parameters.add(limit, 'int')}
       )
       select listed.*, page.sort_key::text as "sortKey", page.list_id::text as "listId"
       from page cross join lateral (
         select ${list.columns}, ${facts} as facts from ${rowWith(list, 'page.list_id', parameters)} limit 1) listed
       order by ${orderBy('page.list_id', page.order, shown)}`),
    )
    .catch((error: unknown) => {
      // the texts in a cursor are the only input that can fail to be a value of its column
      if (page.after !== undefined && error instanceof TriplineError && error.code === 'invalid') throw foreignCursor();
      throw error;
    });
}

function rowWith<Row>(list: KeysetList<Row>, id: string, parameters: Parameters): string {
  return list.rowWith?.(id, parameters) ?? `${list.from} where ${list.scope(parameters)} and ${list.id.sql} = ${id}`;
}

/** The tables that find rows of a list. @param asked the text that asks them */
export function soughtFrom<Row>(list: KeysetList<Row>, asked: string, parameters: Parameters): string {
  return list.soughtFrom?.(asked, parameters) ?? list.from;
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

function sortColumn<Row>(
  field: Field,
  list: Pick<KeysetList<Row>, 'name' | 'columnOf'>,
  parameters: Parameters,
): SortColumn {
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

/** The condition that a row does not lie beyond a place; of fields in an order that whose value is never missing. */
export function untilCondition<Row>(
  list: Pick<KeysetList<Row>, 'id' | 'name' | 'columnOf'>,
  order: ListOrder,
  last: ListPlace,
  parameters: Parameters,
): string {
  const within = order.descending ? '>=' : '<=';
  const listId = parameters.add(last.listId, list.id.type);
  if (order.field === undefined) return `${list.id.sql} ${within} ${listId}`;
  const sorted = sortColumn(order.field, list, parameters);
  return `(${sorted.sql}, ${list.id.sql}) ${within} (${parameters.add(last.sortKey, sorted.type)}, ${listId})`;
}

function foreignCursor(): Error {
  return invalid('this cursor was not made by this list; start without one', 'after');
}
