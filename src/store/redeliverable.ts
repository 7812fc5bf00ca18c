import type { ScopeKind } from '../events/kind.ts';
import type { Instant } from '../model/clock.ts';
import type { AutomationId, IntegrationId, ProjectId, TenantId, UserId } from '../model/ids.ts';
import { largeIdAt } from '../model/large-id.ts';
import type { Visibility } from '../model/viewer.ts';
import type { Queryable } from './database.ts';
import type { ExecutionStatus } from './execution-status.ts';
import { DRY_RUN } from './executions.ts';
import { REGISTRY_ID } from './projects.ts';
import type { Revived } from './revivals.ts';

/** Which ended executions are to be delivered again. */
export interface RedeliveryQuery {
  readonly tenantId: TenantId;
  readonly statuses: readonly ExecutionStatus[];
  /** `null` for any but dry runs: what was never to be sent must be named. */
  readonly reason: string | null;
  readonly automationIds: readonly AutomationId[] | null;
  readonly integrationId: IntegrationId | null;
  /** Of the event: from, and before. */
  readonly from: Instant | null;
  readonly to: Instant | null;
  readonly limit: number;
}

/** An execution that could be delivered again, and where it stands. */
export interface Redeliverable extends Revived {
  readonly visibility: Visibility | null;
  readonly registryId: ProjectId | null;
  readonly automationCreatedBy: UserId | null;
  readonly automationScope: ScopeKind;
}

const DESTINATION = `(revision.definition -> 'action' ->> 'integrationId')::bigint`;

/** Those of living automations whose webhook lives and is enabled, oldest first. */
export function findRedeliverable(database: Queryable, query: RedeliveryQuery): Promise<Redeliverable[]> {
  return database.query<Redeliverable>(
    `select execution.tenant_id as "tenantId", execution.event_id as "eventId",
       execution.automation_id as "automationId", execution.ask, integration.id as "destinationId",
       project.visibility, ${REGISTRY_ID} as "registryId", automation.created_by as "automationCreatedBy",
       automation.scope_kind as "automationScope"
     from execution
     join automation on automation.id = execution.automation_id and automation.deleted_at is null
     join automation_revision revision on revision.automation_id = execution.automation_id
       and revision.revision = execution.revision
     join integration on integration.id = ${DESTINATION} and integration.deleted_at is null
       and integration.disabled_at is null
     left join project on project.id = execution.project_id
     left join entity on entity.id = project.tenant_id
     where execution.tenant_id = $1::bigint and execution.status = any($2::text[])
       and (execution.reason = $3::text
         or ($3::text is null and (execution.reason is null or not starts_with(execution.reason, '${DRY_RUN}'))))
       and ($4::bigint[] is null or execution.automation_id = any($4::bigint[]))
       and ($5::bigint is null or integration.id = $5::bigint)
       and execution.event_id >= $6::bigint and execution.event_id < $7::bigint
     order by execution.event_id, execution.automation_id, execution.ask limit $8::int`,
    [
      query.tenantId,
      query.statuses,
      query.reason,
      query.automationIds,
      query.integrationId,
      query.from === null ? '0' : largeIdAt(query.from),
      query.to === null ? LARGEST : largeIdAt(query.to),
      query.limit,
    ],
  );
}

const LARGEST = String(2n ** 63n - 1n);
