import { DeliveryScene } from '../test/delivery-scene.ts';
import { type DatabaseName, withDatabase } from '../test/support/databases.ts';
import type { Receiver } from '../test/support/receiver.ts';
import { until } from '../test/support/wait.ts';
import type { Bench } from './bench.ts';
import { deliveryDelays } from './delivery-delay.ts';
import { filledQueue, storeSigningKey, UNLIMITED, WEBHOOKS } from './delivery-scenes.ts';
import { type HangingEffect, hangingEffect } from './hanging-receiver.ts';
import { graphileWorkerRate, pgBossRate, timed } from './job-queues.ts';
import { percentile } from './percentile.ts';
import { startTarget } from './posts.ts';
import { atLeast, atMost, ms, percent, round, say, title } from './report.ts';

/** POSTs a second to one bare receiver, each of the same body; all measured in one run. */
interface DeliveryRates {
  /** The HTTP client with nothing around it. */
  readonly client: number;
  /** Executions delivered from a filled queue, each signed, its attempt and outcome recorded. */
  readonly tripline: number;
  readonly graphileWorker: number;
  readonly pgBoss: number;
}

interface Measured extends DeliveryRates {
  /** From event to first byte, in milliseconds. */
  readonly delays: readonly number[];
  readonly hanging: HangingEffect;
}

/** Executions that wait before the clock starts. */
const COUNT = 10_000;
/** The same beforehand, so that everybody's code is compiled. */
const WARM_UP = 4_000;
/** Requests at once, of everybody. */
const CONCURRENCY = 200;
const DELAY_SECONDS = 5;

/** A second; as a share of the HTTP client's own limit; what a hanging receiver takes. */
const AIM = { perSecond: 10_000, share: 0.4, lost: 0.1 };

/**
 * Deliveries from a filled queue, limits per destination raised, beside the HTTP client alone and plain job queues;
 * their delay at a tenth of that load; and what a receiver that hangs takes from the others.
 */
export async function measureDeliveries({ database, receiver }: Bench): Promise<void> {
  const measured = await measure(database, receiver);
  const { client, tripline, graphileWorker, pgBoss, delays, hanging } = measured;
  title(
    `signed deliveries: ${round(COUNT)} executions from a filled queue to ${WEBHOOKS} webhooks, every attempt recorded`,
  );
  say('the HTTP client alone, a second', round(client));
  say('deliveries a second', round(tripline), {
    aim: atLeast(tripline, AIM.perSecond, round),
    note: 'claimed, rendered, signed, sent, judged, recorded',
  });
  const share = tripline / client;
  say('of the HTTP client alone', percent(share), { aim: atLeast(share, AIM.share, percent) });
  say('graphile-worker doing the same POSTs, a second', round(graphileWorker));
  say('pg-boss doing the same POSTs, a second', round(pgBoss));
  const p99 = percentile(delays, 99);
  const note = `at ${round(tripline / 10)} a second, a tenth of the load above; ${round(delays.length)} samples`;
  say('from event to first byte: p50', ms(percentile(delays, 50)));
  say('from event to first byte: p99', ms(p99), { note });
  const lost = Math.max(0, 1 - hanging.beside / hanging.without);
  say('what one hanging receiver takes from the others', percent(lost), {
    aim: atMost(lost, AIM.lost, percent),
    note: `${round(hanging.without)} a second without it, ${round(hanging.beside)} beside it`,
  });
}

async function measure(name: DatabaseName, receiver: Receiver): Promise<Measured> {
  const target = await startTarget(CONCURRENCY);
  let measured: Measured | undefined;
  try {
    await withDatabase(name, async (database, url) => {
      const scene = await DeliveryScene.open(database);
      await storeSigningKey(scene);
      const body = await sampleOf(scene, target.url);
      const load = { url, body, count: COUNT, concurrency: CONCURRENCY, post: target.post };
      await deliverAll(scene, target.url, WARM_UP);
      const tripline = await deliverAll(scene, target.url, COUNT);
      await postAll(body, target.post, WARM_UP);
      const client = await postAll(body, target.post, COUNT);
      const delays = await deliveryDelays(scene, receiver, tripline / 10, DELAY_SECONDS);
      const hanging = await hangingEffect(scene, receiver, target.url);
      const [pgBoss, graphileWorker] = [await pgBossRate(load), await graphileWorkerRate(load)];
      measured = { client, tripline, pgBoss, graphileWorker, delays, hanging };
    });
  } finally {
    await target.close();
  }
  if (measured === undefined) throw new Error('nothing was measured');
  return measured;
}

/** The payload of one execution, delivered to warm everything up. */
async function sampleOf(scene: DeliveryScene, url: string): Promise<string> {
  const loop = scene.start();
  const key = await scene.fired(url);
  await scene.ended(key);
  await loop.stop();
  const [row] = await scene.database.query<{ payload: string }>('select payload from execution_detail');
  if (row === undefined) throw new Error('an execution has no payload');
  return row.payload;
}

async function deliverAll(scene: DeliveryScene, url: string, count: number): Promise<number> {
  await filledQueue(scene, url, count);
  return timed(count, async () => {
    const limits = { inFlight: CONCURRENCY, perSecond: UNLIMITED };
    const loop = scene.start({ limits, inFlight: CONCURRENCY, pollMs: 1000 });
    await until('an empty queue', async () => await isEmpty(scene), { within: 120_000 });
    await loop.stop();
  });
}

async function postAll(body: string, post: (body: string) => Promise<void>, count: number): Promise<number> {
  let left = count;
  const work = async () => {
    for (; left > 0; left -= 1) await post(body);
  };
  return timed(count, () => Promise.all(Array.from({ length: CONCURRENCY }, work)));
}

async function isEmpty({ database }: DeliveryScene): Promise<boolean> {
  return (await database.query('select from delivery limit 1')).length === 0;
}
