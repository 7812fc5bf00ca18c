import { executionId } from '../model/execution-id.ts';
import type { IntegrationTrouble } from './judge-integrations.ts';
import type { Outcome } from './outcome.ts';
import type { DeliveryLog } from './room.ts';

/**
 * Tells the operator what became of a delivery: failures and skips as warnings, what is tried again or was cancelled
 * for information, successes for those who look closely.
 */
export function logOutcome(log: DeliveryLog, { claimed, attempt, status, nextAt }: Outcome): void {
  // what waits for a secret would be told again and again: that the key is missing was told once; a dry run is asked for
  const waits = nextAt !== undefined && attempt === undefined;
  const level = waits || claimed.dryRun ? 'debug' : levelOf(status.status, nextAt !== undefined);
  if (!log.isLevelEnabled(level)) return;
  log[level](
    {
      execution: executionId(claimed),
      integration: claimed.destinationId,
      attempt: claimed.tries,
      outcome: status.status,
      reason: status.reason ?? undefined,
      status: attempt?.status ?? undefined,
      error: attempt?.error ?? undefined,
      phase: attempt?.phase ?? undefined,
      ms: attempt?.durationMs,
      next: nextAt === undefined ? undefined : new Date(nextAt).toISOString(),
    },
    nextAt === undefined ? `a delivery ${ENDS[status.status]}` : 'a delivery is tried again',
  );
}

/** Tells the operator of an integration that gets nothing until a person acts. */
export function logTrouble(log: DeliveryLog, { integrationId, trouble, reason }: IntegrationTrouble): void {
  log.warn({ integration: integrationId, reason }, TROUBLES[trouble]);
}

const TROUBLES = {
  disabled: 'an integration was disabled: nothing is delivered to it until somebody enables it',
  broken: 'a channel is broken: Slack takes nothing for it until somebody acts',
} as const satisfies Record<IntegrationTrouble['trouble'], string>;

const ENDS = {
  pending: 'waits',
  finished: 'succeeded',
  failed: 'failed',
  skipped: 'was skipped',
  cancelled: 'was cancelled',
} as const satisfies Record<Outcome['status']['status'], string>;

function levelOf(status: Outcome['status']['status'], again: boolean): 'debug' | 'info' | 'warn' {
  if (status === 'finished') return 'debug';
  return again || status === 'cancelled' ? 'info' : 'warn';
}
