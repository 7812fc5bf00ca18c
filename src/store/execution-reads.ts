import type { AlertTopic } from '../events/alert-topic.ts';
import type { ScopeKind } from '../events/kind.ts';
import type { Instant } from '../model/clock.ts';
import type { ExecutionKey } from '../model/execution-id.ts';
import type { ProjectId, UserId } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import type { Visibility } from '../model/viewer.ts';
import type { Queryable } from './database.ts';
import { EXECUTION_KEYS, executionKeys } from './execution-keys.ts';
import type { ExecutionStatus } from './execution-status.ts';
import { REGISTRY_ID } from './projects.ts';

/** An execution as lists show it. */
export interface ListedExecution extends ExecutionKey {
  /** Of the entity that owns it. */
  readonly entity: string;
  readonly status: ExecutionStatus;
  readonly reason: string | null;
  /** Name of the person who cancelled it. */
  readonly cancelledBy: string | null;
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
  /** As it was called then. */
  readonly subjectName: string | null;
  /** By which the client finds it: `entity/project/run`, `entity/project/collection:v3`. */
  readonly subjectPath: string | null;
  /** Its page, where the server knew its own address. */
  readonly subjectUrl: string | null;
  readonly author: string | null;
  readonly createdAt: Instant;
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  /** When the next attempt is due; `null` when nothing is. */
  readonly nextAttemptAt: Instant | null;
}

const captured = (path: string): string => `(event.captured #>> '{${path}}')`;
/** Not before the instant that the receiver asked for, unless a person wants it at once. */
const NEXT_ATTEMPT_AT = `case when delivery.urgent then delivery.due_at
  else greatest(delivery.due_at, destination.open_at) end`;

const placeIn = (subject: string): string =>
  ['entity', 'project', 'name'].map((part) => captured(`${subject}${part}`)).join(` || '/' || `);

const COLUMNS = `execution.tenant_id as "tenantId", execution.event_id as "eventId",
  execution.automation_id as "automationId", execution.ask, owner.name as entity, execution.status, execution.reason,
  execution.cancelled_by as "cancelledBy", execution.event_type as "eventType", execution.action_type as "actionType",
  automation.name as "automationName", case when automation.alert_topic is not null
    then json_build_object('entity', alerted.name, 'topic', automation.alert_topic) end as alert,
  execution.revision, project.name as project, project.visibility,
  ${REGISTRY_ID} as "registryId", execution.subject_kind as "subjectKind", execution.subject_id as "subjectId",
  coalesce(${captured('run,displayName')}, ${captured('version,collection,name')} || ':v' || ${captured('version,index')},
    ${captured('collection,name')}, ${captured('integration,name')}) as "subjectName",
  coalesce(${captured('run,entity')} || '/' || ${captured('run,project')} || '/' || ${captured('run,id')},
    ${placeIn('version,collection,')} || ':v' || ${captured('version,index')}, ${placeIn('collection,')}) as "subjectPath",
  coalesce(${captured('run,url')}, ${captured('version,url')}, ${captured('collection,url')}) as "subjectUrl",
  execution.author, execution.created_at as "createdAt", execution.started_at as "startedAt",
  execution.ended_at as "endedAt", ${NEXT_ATTEMPT_AT} as "nextAttemptAt"`;

const JOINED = `join event on event.tenant_id = execution.tenant_id and event.event_id = execution.event_id
  join automation on automation.id = execution.automation_id
  join entity owner on owner.id = execution.tenant_id
  left join entity alerted on alerted.id = automation.tenant_id
  left join project on project.id = execution.project_id
  left join entity on entity.id = project.tenant_id
  left join delivery on delivery.tenant_id = execution.tenant_id and delivery.event_id = execution.event_id
    and delivery.automation_id = execution.automation_id and delivery.ask = execution.ask and delivery.step = 0
  left join destination on destination.id = delivery.destination_id`;

const DETAIL = `execution_detail detail on detail.tenant_id = execution.tenant_id and detail.event_id = execution.event_id
  and detail.automation_id = execution.automation_id and detail.ask = execution.ask`;

const WANTED = `${EXECUTION_KEYS}) with ordinality as wanted(tenant_id, event_id, automation_id, ask, place)
  join execution on execution.tenant_id = wanted.tenant_id and execution.event_id = wanted.event_id
    and execution.automation_id = wanted.automation_id and execution.ask = wanted.ask`;

/** Executions by their keys, in that order; those that are gone are left out. */
export function listedExecutions(database: Queryable, keys: readonly ExecutionKey[]): Promise<ListedExecution[]> {
  if (keys.length === 0) return Promise.resolve([]);
  return database.query<ListedExecution>(
    `select ${COLUMNS} from ${WANTED} ${JOINED} order by wanted.place`,
    executionKeys(keys),
  );
}

/** An execution as exports tell it. */
export interface ExportedExecution extends ListedExecution {
  readonly explanation: Json;
  /** As first rendered. */
  readonly payload: string | null;
  readonly attempts: number;
  /** Of the last attempt. */
  readonly answered: number | null;
  readonly error: string | null;
}

/** The same with what an export tells besides. */
export function exportedExecutions(database: Queryable, keys: readonly ExecutionKey[]): Promise<ExportedExecution[]> {
  return database.query<ExportedExecution>(
    `select ${COLUMNS}, detail.explanation, detail.payload, coalesce(last.number, 0) as attempts,
       last.status as answered, last.error
     from ${WANTED} ${JOINED} join ${DETAIL}
     left join lateral (
       select number, status, error from attempt
        where attempt.tenant_id = execution.tenant_id and attempt.event_id = execution.event_id
          and attempt.automation_id = execution.automation_id and attempt.ask = execution.ask
        order by step desc, number desc limit 1
     ) last on true
     order by wanted.place`,
    executionKeys(keys),
  );
}

/** An execution with everything that explains it. */
export interface ExecutionDetails extends ListedExecution {
  /** Of the revision that matched. */
  readonly definition: Json;
  readonly explanation: Json;
  /** As first rendered. */
  readonly payload: string | null;
  /** Further matches that it stands for when it was skipped, else those that its firing held back. */
  readonly repeats: number;
  readonly lastRepeatAt: Instant | null;
  /** Who made the automation. */
  readonly automationCreatedBy: UserId | null;
  readonly automationScope: ScopeKind;
  readonly occurredAt: Instant;
  readonly captured: Json;
}

export async function readExecution(database: Queryable, key: ExecutionKey): Promise<ExecutionDetails | undefined> {
  const [row] = await database.query<ExecutionDetails>(
    `select ${COLUMNS}, revision.definition, detail.explanation, detail.payload,
       (detail.repeats + coalesce(latch.held, 0))::float8 as repeats,
       greatest(detail.last_repeat_at, latch.last_held_at) as "lastRepeatAt",
       automation.created_by as "automationCreatedBy",
       automation.scope_kind as "automationScope", event.occurred_at as "occurredAt", event.captured
     from execution ${JOINED} join ${DETAIL}
     left join latch on latch.tenant_id = execution.tenant_id and latch.run_id = execution.subject_id
       and latch.automation_id = execution.automation_id and latch.event_id = execution.event_id
       and execution.ask = 0
     left join automation_revision revision on revision.automation_id = execution.automation_id
       and revision.revision = execution.revision
     where execution.tenant_id = $1::bigint and execution.event_id = $2::bigint
       and execution.automation_id = $3::bigint and execution.ask = $4::int`,
    [key.tenantId, key.eventId, key.automationId, key.ask],
  );
  return row;
}
