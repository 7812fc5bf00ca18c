import { setTimeout as sleep } from 'node:timers/promises';
import { executionId } from '../src/model/execution-id.ts';
import type { DeliveryScene } from '../test/delivery-scene.ts';
import type { Receiver } from '../test/support/receiver.ts';
import { until } from '../test/support/wait.ts';
import { fireNow, signedWebhook, UNLIMITED, WEBHOOKS } from './delivery-scenes.ts';

const TICK_MS = 20;
const WARM_UP_MS = 1_000;

/**
 * Milliseconds from the commit of an event to the first byte at its receiver, at an even load for some time; sender
 * and receiver share this process and its clock.
 */
export async function deliveryDelays(
  scene: DeliveryScene,
  receiver: Receiver,
  perSecond: number,
  seconds: number,
): Promise<number[]> {
  const inbox = receiver.inbox();
  const webhooks = await Promise.all(Array.from({ length: WEBHOOKS }, () => signedWebhook(scene, inbox.url)));
  const loop = scene.start({ limits: { inFlight: 200, perSecond: UNLIMITED }, pollMs: 1000 });
  const firedAt = new Map<string, number>();
  const begun = performance.now();
  for (let fired = 0, turn = 0; performance.now() - begun < WARM_UP_MS + seconds * 1000; turn += 1) {
    const due = Math.floor(((performance.now() - begun) * perSecond) / 1000) - fired;
    const webhook = webhooks[turn % WEBHOOKS];
    if (due > 0 && webhook !== undefined) {
      const keys = await fireNow(scene, webhook, due);
      const now = performance.now();
      loop.wake([webhook.integrationId]);
      if (now - begun > WARM_UP_MS) for (const key of keys) firedAt.set(executionId(key), now);
      fired += due;
    }
    await sleep(TICK_MS);
  }
  await until('the queue to be empty', async () => (await scene.queued()) === 0, { within: 60_000 });
  await loop.stop();
  return inbox.received.flatMap(({ headers, at }) => {
    const fired = firedAt.get(String(headers['webhook-id']));
    return fired === undefined ? [] : [Math.max(0, at - fired)];
  });
}
