import type { Instant } from '../model/clock.ts';
import type { IntegrationId } from '../model/ids.ts';
import type { IntegrationKind } from '../model/integration-kind.ts';
import type { Json } from '../model/json.ts';
import type { Queryable } from './database.ts';

/** A process's hold on a destination. The epoch grows with each change of owner and fences what the last one left. */
export interface DestinationLease {
  readonly destinationId: IntegrationId;
  readonly epoch: string;
}

/** A lease that was just taken or prolonged, with the settings of its integration. */
export interface FreshLease extends DestinationLease {
  readonly kind: IntegrationKind;
  readonly config: Json;
  /** Another one after each change that an admin made. */
  readonly revision: string | null;
  /** Before which its receiver asked for nothing; `null` when it did not. */
  readonly openAt: Instant | null;
}

const FRESH = `destination.id as "destinationId", destination.epoch, destination.open_at as "openAt",
  (select kind from integration where integration.id = destination.id) as kind,
  (select config from integration where integration.id = destination.id) as config,
  (select updated_at::text from integration where integration.id = destination.id) as revision`;

/**
 * Takes destinations that nobody holds, or that this owner held and forgot; those in other hands are left out.
 * Rows locked by another taker are skipped: it takes them.
 */
export async function takeDestinations(
  database: Queryable,
  owner: string,
  ids: readonly IntegrationId[],
  now: Instant,
  until: Instant,
): Promise<FreshLease[]> {
  return database.query<FreshLease>(
    `with free as (
       select id from destination
        where id = any($1::bigint[]) and (lease_until < $3::timestamptz or owner = $2::uuid)
        order by id for no key update skip locked
     )
     update destination set owner = $2::uuid, epoch = epoch + 1, lease_until = $4::timestamptz
       from free where destination.id = free.id
     returning ${FRESH}`,
    [ids, owner, new Date(now), new Date(until)],
  );
}

/** Prolongs leases; answers those that are still this owner's, also when they had run out and nobody came. */
export async function renewDestinations(
  database: Queryable,
  owner: string,
  leases: readonly DestinationLease[],
  until: Instant,
): Promise<FreshLease[]> {
  return database.query<FreshLease>(
    `with held as (
       select id from destination
         join unnest($2::bigint[], $3::bigint[]) as lease(destination_id, epoch)
           on destination.id = lease.destination_id and destination.epoch = lease.epoch
        where owner = $1::uuid
        order by id for no key update of destination
     )
     update destination set lease_until = $4::timestamptz from held where destination.id = held.id
     returning ${FRESH}`,
    [owner, leases.map(({ destinationId }) => destinationId), leases.map(({ epoch }) => epoch), new Date(until)],
  );
}

/** Gives everything back that an owner holds, so that the next one need not wait for leases to end. */
export async function releaseDestinations(database: Queryable, owner: string): Promise<void> {
  await database.execute(`update destination set owner = null, lease_until = '-infinity' where owner = $1::uuid`, [
    owner,
  ]);
}
