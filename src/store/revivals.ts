import type { Instant } from '../model/clock.ts';
import type { ExecutionKey } from '../model/execution-id.ts';
import type { IntegrationId } from '../model/ids.ts';
import type { Transaction } from './database.ts';
import { EXECUTION_KEYS, executionKeys } from './execution-keys.ts';
import { type ExecutionStatus, tellExecution } from './execution-status.ts';
import { rowsOf } from './rows.ts';

/** An execution that has ended, and where it is to be delivered. */
export interface Revived extends ExecutionKey {
  readonly destinationId: IntegrationId;
}

/** How executions become pending again. */
export interface Revival {
  /** Those of another status by now are left as they are. */
  readonly from: readonly ExecutionStatus[];
  /** A person waits for it: the next attempt goes out although the receiver asked for nothing now. */
  readonly urgent: boolean;
  readonly now: Instant;
}

/**
 * Makes executions pending that have ended, each with a work row that is due now and a fresh schedule; the numbers of
 * their attempts go on. What was on the wire when one was cancelled may end meanwhile: its outcome stays discarded.
 *
 * @returns the keys of those that are pending again
 */
export async function reviveExecutions(
  tx: Transaction,
  ended: readonly Revived[],
  { from, ...work }: Revival,
): Promise<ExecutionKey[]> {
  if (ended.length === 0) return [];
  const revived = await tx.query<Revived & { readonly tries: number }>(
    `update execution set status = 'pending', reason = null, cancelled_by = null, ended_at = null
       from ${EXECUTION_KEYS}, $5::bigint[]) as ended(tenant_id, event_id, automation_id, ask, destination_id)
      where execution.tenant_id = ended.tenant_id and execution.event_id = ended.event_id
        and execution.automation_id = ended.automation_id and execution.ask = ended.ask
        and execution.status = any($6::text[])
     returning execution.tenant_id as "tenantId", execution.event_id as "eventId",
       execution.automation_id as "automationId", execution.ask, ended.destination_id as "destinationId",
       coalesce((select max(number) from attempt
         where attempt.tenant_id = execution.tenant_id and attempt.event_id = execution.event_id
           and attempt.automation_id = execution.automation_id and attempt.ask = execution.ask), 0) as tries`,
    [...executionKeys(ended), ended.map(({ destinationId }) => destinationId), from],
  );
  if (revived.length > 0) await insertWork(tx, revived, work);
  for (const key of revived) tellExecution(tx, key);
  return revived;
}

async function insertWork(
  tx: Transaction,
  revived: readonly (Revived & { readonly tries: number })[],
  { now, urgent }: Pick<Revival, 'now' | 'urgent'>,
): Promise<void> {
  const [next] = await tx.query<{ revival: string }>(`select nextval('delivery_revival') as revival`);
  const { values, parameters } = rowsOf(revived, ({ tenantId, eventId, automationId, ask, destinationId, tries }) => [
    tenantId,
    eventId,
    automationId,
    ask,
    destinationId,
    new Date(now),
    tries,
    tries,
    urgent,
    next?.revival,
  ]);
  await tx.execute(
    `insert into delivery
       (tenant_id, event_id, automation_id, ask, destination_id, due_at, tries, earlier, urgent, revival)
     values ${values}`,
    parameters,
  );
}

/**
 * Makes executions due now that wait for their next attempt, with a fresh schedule.
 *
 * @returns the keys of those that were waiting: what is on the wire cannot be hurried
 */
export async function hurryDeliveries(
  tx: Transaction,
  keys: readonly ExecutionKey[],
  { urgent, now }: Pick<Revival, 'now' | 'urgent'>,
): Promise<ExecutionKey[]> {
  if (keys.length === 0) return [];
  const hurried = await tx.query<ExecutionKey>(
    `update delivery set due_at = $5::timestamptz, earlier = tries, urgent = urgent or $6::boolean
       from ${EXECUTION_KEYS}) as waiting(tenant_id, event_id, automation_id, ask)
      where delivery.tenant_id = waiting.tenant_id and delivery.event_id = waiting.event_id
        and delivery.automation_id = waiting.automation_id and delivery.ask = waiting.ask
        and delivery.owner_epoch = 0
     returning delivery.tenant_id as "tenantId", delivery.event_id as "eventId",
       delivery.automation_id as "automationId", delivery.ask`,
    [...executionKeys(keys), new Date(now), urgent],
  );
  for (const key of hurried) tellExecution(tx, key);
  return hurried;
}
