import type { Database } from '../src/store/database.ts';
import { DeliveryScene } from '../test/delivery-scene.ts';
import { type DatabaseName, withDatabase } from '../test/support/databases.ts';
import type { Receiver } from '../test/support/receiver.ts';
import type { Bench } from './bench.ts';
import { deliveryDelays } from './delivery-delay.ts';
import { storeSigningKey, WEBHOOKS } from './delivery-scenes.ts';
import { type Delivered, startDeliverer } from './filled-queue.ts';
import { type HangingEffect, hangingEffect } from './hanging-receiver.ts';
import { graphileWorkerRate, pgBossRate } from './job-queues.ts';
import { median, percentile } from './percentile.ts';
import { type Posted, startTarget, type Target } from './posts.ts';
import { atLeast, atMost, ms, percent, round, say, title } from './report.ts';

/** POSTs of the same body to one bare receiver; all measured in one run. */
interface Measured {
  /** The HTTP client with nothing around it, and executions delivered from a filled queue, slice by slice. */
  readonly slices: readonly { readonly client: Posted; readonly tripline: Delivered }[];
  /** A second. */
  readonly graphileWorker: number;
  readonly pgBoss: number;
  /** From event to first byte, in milliseconds. */
  readonly delays: readonly number[];
  readonly hanging: HangingEffect;
}

/** Executions of a slice, and POSTs of the bare client. */
const COUNT = 2_000;
/** What else the machine does takes from both alike when they take turns. */
const SLICES = 5;
/** Beforehand, so that everybody's code is compiled. */
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
export async function measureDeliveries(bench: Bench): Promise<void> {
  const measured = await measure(bench);
  title(`signed deliveries from a filled queue to ${WEBHOOKS} webhooks, every attempt recorded: ${SLICES} turns`);
  const perSecond = sayRates(measured);
  sayProcessors(measured);
  say('graphile-worker doing the same POSTs, a second', round(measured.graphileWorker));
  say('pg-boss doing the same POSTs, a second', round(measured.pgBoss));
  const { delays, hanging } = measured;
  const note = `at ${round(perSecond / 10)} a second, a tenth of the load above; ${round(delays.length)} samples`;
  say('from event to first byte: p50', ms(percentile(delays, 50)));
  say('from event to first byte: p99', ms(percentile(delays, 99)), { note });
  const lost = Math.max(0, 1 - hanging.beside / hanging.without);
  say('what one hanging receiver takes from the others', percent(lost), {
    aim: atMost(lost, AIM.lost, percent),
    note: `${round(hanging.without)} a second without it, ${round(hanging.beside)} beside it`,
  });
}

/** @returns deliveries a second */
function sayRates({ slices }: Measured): number {
  const client = median(slices.map((slice) => rate(slice.client)));
  const tripline = median(slices.map((slice) => rate(slice.tripline)));
  const share = median(slices.map((slice) => rate(slice.tripline) / rate(slice.client)));
  say('the HTTP client alone, a second', round(client), { note: 'in a process of its own, as is the receiver' });
  say('deliveries a second', round(tripline), {
    aim: atLeast(tripline, AIM.perSecond, round),
    note: 'claimed, rendered, signed, sent, judged, recorded',
  });
  say('of the HTTP client alone', percent(share), { aim: atLeast(share, AIM.share, percent) });
  return tripline;
}

/** Who is busy for how long: a process of one thread cannot deliver more often than its time goes into a second. */
function sayProcessors({ slices }: Measured): void {
  const client = median(slices.map((slice) => slice.client.cpuMs));
  const spent = (of: (delivered: Delivered) => number) => median(slices.map(({ tripline }) => of(tripline)));
  const server = spent(({ serverMs }) => serverMs);
  const costs = [
    ['the server', server],
    ['PostgreSQL, all processes', spent(({ databaseMs }) => databaseMs)],
    ['the receiver', spent(({ receiverMs }) => receiverMs)],
  ] as const;
  say('processor time of one POST by the client alone', micros(client));
  for (const [who, cost] of costs) say(`processor time of a delivery: ${who}`, micros(cost));
  const share = client / server;
  const bounds = [1000 / server, 2000 / costs.reduce((sum, [, cost]) => sum + cost, 0)].map((each) => each * COUNT);
  say('the client alone, of the server: processor time', percent(share), { aim: atLeast(share, AIM.share, percent) });
  say('deliveries a second, on 2 idle cores at most', round(Math.min(...bounds)), {
    note: `the server's one thread: ${bounds.map(round).join('; both cores: ')}`,
  });
}

const rate = ({ tookMs }: { readonly tookMs: number }): number => (1000 * COUNT) / tookMs;
const micros = (milliseconds: number): string => `${round((1000 * milliseconds) / COUNT)} µs`;

async function measure({ database: name, receiver, env }: Bench): Promise<Measured> {
  const target = await startTarget(CONCURRENCY);
  try {
    const { slices, body } = await takeTurns(name, target, env);
    return { slices, ...(await measureRest(name, receiver, target, { slices, body })) };
  } finally {
    await target.close();
  }
}

/** Deliveries by the built program and POSTs by the bare client, one after the other. */
async function takeTurns(name: DatabaseName, target: Target, env: Bench['env']) {
  const slices: { client: Posted; tripline: Delivered }[] = [];
  let body = '';
  await withDatabase(name, async (database, url) => {
    const deliverer = await startDeliverer(database, url, target, { concurrency: CONCURRENCY, env });
    await deliverer.deliver(WARM_UP);
    body = await samplePayload(database);
    await target.postAll(body, WARM_UP);
    for (let slice = 0; slice < SLICES; slice += 1) {
      slices.push({ tripline: await deliverer.deliver(COUNT), client: await target.postAll(body, COUNT) });
    }
    await deliverer.stop();
  });
  return { slices, body };
}

/** Without a program of its own: delays are told by one clock, and what hangs is swept away. */
async function measureRest(
  name: DatabaseName,
  receiver: Receiver,
  target: Target,
  { slices, body }: { slices: Measured['slices']; body: string },
): Promise<Omit<Measured, 'slices'>> {
  let rest: Omit<Measured, 'slices'> | undefined;
  await withDatabase(name, async (database, url) => {
    const scene = await DeliveryScene.open(database);
    await storeSigningKey(scene);
    const perSecond = median(slices.map(({ tripline }) => rate(tripline)));
    const delays = await deliveryDelays(scene, receiver, perSecond / 10, DELAY_SECONDS);
    const hanging = await hangingEffect(scene, receiver, target.url);
    const load = { url, body, count: COUNT * SLICES, concurrency: CONCURRENCY, post: target.post };
    rest = { delays, hanging, pgBoss: await pgBossRate(load), graphileWorker: await graphileWorkerRate(load) };
  });
  if (rest === undefined) throw new Error('nothing was measured');
  return rest;
}

/** What one execution sent. */
async function samplePayload(database: Database): Promise<string> {
  const [row] = await database.query<{ payload: string }>('select payload from execution_detail limit 1');
  if (row === undefined) throw new Error('no execution has a payload');
  return row.payload;
}
