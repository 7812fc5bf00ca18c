import type { SeenProjects } from '../access/seen-projects.ts';
import type { ScopeKind } from '../events/kind.ts';
import type { AutomationId, EntityId, IntegrationId } from '../model/ids.ts';
import type { Queryable } from './database.ts';

/** A scope by its id. */
export interface ScopeId {
  readonly kind: ScopeKind;
  readonly id: string;
}

/** Which automations executions are looked for of, deleted ones among them; `null` is any. */
export interface AutomationsSought {
  readonly rootId: EntityId;
  /** Whose projects; what watches the whole organization may fire in each of them. */
  readonly seen: readonly SeenProjects[];
  /** Ids or names. */
  readonly called: readonly string[] | null;
  /** Within the name, in whatever case. */
  readonly text: string | null;
  readonly scopes: readonly ScopeId[] | null;
}

export interface FoundAutomation {
  readonly id: AutomationId;
  readonly name: string;
}

/** The automations that match and that the viewer may see, or that moved away after they fired there. */
export function automationsSought(database: Queryable, sought: AutomationsSought): Promise<FoundAutomation[]> {
  const { rootId, seen, called, text, scopes } = sought;
  const pairs = seen.flatMap(({ tenantId, visibilities }) => visibilities.map((each) => [tenantId, each] as const));
  return database.query<FoundAutomation>(
    `select automation.id, automation.name from automation
     left join collection on automation.scope_kind = 'collection' and collection.tenant_id = automation.tenant_id
       and collection.collection_id = automation.scope_id
     left join project on project.tenant_id = automation.tenant_id and project.id =
       case automation.scope_kind when 'project' then automation.scope_id
         when 'collection' then collection.project_id end
     where automation.root_id = $1::bigint and automation.alert_topic is null
       and (automation.tenant_id <> all($2::bigint[]) and exists (select from execution where execution.tenant_id = any($2::bigint[])
           and execution.automation_id = automation.id and execution.status <> 'skipped')
         or case automation.scope_kind
         when 'entity' then automation.tenant_id = any($2::bigint[]) or automation.tenant_id = automation.root_id
         else project.id = any($5::bigint[])
           or (project.tenant_id, project.visibility) in (select * from unnest($3::bigint[], $4::text[])) end)
       and ($6::text[] is null or automation.name = any($6::text[]) or automation.id::text = any($6::text[]))
       and ($7::text is null or position(lower($7::text) in lower(automation.name)) > 0)
       and ($8::text[] is null or
         (automation.scope_kind, automation.scope_id) in (select * from unnest($8::text[], $9::bigint[])))`,
    [
      rootId,
      seen.map(({ tenantId }) => tenantId),
      pairs.map(([tenantId]) => tenantId),
      pairs.map(([, visibility]) => visibility),
      [...new Set(seen.flatMap(({ registries }) => registries))],
      called,
      text,
      scopes?.map(({ kind }) => kind) ?? null,
      scopes?.map(({ id }) => id) ?? null,
    ],
  );
}

/** Automations of which some revision delivered to an integration. */
export async function automationsDelivering(database: Queryable, id: IntegrationId): Promise<AutomationId[]> {
  const rows = await database.query<{ id: AutomationId }>(
    `select distinct automation_id as id from automation_revision
      where definition -> 'action' ->> 'integrationId' = $1::text`,
    [id],
  );
  return rows.map(({ id: automationId }) => automationId);
}
