import type { Verdict } from '../actions/judge-http.ts';
import { nextAttempt } from '../engine/retry.ts';
import type { Instant } from '../model/clock.ts';
import type { Answer, OutgoingRequest } from '../model/exchange.ts';
import type { Json } from '../model/json.ts';
import type { Attempt } from '../store/attempts.ts';
import type { ClaimedDelivery } from '../store/deliveries.ts';
import type { StatusChange } from '../store/execution-status.ts';

/** What became of a claimed delivery, to be recorded. */
export interface Outcome {
  readonly claimed: ClaimedDelivery;
  /** `undefined` when nothing was sent. */
  readonly attempt: Attempt | undefined;
  /** The payload, when this attempt was the first to render it. */
  readonly rendered: string | undefined;
  readonly status: StatusChange;
  /** When the next attempt is due; `undefined` when the delivery is done. */
  readonly nextAt: Instant | undefined;
}

/** One attempt, from the request to what it means. */
export interface Made extends Pick<Outcome, 'rendered'> {
  readonly request: OutgoingRequest;
  readonly startedAt: Instant;
  readonly answer: Answer;
  readonly verdict: Verdict;
  readonly endedAt: Instant;
}

/**
 * The outcome of an attempt: its end, or the time of the next one.
 *
 * @param random moves the next attempt, from 0 up to 1
 */
export function outcomeOfAttempt(claimed: ClaimedDelivery, made: Made, random: number): Outcome {
  const nextAt = nextAttemptAt(claimed, made, random);
  const { rendered } = made;
  return { claimed, attempt: attemptOf(claimed, made, nextAt), rendered, status: statusAfter(made, nextAt), nextAt };
}

/** The outcome of an execution that ends without being sent. */
export function outcomeOfEnd(
  claimed: ClaimedDelivery,
  end: Pick<StatusChange, 'status' | 'reason'>,
  now: Instant,
): Outcome {
  const { status, reason } = end;
  return {
    claimed,
    attempt: undefined,
    rendered: undefined,
    status: { status, reason, startedAt: null, endedAt: now },
    nextAt: undefined,
  };
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
