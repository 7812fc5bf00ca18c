import type { Verdict } from '../actions/judge-http.ts';
import { isBreaking } from '../actions/judge-slack.ts';
import type { RetrySchedule } from '../actions/retry-schedules.ts';
import { nextAttempt } from '../engine/retry.ts';
import type { Instant } from '../model/clock.ts';
import type { Answer } from '../model/exchange.ts';
import type { IntegrationKind } from '../model/integration-kind.ts';
import { maskHeaders } from '../secrets/mask.ts';
import type { Attempt } from '../store/attempts.ts';
import type { ClaimedDelivery } from '../store/deliveries.ts';
import type { StatusChange } from '../store/execution-status.ts';
import type { OpenDestination } from './open-destinations.ts';
import { heldUntil } from './pressure.ts';
import type { Ready, Unsent } from './render-delivery.ts';

/** The status by which a receiver says that it wants no more. */
const GONE = 410;

/** What became of a claimed delivery, to be recorded. */
export interface Outcome {
  readonly claimed: ClaimedDelivery;
  /** `undefined` when nothing was sent. */
  readonly attempt: Attempt | undefined;
  /** The payload, when it was rendered for the first time. */
  readonly rendered: string | undefined;
  readonly status: StatusChange;
  /** When the next attempt is due; `undefined` when the delivery is done. */
  readonly nextAt: Instant | undefined;
  /** `undefined` when it says nothing of the integration. */
  readonly health: Health | undefined;
  /** Before which the receiver wants nothing else either. */
  readonly heldUntil: Instant | undefined;
}

/** What an outcome says of its integration: whether it works. */
export interface Health {
  readonly of: IntegrationKind;
  readonly state: HealthState;
}

/** `gone` for good; `broken` until a person acts. */
export type HealthState = 'well' | 'failed' | 'gone' | 'broken';

/** One attempt, from the request to what it means. */
export interface Made {
  readonly prepared: Ready;
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
  const { rendered } = made.prepared;
  const status = statusAfter(made, nextAt);
  return {
    claimed,
    attempt: attemptOf(claimed, made, nextAt),
    rendered,
    status,
    nextAt,
    health: healthAfter(made, status),
    heldUntil: heldUntil(made.answer, made.verdict),
  };
}

/** The outcome of an execution that ends without being sent. */
export function outcomeOfEnd(claimed: ClaimedDelivery, end: Unsent, now: Instant): Outcome {
  const { status, reason, rendered } = end;
  return { ...UNSENT, claimed, rendered, status: { status, reason, startedAt: null, endedAt: now } };
}

/** Within which an execution that waits for a secret to be opened is looked at again. */
const LOCKED_WAIT_MS = 30_000;

/**
 * The outcome of an execution that could not be sent from here. It waits, however long: nothing was tried, so its
 * schedule does not run.
 */
export function outcomeOfDelay(claimed: ClaimedDelivery, reason: string, now: Instant, random: number): Outcome {
  const nextAt = now + Math.round(LOCKED_WAIT_MS * (1 - random / 2));
  return { ...UNSENT, claimed, status: { status: 'pending', reason, startedAt: null, endedAt: null }, nextAt };
}

const UNSENT = { attempt: undefined, rendered: undefined, nextAt: undefined, health: undefined, heldUntil: undefined };

/** Attempts of the schedule that runs. */
const scheduledTries = ({ tries, earlier }: ClaimedDelivery): number => tries - earlier;

function healthAfter({ prepared, answer, verdict }: Made, { status }: StatusChange): Health | undefined {
  const of = prepared.destination.kind;
  if (status === 'finished') return { of, state: 'well' };
  return status === 'failed' ? { of, state: failureOf(of, answer, verdict) } : undefined;
}

function failureOf(kind: IntegrationKind, answer: Answer, verdict: Verdict): HealthState {
  switch (kind) {
    case 'webhook':
      return answer.kind === 'response' && answer.status === GONE ? 'gone' : 'failed';
    case 'slack':
      return isBreaking(verdict) ? 'broken' : 'failed';
  }
}

function nextAttemptAt(claimed: ClaimedDelivery, made: Made, random: number): Instant | undefined {
  const { verdict, endedAt, prepared } = made;
  if (verdict.kind !== 'not_before') return undefined;
  return nextAttempt(scheduleOf(prepared.destination), scheduledTries(claimed), endedAt, random, verdict.at);
}

function scheduleOf(destination: OpenDestination): RetrySchedule {
  switch (destination.kind) {
    case 'webhook':
      return destination.config.schedule;
    case 'slack':
      return 'standard';
  }
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
  const { prepared, startedAt, answer, verdict } = made;
  const { request, shownHeaders, destination } = prepared;
  const failed = answer.kind === 'failure';
  return {
    number: tries,
    startedAt,
    durationMs: answer.durationMs,
    outcome: verdict.kind,
    status: failed ? null : answer.status,
    error: failed ? destination.mask(answer.text) : null,
    fault: failed ? answer.fault : null,
    phase: failed ? answer.phase : null,
    address: answer.address ?? null,
    request: { method: request.method, url: withoutCredentials(request.url), headers: { ...shownHeaders } },
    response: responseOf(answer, destination.mask),
    nextAt: nextAt ?? null,
  };
}

/** What is kept of an answer. */
export type KeptResponse = {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly truncated: boolean;
};

/** What came back, with the integration's secrets masked: receivers may echo them. */
export function responseOf(answer: Answer, mask: OpenDestination['mask']): KeptResponse | null {
  if (answer.kind === 'failure') return null;
  const { truncated } = answer;
  return { headers: maskHeaders(answer.headers, mask), body: mask(answer.body, { cut: truncated }), truncated };
}

/** The path and query of a webhook may be its credentials (automations, section 4.1). */
export function withoutCredentials(url: string): string {
  return `${new URL(url).origin}/…`;
}
