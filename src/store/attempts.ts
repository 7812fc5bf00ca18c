import type { Instant } from '../model/clock.ts';
import type { SendFault, SendPhase } from '../model/exchange.ts';
import type { ExecutionKey } from '../model/execution-id.ts';
import type { Json } from '../model/json.ts';
import { printCleanText } from '../model/loose-json.ts';
import type { Queryable, Transaction } from './database.ts';
import { doublingSlices, rowsOf } from './rows.ts';

export type AttemptOutcome = 'done' | 'never' | 'not_before';

/** One request of an execution and what came of it; secrets masked, bodies bounded. */
export interface Attempt {
  /** From 1; a number that is missing was on the wire when its server died. */
  readonly number: number;
  readonly startedAt: Instant;
  readonly durationMs: number;
  readonly outcome: AttemptOutcome;
  /** HTTP status; `null` without an answer. */
  readonly status: number | null;
  readonly error: string | null;
  /** What kind of failure it was. */
  readonly fault: SendFault | null;
  /** How far it came, when it failed. */
  readonly phase: SendPhase | null;
  /** The address really connected to. */
  readonly address: string | null;
  readonly request: Json;
  readonly response: Json;
  /** When the next attempt is due. */
  readonly nextAt: Instant | null;
}

/** An attempt and the delivery that it belongs to. */
export interface NewAttempt {
  readonly key: ExecutionKey;
  readonly step: number;
  readonly attempt: Attempt;
}

export async function insertAttempts(tx: Transaction, made: readonly NewAttempt[]): Promise<void> {
  await Promise.all(doublingSlices(made).map((slice) => insertSome(tx, slice)));
}

async function insertSome(tx: Transaction, made: readonly NewAttempt[]): Promise<void> {
  const { values, parameters } = rowsOf(made, ({ key, step, attempt }) => [
    key.tenantId,
    key.eventId,
    key.automationId,
    key.ask,
    step,
    attempt.number,
    new Date(attempt.startedAt),
    attempt.durationMs,
    attempt.outcome,
    attempt.status,
    attempt.error,
    attempt.fault,
    attempt.phase,
    attempt.address,
    printCleanText(attempt.request),
    printCleanText(attempt.response),
    attempt.nextAt === null ? null : new Date(attempt.nextAt),
  ]);
  await tx.execute(
    `insert into attempt
       (tenant_id, event_id, automation_id, ask, step, number, started_at, duration_ms, outcome, status, error,
        fault, phase, address, request, response, next_at)
     values ${values}`,
    parameters,
  );
}

/** The attempts of an execution, first to last. */
export async function listAttempts(database: Queryable, key: ExecutionKey): Promise<Attempt[]> {
  return database.query<Attempt>(
    `select number, started_at as "startedAt", duration_ms as "durationMs", outcome, status, error, fault,
       phase, address, request, response, next_at as "nextAt"
     from attempt
     where tenant_id = $1::bigint and event_id = $2::bigint and automation_id = $3::bigint and ask = $4::int
     order by step, number`,
    [key.tenantId, key.eventId, key.automationId, key.ask],
  );
}
