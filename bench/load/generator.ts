import { setTimeout as sleep } from 'node:timers/promises';
import { percentile } from '../percentile.ts';
import { Lane } from './lane.ts';
import type { LoadReport, Order } from './order.ts';

// The generator's process: takes an order, makes the load, reports, and waits for the next order.

/** Runs go on where an earlier order left them. */
const lanes = new Map<string, Lane>();

process.on('message', (order: Order) => {
  make(order).then(
    (report) => process.send?.({ report }),
    (error: Error) => process.send?.({ error: error.message }),
  );
});
process.on('disconnect', () => process.exit());

class Tally {
  readonly durations: number[] = [];
  refused = 0;

  /** Has a lane send until its chunk is taken. @param since when the request was due, by `performance.now()` */
  async take(lane: Lane, since: number): Promise<void> {
    for (;;) {
      const { status, retryAfter } = await lane.send();
      if (status === 200) break;
      if (status !== 429) throw new Error(`a chunk was answered ${status}`);
      this.refused += 1;
      await sleep(retryAfter);
    }
    this.durations.push(performance.now() - since);
  }
}

async function make(order: Order): Promise<LoadReport> {
  const used = order.paths.map((path) => laneOf(order, path));
  await Promise.all(used.map((lane) => lane.open()));
  const tally = new Tally();
  const started = performance.now();
  const cpu = process.cpuUsage();
  const end = started + order.seconds * 1000;
  const { perSecond } = order;
  if (perSecond === undefined) await Promise.all(used.map((lane) => closedLoop(lane, end, tally)));
  else await openLoop(used, { end, perSecond }, tally);
  const took = performance.now() - started;
  const { user, system } = process.cpuUsage(cpu);
  for (const lane of used) lane.close();
  const { durations, refused } = tally;
  return {
    requests: durations.length,
    perSecond: (durations.length * 1000) / took,
    p50: percentile(durations, 50),
    p99: percentile(durations, 99),
    refused,
    share: (user + system) / 1000 / took,
  };
}

function laneOf({ port, authorization }: Order, path: string): Lane {
  const id = `${port} ${path}`;
  const lane = lanes.get(id) ?? new Lane({ port, path, authorization }, lanes.size);
  lanes.set(id, lane);
  return lane;
}

async function closedLoop(lane: Lane, end: number, tally: Tally): Promise<void> {
  for (let now = performance.now(); now < end; now = performance.now()) await tally.take(lane, now);
}

/** Requests begin at even times on whichever run is free; what waits for a run counts from when it was due. */
async function openLoop(
  lanes: readonly Lane[],
  { end, perSecond }: { end: number; perSecond: number },
  tally: Tally,
): Promise<void> {
  const free = [...lanes];
  const running = new Set<Promise<void>>();
  let due = performance.now();
  while (due < end) {
    const now = performance.now();
    const lane = due <= now ? free.shift() : undefined;
    if (lane === undefined) {
      await (due <= now ? Promise.race(running) : sleep(Math.max(1, due - now)));
      continue;
    }
    const sent = tally.take(lane, due).finally(() => {
      free.push(lane);
      running.delete(sent);
    });
    running.add(sent);
    due += 1000 / perSecond;
  }
  await Promise.all(running);
}
