import { setTimeout as delay } from 'node:timers/promises';
import { type Received, type Receiver, type Reply, startReceiver } from '../support/receiver.ts';
import { webhookId } from '../support/watch.ts';
import type { Delivery } from './ledgers.ts';
import type { Random } from './random.ts';

/** A receiver with a ledger: it is slow at times, fails at times, and hangs up on some. */
export interface Ledgered extends Receiver {
  readonly deliveries: readonly Delivery[];
  /** Since when nothing has arrived and nothing is in hand, as `performance.now()` counts; Infinity while busy. */
  readonly quietSince: number;
}

const SLOW_MS = 1_200;

export async function startLedgered(random: Random): Promise<Ledgered> {
  const deliveries: Delivery[] = [];
  const failed = new Set<string>();
  let open = 0;
  let lastAt = performance.now();
  const decide = async (received: Received): Promise<Reply> => {
    const id = webhookId(received);
    // one failure for each: the schedule's later attempts are hours away
    const answered = failed.has(id) ? 200 : answerOf(random);
    if (answered !== 200) failed.add(id);
    deliveries.push({ id, body: received.body, at: received.at, answered });
    open += 1;
    if (random.chance(0.15)) await delay(random.whole(1, SLOW_MS));
    open -= 1;
    lastAt = performance.now();
    return answered;
  };
  const receiver = await startReceiver(decide);
  return Object.assign(receiver, {
    deliveries,
    get quietSince() {
      return open > 0 ? Number.POSITIVE_INFINITY : lastAt;
    },
  });
}

function answerOf(random: Random): number | 'cut' {
  return random.chance(0.88) ? 200 : random.pick([500, 503, 408, 'cut', 'cut'] as const);
}
