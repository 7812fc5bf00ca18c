import type { Instant } from '../model/clock.ts';
import type { ExecutionKey } from '../model/execution-id.ts';
import type { AutomationId, EntityId, IntegrationId } from '../model/ids.ts';
import type { Queryable, Transaction } from './database.ts';
import type { DestinationLease } from './destinations.ts';

/** A due delivery in the hands of its destination's owner. */
export interface ClaimedDelivery extends ExecutionKey, DestinationLease {
  readonly step: number;
  /** Claims so far, this one included: the number of this attempt. */
  readonly tries: number;
}

/**
 * The destinations that have something due. Walks the index from one destination to the next, so that the cost
 * grows with the destinations in the queue and not with the deliveries: an empty queue costs one probe.
 */
export async function busyDestinations(database: Queryable, now: Instant): Promise<IntegrationId[]> {
  const rows = await database.query<{ id: IntegrationId }>(
    `with recursive queued(id) as (
       (select destination_id from delivery order by destination_id limit 1)
       union all
       select (select destination_id from delivery where destination_id > queued.id order by destination_id limit 1)
         from queued where queued.id is not null
     )
     select id from queued
      where exists (select from delivery where destination_id = queued.id and due_at <= $1::timestamptz)`,
    [new Date(now)],
  );
  return rows.map(({ id }) => id);
}

/** How many deliveries of a leased destination may be claimed. */
export interface ClaimRequest extends DestinationLease {
  readonly free: number;
}

/**
 * Claims due deliveries, oldest first, per destination and only under leases that hold: a saturated destination
 * costs the others nothing (data model, section 4). What an earlier owner left unfinished is claimed again.
 */
export async function claimDeliveries(
  database: Queryable,
  owner: string,
  requests: readonly ClaimRequest[],
  now: Instant,
): Promise<ClaimedDelivery[]> {
  return database.query<ClaimedDelivery>(
    `with claimed as (
       select due.*, request.epoch
         from unnest($2::bigint[], $3::bigint[], $4::int[]) as request(destination_id, epoch, free)
         join destination on destination.id = request.destination_id and destination.epoch = request.epoch
           and destination.owner = $1::uuid and destination.lease_until > $5::timestamptz
         cross join lateral (
           select tenant_id, event_id, automation_id, ask, step from delivery
            where delivery.destination_id = request.destination_id and due_at <= $5::timestamptz
              and owner_epoch < request.epoch
            order by due_at limit request.free for update skip locked
         ) as due
     )
     update delivery set owner_epoch = claimed.epoch, tries = tries + 1 from claimed
      where delivery.tenant_id = claimed.tenant_id and delivery.event_id = claimed.event_id
        and delivery.automation_id = claimed.automation_id and delivery.ask = claimed.ask
        and delivery.step = claimed.step
     returning delivery.tenant_id as "tenantId", delivery.event_id as "eventId",
       delivery.automation_id as "automationId", delivery.ask, delivery.step,
       delivery.destination_id as "destinationId", delivery.owner_epoch as epoch, delivery.tries`,
    [
      owner,
      requests.map(({ destinationId }) => destinationId),
      requests.map(({ epoch }) => epoch),
      requests.map(({ free }) => free),
      new Date(now),
    ],
  );
}

const OURS = `tenant_id = $1::bigint and event_id = $2::bigint and automation_id = $3::bigint and ask = $4::int
  and step = $5::int and owner_epoch = $6::bigint`;

function oursParameters(claimed: ClaimedDelivery): unknown[] {
  const { tenantId, eventId, automationId, ask, step, epoch } = claimed;
  return [tenantId, eventId, automationId, ask, step, epoch];
}

/** Takes a delivery out of the queue; `false` when another owner has it, or a person: the outcome is then theirs. */
export async function finishDelivery(tx: Transaction, claimed: ClaimedDelivery): Promise<boolean> {
  return (await tx.execute(`delete from delivery where ${OURS}`, oursParameters(claimed))) === 1;
}

/** Puts a delivery back for a later attempt; `false` as for {@link finishDelivery}. */
export async function postponeDelivery(tx: Transaction, claimed: ClaimedDelivery, dueAt: Instant): Promise<boolean> {
  const moved = await tx.execute(`update delivery set due_at = $7::timestamptz, owner_epoch = 0 where ${OURS}`, [
    ...oursParameters(claimed),
    new Date(dueAt),
  ]);
  return moved === 1;
}

/**
 * Cancels what is pending of an automation that is being deleted (automations, section 2.10), in the deleting
 * transaction. What is on the wire at this moment may arrive; its outcome is discarded.
 *
 * @param automation `rootId` is its organization's entity: events of an organization-wide automation lie with
 *   every entity below
 * @returns how many were cancelled
 */
export async function cancelPendingOf(
  tx: Transaction,
  automation: { readonly automationId: AutomationId; readonly rootId: EntityId },
  now: Instant,
): Promise<number> {
  const keys = await tx.query<ExecutionKey>(
    `delete from delivery
      where tenant_id in (select id from entity where root_id = $2::bigint) and automation_id = $1::bigint
     returning tenant_id as "tenantId", event_id as "eventId", automation_id as "automationId", ask`,
    [automation.automationId, automation.rootId],
  );
  if (keys.length === 0) return 0;
  return tx.execute(
    `update execution set status = 'cancelled', reason = 'automation_deleted', ended_at = $5::timestamptz
       from unnest($1::bigint[], $2::bigint[], $3::int[]) as pending(tenant_id, event_id, ask)
      where execution.tenant_id = pending.tenant_id and execution.event_id = pending.event_id
        and execution.automation_id = $4::bigint and execution.ask = pending.ask and execution.status = 'pending'`,
    [
      keys.map(({ tenantId }) => tenantId),
      keys.map(({ eventId }) => eventId),
      keys.map(({ ask }) => ask),
      automation.automationId,
      new Date(now),
    ],
  );
}
