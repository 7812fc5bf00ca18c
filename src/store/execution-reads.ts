import type { SeenProjects } from '../access/seen-projects.ts';
import type { AlertTopic } from '../events/alert-topic.ts';
import type { ScopeKind } from '../events/kind.ts';
import type { Instant } from '../model/clock.ts';
import type { ExecutionKey } from '../model/execution-id.ts';
import type { AutomationId, ProjectId, UserId } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import type { Place, Visibility } from '../model/viewer.ts';
import type { Queryable } from './database.ts';
import type { ExecutionStatus } from './execution-status.ts';
import { REGISTRY_ID } from './projects.ts';

/** An execution as lists show it. */
export interface ListedExecution extends ExecutionKey {
  readonly status: ExecutionStatus;
  readonly reason: string | null;
  readonly eventType: string;
  readonly actionType: string;
  /** As it is called now, deleted or not. */
  readonly automationName: string;
  /** Whose alert it is, of no automation; `null` for automations. */
  readonly alert: { readonly entity: string; readonly topic: AlertTopic } | null;
  readonly revision: number;
  /** Name and visibility of the subject's project; `null` when it has none. */
  readonly project: string | null;
  readonly visibility: Visibility | null;
  /** Of the project when it is a registry. */
  readonly registryId: ProjectId | null;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly author: string | null;
  readonly createdAt: Instant;
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  /** When the next attempt is due; `null` when nothing is. */
  readonly nextAttemptAt: Instant | null;
}

/** Not before the instant that the receiver asked for, unless a person wants it at once. */
const NEXT_ATTEMPT_AT = `case when delivery.urgent then delivery.due_at
  else greatest(delivery.due_at, destination.open_at) end`;

const COLUMNS = `execution.tenant_id as "tenantId", execution.event_id as "eventId",
  execution.automation_id as "automationId", execution.ask, execution.status, execution.reason,
  execution.event_type as "eventType", execution.action_type as "actionType", automation.name as "automationName",
  case when automation.alert_topic is not null
    then json_build_object('entity', alerted.name, 'topic', automation.alert_topic) end as alert,
  execution.revision, project.name as project, project.visibility, ${REGISTRY_ID} as "registryId", execution.subject_kind as "subjectKind",
  execution.subject_id as "subjectId", execution.author, execution.created_at as "createdAt",
  execution.started_at as "startedAt", execution.ended_at as "endedAt", ${NEXT_ATTEMPT_AT} as "nextAttemptAt"`;

const TABLES = `execution
  join automation on automation.id = execution.automation_id
  left join entity alerted on alerted.id = automation.tenant_id
  left join project on project.id = execution.project_id
  left join entity on entity.id = project.tenant_id
  left join delivery on delivery.tenant_id = execution.tenant_id and delivery.event_id = execution.event_id
    and delivery.automation_id = execution.automation_id and delivery.ask = execution.ask and delivery.step = 0
  left join destination on destination.id = delivery.destination_id`;

/** Where a page begins: after this execution, newest first. */
export type ExecutionCursor = Pick<ExecutionKey, 'eventId' | 'automationId' | 'ask'>;

/** Of the projects that are seen, and of no project. */
export interface ExecutionsQuery extends SeenProjects {
  /** Only of these; `null` for all. */
  readonly automationIds: readonly AutomationId[] | null;
  readonly status: ExecutionStatus | null;
  readonly after: ExecutionCursor | null;
  readonly limit: number;
}

/** Executions of a tenant, newest first. */
export function listExecutions(database: Queryable, query: ExecutionsQuery): Promise<ListedExecution[]> {
  return database.query<ListedExecution>(
    `select ${COLUMNS} from ${TABLES}
      where execution.tenant_id = $1::bigint
        and (execution.project_id is null or project.visibility = any($2::text[]) or project.id = any($9::bigint[]))
        and ($3::bigint[] is null or execution.automation_id = any($3::bigint[]))
        and ($4::text is null or execution.status = $4::text)
        and ($5::bigint is null or (execution.event_id <= $5::bigint and (execution.event_id < $5::bigint
          or (execution.automation_id, execution.ask) > ($6::bigint, $7::int))))
      order by execution.event_id desc, execution.automation_id, execution.ask limit $8::int`,
    [
      query.tenantId,
      query.visibilities,
      query.automationIds,
      query.status,
      query.after?.eventId ?? null,
      query.after?.automationId ?? null,
      query.after?.ask ?? null,
      query.limit,
      query.registries,
    ],
  );
}

/** An execution with everything that explains it. */
export interface ExecutionDetails extends ListedExecution {
  /** Of the revision that matched. */
  readonly definition: Json;
  readonly explanation: Json;
  /** As first rendered. */
  readonly payload: string | null;
  /** Further matches that were counted on it when it was skipped. */
  readonly repeats: number;
  /** Who made the automation. */
  readonly automationCreatedBy: UserId | null;
  readonly automationScope: ScopeKind;
  readonly occurredAt: Instant;
  readonly captured: Json;
}

export async function readExecution(database: Queryable, key: ExecutionKey): Promise<ExecutionDetails | undefined> {
  const [row] = await database.query<ExecutionDetails>(
    `select ${COLUMNS}, automation_revision.definition, execution_detail.explanation, execution_detail.payload,
       execution_detail.repeats, automation.created_by as "automationCreatedBy",
       automation.scope_kind as "automationScope",
       event.occurred_at as "occurredAt", event.captured
     from ${TABLES}
     join event on event.tenant_id = execution.tenant_id and event.event_id = execution.event_id
     join execution_detail on execution_detail.tenant_id = execution.tenant_id
       and execution_detail.event_id = execution.event_id
       and execution_detail.automation_id = execution.automation_id and execution_detail.ask = execution.ask
     left join automation_revision on automation_revision.automation_id = execution.automation_id
       and automation_revision.revision = execution.revision
     where execution.tenant_id = $1::bigint and execution.event_id = $2::bigint
       and execution.automation_id = $3::bigint and execution.ask = $4::int`,
    [key.tenantId, key.eventId, key.automationId, key.ask],
  );
  return row;
}

/**
 * The automations that a text names by id or by name, deleted ones among them: of those whose executions an entity may
 * have, its own, its organization's and those that moved away.
 */
export async function automationsCalled(
  database: Queryable,
  { tenantId, rootId }: Pick<Place, 'tenantId' | 'rootId'>,
  text: string,
): Promise<AutomationId[]> {
  const rows = await database.query<{ id: AutomationId }>(
    `select id from automation
      where root_id = $2::bigint and alert_topic is null and (name = $3::text or id::text = $3::text)
        and (tenant_id in ($1::bigint, $2::bigint) or exists (
          select from execution where execution.tenant_id = $1::bigint and execution.automation_id = automation.id))`,
    [tenantId, rootId, text],
  );
  return rows.map(({ id }) => id);
}
