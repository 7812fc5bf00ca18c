import { judgeHttp, type Verdict } from '../actions/judge-http.ts';
import type { Answer } from '../model/exchange.ts';
import type { ClaimedDelivery } from '../store/deliveries.ts';
import { type Outcome, outcomeOfAttempt, outcomeOfEnd } from './outcome.ts';
import type { Prepared } from './prepare-deliveries.ts';
import type { DeliveryRoom } from './room.ts';

/** What became of a claimed delivery; its outcome is not recorded yet. */
export type Attempted =
  | { readonly kind: 'sent'; readonly answer: Answer; readonly verdict: Verdict; readonly outcome: Outcome }
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
  const { request, rendered } = prepared;
  const startedAt = clock.now();
  // access token and signatures are added here, to the very bytes that are sent (automations, section 4.2)
  const answer = await room.outbound.send(request, signal);
  if (answer.kind === 'failure' && answer.fault === 'stopped') return { kind: 'unknown' };
  const endedAt = clock.now();
  const verdict = judgeHttp(answer, endedAt);
  const outcome = outcomeOfAttempt(claimed, { request, rendered, startedAt, answer, verdict, endedAt }, room.random());
  return { kind: 'sent', answer, verdict, outcome };
}
