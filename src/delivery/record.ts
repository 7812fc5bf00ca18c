import type { Verdict } from '../actions/judge-http.ts';
import { nextAttempt } from '../engine/retry.ts';
import type { Instant } from '../model/clock.ts';
import type { Answer, OutgoingRequest } from '../model/exchange.ts';
import type { Json } from '../model/json.ts';
import { type Attempt, insertAttempt } from '../store/attempts.ts';
import type { Database } from '../store/database.ts';
import { type ClaimedDelivery, finishDelivery, postponeDelivery } from '../store/deliveries.ts';
import { changeStatus, type StatusChange } from '../store/execution-status.ts';

/** One attempt, from the request to what it means. */
export interface Made {
  readonly request: OutgoingRequest;
  readonly startedAt: Instant;
  readonly answer: Answer;
  readonly verdict: Verdict;
  readonly endedAt: Instant;
}

/**
 * Records an attempt and its outcome, or the time of the next one, in one transaction; only while the delivery is
 * still ours: else another owner makes the outcome, and ours is discarded.
 *
 * @param random moves the next attempt, from 0 up to 1
 */
export async function recordAttempt(
  database: Database,
  claimed: ClaimedDelivery,
  made: Made,
  random: number,
): Promise<void> {
  const nextAt = nextAttemptAt(claimed, made, random);
  await database.transaction(async (tx) => {
    const ours = nextAt === undefined ? await finishDelivery(tx, claimed) : await postponeDelivery(tx, claimed, nextAt);
    if (!ours) return;
    await Promise.all([
      insertAttempt(tx, claimed, claimed.step, attemptOf(claimed, made, nextAt)),
      changeStatus(tx, claimed, statusAfter(made, nextAt)),
    ]);
  });
}

/** Ends an execution that was not sent; only while its delivery is still ours. */
export async function recordEnd(
  database: Database,
  claimed: ClaimedDelivery,
  end: Pick<StatusChange, 'status' | 'reason'>,
  now: Instant,
): Promise<void> {
  await database.transaction(async (tx) => {
    if (!(await finishDelivery(tx, claimed))) return;
    await changeStatus(tx, claimed, { ...end, startedAt: null, endedAt: now });
  });
}

function nextAttemptAt({ tries }: ClaimedDelivery, { verdict, endedAt }: Made, random: number): Instant | undefined {
  return verdict.kind === 'not_before' ? nextAttempt('standard', tries, endedAt, random, verdict.at) : undefined;
}

function statusAfter({ verdict, startedAt, endedAt }: Made, nextAt: Instant | undefined): StatusChange {
  if (nextAt !== undefined) return { status: 'pending', reason: null, startedAt, endedAt: null };
  switch (verdict.kind) {
    case 'done':
      return { status: 'finished', reason: null, startedAt, endedAt };
    case 'never':
      return { status: 'failed', reason: verdict.reason, startedAt, endedAt };
    case 'not_before':
      return { status: 'failed', reason: `attempts_exhausted: ${verdict.reason}`, startedAt, endedAt };
  }
}

function attemptOf({ tries }: ClaimedDelivery, made: Made, nextAt: Instant | undefined): Attempt {
  const { request, startedAt, answer, verdict } = made;
  const failed = answer.kind === 'failure';
  return {
    number: tries,
    startedAt,
    durationMs: answer.durationMs,
    outcome: verdict.kind,
    status: failed ? null : answer.status,
    error: failed ? answer.text : null,
    phase: failed ? answer.phase : null,
    address: answer.address ?? null,
    request: { method: request.method, url: withoutCredentials(request.url), headers: { ...request.headers } },
    response: responseOf(answer),
    nextAt: nextAt ?? null,
  };
}

function responseOf(answer: Answer): Json {
  if (answer.kind === 'failure') return null;
  return { headers: { ...answer.headers }, body: answer.body, truncated: answer.truncated };
}

/** The path and query of a webhook may be its credentials (automations, section 4.1). */
function withoutCredentials(url: string): string {
  return `${new URL(url).origin}/…`;
}
