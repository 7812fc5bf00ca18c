import type { Verdict } from '../actions/judge-http.ts';
import type { Instant } from '../model/clock.ts';
import type { Answer } from '../model/exchange.ts';

/** How much a destination is sent at most (automations, section 4.6). */
export interface PressureLimits {
  readonly inFlight: number;
  readonly perSecond: number;
}

export const DEFAULT_LIMITS: PressureLimits = { inFlight: 10, perSecond: 20 };

const OVERLOADED = new Set([429, 502, 504]);
const SECOND_MS = 1000;
const WORTHWHILE = 4;

/**
 * What one destination is sent, kept in the memory of its owner: a receiver that is overloaded gets one probe at
 * a time until one succeeds, and one that names an instant gets nothing before it.
 */
export class Pressure {
  /** May change while it is in use. */
  limits: PressureLimits;
  #inFlight = 0;
  #probing = false;
  #openAt: Instant;
  /** Requests that were started within the last second, oldest first, those of one instant together. */
  #starts: { readonly at: Instant; readonly count: number }[] = [];

  /** @param openAt until when an earlier owner was asked to wait; `null` when it was not */
  constructor(limits: PressureLimits, openAt: Instant | null = null) {
    this.limits = limits;
    this.#openAt = openAt ?? Number.NEGATIVE_INFINITY;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** Whether forgetting it would let a receiver be sent more than it should be. */
  isCalm(now: Instant): boolean {
    return this.#inFlight === 0 && !this.#probing && !this.isHeld(now);
  }

  /** Whether its receiver asked for nothing before a later instant. */
  isHeld(now: Instant): boolean {
    return this.#openAt > now;
  }

  /** How many of those may be started now that a person asks for: in spite of what the receiver asked for, as probes. */
  freeForUrgent(now: Instant): number {
    return this.isHeld(now) && this.#inFlight === 0 ? 1 : this.free(now);
  }

  /** How many requests may be started now. */
  free(now: Instant): number {
    if (this.isHeld(now)) return 0;
    if (this.#probing) return this.#inFlight === 0 ? 1 : 0;
    const recent = this.#recent(now).reduce((sum, { count }) => sum + count, 0);
    return Math.max(0, Math.min(this.limits.inFlight - this.#inFlight, this.limits.perSecond - recent));
  }

  /** Whether it is worthwhile to claim for it: many requests at once cost less than one after the other. */
  hasRoom(now: Instant): boolean {
    const free = this.free(now);
    return free > 0 && (this.#inFlight === 0 || this.#probing || free >= this.limits.inFlight / WORTHWHILE);
  }

  started(now: Instant): void {
    this.#inFlight += 1;
    const recent = this.#recent(now);
    const last = recent.at(-1);
    if (last?.at === now) this.#starts = recent.with(-1, { at: now, count: last.count + 1 });
    else this.#starts = [...recent, { at: now, count: 1 }];
  }

  /** A delivery ended; without an answer when nothing was sent. */
  ended(result?: { readonly answer: Answer; readonly verdict: Verdict }): void {
    this.#inFlight -= 1;
    if (result === undefined) return;
    const { answer, verdict } = result;
    if (verdict.kind === 'done') this.#probing = false;
    if (isOverloaded(answer)) this.#probing = true;
    this.#openAt = Math.max(this.#openAt, heldUntil(answer, verdict) ?? Number.NEGATIVE_INFINITY);
  }

  /**
   * An admin changed it: what the receiver asked for may have been another one's, or a mistake.
   *
   * @param openAt what was asked for since
   */
  reopen(openAt: Instant | null): void {
    this.#openAt = openAt ?? Number.NEGATIVE_INFINITY;
  }

  /** A clock that was set back makes starts of the future: they are forgotten. */
  #recent(now: Instant) {
    return this.#starts.filter(({ at }) => at > now - SECOND_MS && at <= now);
  }
}

/** Until when an answer holds whatever else goes to its receiver; `undefined` when it does not. */
export function heldUntil(answer: Answer, verdict: Verdict): Instant | undefined {
  const isAsked = answer.kind === 'response' && answer.status === 429 && verdict.kind === 'not_before';
  return isAsked ? verdict.at : undefined;
}

function isOverloaded(answer: Answer): boolean {
  return answer.kind === 'response' ? OVERLOADED.has(answer.status) : answer.fault === 'timeout';
}
