import type { Instant } from '../model/clock.ts';
import type { ExecutionKey } from '../model/execution-id.ts';
import type { UserId } from '../model/ids.ts';
import { largeIdAt } from '../model/large-id.ts';
import type { Queryable } from './database.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Most that {@link countOwnFirings} counts to. */
const MOST_COUNTED = 10_000;

/**
 * How often an automation was fired by its own author in the 24 hours up to an instant: many may mean that it answers
 * itself (automations, section 2.9).
 */
export async function countOwnFirings(
  database: Queryable,
  {
    tenantId,
    automationId,
    createdBy,
    until,
  }: Pick<ExecutionKey, 'tenantId' | 'automationId'> & {
    readonly createdBy: UserId | null;
    readonly until: Instant;
  },
): Promise<number> {
  const [row] = await database.query<{ count: number }>(
    `select count(*)::int as count from (
       select from execution
        where tenant_id = $1::bigint and automation_id = $2::bigint and ask = 0
          and event_id >= $3::bigint and event_id < $4::bigint
          and author = (select username from app_user where id = $5::bigint)
        limit $6::int
     ) as own`,
    [tenantId, automationId, largeIdAt(until - DAY_MS), largeIdAt(until + 1), createdBy, MOST_COUNTED],
  );
  return row?.count ?? 0;
}
