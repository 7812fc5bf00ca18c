import type { Instant } from '../model/clock.ts';
import type { ExecutionKey } from '../model/execution-id.ts';
import type { Transaction } from './database.ts';

/** The statuses of an execution (automations, section 6.1). */
export const EXECUTION_STATUSES = ['pending', 'finished', 'failed', 'skipped', 'cancelled'] as const;

export type ExecutionStatus = (typeof EXECUTION_STATUSES)[number];

export interface StatusChange {
  readonly status: ExecutionStatus;
  /** Why it failed or was cancelled, or what the last attempt met. */
  readonly reason: string | null;
  /** Of the first attempt; one that is stored stays. */
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
}

/** Moves a pending execution on; lock its delivery first (data model, section 6). */
export async function changeStatus(tx: Transaction, key: ExecutionKey, change: StatusChange): Promise<void> {
  await tx.execute(
    `update execution set status = $5::text, reason = $6::text,
       started_at = coalesce(started_at, $7::timestamptz), ended_at = $8::timestamptz
     where tenant_id = $1::bigint and event_id = $2::bigint and automation_id = $3::bigint and ask = $4::int
       and status = 'pending'`,
    [
      key.tenantId,
      key.eventId,
      key.automationId,
      key.ask,
      change.status,
      change.reason,
      change.startedAt === null ? null : new Date(change.startedAt),
      change.endedAt === null ? null : new Date(change.endedAt),
    ],
  );
}
