import type { Field } from '../filter/catalogue.ts';
import type { Filter } from '../filter/filter.ts';
import { matches } from '../filter/match.ts';
import { invalid, TriplineError } from '../model/error.ts';
import type { ProjectId, TenantId } from '../model/ids.ts';
import type { Queryable } from './database.ts';
import { factColumns, type ListedFacts, listedFacts } from './run-facts.ts';
import { Parameters, type RunColumn, runColumn } from './run-fields.ts';
import { filterToSql, isStorable } from './run-filter-sql.ts';
import { LIVING_RUNS, RUN_VIEW, type RunView } from './run-views.ts';

/** Which runs of a project a list is about. */
export interface RunListing {
  readonly tenantId: TenantId;
  readonly projectId: ProjectId;
  /** Names of the project and its entity, which filters may ask for. */
  readonly project: string;
  readonly entity: string;
  readonly filter: Filter | undefined;
}

export interface RunOrder {
  readonly field: Field;
  readonly descending: boolean;
}

/** The place of a run in a list: what it is sorted by, as the database writes it, then its id. */
export interface RunPlace {
  readonly sortKey: string | null;
  readonly runId: string;
}

export interface ListedRun extends RunView, RunPlace {
  readonly runId: RunView['runId'];
}

export interface RunPageQuery {
  readonly order: RunOrder;
  readonly after: RunPlace | undefined;
  readonly limit: number;
}

/** Runs tested at a time where a filter is more than SQL can say. */
const TESTED = 500;

/**
 * A page of the living runs that match, in order; runs without the value that is sorted by come last.
 *
 * @throws TriplineError invalid for an order that no column gives, and for a place that is none of this list
 */
export async function listRuns(database: Queryable, listing: RunListing, page: RunPageQuery): Promise<ListedRun[]> {
  const found: ListedRun[] = [];
  for await (const run of matching(database, listing, page)) {
    found.push(run);
    if (found.length === page.limit) break;
  }
  return found;
}

/** How many living runs match. */
export async function countRuns(database: Queryable, listing: RunListing): Promise<number> {
  const parameters = new Parameters();
  const where = listingCondition(listing, parameters);
  if (where.exact) {
    const [row] = await database.queryOnce<{ count: number }>(
      ...parameters.finish(`select count(*)::float8 as count from ${FROM} where ${where.sql}`),
    );
    return row?.count ?? 0;
  }
  let count = 0;
  for await (const _run of matching(database, listing, { order: BY_CREATION, after: undefined, limit: TESTED }))
    count += 1;
  return count;
}

const FROM = `${LIVING_RUNS} left join run_summary s on s.tenant_id = r.tenant_id and s.run_id = r.run_id`;

/** The order where none is asked for. */
export const BY_CREATION: RunOrder = {
  field: { name: 'created_at', kind: 'instant', literal: undefined },
  descending: false,
};

async function* matching(database: Queryable, listing: RunListing, page: RunPageQuery): AsyncGenerator<ListedRun> {
  let after = page.after;
  for (;;) {
    const { rows, exact, limit } = await candidates(database, listing, { ...page, after });
    const { filter } = listing;
    for (const row of rows) {
      const { facts, ...run } = row;
      if (exact || filter === undefined || matches(filter, listedFacts(run, facts, listing))) yield run;
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < limit) return;
    after = last;
  }
}

interface Candidates {
  readonly rows: (ListedRun & { readonly facts: ListedFacts })[];
  readonly exact: boolean;
  readonly limit: number;
}

async function candidates(database: Queryable, listing: RunListing, page: RunPageQuery): Promise<Candidates> {
  const parameters = new Parameters();
  const where = listingCondition(listing, parameters);
  const sorted = sortColumn(page.order.field, parameters);
  const limit = where.exact ? page.limit : Math.max(page.limit, TESTED);
  const rows = await database
    .queryOnce<ListedRun & { readonly facts: ListedFacts }>(
      ...parameters.finish(`select ${RUN_VIEW}, (${sorted.sql})::text as "sortKey",
         ${where.exact ? `'{}'::jsonb` : factColumns(listing.filter, parameters)} as facts
       from ${FROM}
       where ${where.sql} and ${afterCondition(page, sorted, parameters)}
       order by ${orderBy(page.order, sorted)} limit ${parameters.add(limit, 'int')}`),
    )
    .catch((error: unknown) => {
      // the texts in a cursor are the only input that can fail to be a value of its column
      if (page.after !== undefined && error instanceof TriplineError && error.code === 'invalid') throw foreignCursor();
      throw error;
    });
  return { rows, exact: where.exact, limit };
}

function listingCondition(listing: RunListing, parameters: Parameters): { sql: string; exact: boolean } {
  const project = `r.tenant_id = ${parameters.add(listing.tenantId, 'bigint')}
    and r.project_id = ${parameters.add(listing.projectId, 'bigint')} and r.deleted_at is null`;
  if (listing.filter === undefined) return { sql: project, exact: true };
  const condition = filterToSql(listing.filter.root, parameters);
  return { sql: `${project} and ${condition.sql}`, exact: condition.exact };
}

interface SortColumn {
  readonly sql: string;
  readonly type: string;
  readonly nullable: boolean;
}

const TYPES: Readonly<Record<RunColumn['kind'], string>> = {
  text: 'text',
  instant: 'timestamptz',
  number: 'float8',
  tags: 'text[]',
  tree: 'jsonb',
};

function sortColumn(field: Field, parameters: Parameters): SortColumn {
  const column = isStorable(field.name) ? runColumn(field, parameters) : undefined;
  if (column === undefined) throw invalid(`runs cannot be ordered by '${field.name}'`, 'order');
  return {
    sql: column.kind === 'text' ? `${column.sql} collate "C"` : column.sql,
    type: TYPES[column.kind],
    nullable: column.kind === 'tree' || (column.kind !== 'tags' && column.nullable),
  };
}

function orderBy({ descending }: RunOrder, { sql, nullable }: SortColumn): string {
  const direction = descending ? 'desc' : 'asc';
  return `${nullable ? `(${sql}) is null, ` : ''}${sql} ${direction}, r.run_id ${direction}`;
}

function afterCondition(
  { order, after }: RunPageQuery,
  { sql, type, nullable }: SortColumn,
  parameters: Parameters,
): string {
  if (after === undefined) return 'true';
  const later = order.descending ? '<' : '>';
  const id = parameters.add(after.runId, 'bigint');
  if (after.sortKey === null) return `(${sql}) is null and r.run_id ${later} ${id}`;
  const further = `(${sql}, r.run_id) ${later} (${parameters.add(after.sortKey, type)}, ${id})`;
  return nullable ? `((${sql}) is null or ${further})` : further;
}

function foreignCursor(): Error {
  return invalid('this cursor was not made by this list; start without one', 'after');
}
