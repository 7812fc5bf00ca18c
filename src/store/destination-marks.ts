import type { Instant } from '../model/clock.ts';
import type { IntegrationId } from '../model/ids.ts';
import type { Attempt } from './attempts.ts';
import type { Transaction } from './database.ts';

/** What came of the newest attempt at a destination. */
export interface LastDelivery extends Pick<Attempt, 'outcome' | 'status' | 'fault'> {
  /** To the minute. */
  readonly at: Instant;
}

/** What attempts leave at their destination, for whoever owns it next and for answers; one for each destination. */
export interface DestinationMark {
  readonly destinationId: IntegrationId;
  readonly last: LastDelivery;
  /** Before which its receiver asked for nothing more; `null` when it did not. */
  readonly heldUntil: Instant | null;
}

/** Keeps what came of attempts. */
export async function markDestinations(tx: Transaction, marks: readonly DestinationMark[]): Promise<void> {
  await tx.execute(
    `with mark as (
       select * from unnest($1::bigint[], $2::timestamptz[], $3::timestamptz[], $4::text[], $5::int[], $6::text[])
         as mark(id, held_until, at, outcome, status, fault)
     ), locked as (
       select destination.id from destination join mark using (id) order by destination.id for no key update of destination
     )
     update destination set open_at = greatest(open_at, mark.held_until), last_at = mark.at,
       last_outcome = mark.outcome, last_status = mark.status, last_fault = mark.fault
       from mark join locked using (id) where destination.id = mark.id`,
    [
      marks.map(({ destinationId }) => destinationId),
      marks.map(({ heldUntil }) => (heldUntil === null ? null : new Date(heldUntil))),
      marks.map(({ last }) => new Date(last.at)),
      marks.map(({ last }) => last.outcome),
      marks.map(({ last }) => last.status),
      marks.map(({ last }) => last.fault),
    ],
  );
}
