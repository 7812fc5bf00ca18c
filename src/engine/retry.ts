import { RETRY_SCHEDULES, type RetrySchedule } from '../actions/retry-schedules.ts';
import type { Instant } from '../model/clock.ts';

const HOUR = 3600 * 1000;

/** Longest wait that a receiver can ask for with `Retry-After`, in milliseconds. */
export const LONGEST_RETRY_AFTER = 24 * HOUR;

const JITTER = 0.2;

/** How many attempts a schedule makes in all. */
export function attemptsOf(schedule: RetrySchedule): number {
  return RETRY_SCHEDULES[schedule].length + 1;
}

/**
 * When to try again; `undefined` when the schedule is exhausted.
 *
 * @param tries attempts made so far, at least 1
 * @param random a fresh random number from 0 up to 1: it moves the delay by up to 20 % either way
 * @param retryAfter the instant before which the receiver asked not to come again
 */
export function nextAttempt(
  schedule: RetrySchedule,
  tries: number,
  now: Instant,
  random: number,
  retryAfter?: Instant,
): Instant | undefined {
  const delay = RETRY_SCHEDULES[schedule][tries - 1];
  if (delay === undefined) return undefined;
  const scheduled = now + Math.round(delay * (1 - JITTER + 2 * JITTER * random));
  return Math.max(scheduled, Math.min(retryAfter ?? scheduled, now + LONGEST_RETRY_AFTER));
}
