import { setTimeout as sleep } from 'node:timers/promises';
import { judgeHttp, type Verdict } from '../actions/judge-http.ts';
import type { Answer } from '../model/exchange.ts';
import type { ClaimedDelivery } from '../store/deliveries.ts';
import { prepareDelivery } from './prepare-delivery.ts';
import { recordAttempt, recordEnd } from './record.ts';
import type { DeliveryRoom } from './room.ts';

/** What became of a claimed delivery. */
export type Delivered =
  | { readonly kind: 'sent'; readonly answer: Answer; readonly verdict: Verdict }
  | { readonly kind: 'not_sent' }
  /** Given up in the middle: the next owner repeats it with the same id. */
  | { readonly kind: 'unknown' };

const TRIES = 8;
const LONGEST_PAUSE_MS = 5_000;

/**
 * One attempt of a delivery: prepare, send, judge, record.
 *
 * @param signal gives the request up
 * @throws when the database fails for long: the outcome is then unknown
 */
export async function deliver(room: DeliveryRoom, claimed: ClaimedDelivery, signal: AbortSignal): Promise<Delivered> {
  const { database, clock } = room.ground;
  const prepared = await persist(() => prepareDelivery(room, claimed), signal);
  if (prepared.kind === 'end') {
    await persist(() => recordEnd(database, claimed, prepared, clock.now()), signal);
    return { kind: 'not_sent' };
  }
  const { request } = prepared;
  const startedAt = clock.now();
  // access token and signatures are added here, to the very bytes that are sent (automations, section 4.2)
  const answer = await room.outbound.send(request, signal);
  if (answer.kind === 'failure' && answer.fault === 'stopped') return { kind: 'unknown' };
  const endedAt = clock.now();
  const verdict = judgeHttp(answer, endedAt);
  const made = { request, startedAt, answer, verdict, endedAt };
  const random = room.random();
  await persist(() => recordAttempt(database, claimed, made, random), signal);
  return { kind: 'sent', answer, verdict };
}

/** The database may be away for a moment; what was sent must not be sent again for that. */
async function persist<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === TRIES || signal.aborted) throw error;
      await sleep(Math.min(LONGEST_PAUSE_MS, 100 * 2 ** attempt), undefined, { signal }).catch(() => {});
    }
  }
}
