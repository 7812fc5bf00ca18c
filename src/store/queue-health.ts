import type { Instant } from '../model/clock.ts';
import type { Queryable } from './database.ts';

/** What waits in the database, for all nodes; counts reach up to {@link MOST_COUNTED}. */
export interface QueueHealth {
  readonly deliveriesQueued: number;
  /** Those that a receiver's hold keeps back are not due. */
  readonly deliveriesDue: number;
  /** When the oldest due delivery came due; `null` when none is due. */
  readonly oldestDue: Instant | null;
  readonly deadlinesOverdue: number;
  readonly webhooksInTrouble: number;
  /** When the deed of the oldest entry of the audit log was done that is not sealed; `null` when all are. */
  readonly oldestUnsealed: Instant | null;
}

export const MOST_COUNTED = 10_000;

/** It may be sent: its receiver did not ask for nothing until later. */
const IS_DUE = 'due_at <= $1::timestamptz and destination_id not in (select id from held)';

/**
 * Looks at what waits, at a bounded cost: counts end at {@link MOST_COUNTED}, and the oldest delivery is found by one
 * probe of the index for each queue, as the delivery loop looks for what is due.
 *
 * @param overdueSince deadlines before it are overdue
 */
export async function queueHealth(database: Queryable, now: Instant, overdueSince: Instant): Promise<QueueHealth> {
  const [row] = await database.query<QueueHealth>(
    `with recursive queued as (
       (select destination_id, tenant_id, due_at from delivery order by destination_id, tenant_id, due_at limit 1)
       union all
       select next.destination_id, next.tenant_id, next.due_at from queued cross join lateral (
         select destination_id, tenant_id, due_at from delivery
          where (destination_id, tenant_id) > (queued.destination_id, queued.tenant_id)
          order by destination_id, tenant_id, due_at limit 1
       ) as next
     ), counted as (select destination_id, due_at from delivery limit $3::int),
     held as (select id from destination where open_at > $1::timestamptz)
     select (select count(*)::int from counted) as "deliveriesQueued",
       (select count(*)::int from counted where ${IS_DUE}) as "deliveriesDue",
       (select min(due_at) from queued where ${IS_DUE}) as "oldestDue",
       (select count(*)::int from (select from deadline where due_at < $2::timestamptz limit $3::int) as late)
         as "deadlinesOverdue",
       (select count(*)::int from (select from integration_trouble limit $3::int) as troubled) as "webhooksInTrouble",
       (select at from audit_entry where number is null order by id limit 1) as "oldestUnsealed"`,
    [new Date(now), new Date(overdueSince), MOST_COUNTED],
  );
  if (row === undefined) throw new Error('a count has no row');
  return row;
}
