import type { Filter } from '../filter/filter.ts';
import type { ProjectId, TenantId } from '../model/ids.ts';
import type { Queryable } from './database.ts';
import { countRows, type KeysetList, type Listed, type ListOrder, type ListPage, listRows } from './keyset-list.ts';
import { factColumns, type ListedFacts, listedFacts } from './run-facts.ts';
import { runColumn } from './run-fields.ts';
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

/** How many living runs match. */
export function countRuns(database: Queryable, listing: RunListing): Promise<number> {
  return countRows(database, runList(listing));
}

function runList(listing: RunListing): KeysetList<RunView> {
  return {
    name: 'runs',
    columns: RUN_VIEW,
    from: `${LIVING_RUNS} left join run_summary s on s.tenant_id = r.tenant_id and s.run_id = r.run_id`,
    id: { sql: 'r.run_id', type: 'bigint' },
    filter: listing.filter,
    scope: (parameters) => `r.tenant_id = ${parameters.add(listing.tenantId, 'bigint')}
      and r.project_id = ${parameters.add(listing.projectId, 'bigint')} and r.deleted_at is null`,
    columnOf: runColumn,
    factColumns: (parameters) => factColumns(listing.filter, parameters),
    factsOf: (run, facts: ListedFacts) => listedFacts(run, facts, listing),
  };
}
