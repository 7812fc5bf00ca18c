import type { IntegrationId } from '../src/model/ids.ts';
import type { DeliveryScene } from '../test/delivery-scene.ts';
import type { Receiver } from '../test/support/receiver.ts';
import { until } from '../test/support/wait.ts';
import { filledQueue, UNLIMITED, WEBHOOKS } from './delivery-scenes.ts';
import { median } from './percentile.ts';

const COUNT = 4_000;
/** Of one webhook: a part of what the process may send, as it is by default. */
const IN_FLIGHT = 25;
/** Turns with and without, one after the other. */
const PAIRS = 3;

/** Deliveries a second to webhooks that answer, without and with one more that never does; the medians. */
export interface HangingEffect {
  readonly without: number;
  readonly beside: number;
}

export async function hangingEffect(scene: DeliveryScene, receiver: Receiver, url: string): Promise<HangingEffect> {
  const without: number[] = [];
  const beside: number[] = [];
  for (let pair = 0; pair < PAIRS; pair += 1) {
    without.push(await rateOf(scene, url));
    const inbox = receiver.inbox();
    inbox.reply(...Array.from({ length: COUNT / WEBHOOKS }, () => 'hang' as const));
    beside.push(await rateOf(scene, url, inbox.url));
  }
  return { without: median(without), beside: median(beside) };
}

async function rateOf(scene: DeliveryScene, url: string, hanging?: string): Promise<number> {
  const hung = hanging === undefined ? [] : await filledQueue(scene, hanging, COUNT / WEBHOOKS, 1);
  await filledQueue(scene, url, COUNT);
  const ids = hung.map(({ integrationId }) => integrationId);
  const begun = performance.now();
  const limits = { inFlight: IN_FLIGHT, perSecond: UNLIMITED };
  const loop = scene.start({ limits, inFlight: IN_FLIGHT * (WEBHOOKS + 1), pollMs: 1000 });
  await until('the others to be done', () => isDone(scene, ids), { within: 120_000 });
  const rate = (1000 * COUNT) / (performance.now() - begun);
  await loop.stop(0);
  // what hangs is not to be delivered by the next turn
  await scene.database.execute('delete from delivery');
  return rate;
}

/** Whether nothing waits but what goes to these. */
async function isDone({ database }: DeliveryScene, but: readonly IntegrationId[]): Promise<boolean> {
  const rows = await database.query('select from delivery where destination_id <> all($1::bigint[]) limit 1', [but]);
  return rows.length === 0;
}
