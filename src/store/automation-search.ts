import type { SeenProjects } from '../access/seen-projects.ts';
import type { ScopeKind } from '../events/kind.ts';
import type { Instant } from '../model/clock.ts';
import type { AutomationId, CollectionId, EntityId, ProjectId, TenantId } from '../model/ids.ts';
import { largeIdAt } from '../model/large-id.ts';
import { LISTED_COLUMNS, LISTED_FROM, type ListedAutomation, OWN } from './automation-lists.ts';
import type { Queryable } from './database.ts';
import type { ExecutionStatus } from './execution-status.ts';
import { LAST_EXECUTION } from './last-executions.ts';
import { Parameters } from './list-columns.ts';

/** A project that automations are to watch. */
export interface WatchedProject {
  readonly id: ProjectId;
  readonly tenantId: TenantId;
  readonly rootId: EntityId;
}

/** A collection that automations are to watch, and the project that it lies in. */
export interface WatchedCollection extends WatchedProject {
  readonly collectionId: CollectionId;
}

/** Which automations are looked for. All conditions must hold; what is absent may be anything. */
export interface AutomationFilter {
  /** What of which entities may be seen, and whether those of the whole entity; `null`: everything everywhere. */
  readonly seen: readonly (SeenProjects & { readonly withEntity: boolean })[] | null;
  /** Owners of the scope. */
  readonly entities?: readonly TenantId[] | undefined;
  /** Those that watch one of them: of it, of its collections, of its whole entity or organization. */
  readonly projects?: readonly WatchedProject[] | undefined;
  /** Those that watch one of them: itself, its whole project, its whole entity or organization. */
  readonly collections?: readonly WatchedCollection[] | undefined;
  /** Within name, description, metric, destination, scope or creator, in whatever case. */
  readonly text?: string | undefined;
  readonly scopes?: readonly ScopeKind[] | undefined;
  readonly events?: readonly string[] | undefined;
  readonly actions?: readonly string[] | undefined;
  readonly enabled?: boolean | undefined;
  /** Names of users. */
  readonly creators?: readonly string[] | undefined;
  /** Of the last execution; `never` for those that have none. */
  readonly last?: readonly (ExecutionStatus | 'never')[] | undefined;
}

export const AUTOMATION_SORTS = ['name', 'created', 'last_execution', 'failures'] as const;

export type AutomationSort = (typeof AUTOMATION_SORTS)[number];

/** What it is sorted by, and how the database writes that. */
const SORT_KEYS: Readonly<Record<AutomationSort, { readonly sql: string; readonly type: string }>> = {
  name: { sql: `lower(automation.name) collate "C"`, type: 'text' },
  created: { sql: 'automation.id', type: 'bigint' },
  last_execution: { sql: 'last.event_id', type: 'bigint' },
  failures: { sql: 'coalesce(failures.count, 0)', type: 'bigint' },
};

export interface AutomationPage {
  readonly sort: AutomationSort;
  readonly descending: boolean;
  /** The last automation of the page before. */
  readonly after: { readonly id: AutomationId; readonly sortKey: string | null } | null;
  readonly limit: number;
  readonly now: Instant;
}

export type SortedAutomation = ListedAutomation & { readonly sortKey: string | null };

/** Automations that match, whoever owns them; those without the value that is sorted by come last. */
export function searchAutomations(
  database: Queryable,
  filter: AutomationFilter,
  page: AutomationPage,
): Promise<SortedAutomation[]> {
  const parameters = new Parameters();
  const { sql } = SORT_KEYS[page.sort];
  const direction = page.descending ? 'desc' : 'asc';
  const needsLast = page.sort === 'last_execution' || filter.last !== undefined;
  const joined = [
    needsLast ? LAST_EXECUTION : '',
    page.sort === 'failures' ? failuresSql(filter, page.now, parameters) : '',
  ];
  const conditions = [...conditionsOf(filter, parameters), afterSql(page, parameters)];
  return database.queryOnce<SortedAutomation>(
    ...parameters.finish(
      `select ${LISTED_COLUMNS}, (${sql})::text as "sortKey" ${LISTED_FROM} ${joined.join(' ')}
       where automation.deleted_at is null and ${OWN} and ${conditions.join(' and ')}
       order by ${sql} ${direction} nulls last, automation.id ${direction}
       limit ${parameters.add(page.limit, 'int')}`,
    ),
  );
}

const DAY_MS = 86_400_000;
/** Failures that are counted, over all automations that may be seen. */
const MOST_FAILURES = 100_000;

/** How often each failed in the last 24 hours, from the index of what is not finished: nothing else is read. */
function failuresSql({ seen }: AutomationFilter, now: Instant, parameters: Parameters): string {
  const tenants = seen === null ? null : tenantsOf(seen, parameters);
  const where = tenants === null ? 'true' : `(place.id = any(${tenants}) or place.root_id = any(${tenants}))`;
  return `left join (
      select failed.automation_id, count(*) as count from (
        select found.automation_id from entity place cross join lateral (
          select execution.automation_id from execution
          where execution.tenant_id = place.id and execution.status = 'failed'
            and execution.event_id >= ${parameters.add(largeIdAt(now - DAY_MS), 'bigint')}
        ) found where ${where} limit ${parameters.add(MOST_FAILURES, 'int')}
      ) failed group by failed.automation_id
    ) failures on failures.automation_id = automation.id`;
}

function conditionsOf(filter: AutomationFilter, parameters: Parameters): string[] {
  const { seen, entities, projects, collections, text, scopes, events, actions, enabled, creators, last } = filter;
  const any = (sql: string, values: readonly string[] | undefined, type: string) =>
    values === undefined ? [] : [`${sql} = any(${parameters.add(values, `${type}[]`)})`];
  return [
    ...(seen === null ? [] : [seenSql(seen, parameters)]),
    ...any('automation.tenant_id', entities, 'bigint'),
    ...(projects === undefined ? [] : [watchesSql(projects, parameters)]),
    ...(collections === undefined ? [] : [coversSql(collections, parameters)]),
    ...(text === undefined ? [] : [textSql(text, parameters)]),
    ...any('automation.scope_kind', scopes, 'text'),
    ...any(`automation.definition -> 'event' ->> 'type'`, events, 'text'),
    ...any(`automation.definition -> 'action' ->> 'type'`, actions, 'text'),
    ...(enabled === undefined ? [] : [`automation.enabled = ${parameters.add(enabled, 'boolean')}`]),
    ...any('author.username', creators, 'text'),
    ...any(`coalesce(last.status, 'never')`, last, 'text'),
  ];
}

function tenantsOf(seen: readonly SeenProjects[], parameters: Parameters): string {
  return parameters.add(
    seen.map(({ tenantId }) => tenantId),
    'bigint[]',
  );
}

function seenSql(seen: NonNullable<AutomationFilter['seen']>, parameters: Parameters): string {
  const pairs = seen.flatMap(({ tenantId, visibilities }) => visibilities.map((each) => [tenantId, each] as const));
  const owners = parameters.add(
    pairs.map(([tenantId]) => tenantId),
    'bigint[]',
  );
  const visibilities = parameters.add(
    pairs.map(([, visibility]) => visibility),
    'text[]',
  );
  const whole = tenantsOf(
    seen.filter(({ withEntity }) => withEntity),
    parameters,
  );
  const registries = parameters.add([...new Set(seen.flatMap((each) => each.registries))], 'bigint[]');
  return `case automation.scope_kind when 'entity' then automation.tenant_id = any(${whole})
    else project.id = any(${registries})
      or (automation.tenant_id, project.visibility) in (select * from unnest(${owners}, ${visibilities})) end`;
}

function watchesSql(projects: readonly WatchedProject[], parameters: Parameters): string {
  return `case automation.scope_kind when 'entity' then ${watchesAll(projects, parameters)}
    else project.id = any(${idsOf(projects, parameters)}) end`;
}

function coversSql(collections: readonly WatchedCollection[], parameters: Parameters): string {
  const ids = parameters.add(
    collections.map(({ collectionId }) => collectionId),
    'bigint[]',
  );
  return `case automation.scope_kind when 'entity' then ${watchesAll(collections, parameters)}
    when 'project' then automation.scope_id = any(${idsOf(collections, parameters)})
    else automation.scope_id = any(${ids}) end`;
}

function idsOf(projects: readonly WatchedProject[], parameters: Parameters): string {
  return parameters.add(
    projects.map(({ id }) => id),
    'bigint[]',
  );
}

/** Whether a whole entity or organization holds one of some projects. */
function watchesAll(projects: readonly WatchedProject[], parameters: Parameters): string {
  const above = [...new Set(projects.flatMap(({ tenantId, rootId }) => [tenantId, rootId]))];
  return `automation.tenant_id = any(${parameters.add(above, 'bigint[]')})`;
}

function textSql(text: string, parameters: Parameters): string {
  const sought = parameters.add(text.toLowerCase(), 'text');
  const looked = [
    ...['automation.name', 'automation.description', `automation.definition -> 'event' ->> 'metric'`],
    ...['integration.name', 'entity.name', 'project.name', 'collection.name', 'author.username'],
  ];
  return `position(${sought} in lower(concat_ws(e'\\n', ${looked.join(', ')}))) > 0`;
}

function afterSql({ sort, descending, after }: AutomationPage, parameters: Parameters): string {
  if (after === null) return 'true';
  const { sql, type } = SORT_KEYS[sort];
  const later = descending ? '<' : '>';
  const id = parameters.add(after.id, 'bigint');
  if (after.sortKey === null) return `(${sql}) is null and automation.id ${later} ${id}`;
  const key = parameters.add(after.sortKey, type);
  return `((${sql}) is null or (${sql}, automation.id) ${later} (${key}, ${id}))`;
}
