import { DeliveryScene } from '../test/delivery-scene.ts';
import { type DatabaseName, withDatabase } from '../test/support/databases.ts';
import { until } from '../test/support/wait.ts';
import type { Bench } from './bench.ts';
import { graphileWorkerRate, pgBossRate, timed } from './job-queues.ts';
import { startTarget } from './posts.ts';
import { atLeast, percent, round, say, title } from './report.ts';

/** POSTs a second to one bare receiver, each of the same body; all measured in one run. */
interface DeliveryRates {
  /** The HTTP client with nothing around it. */
  readonly client: number;
  /** Executions delivered from a filled queue, each signed, its attempt and outcome recorded. */
  readonly tripline: number;
  readonly graphileWorker: number;
  readonly pgBoss: number;
}

/** Executions that wait before the clock starts. */
const COUNT = 10_000;
/** The same beforehand, so that everybody's code is compiled. */
const WARM_UP = 4_000;
/** Webhooks they go to. */
const WEBHOOKS = 8;
/** Requests at once, of everybody. */
const CONCURRENCY = 200;
const IN_A_TRANSACTION = 500;
const UNLIMITED = 1_000_000;
const SECRET = 'SIGNING_KEY';

/** Share of the HTTP client's own limit. */
const AIM = 0.4;

/** Deliveries from a filled queue, limits per destination raised, beside the HTTP client alone and plain job queues. */
export async function measureDeliveries({ database }: Bench): Promise<void> {
  const { client, tripline, graphileWorker, pgBoss } = await deliveryRates(database);
  title(
    `signed deliveries: ${round(COUNT)} executions from a filled queue to ${WEBHOOKS} webhooks, every attempt recorded`,
  );
  say('the HTTP client alone, a second', round(client));
  say('deliveries a second', round(tripline), { note: 'claimed, rendered, signed, sent, judged, recorded' });
  const share = tripline / client;
  say('of the HTTP client alone', percent(share), { aim: atLeast(share, AIM, percent) });
  say('graphile-worker doing the same POSTs, a second', round(graphileWorker));
  say('pg-boss doing the same POSTs, a second', round(pgBoss));
}

async function deliveryRates(name: DatabaseName): Promise<DeliveryRates> {
  const target = await startTarget(CONCURRENCY);
  let rates: DeliveryRates | undefined;
  try {
    await withDatabase(name, async (database, url) => {
      const scene = await DeliveryScene.open(database);
      await scene.secret(SECRET, 'the key of all signatures');
      const body = await sampleOf(scene, target.url);
      const load = { url, body, count: COUNT, concurrency: CONCURRENCY, post: target.post };
      await deliverAll(scene, target.url, WARM_UP);
      const tripline = await deliverAll(scene, target.url, COUNT);
      await postAll(body, target.post, WARM_UP);
      const client = await postAll(body, target.post, COUNT);
      rates = { client, tripline, pgBoss: await pgBossRate(load), graphileWorker: await graphileWorkerRate(load) };
    });
  } finally {
    await target.close();
  }
  if (rates === undefined) throw new Error('nothing was measured');
  return rates;
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
  for (let webhook = 0; webhook < WEBHOOKS; webhook += 1) {
    const integrationId = await scene.webhook(url, { secretRef: SECRET });
    const automationId = await scene.automation(integrationId, null);
    for (let left = count / WEBHOOKS; left > 0; left -= IN_A_TRANSACTION) {
      await scene.fireMany(automationId, integrationId, Math.min(left, IN_A_TRANSACTION));
    }
  }
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
