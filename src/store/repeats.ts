import type { Instant } from '../model/clock.ts';
import type { AutomationId, EventId, TenantId } from '../model/ids.ts';
import type { Transaction } from './database.ts';
import { tellExecution } from './execution-status.ts';
import { FIRING, type SkipReason } from './executions.ts';

/** Further matches of the run that an execution answers, which left none of their own. */
export interface Repeats {
  readonly tenantId: TenantId;
  readonly automationId: AutomationId;
  readonly eventId: EventId;
  readonly count: number;
  /** When the last of them was. */
  readonly at: Instant;
}

/** Counts further matches on executions; those that are gone already are left out. */
export async function addRepeats(tx: Transaction, repeats: readonly Repeats[]): Promise<void> {
  await tx.execute(
    `update execution_detail set repeats = repeats + more.count,
       last_repeat_at = greatest(last_repeat_at, more.at)
       from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::int[], $5::timestamptz[])
         as more(tenant_id, event_id, automation_id, count, at)
      where execution_detail.tenant_id = more.tenant_id and execution_detail.event_id = more.event_id
        and execution_detail.automation_id = more.automation_id and execution_detail.ask = 0`,
    [
      repeats.map(({ tenantId }) => tenantId),
      repeats.map(({ eventId }) => eventId),
      repeats.map(({ automationId }) => automationId),
      repeats.map(({ count }) => count),
      repeats.map(({ at }) => new Date(at)),
    ],
  );
  for (const repeat of repeats) tellExecution(tx, { ...repeat, ask: FIRING });
}

/** Matches of an automation on one run, collection or version. */
export interface Answered {
  readonly tenantId: TenantId;
  readonly subjectId: string;
  readonly automationId: AutomationId;
  readonly count: number;
}

/**
 * Counts matches on the newest execution of each automation and subject, where that was skipped for the same reason;
 * the subjects' locks are held.
 *
 * @param answered each automation and subject once
 * @returns those that were counted
 */
export async function countRepeats(
  tx: Transaction,
  answered: readonly Answered[],
  reason: SkipReason,
  now: Instant,
): Promise<Pick<Answered, 'tenantId' | 'subjectId' | 'automationId'>[]> {
  return tx.query(
    `with skipped as (
       select newest.*, wanted.count from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::int[])
           as wanted(tenant_id, subject_id, automation_id, count)
         cross join lateral (
           select tenant_id, subject_id, automation_id, event_id, status, reason from execution
            where tenant_id = wanted.tenant_id and subject_id = wanted.subject_id
              and automation_id = wanted.automation_id and ask = 0
            order by event_id desc limit 1
         ) as newest
        where newest.status = 'skipped' and newest.reason = $5::text
     )
     update execution_detail set repeats = repeats + skipped.count, last_repeat_at = $6::timestamptz from skipped
      where execution_detail.tenant_id = skipped.tenant_id and execution_detail.event_id = skipped.event_id
        and execution_detail.automation_id = skipped.automation_id and execution_detail.ask = 0
     returning skipped.tenant_id as "tenantId", skipped.subject_id as "subjectId",
       skipped.automation_id as "automationId"`,
    [
      answered.map(({ tenantId }) => tenantId),
      answered.map(({ subjectId }) => subjectId),
      answered.map(({ automationId }) => automationId),
      answered.map(({ count }) => count),
      reason,
      new Date(now),
    ],
  );
}
