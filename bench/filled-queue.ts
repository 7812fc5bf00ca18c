import type { Database } from '../src/store/database.ts';
import { DeliveryScene, MASTER_KEY } from '../test/delivery-scene.ts';
import { type Server, startServer } from '../test/support/server.ts';
import { until } from '../test/support/wait.ts';
import { cpuTimeOf, cpuTimeOfFamily, parentOf } from './cpu-time.ts';
import { filledQueue, storeSigningKey, WEBHOOKS } from './delivery-scenes.ts';
import type { Target } from './posts.ts';
import { RAISED } from './started-server.ts';

/** What deliveries took, in milliseconds: altogether, and of a processor. */
export interface Delivered {
  readonly tookMs: number;
  readonly serverMs: number;
  readonly databaseMs: number;
  readonly receiverMs: number;
}

/** The built program over a scene whose queue is filled behind its back. */
export interface Deliverer {
  readonly scene: DeliveryScene;
  /** Delivers so many executions from a queue that was filled before. */
  deliver(count: number): Promise<Delivered>;
  stop(): Promise<void>;
}

export interface DelivererOptions {
  /** Requests at once, over all webhooks. */
  readonly concurrency: number;
  readonly env: Readonly<Record<string, string>>;
}

/** @param url of the database, on which no other server runs */
export async function startDeliverer(
  database: Database,
  url: string,
  target: Target,
  { concurrency, env }: DelivererOptions,
): Promise<Deliverer> {
  const scene = await DeliveryScene.open(database);
  await storeSigningKey(scene);
  const limits = {
    TRIPLINE_DELIVERIES_IN_FLIGHT: String(concurrency),
    TRIPLINE_WEBHOOK_IN_FLIGHT: String(concurrency / WEBHOOKS),
  };
  // an empty variable counts as absent: the clock of the tests reads a file whenever it is asked
  const own = { DATABASE_URL: url, TRIPLINE_MASTER_KEY: MASTER_KEY, TRIPLINE_TEST_CLOCK: '' };
  const server = await startServer({
    database: { url, drop: async () => {} },
    env: { ...RAISED, ...limits, ...env, ...own },
  });
  const postmaster = await postmasterOf(database);
  const deliver = async (count: number): Promise<Delivered> => {
    await fill(scene, target.url, count);
    const before = spent(server, postmaster, target);
    const begun = await release(database);
    await until('an empty queue', () => isEmpty(database), { within: 120_000 });
    const tookMs = performance.timeOrigin + performance.now() - (await begun());
    const after = spent(server, postmaster, target);
    return {
      tookMs,
      serverMs: after.serverMs - before.serverMs,
      databaseMs: after.databaseMs - before.databaseMs,
      receiverMs: after.receiverMs - before.receiverMs,
    };
  };
  return { scene, deliver, stop: () => server.stop() };
}

/** Fills the queue while nobody can take its destinations. */
async function fill(scene: DeliveryScene, url: string, count: number): Promise<void> {
  await filledQueue(scene, url, count, undefined, (id) =>
    scene.database.execute(
      `update destination set owner = $2::uuid, lease_until = '2999-01-01' where id = $1::bigint`,
      [id, crypto.randomUUID()],
    ),
  );
}

/** Lets the destinations be taken. @returns when the first request was sent, once there was one */
async function release(database: Database): Promise<() => Promise<number>> {
  const at = new Date();
  await database.execute(
    `update destination set owner = null, lease_until = '-infinity' where lease_until = '2999-01-01'`,
  );
  return async () => {
    const [row] = await database.query<{ first: number }>(
      'select min(started_at) as first from attempt where started_at >= $1::timestamptz',
      [at],
    );
    return row?.first ?? Number.NaN;
  };
}

function spent({ pid }: Server, postmaster: number, target: Target): Omit<Delivered, 'tookMs'> {
  return {
    serverMs: cpuTimeOf(pid),
    databaseMs: cpuTimeOfFamily(postmaster),
    receiverMs: cpuTimeOf(target.pid),
  };
}

async function postmasterOf(database: Database): Promise<number> {
  const [row] = await database.query<{ pid: number }>('select pg_backend_pid() as pid');
  return parentOf(row?.pid ?? 0) ?? 0;
}

async function isEmpty(database: Database): Promise<boolean> {
  return (await database.query('select from delivery limit 1')).length === 0;
}
