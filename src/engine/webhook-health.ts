import type { Instant } from '../model/clock.ts';

/** What is remembered of a webhook whose executions fail; forgotten with its next success. */
export interface Trouble {
  /** The end of the first execution that failed after the last success. */
  readonly since: Instant;
  /** Executions that failed since then. */
  readonly failed: number;
}

const DAY_MS = 24 * 3600 * 1000;

/** How long, and how often, a webhook may fail without a success in between (automations, section 4.6). */
export const LONGEST_TROUBLE = 5 * DAY_MS;
export const MOST_FAILURES = 10;

/** Whether a webhook has been in trouble for so long, and so often, that it is to be disabled. */
export function isHopeless({ since, failed }: Trouble, now: Instant): boolean {
  return failed >= MOST_FAILURES && now - since >= LONGEST_TROUBLE;
}
