import type { Field } from '../filter/catalogue.ts';
import type { Filter } from '../filter/filter.ts';
import type { Facts } from '../filter/match.ts';
import type { ColumnOf, Parameters } from './list-columns.ts';
import { filterToSql } from './run-filter-sql.ts';

/** A list that can be filtered, ordered by any of its columns, and walked by the place of its last row. */
export interface KeysetList<Row> {
  /** Plural, for refusals: `runs`. */
  readonly name: string;
  readonly columns: string;
  readonly from: string;
  /** Tables that find the rows, by the text that asks them, where those are fewer. */
  readonly soughtFrom?: (asked: string, parameters: Parameters) => string;
  /**
   * The condition that a row is among the next ones, so many, beyond the place where a page begins; `undefined` for orders that no
   * index gives. Of a list that is narrowed these are looked at first, and all only when they do not fill the page: to
   * follow an index to its end for few that match takes several times as long as to look at all and order them.
   */
  readonly nearby?: (page: ListPage, rows: number, parameters: Parameters) => string | undefined;
  /** The same instant, such that it is known only of rows that were found: then all are found before they are ordered. */
  readonly whenFound?: (instant: string) => string;
  /** What is unique in the list; breaks ties of every order. `whenFound` is the same, as that of instants. */
  readonly id: { readonly sql: string; readonly type: 'bigint' | 'int'; readonly whenFound?: string };
  /** Where the row with an id lies, if it is found sooner so than among all that the list is of. */
  readonly rowWith?: (id: string, parameters: Parameters) => string;
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
