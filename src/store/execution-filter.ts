import type { SeenProjects } from '../access/seen-projects.ts';
import type { Instant } from '../model/clock.ts';
import type { IntegrationId } from '../model/ids.ts';
import { boundAt } from '../model/large-id.ts';
import { VISIBILITIES } from '../model/viewer.ts';
import { DRY_RUN } from './executions.ts';
import type { Parameters } from './list-columns.ts';

/** What executions are searched by: any of some values. */
const SEARCHED = {
  subject_id: 'bigint',
  collection_id: 'bigint',
  automation_id: 'bigint',
  author: 'text',
  project_id: 'bigint',
  status: 'text',
  event_type: 'text',
  action_type: 'text',
} as const;

export type SearchedColumn = keyof typeof SEARCHED;

/** Which executions are looked for. Every condition must hold. */
export interface ExecutionFilter {
  /** Whose executions, and of which projects; those of no project too. */
  readonly seen: readonly SeenProjects[];
  /** Any of these; a column that is absent may hold anything. */
  readonly wanted: ReadonlyMap<SearchedColumn, readonly string[]>;
  /** That the definition delivered to, as it stood at the match. */
  readonly integrationId: IntegrationId | null;
  /** Kind of the reason, or the whole of it; of a dry run, why it would not have been sent. `null` for any. */
  readonly reason: string | null;
  /** Of the event: from, and before. */
  readonly from: Instant | null;
  readonly to: Instant | null;
}

/** A condition that an index serves, value by value. */
export interface Driver {
  readonly column: SearchedColumn;
  readonly type: 'bigint' | 'text';
  readonly values: readonly string[];
}

const INDEXED: readonly SearchedColumn[] = [
  'subject_id',
  'collection_id',
  'automation_id',
  'status',
  'author',
  'project_id',
  'event_type',
];

/** Values that are looked for one by one, tenant by tenant, in one statement; beyond, rows are walked and tested. */
const MOST_PROBES = 200;

/** The conditions by which matching executions could be walked. */
export function driversOf({ wanted, seen }: ExecutionFilter): Driver[] {
  return INDEXED.flatMap((column) => {
    const values = wanted.get(column);
    if (values === undefined || values.length * seen.length > MOST_PROBES) return [];
    // of those that finished, which are nearly all, no index is kept
    if (column === 'status' && values.includes('finished')) return [];
    return [{ column, type: SEARCHED[column], values }];
  });
}

/** The bounds of event ids that the times of a filter mean. */
export function boundsOf({ from, to }: ExecutionFilter): { readonly least: string; readonly below: string } {
  return { least: boundAt(from ?? 0), below: boundAt(to ?? Number.POSITIVE_INFINITY) };
}

/**
 * What a row must meet besides what it was found by, over `found` and its left joined `project`; `undefined` when that
 * is all.
 *
 * @param driver the condition that it was found by
 */
export function restOf(
  filter: ExecutionFilter,
  driver: Driver | undefined,
  parameters: Parameters,
): string | undefined {
  const { wanted, integrationId, reason } = filter;
  const conditions = [...wanted]
    .filter(([column]) => column !== driver?.column)
    .map(
      ([column, values]) => `found.${column} in (select unnest(${parameters.add(values, `${SEARCHED[column]}[]`)}))`,
    );
  if (integrationId !== null) conditions.push(deliversTo(integrationId, parameters));
  if (reason !== null) conditions.push(hasReason(reason, parameters));
  if (!filter.seen.every(seesAll)) conditions.push(isSeen(filter, parameters));
  return conditions.length === 0 ? undefined : conditions.join(' and ');
}

const deliversTo = (id: IntegrationId, parameters: Parameters): string => `exists (
  select from automation_revision revision
   where revision.automation_id = found.automation_id and revision.revision = found.revision
     and revision.definition -> 'action' ->> 'integrationId' = ${parameters.add(id, 'text')})`;

/** What comes after a kind is the name of something: `secret_missing: TOKEN`. */
function hasReason(reason: string, parameters: Parameters): string {
  const kinds = parameters.add([`${reason}: `, `${DRY_RUN}: ${reason}: `], 'text[]');
  return `exists (select from unnest(${kinds}) as sought(kind) where starts_with(found.reason || ': ', sought.kind))`;
}

const seesAll = ({ visibilities }: SeenProjects): boolean => visibilities.length === VISIBILITIES.length;

function isSeen({ seen }: ExecutionFilter, parameters: Parameters): string {
  const pairs = seen.flatMap(({ tenantId, visibilities }) => visibilities.map((each) => [tenantId, each] as const));
  const tenants = parameters.add(
    pairs.map(([tenant]) => tenant),
    'bigint[]',
  );
  const visibilities = parameters.add(
    pairs.map(([, visibility]) => visibility),
    'text[]',
  );
  const registries = parameters.add([...new Set(seen.flatMap((each) => each.registries))], 'bigint[]');
  return `(found.project_id is null or project.id in (select unnest(${registries}))
    or (found.tenant_id, project.visibility) in (select * from unnest(${tenants}, ${visibilities})))`;
}
