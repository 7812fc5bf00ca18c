import type { Instant } from '../model/clock.ts';
import type { IntegrationId } from '../model/ids.ts';
import type { Attempt } from './attempts.ts';
import type { Transaction } from './database.ts';

/** What came of the newest attempt at a destination. */
export interface LastDelivery extends Pick<Attempt, 'outcome' | 'status' | 'fault'> {
  /** To the minute. */
  readonly at: Instant;
}

/** What attempts leave at their destination, for whoever owns it next and for answers. */
export interface DestinationMark {
  readonly destinationId: IntegrationId;
  readonly last: LastDelivery;
  /** Before which its receiver asked for nothing more; `null` when it did not. */
  readonly heldUntil: Instant | null;
}

/**
 * Keeps what came of attempts; of several at one destination the newest counts, and the latest of the times to wait
 * for. A destination that goes on as it was is written once a minute.
 */
export async function markDestinations(tx: Transaction, marks: readonly DestinationMark[]): Promise<void> {
  const newest = [...byDestination(marks).values()];
  await tx.execute(
    `with mark as (
       select * from unnest($1::bigint[], $2::timestamptz[], $3::timestamptz[], $4::text[], $5::int[], $6::text[])
         as mark(id, held_until, at, outcome, status, fault)
     ), locked as (
       select destination.id from destination join mark using (id)
        where mark.held_until is not null or last_at is null or last_at < mark.at - interval '1 minute'
          or (last_outcome, last_status, last_fault) is distinct from (mark.outcome, mark.status, mark.fault)
        order by destination.id for no key update of destination
     )
     update destination set open_at = greatest(open_at, mark.held_until), last_at = mark.at,
       last_outcome = mark.outcome, last_status = mark.status, last_fault = mark.fault
       from mark join locked using (id) where destination.id = mark.id`,
    [
      newest.map(({ destinationId }) => destinationId),
      newest.map(({ heldUntil }) => (heldUntil === null ? null : new Date(heldUntil))),
      newest.map(({ last }) => new Date(last.at)),
      newest.map(({ last }) => last.outcome),
      newest.map(({ last }) => last.status),
      newest.map(({ last }) => last.fault),
    ],
  );
}

function byDestination(marks: readonly DestinationMark[]): ReadonlyMap<IntegrationId, DestinationMark> {
  const found = new Map<IntegrationId, DestinationMark>();
  for (const mark of marks) {
    const before = found.get(mark.destinationId) ?? mark;
    const holds = [before.heldUntil, mark.heldUntil].filter((hold) => hold !== null);
    const { last } = mark.last.at < before.last.at ? before : mark;
    found.set(mark.destinationId, { ...mark, last, heldUntil: holds.length === 0 ? null : Math.max(...holds) });
  }
  return found;
}
