import { judgeHttp, type Verdict } from '../actions/judge-http.ts';
import { judgeSlack } from '../actions/judge-slack.ts';
import type { Instant } from '../model/clock.ts';
import type { Answer } from '../model/exchange.ts';
import type { IntegrationKind } from '../model/integration-kind.ts';
import type { ClaimedDelivery } from '../store/deliveries.ts';
import { type Outcome, outcomeOfAttempt, outcomeOfDelay, outcomeOfEnd } from './outcome.ts';
import type { Prepared } from './render-delivery.ts';
import type { DeliveryRoom } from './room.ts';
import type { SentRequest } from './watch.ts';

/** What became of a claimed delivery; its outcome is not recorded yet. */
export type Attempted =
  | ({ readonly kind: 'sent' } & SentRequest)
  | { readonly kind: 'not_sent'; readonly outcome: Outcome }
  /** Given up in the middle: the next owner repeats it with the same id. */
  | { readonly kind: 'unknown' };

/**
 * One attempt of a prepared delivery: send and judge. Never rejects.
 *
 * @param signal gives the request up
 */
export async function attempt(
  room: DeliveryRoom,
  claimed: ClaimedDelivery,
  prepared: Prepared,
  signal: AbortSignal,
): Promise<Attempted> {
  const { clock } = room.ground;
  if (prepared.kind === 'end') return { kind: 'not_sent', outcome: outcomeOfEnd(claimed, prepared, clock.now()) };
  if (prepared.kind === 'later') {
    return { kind: 'not_sent', outcome: outcomeOfDelay(claimed, prepared.reason, clock.now(), room.random()) };
  }
  const startedAt = clock.now();
  const answer = await room.outbound.send(prepared.request, signal);
  if (answer.kind === 'failure' && answer.fault === 'stopped') return { kind: 'unknown' };
  const endedAt = clock.now();
  const verdict = judge(prepared.destination.kind, answer, endedAt);
  const outcome = outcomeOfAttempt(claimed, { prepared, startedAt, answer, verdict, endedAt }, room.random());
  return { kind: 'sent', answer, verdict, startedAt, outcome };
}

function judge(kind: IntegrationKind, answer: Answer, now: Instant): Verdict {
  switch (kind) {
    case 'webhook':
      return judgeHttp(answer, now);
    case 'slack':
      return judgeSlack(answer, now);
  }
}
