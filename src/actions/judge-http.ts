import type { Instant } from '../model/clock.ts';
import type { Answer, ReceivedResponse } from '../model/exchange.ts';

/** What an answer means for the execution. */
export type Verdict =
  | { readonly kind: 'done' }
  /** Refused for good; people hear of it now. */
  | { readonly kind: 'never'; readonly reason: string }
  /** To be tried again, by the schedule, but not before `at` when the receiver named an instant. */
  | { readonly kind: 'not_before'; readonly reason: string; readonly at: Instant | undefined };

const RETRIED = new Set([408, 425, 429]);
const LONGEST_WAIT_MS = 24 * 3600 * 1000;

/** Judges the answer of an HTTP receiver (automations, section 4.6). Its body is never interpreted. */
export function judgeHttp(answer: Answer, now: Instant): Verdict {
  if (answer.kind === 'response') return judgeResponse(answer, now);
  // a wrong or forbidden address does not heal within the hour, like a wrong path
  if (answer.fault === 'blocked') return { kind: 'never', reason: 'address_blocked' };
  return { kind: 'not_before', reason: answer.fault, at: undefined };
}

function judgeResponse({ status, headers }: ReceivedResponse, now: Instant): Verdict {
  const reason = `http_${status}`;
  if (status >= 200 && status <= 299) return { kind: 'done' };
  if (status >= 500 || RETRIED.has(status)) {
    return { kind: 'not_before', reason, at: readRetryAfter(headers['retry-after'], now) };
  }
  return { kind: 'never', reason };
}

/** Reads `Retry-After`: seconds or a date, at most 24 h ahead; `undefined` when absent, unreadable or past. */
export function readRetryAfter(text: string | undefined, now: Instant): Instant | undefined {
  const value = text?.trim() ?? '';
  const at = /^\d+$/.test(value) ? now + Number(value) * 1000 : readHttpDate(value);
  return at === undefined || at <= now ? undefined : Math.min(at, now + LONGEST_WAIT_MS);
}

function readHttpDate(text: string): Instant | undefined {
  // every form of an HTTP date begins with the name of a day; Date.parse alone would read `-1` as a year
  const at = /^(mon|tue|wed|thu|fri|sat|sun)/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isFinite(at) ? at : undefined;
}
