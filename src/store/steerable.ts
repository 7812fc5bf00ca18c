import type { ScopeKind } from '../events/kind.ts';
import type { ExecutionKey } from '../model/execution-id.ts';
import type { IntegrationId, ProjectId, UserId } from '../model/ids.ts';
import type { Visibility } from '../model/viewer.ts';
import type { Queryable } from './database.ts';
import { EXECUTION_KEYS, executionKeys } from './execution-keys.ts';
import type { ExecutionStatus } from './execution-status.ts';
import { REGISTRY_ID } from './projects.ts';

/** An execution that a person may act on, and what decides whether. */
export interface Steerable extends ExecutionKey {
  readonly status: ExecutionStatus;
  readonly reason: string | null;
  readonly automationName: string;
  readonly automationDeleted: boolean;
  readonly automationCreatedBy: UserId | null;
  readonly automationScope: ScopeKind;
  readonly visibility: Visibility | null;
  readonly registryId: ProjectId | null;
  /** That its definition names; `null` when it names none. */
  readonly destinationId: IntegrationId | null;
  /** Kind and name of the integration; `null` when it was deleted. */
  readonly integration: {
    readonly kind: 'webhook' | 'slack';
    readonly name: string;
    readonly disabled: boolean;
  } | null;
}

/** Executions as deeds on them need them, in the order of the keys; those that are gone are left out. */
export function findSteerable(database: Queryable, keys: readonly ExecutionKey[]): Promise<Steerable[]> {
  if (keys.length === 0) return Promise.resolve([]);
  return database.query<Steerable>(
    `select execution.tenant_id as "tenantId", execution.event_id as "eventId",
       execution.automation_id as "automationId", execution.ask, execution.status,
       execution.reason, automation.name as "automationName", automation.deleted_at is not null as "automationDeleted",
       automation.created_by as "automationCreatedBy", automation.scope_kind as "automationScope",
       project.visibility, ${REGISTRY_ID} as "registryId",
       (revision.definition -> 'action' ->> 'integrationId')::bigint as "destinationId",
       case when integration.id is not null then json_build_object('kind', integration.kind,
         'name', integration.name, 'disabled', integration.disabled_at is not null) end as integration
     from ${EXECUTION_KEYS}) with ordinality as wanted(tenant_id, event_id, automation_id, ask, place)
     join execution on execution.tenant_id = wanted.tenant_id and execution.event_id = wanted.event_id
       and execution.automation_id = wanted.automation_id and execution.ask = wanted.ask
     join automation on automation.id = execution.automation_id
     left join automation_revision revision on revision.automation_id = execution.automation_id
       and revision.revision = execution.revision
     left join integration on integration.id = (revision.definition -> 'action' ->> 'integrationId')::bigint
       and integration.deleted_at is null
     left join project on project.id = execution.project_id
     left join entity on entity.id = project.tenant_id
     order by wanted.place`,
    executionKeys(keys),
  );
}
