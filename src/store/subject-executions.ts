import type { Instant } from '../model/clock.ts';
import type { ExecutionKey } from '../model/execution-id.ts';
import type { AutomationId, TenantId } from '../model/ids.ts';
import type { Queryable } from './database.ts';
import type { ExecutionStatus } from './execution-status.ts';

/** What an automation answered to what happened to one subject. */
export interface SubjectExecution extends ExecutionKey {
  readonly status: ExecutionStatus;
  readonly reason: string | null;
  readonly createdAt: Instant;
}

/** The executions of an automation about one run, version or collection, newest first. */
export function executionsAbout(
  database: Queryable,
  { tenantId, subjectId }: { readonly tenantId: TenantId; readonly subjectId: string },
  automationId: AutomationId,
  limit: number,
): Promise<SubjectExecution[]> {
  return database.query<SubjectExecution>(
    `select tenant_id as "tenantId", event_id as "eventId", automation_id as "automationId", ask, status, reason,
            created_at as "createdAt"
       from execution
      where tenant_id = $1::bigint and subject_id = $2::bigint and automation_id = $3::bigint
      order by event_id desc, ask desc limit $4::int`,
    [tenantId, subjectId, automationId, limit],
  );
}
