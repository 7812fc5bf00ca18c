import type { Instant } from '../model/clock.ts';
import type { ExecutionKey } from '../model/execution-id.ts';
import type { AutomationId, EntityId, IntegrationId, TenantId } from '../model/ids.ts';
import type { Queryable, Transaction } from './database.ts';
import type { DestinationLease } from './destinations.ts';
import { EXECUTION_KEYS, executionKeys, numberList } from './execution-keys.ts';
import { tellExecution } from './execution-status.ts';

/** A due delivery in the hands of its destination's owner. */
export interface ClaimedDelivery extends ExecutionKey, DestinationLease {
  readonly step: number;
  /** Another one each time that the execution became pending again: fences what was on the wire before. */
  readonly revival: string;
  /** Claims so far, this one included: the number of this attempt. */
  readonly tries: number;
  /** Those of them that were made before the schedule began anew. */
  readonly earlier: number;
  /** It is rendered, and not sent. */
  readonly dryRun: boolean;
}

/** What one tenant's events have queued for one destination. */
export interface DueQueue {
  readonly destinationId: IntegrationId;
  readonly tenantId: TenantId;
  /** Whether a person asked for something in it to go out at once. */
  readonly urgent: boolean;
}

const FIRST_OF_ALL = `select destination_id, tenant_id from delivery order by destination_id, tenant_id limit 1`;

const FIRST_OF_EACH = `select first.destination_id, first.tenant_id
  from unnest($2::bigint[]) as wanted(id) cross join lateral (
    select destination_id, tenant_id from delivery where destination_id = wanted.id order by tenant_id limit 1
  ) as first`;

const NEXT_OF_ALL = '(destination_id, tenant_id) > (queued.destination_id, queued.tenant_id)';
const NEXT_OF_EACH = 'destination_id = queued.destination_id and tenant_id > queued.tenant_id';

/**
 * The queues that have something due. Walks the index from one queue to the next, so that the cost grows with the
 * queues and not with the deliveries: when all are empty it is one probe.
 *
 * @param destinationIds looks at these only
 */
export async function dueQueues(
  database: Queryable,
  now: Instant,
  destinationIds?: readonly IntegrationId[],
): Promise<DueQueue[]> {
  const [first, next] = destinationIds === undefined ? [FIRST_OF_ALL, NEXT_OF_ALL] : [FIRST_OF_EACH, NEXT_OF_EACH];
  return database.query<DueQueue>(
    `with recursive queued as (
       (${first})
       union all
       select next.destination_id, next.tenant_id from queued cross join lateral (
         select destination_id, tenant_id from delivery where ${next} order by destination_id, tenant_id limit 1
       ) as next
     )
     select destination_id as "destinationId", tenant_id as "tenantId",
       exists (select from delivery where destination_id = queued.destination_id and tenant_id = queued.tenant_id
         and urgent) as urgent
     from queued cross join lateral (
       select from delivery where destination_id = queued.destination_id and tenant_id = queued.tenant_id
         and due_at <= $1::timestamptz limit 1
     ) as due`,
    [new Date(now), ...(destinationIds === undefined ? [] : [destinationIds])],
  );
}

const KEY = 'tenant_id, event_id, automation_id, ask, step';

const sameKey = (table: string) =>
  KEY.split(', ')
    .map((column) => `delivery.${column} = ${table}.${column}`)
    .join(' and ');

/** How many deliveries of a queue may be claimed, under the lease of its destination. */
export interface ClaimRequest extends Pick<DueQueue, 'tenantId'>, DestinationLease {
  readonly free: number;
  /** Whether only what is urgent may be claimed. */
  readonly urgentOnly: boolean;
}

/**
 * Claims due deliveries, oldest first, per queue and only under leases that hold: a saturated destination costs
 * the others nothing (data model, section 4). What an earlier owner left unfinished is claimed again.
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
         from unnest($3::bigint[], $4::bigint[], $5::bigint[], $6::int[], $7::boolean[])
           as request(tenant_id, destination_id, epoch, free, urgent_only)
         join destination on destination.id = request.destination_id and destination.epoch = request.epoch
           and destination.owner = $1::uuid and destination.lease_until > $2::timestamptz
         cross join lateral (
           select tenant_id, event_id, automation_id, ask, step from delivery
            where delivery.tenant_id = request.tenant_id and delivery.destination_id = request.destination_id
              and due_at <= $2::timestamptz and owner_epoch < request.epoch and (urgent or not request.urgent_only)
            order by due_at limit request.free for update skip locked
         ) as due
     )
     update delivery set owner_epoch = claimed.epoch, tries = tries + 1 from claimed
      where ${sameKey('claimed')}
     returning delivery.tenant_id as "tenantId", delivery.event_id as "eventId",
       delivery.automation_id as "automationId", delivery.ask, delivery.step,
       delivery.destination_id as "destinationId", delivery.owner_epoch as epoch, delivery.revival, delivery.tries,
       delivery.earlier, delivery.dry_run as "dryRun"`,
    [
      owner,
      new Date(now),
      requests.map(({ tenantId }) => tenantId),
      requests.map(({ destinationId }) => destinationId),
      requests.map(({ epoch }) => epoch),
      requests.map(({ free }) => free),
      requests.map(({ urgentOnly }) => urgentOnly),
    ],
  );
}

const MINE = `${EXECUTION_KEYS}, $5::int[], $6::bigint[], $7::bigint[]`;

/** Whether a delivery is still in the hands of the one that claimed it, and the same one. */
const IS_MINE = `${sameKey('mine')} and delivery.owner_epoch = mine.epoch and delivery.revival = mine.revival`;

function keysOf(claimed: readonly ClaimedDelivery[]): unknown[] {
  return [
    ...executionKeys(claimed),
    numberList(claimed.map(({ step }) => step)),
    numberList(claimed.map(({ epoch }) => epoch)),
    numberList(claimed.map(({ revival }) => revival)),
  ];
}

/**
 * Takes those deliveries out of the queue that are still in the claimer's hands; the others another owner has, or a
 * person ended them: their outcome is not the claimer's to tell.
 *
 * @returns the places in the list, from 0, of those that it took out
 */
export async function removeDeliveries(tx: Transaction, claimed: readonly ClaimedDelivery[]): Promise<number[]> {
  const rows = await tx.query<{ place: number }>(
    `delete from delivery using ${MINE}) with ordinality as mine(${KEY}, epoch, revival, place)
      where ${IS_MINE}
     returning mine.place::int - 1 as place`,
    keysOf(claimed),
  );
  return rows.map(({ place }) => place);
}

/** `tries`: how many are to count from now on. */
export interface Postponed extends ClaimedDelivery {
  readonly dueAt: Instant;
}

/** Puts deliveries back for a later attempt, as {@link removeDeliveries} takes them out. */
export async function postponeDeliveries(tx: Transaction, claimed: readonly Postponed[]): Promise<number[]> {
  const rows = await tx.query<{ place: number }>(
    `update delivery set due_at = mine.due_at, tries = mine.tries, owner_epoch = 0, urgent = false
       from ${MINE}, $8::timestamptz[], $9::int[])
         with ordinality as mine(${KEY}, epoch, revival, due_at, tries, place)
      where ${IS_MINE}
     returning mine.place::int - 1 as place`,
    [...keysOf(claimed), claimed.map(({ dueAt }) => new Date(dueAt)), claimed.map(({ tries }) => tries)],
  );
  return rows.map(({ place }) => place);
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
  for (const key of keys) tellExecution(tx, key);
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
