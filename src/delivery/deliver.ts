import { judgeHttp, type Verdict } from '../actions/judge-http.ts';
import type { Answer } from '../model/exchange.ts';
import type { ClaimedDelivery } from '../store/deliveries.ts';
import type { Group } from './group.ts';
import { type Outcome, outcomeOfAttempt, outcomeOfEnd } from './outcome.ts';
import type { Prepared } from './prepare-deliveries.ts';
import type { DeliveryRoom } from './room.ts';

/** What became of a claimed delivery. */
export type Delivered =
  | { readonly kind: 'sent'; readonly answer: Answer; readonly verdict: Verdict }
  | { readonly kind: 'not_sent' }
  /** Given up in the middle: the next owner repeats it with the same id. */
  | { readonly kind: 'unknown' };

/**
 * One attempt of a prepared delivery: send, judge, record.
 *
 * @param outcomes writes what came of it
 * @param signal gives the request up
 * @throws when the database fails for long: the outcome is then unknown
 */
export async function deliver(
  room: DeliveryRoom,
  outcomes: Group<Outcome>,
  claimed: ClaimedDelivery,
  prepared: Prepared,
  signal: AbortSignal,
): Promise<Delivered> {
  const { clock } = room.ground;
  if (prepared.kind === 'end') {
    await outcomes.add(outcomeOfEnd(claimed, prepared, clock.now()));
    return { kind: 'not_sent' };
  }
  const { request } = prepared;
  const startedAt = clock.now();
  // access token and signatures are added here, to the very bytes that are sent (automations, section 4.2)
  const answer = await room.outbound.send(request, signal);
  if (answer.kind === 'failure' && answer.fault === 'stopped') return { kind: 'unknown' };
  const endedAt = clock.now();
  const verdict = judgeHttp(answer, endedAt);
  await outcomes.add(outcomeOfAttempt(claimed, { request, startedAt, answer, verdict, endedAt }, room.random()));
  return { kind: 'sent', answer, verdict };
}
