import type { AutomationId, TenantId } from '../model/ids.ts';
import type { Transaction } from './database.ts';
import type { SkipReason } from './executions.ts';

/** An automation, and the run, collection or version that it answers. */
export interface Answered {
  readonly tenantId: TenantId;
  readonly subjectId: string;
  readonly automationId: AutomationId;
}

/**
 * Counts one more match on the newest execution of each automation and subject, where that was skipped for the same
 * reason; the subjects' locks are held.
 *
 * @returns those that were counted
 */
export async function countRepeats(
  tx: Transaction,
  answered: readonly Answered[],
  reason: SkipReason,
): Promise<Answered[]> {
  return tx.query<Answered>(
    `with skipped as (
       select newest.* from unnest($1::bigint[], $2::bigint[], $3::bigint[])
           as wanted(tenant_id, subject_id, automation_id)
         cross join lateral (
           select tenant_id, subject_id, automation_id, event_id, status, reason from execution
            where tenant_id = wanted.tenant_id and subject_id = wanted.subject_id
              and automation_id = wanted.automation_id and ask = 0
            order by event_id desc limit 1
         ) as newest
        where newest.status = 'skipped' and newest.reason = $4::text
     )
     update execution_detail set repeats = repeats + 1 from skipped
      where execution_detail.tenant_id = skipped.tenant_id and execution_detail.event_id = skipped.event_id
        and execution_detail.automation_id = skipped.automation_id and execution_detail.ask = 0
     returning skipped.tenant_id as "tenantId", skipped.subject_id as "subjectId",
       skipped.automation_id as "automationId"`,
    [
      answered.map(({ tenantId }) => tenantId),
      answered.map(({ subjectId }) => subjectId),
      answered.map(({ automationId }) => automationId),
      reason,
    ],
  );
}
