import type { SeenProjects } from '../access/seen-projects.ts';
import type { Instant } from '../model/clock.ts';
import type { AutomationId, IntegrationId, ProjectId, TenantId } from '../model/ids.ts';
import type { EntityKind, Place, Visibility } from '../model/viewer.ts';
import { AUTOMATION_COLUMNS, type AutomationRecord } from './automations.ts';
import { belongs, ESTRANGED } from './belonging.ts';
import type { Queryable } from './database.ts';
import type { Integration } from './integrations.ts';
import { LAST_EXECUTION } from './last-executions.ts';
import { REGISTRY_ID } from './projects.ts';

/** An automation with what answers show beside it. */
export interface ListedAutomation extends AutomationRecord {
  /** Name of the entity, project or collection that it is scoped to. */
  readonly scopeName: string;
  /** The project that it is scoped to, or that its collection lies in; `null` for a whole entity. */
  readonly projectId: ProjectId | null;
  readonly projectName: string | null;
  readonly entityName: string;
  readonly entityKind: EntityKind;
  /** Of the project, or of the team for a whole team. */
  readonly visibility: Visibility | null;
  /** Of the project when it is a registry. */
  readonly registryId: ProjectId | null;
  /** The integration of its action; `null` when the action has none, or when it was deleted. */
  readonly integration: Pick<
    Integration,
    'id' | 'tenantId' | 'rootId' | 'entityName' | 'kind' | 'name' | 'config'
  > | null;
  /** Its action names an integration that was deleted. */
  readonly orphaned: boolean;
  /** Its integration is another one's, and the person between them does not belong to both any more. */
  readonly estranged: boolean;
  readonly membersManageAutomations: boolean;
  /** Username of who made it or took it over last; `null` when nobody is known. */
  readonly author: string | null;
  /** The author belongs no longer to where the automation stands; it goes on without them. */
  readonly authorLeft: boolean;
}

const INTEGRATION_ID = `(automation.definition -> 'action' ->> 'integrationId')::bigint`;

const AUTHOR_BELONGS = belongs('author', 'automation.tenant_id', 'automation.root_id');

/** Of a {@link ListedAutomation}, over {@link LISTED_FROM}. */
export const LISTED_COLUMNS = `${AUTOMATION_COLUMNS}, coalesce(collection.name, project.name, entity.name) as "scopeName",
    project.id as "projectId", project.name as "projectName",
    entity.name as "entityName", entity.kind as "entityKind", project.visibility, ${REGISTRY_ID} as "registryId",
    case when owner.id is not null then json_build_object('id', integration.id::text,
      'tenantId', integration.tenant_id::text, 'rootId', owner.root_id::text, 'entityName', owner.name,
      'kind', integration.kind, 'name', integration.name, 'config', integration.config) end as integration,
    ${INTEGRATION_ID} is not null and owner.id is null as orphaned, ${ESTRANGED} as estranged,
    entity.members_manage_automations as "membersManageAutomations",
    author.username as author, not coalesce(${AUTHOR_BELONGS}, false) as "authorLeft"`;

export const LISTED_FROM = `from automation
  join entity on entity.id = automation.tenant_id and entity.deleted_at is null
  left join app_user author on author.id = automation.created_by
  left join collection on automation.scope_kind = 'collection' and collection.tenant_id = automation.tenant_id
    and collection.collection_id = automation.scope_id
  left join project on project.tenant_id = automation.tenant_id and project.id =
    case automation.scope_kind when 'project' then automation.scope_id when 'collection' then collection.project_id end
  left join integration on integration.id = ${INTEGRATION_ID} and integration.deleted_at is null
  left join entity owner on owner.id = integration.tenant_id and owner.deleted_at is null`;

const SELECT = `select ${LISTED_COLUMNS} ${LISTED_FROM} where automation.deleted_at is null`;

export interface AutomationsQuery extends SeenProjects {
  /** Those of the whole entity too. */
  readonly withEntity: boolean;
  readonly name: string | null;
  /** The last automation of the page before. */
  readonly after: AutomationId | null;
  readonly limit: number;
  /** Leaves out what the client could not read. */
  readonly readableByClient: boolean;
}

/** What the client could read: not scoped to a personal entity, and with its integration. */
const READABLE = `(not (automation.scope_kind = 'entity' and entity.kind = 'personal')
    and (${INTEGRATION_ID} is null or owner.id is not null))`;

/** Those that were made as automations: where alerts go is set elsewhere. */
export const OWN = 'automation.alert_topic is null';

const LISTED = `${OWN} and automation.tenant_id = $1::bigint
  and case automation.scope_kind
    when 'entity' then $7::boolean
    else project.visibility = any($2::text[]) or project.id = any($8::bigint[]) end
  and ($3::text is null or automation.name = $3::text)
  and (not $6::boolean or ${READABLE})`;

const listParameters = (query: AutomationsQuery): unknown[] => [
  query.tenantId,
  query.visibilities,
  query.name,
  query.after,
  query.limit,
  query.readableByClient,
  query.withEntity,
  query.registries,
];

/** Automations of an entity, of its projects and of their collections, oldest first. */
export function listAutomations(database: Queryable, query: AutomationsQuery): Promise<ListedAutomation[]> {
  return database.query<ListedAutomation>(
    `${SELECT} and ${LISTED} and ($4::bigint is null or automation.id > $4::bigint)
     order by automation.id limit $5::int`,
    listParameters(query),
  );
}

/** Where a page begins that is sorted by the last execution. */
export interface LastExecutionPlace {
  readonly descending: boolean;
  /** Of the last automation of the page before, `query.after`; `null` when it was never executed. */
  readonly lastAt: Instant | null;
}

/** The same by their last execution; those without one come last. */
export function automationsByLastExecution(
  database: Queryable,
  query: AutomationsQuery,
  { descending, lastAt }: LastExecutionPlace,
): Promise<(ListedAutomation & { readonly lastAt: Instant | null })[]> {
  const [beyond, direction] = descending ? ['<', 'desc'] : ['>', 'asc'];
  return database.query(
    `select ${LISTED_COLUMNS}, last.created_at as "lastAt" ${LISTED_FROM} ${LAST_EXECUTION}
     where automation.deleted_at is null and ${LISTED}
       and ($4::bigint is null or case when $9::timestamptz is null
         then last.created_at is null and automation.id > $4::bigint
         else last.created_at is null or last.created_at ${beyond} $9::timestamptz
           or (last.created_at = $9::timestamptz and automation.id > $4::bigint) end)
     order by last.created_at ${direction} nulls last, automation.id limit $5::int`,
    [...listParameters(query), lastAt === null ? null : new Date(lastAt)],
  );
}

/** A project whose automations are asked for. */
export interface ProjectAsked {
  readonly id: ProjectId;
  readonly tenantId: TenantId;
  /** Those of the whole entity too. */
  readonly withEntity: boolean;
}

/** Automations of many projects and of their collections, oldest first; those that the client could not read are left out. */
export function automationsOfProjects(
  database: Queryable,
  projects: readonly ProjectAsked[],
): Promise<ListedAutomation[]> {
  const whole = projects.filter(({ withEntity }) => withEntity);
  return database.query<ListedAutomation>(
    `${SELECT} and ${OWN} and automation.tenant_id = any($1::bigint[])
       and (project.id = any($2::bigint[])
         or (automation.scope_kind = 'entity' and automation.tenant_id = any($3::bigint[])))
       and ${READABLE}
     order by automation.id`,
    [projects.map(({ tenantId }) => tenantId), projects.map(({ id }) => id), whole.map(({ tenantId }) => tenantId)],
  );
}

/** Automations that deliver to an integration, oldest first, whoever owns them. */
export function automationsUsing(database: Queryable, id: IntegrationId): Promise<ListedAutomation[]> {
  return database.query<ListedAutomation>(
    `${SELECT} and ${OWN} and automation.definition -> 'action' ->> 'integrationId' = $1::text order by automation.id`,
    [id],
  );
}

/** Where an automation stands: its project, or its entity. */
export function placeOfAutomation(automation: ListedAutomation): Place {
  const { tenantId, rootId, visibility, registryId, membersManageAutomations, entityName, entityKind } = automation;
  const entity = { membersManageAutomations, entityName, entityKind };
  return { tenantId, rootId, visibility: visibility ?? undefined, registryId, ...entity };
}

/** One automation with what answers show beside it. */
export async function listedAutomation(database: Queryable, id: AutomationId): Promise<ListedAutomation | undefined> {
  const [row] = await database.query<ListedAutomation>(`${SELECT} and ${OWN} and automation.id = $1::bigint`, [id]);
  return row;
}
