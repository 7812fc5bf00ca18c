import type { Instant } from '../model/clock.ts';
import type { Answer } from '../model/exchange.ts';
import { judgeHttp, type Verdict } from './judge-http.ts';

/** Answers by which Slack says that nothing can reach the channel until a person acts. */
const BREAKING: ReadonlySet<string> = new Set([
  'channel_not_found',
  'channel_is_archived',
  'no_service',
  'action_prohibited',
]);

/** Judges Slack's answer to a message, a text of one word (automations, section 4.7). */
export function judgeSlack(answer: Answer, now: Instant): Verdict {
  const word = answer.kind === 'response' ? answer.body.trim() : '';
  if (word === 'invalid_payload' || BREAKING.has(word)) return { kind: 'never', reason: word };
  return judgeHttp(answer, now);
}

/** Whether a verdict says that the channel is broken. */
export function isBreaking(verdict: Verdict): boolean {
  return verdict.kind === 'never' && BREAKING.has(verdict.reason);
}
