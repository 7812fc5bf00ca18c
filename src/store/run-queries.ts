import type { Field } from '../filter/catalogue.ts';
import type { Filter } from '../filter/filter.ts';
import type { ProjectId, RunId, TenantId } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import { isStorable } from '../model/storable.ts';
import type { Queryable } from './database.ts';
import type { KeysetList, Listed, ListOrder, ListPage } from './keyset-list.ts';
import { type Counted, countRows, countWithin, type Found, listRows, searchRows } from './keyset-search.ts';
import type { ListColumn, Parameters } from './list-columns.ts';
import { factColumns, type ListedFacts, listedFacts } from './run-facts.ts';
import { runColumn } from './run-fields.ts';
import { inGroup } from './run-group-sql.ts';
import { LIVING_RUNS, RUN_VIEW, type RunView } from './run-views.ts';

/** Which runs of a project a list is about. */
export interface RunListing {
  readonly tenantId: TenantId;
  readonly projectId: ProjectId;
  /** Names of the project and its entity, which filters may ask for. */
  readonly project: string;
  readonly entity: string;
  readonly filter: Filter | undefined;
  /** Part of the name or of the id, in whatever case. */
  readonly search?: string | undefined;
  /** Values that the runs have in common. */
  readonly group?: readonly GroupValue[];
}

/** What the runs of a group have in a field; `null` when they have nothing there. */
export interface GroupValue {
  readonly field: Field;
  readonly value: Json;
}

export type ListedRun = Listed<RunView>;

/** The order where none is asked for. */
export const BY_CREATION: ListOrder = {
  field: { name: 'created_at', kind: 'instant', literal: undefined },
  descending: false,
};

/** A page of the living runs that match (see {@link listRows}). */
export function listRuns(database: Queryable, listing: RunListing, page: ListPage): Promise<ListedRun[]> {
  return listRows(database, runList(listing), page);
}

/** The same, but not for longer than some time (see {@link searchRows}). */
export function searchRuns(
  database: Queryable,
  listing: RunListing,
  page: ListPage,
  milliseconds: number,
): Promise<Found<RunView>> {
  return searchRows(database, runList(listing), page, milliseconds);
}

/** How many living runs match. */
export function countRuns(database: Queryable, listing: RunListing): Promise<number> {
  return countRows(database, runList(listing));
}

/** The same, but not for longer than some time (see {@link countWithin}). */
export function countRunsWithin(database: Queryable, listing: RunListing, milliseconds: number): Promise<Counted> {
  return countWithin(database, runList(listing), milliseconds);
}

/**
 * Runs with what a statement asks of them: each part is joined so that PostgreSQL leaves out what nothing asks, but for
 * the author, whose id alone would have whole rows read where an index has all the rest.
 */
export function knownRuns(asked: string): string {
  const author = asked.includes('u.username') ? ' left join app_user u on u.id = r.user_id' : '';
  return `run r left join run_head h on h.tenant_id = r.tenant_id and h.run_id = r.run_id
    left join run_summary s on s.tenant_id = r.tenant_id and s.run_id = r.run_id${author}`;
}

/** A list of the runs of a project. */
export function runList(listing: RunListing): KeysetList<RunView> {
  const columnOf = (field: Field, parameters: Parameters) => listedColumn(listing, field, parameters);
  return {
    name: 'runs',
    columns: RUN_VIEW,
    from: `${LIVING_RUNS} left join run_summary s on s.tenant_id = r.tenant_id and s.run_id = r.run_id`,
    soughtFrom: knownRuns,
    nearby: (page, rows, parameters) =>
      isNarrowed(listing) ? newestBeyond(listing, page, rows, parameters) : undefined,
    whenFound: (instant) => `${instant} + ${afterTables(listing)}`,
    id: { sql: 'r.run_id', type: 'bigint' },
    filter: listing.filter,
    scope: (parameters) =>
      [
        `r.tenant_id = ${parameters.add(listing.tenantId, 'bigint')}
        and r.project_id = ${parameters.add(listing.projectId, 'bigint')} and r.deleted_at is null`,
        ...searched(listing.search, parameters),
        ...(listing.group ?? []).map(({ field, value }) =>
          inGroup(field, columnOf(field, parameters), value, parameters),
        ),
      ].join(' and '),
    columnOf,
    factColumns: (parameters) => factColumns(listing.filter, parameters),
    factsOf: (run, facts: ListedFacts) => listedFacts(run, facts, listing),
  };
}

/**
 * No time at all, told by the tables that the filter asks: else the runs would be ordered first and each looked up in
 * the other tables one by one, in the hope of a page that is soon full.
 */
function afterTables({ filter }: RunListing): string {
  const fields = [...(filter?.fields ?? [])];
  const asked = [
    ...(fields.some((name) => name.startsWith('summary.')) ? ['s.run_id'] : []),
    ...(fields.some((name) => HEAD_FIELDS.has(name)) ? ['h.run_id'] : []),
    ...(fields.includes('username') ? ['u.username'] : []),
  ];
  if (asked.length === 0) return "interval '0'";
  return `case when concat(${asked.join(', ')}) is null then interval '0' else interval '0' end`;
}

const HEAD_FIELDS: ReadonlySet<string> = new Set(['state', 'duration', 'heartbeat_at']);

function isNarrowed({ filter, search = '', group = [] }: RunListing): boolean {
  return filter !== undefined || search.trim() !== '' || group.length > 0;
}

/** Runs are stored in the order of their creation: the next of them in that order, whether or not they match. */
function newestBeyond(
  { tenantId, projectId }: RunListing,
  { order, after }: ListPage,
  rows: number,
  parameters: Parameters,
): string | undefined {
  if (order.field?.name !== 'created_at' || after?.sortKey === null) return undefined;
  const [beyond, direction, end] = order.descending ? ['<=', 'desc', '-infinity'] : ['>=', 'asc', 'infinity'];
  const place = after === undefined ? 'true' : `created_at ${beyond} ${parameters.add(after.sortKey, 'timestamptz')}`;
  return `r.created_at ${order.descending ? '>=' : '<='} coalesce((
    select created_at from run where tenant_id = ${parameters.add(tenantId, 'bigint')}
      and project_id = ${parameters.add(projectId, 'bigint')} and deleted_at is null and ${place}
    order by created_at ${direction}, run_id ${direction} offset ${parameters.add(rows, 'int')} limit 1), '${end}')`;
}

/** The ids of the runs that match, as many as some time allows; of a filter that is more than SQL can say. */
export async function matchingRunIds(
  database: Queryable,
  listing: RunListing,
  milliseconds: number,
): Promise<{ readonly ids: readonly RunId[]; readonly complete: boolean }> {
  const page = { order: { field: undefined, descending: true }, after: undefined, limit: Number.MAX_SAFE_INTEGER };
  const { rows, reached } = await searchRuns(database, listing, page, milliseconds);
  return { ids: rows.map(({ runId }) => runId), complete: reached === null };
}

/** Names of the project and its entity are the same for all. */
function listedColumn(listing: RunListing, field: Field, parameters: Parameters): ListColumn | undefined {
  const { name } = field;
  if (name !== 'project' && name !== 'entity') return runColumn(field, parameters);
  return { kind: 'text', sql: parameters.add(listing[name], 'text'), nullable: false };
}

function searched(search: string | undefined, parameters: Parameters): string[] {
  const text = search?.trim() ?? '';
  if (text === '') return [];
  if (!isStorable(text)) return ['false'];
  return [`position(lower(${parameters.add(text, 'text')}) in lower(r.display_name || e'\\n' || r.name)) > 0`];
}
