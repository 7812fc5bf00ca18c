import type { ExecutionKey } from '../model/execution-id.ts';
import type { TenantId } from '../model/ids.ts';
import type { Queryable } from './database.ts';
import { boundsOf, type Driver, driversOf, type ExecutionFilter, restOf } from './execution-filter.ts';
import { Parameters } from './list-columns.ts';

/** Newest first unless it is said otherwise; executions of one event by tenant, automation and ask. */
export interface WalkStart {
  /** Where it begins: after this execution; `null` for the first. */
  readonly after: ExecutionKey | null;
  readonly oldestFirst?: boolean;
  /** How many are wanted soon: the first step looks at little more. */
  readonly wanted: number;
  /** What is read besides the key, of `found`, its `automation` and its `project`; default nothing. */
  readonly sortKey?: string;
}

/** An execution that matches. */
export interface FoundKey extends ExecutionKey {
  readonly sortKey: string | number | null;
}

/** A part of a walk. */
export interface WalkStep {
  readonly found: readonly FoundKey[];
  /** The last execution that was looked at, whether or not it matches; `null` when there was none. */
  readonly reached: ExecutionKey | null;
  /** Whether nothing comes after it. */
  readonly isEnd: boolean;
}

/** Rows that one statement looks at. */
const STEP = 5_000;
const NEAR = 1_000;
/** Rows that the probes of one statement may read together. */
const PROBED = 10_000;
const FEWEST = 10;
const MANY_PROBES = 10;

/**
 * Walks the executions that match, in order, by whatever index is sparsest. No statement looks at more than some
 * thousand rows, whatever is sought: who reads decides when to stop (data model, section 8).
 */
export async function* walkExecutions(
  database: Queryable,
  filter: ExecutionFilter,
  start: WalkStart,
): AsyncGenerator<WalkStep> {
  if (filter.seen.length === 0 || [...filter.wanted.values()].some((values) => values.length === 0)) return;
  const drivers = driversOf(filter);
  const [only] = drivers;
  // where no index is clearly the best, what is sought may well lie near the beginning
  const isPlain = drivers.length === 1 && only !== undefined && only.values.length * filter.seen.length < MANY_PROBES;
  let driver = isPlain ? only : undefined;
  let step = isPlain || drivers.length === 0 ? Math.min(start.wanted + 1, STEP) : NEAR;
  for (let { after } = start; ; step = STEP) {
    const rows = await look(database, filter, driver, { ...start, after }, step);
    const last = rows.at(-1);
    const isEnd = last?.isEnd ?? true;
    yield { found: rows.filter(({ matches }) => matches), reached: last ?? null, isEnd };
    if (last === undefined || isEnd) return;
    after = last;
    if (!isPlain && driver === undefined) driver = await sparsest(database, filter, drivers);
  }
}

/** Pairs of a tenant and a value; without a driver the values are not read. */
interface Probes {
  readonly tenants: readonly TenantId[];
  readonly values: readonly string[];
}

function probesOf({ seen }: ExecutionFilter, driver: Driver | undefined): Probes {
  const values = driver?.values ?? [''];
  return {
    tenants: seen.flatMap(({ tenantId }) => values.map(() => tenantId)),
    values: seen.flatMap(() => values),
  };
}

interface LookedAt extends FoundKey {
  readonly matches: boolean;
  /** Whether nothing comes after it. */
  readonly isEnd: boolean;
}

/** Those that match, and the last that was looked at. */
function look(
  database: Queryable,
  filter: ExecutionFilter,
  driver: Driver | undefined,
  start: WalkStart,
  step: number,
): Promise<LookedAt[]> {
  const parameters = new Parameters();
  const page = pageSql(filter, driver, start, step, parameters);
  const rest = restOf(filter, driver, parameters);
  return database.queryOnce<LookedAt>(
    ...parameters.finish(
      `with page as materialized (${page.sql})
       select "tenantId", "eventId", "automationId", ask, matches, examined < ${page.limit} as "isEnd", "sortKey" from (
         select found.tenant_id as "tenantId", found.event_id as "eventId", found.automation_id as "automationId",
           found.ask, ${start.sortKey ?? 'null'} as "sortKey", coalesce(${rest ?? 'true'}, false) as matches,
           row_number() over (order by ${orderOf(start)}) as place, count(*) over () as examined
         from page found
         left join project on project.id = found.project_id
         left join automation on automation.id = found.automation_id
       ) looked_at
       where matches or place = examined order by place`,
    ),
  );
}

/** A page of what a driver finds, and the parameter that holds how much that is at most. */
function pageSql(
  filter: ExecutionFilter,
  driver: Driver | undefined,
  start: WalkStart,
  step: number,
  parameters: Parameters,
): { readonly sql: string; readonly limit: string } {
  const { tenants, values } = probesOf(filter, driver);
  const most = Math.max(FEWEST, Math.floor(PROBED / tenants.length));
  const limit = parameters.add(Math.min(step, most), 'int');
  const type = driver?.type ?? 'text';
  const probes = `unnest(${parameters.add(tenants, 'bigint[]')}, ${parameters.add(values, `${type}[]`)})`;
  const bounds = boundsSql(filter, start, parameters);
  const order = orderOf(start);
  const direction = directionOf(start);
  // by no more than what every index holds: else the one of the whole key looks cheaper, which it seldom is
  const parts = partsOf(driver).map(
    (part) => `(select ${READ} from execution where tenant_id = probe.tenant_id and ${part} and ${bounds}
       order by event_id ${direction} fetch first (${limit}) rows with ties)`,
  );
  const sql = `select found.*
    from ${probes} as probe(tenant_id, value) cross join lateral (${parts.join(' union all ')}) as found
    order by ${order} limit ${limit}`;
  return { sql, limit };
}

/** Columns of an execution that a step may need. */
const READ = `tenant_id, event_id, automation_id, ask, status, reason, revision, event_type, action_type, project_id,
  subject_id, collection_id, author, started_at, ended_at`;

const KEY = ['event_id', 'tenant_id', 'automation_id', 'ask'] as const;

const directionOf = ({ oldestFirst }: WalkStart): 'asc' | 'desc' => (oldestFirst === true ? 'asc' : 'desc');

const orderOf = (start: WalkStart): string => KEY.map((column) => `found.${column} ${directionOf(start)}`).join(', ');

/** Each execution of an automation lies in one of two indexes. */
function partsOf(driver: Driver | undefined): string[] {
  if (driver === undefined) return ['true'];
  const { column } = driver;
  const sought = `${column} = probe.value`;
  switch (column) {
    case 'automation_id':
      return [`${sought} and status <> 'skipped'`, `${sought} and status = 'skipped'`];
    case 'status':
      return [`${sought} and status <> 'finished'`];
    default:
      return [sought];
  }
}

function boundsSql(filter: ExecutionFilter, { after, oldestFirst = false }: WalkStart, parameters: Parameters): string {
  const { least, below } = boundsOf(filter);
  const time = `event_id >= ${parameters.add(least, 'bigint')} and event_id < ${parameters.add(below, 'bigint')}`;
  if (after === null) return time;
  const [beyond, from] = oldestFirst ? ['>', '>='] : ['<', '<='];
  const event = parameters.add(after.eventId, 'bigint');
  const key = [after.tenantId, after.automationId].map((each) => parameters.add(each, 'bigint'));
  return `${time} and event_id ${from} ${event}
    and (${KEY.join(', ')}) ${beyond} (${event}, ${key.join(', ')}, ${parameters.add(after.ask, 'int')})`;
}

/** Rows of each index that are looked at to see how densely what is sought lies in it. */
const SAMPLE = 1_000;

interface Density {
  readonly rows: number;
  /** The last event of so many; `null` when there is none. */
  readonly reached: string | null;
}

/**
 * The condition whose rows lie farthest apart: the fewest of them are looked at for nothing. `undefined` when no index
 * serves any.
 */
async function sparsest(
  database: Queryable,
  filter: ExecutionFilter,
  drivers: readonly Driver[],
): Promise<Driver | undefined> {
  if (drivers.length < 2) return drivers[0];
  const densities = await Promise.all(drivers.map((driver) => density(database, filter, driver)));
  const [best] = drivers
    .map((driver, place) => ({ driver, density: densities[place] ?? NOTHING }))
    .sort((one, other) => compare(one.density, other.density));
  return best?.driver;
}

const NOTHING: Density = { rows: 0, reached: null };

function compare(one: Density, other: Density): number {
  if (one.rows !== other.rows) return one.rows - other.rows;
  const [oneReached, otherReached] = [BigInt(one.reached ?? 0), BigInt(other.reached ?? 0)];
  return oneReached < otherReached ? -1 : oneReached > otherReached ? 1 : 0;
}

async function density(database: Queryable, filter: ExecutionFilter, driver: Driver): Promise<Density> {
  const parameters = new Parameters();
  const { sql } = pageSql(filter, driver, { after: null, wanted: 0 }, SAMPLE, parameters);
  const [row] = await database.queryOnce<Density>(
    ...parameters.finish(`select count(*)::int as rows, min(event_id) as reached from (${sql}) as sampled`),
  );
  return row ?? NOTHING;
}
