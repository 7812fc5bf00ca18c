import type { Field } from '../filter/catalogue.ts';
import { invalid } from '../model/error.ts';
import type { RunId } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import type { Queryable } from './database.ts';
import { conditionOf } from './keyset-list.ts';
import { type ListColumn, Parameters } from './list-columns.ts';
import { EACH_TAG, groupKey } from './run-group-sql.ts';
import { knownRuns, matchingRunIds, type RunListing, runList } from './run-queries.ts';

/** By what groups can be ordered; of several fields one leads. Ties go by the newest run. */
export type GroupSort = 'created' | 'count' | { readonly leading: Field };

export interface GroupPage {
  readonly fields: readonly Field[];
  readonly sort: GroupSort;
  readonly descending: boolean;
  /** Groups that come before. */
  readonly offset: number;
  readonly limit: number;
}

/** Runs that have the same in each of the fields. */
export interface RunGroup {
  /** One of each field, as `jsonb` holds it. */
  readonly values: readonly Json[];
  readonly runs: number;
  readonly newest: RunId;
  /** The newest of them, as many as {@link RunGroups.measured} says. */
  readonly members: readonly RunId[];
}

export interface RunGroups {
  readonly groups: readonly RunGroup[];
  /** How many groups there are. */
  readonly total: number;
  /** Runs of each group whose values are looked at. */
  readonly measured: number;
  /** Whether all runs were looked at in the time that there is. */
  readonly complete: boolean;
}

/** Runs whose values one answer looks at, of all its groups together. */
const MEASURED = 3_000;
/** How long runs are looked at by a filter that is more than SQL can say. */
const BUDGET_MS = 150;

/**
 * A page of the groups that the runs of a listing make. A run with several tags is in the group of each.
 *
 * @throws TriplineError invalid for a field that has no groups
 */
export async function groupRuns(database: Queryable, listing: RunListing, page: GroupPage): Promise<RunGroups> {
  const list = runList(listing);
  const parameters = new Parameters();
  const condition = conditionOf(list, parameters);
  const matching = condition.exact ? undefined : await matchingRunIds(database, listing, BUDGET_MS);
  const where =
    matching === undefined
      ? condition.sql
      : `${list.scope(parameters)} and r.run_id = any(${parameters.add(matching.ids, 'bigint[]')})`;
  const columns = page.fields.map((field) => list.columnOf(field, parameters));
  const keys = page.fields.map((field, index) => groupKey(field, columns[index]));
  // one key of all: by several PostgreSQL would sort every run, as it guesses that hardly two have the same in each
  const key = `jsonb_build_array(${keys.join(', ')})`;
  const rows = await database.queryOnce<RunGroup & { readonly total: number }>(
    ...parameters.finish(
      `with grouped as materialized (
         select ${key} as values, count(*) as runs, max(r.run_id) as newest, array_agg(r.run_id) as members
         from ${knownRuns(`${key} ${where}`)} ${tagJoin(columns)} where ${where} group by 1
       ), page as (
         select *, count(*) over () as total from grouped order by ${orderOf(page)}
         limit ${parameters.add(page.limit, 'int')} offset ${parameters.add(page.offset, 'int')}
       )
       select values, runs::float8 as runs, newest, total::float8 as total,
         array(select run_id::text from unnest(members) as member (run_id) order by member.run_id desc limit ${parameters.add(MEASURED, 'int')} / (select count(*) from page))
           as members
       from page order by ${orderOf(page)}`,
    ),
  );
  return {
    groups: rows,
    total: rows[0]?.total ?? 0,
    measured: Math.floor(MEASURED / Math.max(rows.length, 1)),
    complete: matching?.complete ?? true,
  };
}

function tagJoin(columns: readonly (ListColumn | undefined)[]): string {
  return columns.some((column) => column?.kind === 'tags') ? EACH_TAG : '';
}

function orderOf({ fields, sort, descending }: GroupPage): string {
  const direction = descending ? 'desc' : 'asc';
  if (sort === 'created') return `newest ${direction}`;
  if (sort === 'count') return `runs ${direction}, newest desc`;
  const places = fields.map((_, place) => place);
  const leading = fields.findIndex(({ name }) => name === sort.leading.name);
  const led = places.toSorted((one, other) => Number(other === leading) - Number(one === leading));
  // as in lists of runs, what has no value comes last in both directions
  return [...led.map((place) => `values -> ${place} = 'null', values -> ${place} ${direction}`), 'newest desc'].join(
    ', ',
  );
}

/** What the numbers of one column are over some runs. */
export interface Measured {
  readonly numbers: number;
  readonly mean: number | null;
  readonly min: number | null;
  readonly max: number | null;
}

/** The numbers of some columns over each of some sets of runs; `undefined` for columns that have none ever. */
export async function measureRuns(
  database: Queryable,
  listing: RunListing,
  sets: readonly (readonly RunId[])[],
  fields: readonly Field[],
): Promise<(readonly (Measured | undefined)[])[]> {
  const { columnOf, scope } = runList({ ...listing, search: undefined, group: [] });
  const parameters = new Parameters();
  const measurable = fields.map((field) => numberOf(columnOf(field, parameters)));
  const shown = measurable.flatMap((number, index) => (number === undefined ? [] : [{ ...number, index }]));
  if (shown.length === 0 || sets.length === 0) return sets.map(() => fields.map(() => undefined));
  const places = sets.flatMap((set, place) => set.map(() => place));
  // each value is read once: what is below `offset 0` is not merged with what is above
  const rows = await database.queryOnce<{ readonly place: number; readonly measured: readonly Measured[] }>(
    ...parameters.finish(
      `select place, jsonb_build_array(${shown.map(({ index }) => aggregate(`n${index}`)).join(', ')}) as measured
       from (
         select place, ${shown.map(({ index, number }) => `${number(`v${index}`)} as n${index}`).join(', ')}
         from (
           select m.place, ${shown.map(({ index, sql }) => `${sql} as v${index}`).join(', ')}
           from unnest(${parameters.add(places, 'int[]')}, ${parameters.add(sets.flat(), 'bigint[]')}) m (place, run_id)
             join (${knownRuns(shown.map(({ sql }) => sql).join(' '))}) on r.run_id = m.run_id
           where ${scope(parameters)} offset 0
         ) as valued offset 0
       ) as numbered group by place`,
    ),
  );
  const found = new Map(rows.map(({ place, measured }) => [place, measured]));
  return sets.map((_, place) =>
    fields.map((_field, index) => found.get(place)?.[shown.findIndex((each) => each.index === index)]),
  );
}

function aggregate(number: string): string {
  return `jsonb_build_object('numbers', count(${number}), 'mean', avg(${number}), 'min', min(${number}),
    'max', max(${number}))`;
}

interface NumberColumn {
  readonly sql: string;
  /** The number of a value, null when it is none. */
  readonly number: (value: string) => string;
}

function numberOf(column: ListColumn | undefined): NumberColumn | undefined {
  switch (column?.kind) {
    case 'number':
      return { sql: column.sql, number: (value) => value };
    case 'tree':
      return {
        sql: column.sql,
        number: (value) =>
          `case when ${value} >= '-1.8e308'::jsonb and ${value} < 'false'::jsonb then ${value}::float8 end`,
      };
    case undefined:
      throw invalid('a column of that name is none of a run', 'columns');
    default:
      return undefined;
  }
}
