import type { Instant } from '../model/clock.ts';
import type { ExecutionKey } from '../model/execution-id.ts';
import type { Transaction } from './database.ts';
import { EXECUTION_KEYS, executionKeys } from './execution-keys.ts';
import { tellExecution } from './execution-status.ts';

/** Why an execution ended that a person stopped. */
const BY_PERSON = 'cancelled_by_person';

/**
 * Ends pending executions before they succeed. What is on the wire at this moment may arrive; its outcome is discarded,
 * as its work row is gone.
 *
 * @param by name of the person
 * @returns the keys of those that were pending
 */
export async function cancelExecutions(
  tx: Transaction,
  keys: readonly ExecutionKey[],
  by: string,
  now: Instant,
): Promise<ExecutionKey[]> {
  if (keys.length === 0) return [];
  await lockWork(tx, keys);
  const stopped = await tx.query<ExecutionKey>(
    `delete from delivery using ${EXECUTION_KEYS}) as stopped(tenant_id, event_id, automation_id, ask)
      where delivery.tenant_id = stopped.tenant_id and delivery.event_id = stopped.event_id
        and delivery.automation_id = stopped.automation_id and delivery.ask = stopped.ask
     returning delivery.tenant_id as "tenantId", delivery.event_id as "eventId",
       delivery.automation_id as "automationId", delivery.ask`,
    executionKeys(keys),
  );
  if (stopped.length === 0) return [];
  await tx.execute(
    `update execution set status = 'cancelled', reason = $5::text, cancelled_by = $6::text,
       ended_at = $7::timestamptz
     from ${EXECUTION_KEYS}) as stopped(tenant_id, event_id, automation_id, ask)
     where execution.tenant_id = stopped.tenant_id and execution.event_id = stopped.event_id
       and execution.automation_id = stopped.automation_id and execution.ask = stopped.ask
       and execution.status = 'pending'`,
    [...executionKeys(stopped), BY_PERSON, by, new Date(now)],
  );
  for (const key of stopped) tellExecution(tx, key);
  return stopped;
}

/** In the order of the keys, as everybody locks several (data model, section 6). */
async function lockWork(tx: Transaction, keys: readonly ExecutionKey[]): Promise<void> {
  await tx.execute(
    `select from delivery join ${EXECUTION_KEYS}) as stopped(tenant_id, event_id, automation_id, ask)
       using (tenant_id, event_id, automation_id, ask)
      order by tenant_id, event_id, automation_id, ask for no key update of delivery`,
    executionKeys(keys),
  );
}
