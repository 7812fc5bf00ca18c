import type { Instant } from '../model/clock.ts';
import type { ExecutionKey } from '../model/execution-id.ts';
import type { AutomationId } from '../model/ids.ts';
import type { Queryable } from './database.ts';
import type { ExecutionStatus } from './execution-status.ts';

/** The newest execution of an automation that was not skipped (automations, section 6.3). */
export interface LastExecution extends ExecutionKey {
  readonly status: ExecutionStatus;
  readonly createdAt: Instant;
}

/** The entities, as `place`, in which the automation of the row `automation` may fire. */
export const WHERE_IT_FIRES = `(place.id = automation.tenant_id
  or (automation.scope_kind = 'entity' and automation.tenant_id = automation.root_id
    and place.root_id = automation.root_id))`;

/**
 * Of the row `automation`, as `last`: one look into the index of each tenant where it may fire, which is its own, and
 * for an automation of a whole organization each below it.
 */
export const LAST_EXECUTION = `left join lateral (
    select found.* from entity place cross join lateral (
      select execution.tenant_id, execution.event_id, execution.ask, execution.status, execution.created_at
      from execution
      where execution.tenant_id = place.id and execution.automation_id = automation.id
        and execution.status <> 'skipped'
      order by execution.event_id desc limit 1
    ) found
    where ${WHERE_IT_FIRES}
    order by found.event_id desc limit 1
  ) last on true`;

/** Of each of these automations that was ever executed. */
export async function lastExecutions(
  database: Queryable,
  ids: readonly AutomationId[],
): Promise<ReadonlyMap<AutomationId, LastExecution>> {
  const rows = await database.query<LastExecution>(
    `select last.tenant_id as "tenantId", last.event_id as "eventId", automation.id as "automationId", last.ask,
       last.status, last.created_at as "createdAt"
     from automation ${LAST_EXECUTION}
     where automation.id = any($1::bigint[]) and last.event_id is not null`,
    [ids],
  );
  return new Map(rows.map((row) => [row.automationId, row]));
}
