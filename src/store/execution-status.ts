import type { Instant } from '../model/clock.ts';
import type { ExecutionKey } from '../model/execution-id.ts';
import type { Transaction } from './database.ts';
import { EXECUTION_KEYS, executionKeys } from './execution-keys.ts';

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

/** What an execution becomes. */
export interface ChangedExecution extends StatusChange {
  readonly key: ExecutionKey;
}

/** Moves pending executions on; lock their deliveries first (data model, section 6). */
export async function changeStatuses(tx: Transaction, changed: readonly ChangedExecution[]): Promise<void> {
  await tx.execute(
    `update execution set status = changed.status, reason = changed.reason,
       started_at = coalesce(execution.started_at, changed.started_at), ended_at = changed.ended_at
     from ${EXECUTION_KEYS}, $5::text[], $6::text[], $7::timestamptz[], $8::timestamptz[])
       as changed(tenant_id, event_id, automation_id, ask, status, reason, started_at, ended_at)
     where execution.tenant_id = changed.tenant_id and execution.event_id = changed.event_id
       and execution.automation_id = changed.automation_id and execution.ask = changed.ask
       and execution.status = 'pending'`,
    [
      ...executionKeys(changed.map(({ key }) => key)),
      changed.map(({ status }) => status),
      changed.map(({ reason }) => reason),
      changed.map(({ startedAt }) => dateOf(startedAt)),
      changed.map(({ endedAt }) => dateOf(endedAt)),
    ],
  );
  for (const { key } of changed) tellExecution(tx, key);
}

/** Has it told that an execution changed. */
export function tellExecution(tx: Transaction, { tenantId, eventId, automationId, ask }: ExecutionKey): void {
  tx.changed({ kind: 'execution', key: { tenantId, eventId, automationId, ask } });
}

const dateOf = (instant: Instant | null): Date | null => (instant === null ? null : new Date(instant));
