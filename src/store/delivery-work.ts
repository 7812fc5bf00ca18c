import type { ScopeKind } from '../events/kind.ts';
import type { Instant } from '../model/clock.ts';
import type { ExecutionKey } from '../model/execution-id.ts';
import type { IntegrationId } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import type { Queryable } from './database.ts';

/** What must be known to make the request of an execution: its automation as it stood at the match, its event. */
export interface DeliveryWork {
  /** As `encodeCaptured` wrote it. */
  readonly captured: Json;
  readonly occurredAt: Instant;
  /** Of the revision that matched; `null` when that is gone. */
  readonly action: Json;
  readonly automationName: string;
  readonly automationDeleted: boolean;
  readonly scopeKind: ScopeKind;
  readonly scopeId: string;
  readonly scopeName: string;
  /** As first rendered; `null` before the first attempt. */
  readonly payload: string | null;
  /** `null` when the integration or its entity was deleted. */
  readonly integrationConfig: Json;
}

/** Reads what a delivery needs; `undefined` when its execution is gone. */
export async function loadDeliveryWork(
  database: Queryable,
  key: ExecutionKey,
  integrationId: IntegrationId,
): Promise<DeliveryWork | undefined> {
  const [row] = await database.query<DeliveryWork>(
    `select event.captured, event.occurred_at as "occurredAt", detail.payload,
       revision.definition -> 'action' as action, revision.name as "automationName",
       automation.deleted_at is not null as "automationDeleted",
       revision.scope_kind as "scopeKind", revision.scope_id as "scopeId",
       coalesce(project.name, entity.name, '') as "scopeName",
       case when owner.id is not null then integration.config end as "integrationConfig"
     from execution
     join event using (tenant_id, event_id)
     join execution_detail detail using (tenant_id, event_id, automation_id, ask)
     join automation on automation.id = execution.automation_id
     join automation_revision revision
       on revision.automation_id = execution.automation_id and revision.revision = execution.revision
     left join project on revision.scope_kind = 'project' and project.id = revision.scope_id
     left join entity on revision.scope_kind = 'entity' and entity.id = revision.scope_id
     left join integration on integration.id = $5::bigint and integration.deleted_at is null
     left join entity owner on owner.id = integration.tenant_id and owner.deleted_at is null
     where execution.tenant_id = $1::bigint and execution.event_id = $2::bigint
       and execution.automation_id = $3::bigint and execution.ask = $4::int`,
    [key.tenantId, key.eventId, key.automationId, key.ask, integrationId],
  );
  return row;
}

/** Keeps the payload as first rendered, and answers the one that is kept: every attempt sends the same bytes. */
export async function keepPayload(database: Queryable, key: ExecutionKey, payload: string): Promise<string> {
  const [row] = await database.query<{ payload: string }>(
    `update execution_detail set payload = coalesce(payload, $5::text)
      where tenant_id = $1::bigint and event_id = $2::bigint and automation_id = $3::bigint and ask = $4::int
     returning payload`,
    [key.tenantId, key.eventId, key.automationId, key.ask, payload],
  );
  return row?.payload ?? payload;
}
