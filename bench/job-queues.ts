import { Logger, runMigrations, runOnce } from 'graphile-worker';
import pg from 'pg';
import PgBoss from 'pg-boss';

/** A filled queue of other make: what it does with `count` jobs, each of which sends `body`. */
export interface QueueLoad {
  /** Of a database that is the queue's own to fill. */
  readonly url: string;
  readonly body: string;
  readonly count: number;
  /** Jobs at once. */
  readonly concurrency: number;
  readonly post: (body: string) => Promise<void>;
}

const CONNECTIONS = 12;
/** Jobs that pg-boss takes and completes in one statement. */
const BATCH = 50;

/** Jobs a second of a plain graphile-worker until its queue is empty. */
export async function graphileWorkerRate({ url, body, count, concurrency, post }: QueueLoad): Promise<number> {
  const pool = new pg.Pool({ connectionString: url, max: CONNECTIONS });
  // the database goes away with connections still closing
  pool.on('error', () => {});
  const logger = new Logger(() => () => {});
  await runMigrations({ pgPool: pool, logger });
  await pool.query(`select graphile_worker.add_job('post', $1::json) from generate_series(1, $2::int)`, [
    JSON.stringify({ body }),
    count,
  ]);
  const taskList = { post: (payload: unknown) => post((payload as { body: string }).body) };
  const rate = await timed(count, () =>
    runOnce({ pgPool: pool, logger, concurrency, noHandleSignals: true, taskList }),
  );
  await pool.end();
  return rate;
}

/** Jobs a second of a plain pg-boss until its queue is empty: taken and completed in batches, as it recommends. */
export async function pgBossRate({ url, body, count, concurrency, post }: QueueLoad): Promise<number> {
  const boss = new PgBoss({ connectionString: url, max: CONNECTIONS, supervise: false, schedule: false });
  boss.on('error', () => {});
  await boss.start();
  await boss.createQueue('post');
  await boss.insert(Array.from({ length: count }, () => ({ name: 'post', data: { body } })));
  const work = async () => {
    for (;;) {
      const jobs = await boss.fetch<{ body: string }>('post', { batchSize: BATCH });
      if (jobs.length === 0) return;
      await Promise.all(jobs.map(({ data }) => post(data.body)));
      await boss.complete(
        'post',
        jobs.map(({ id }) => id),
      );
    }
  };
  const workers = Math.max(1, Math.round(concurrency / BATCH));
  const rate = await timed(count, () => Promise.all(Array.from({ length: workers }, work)));
  await boss.stop({ graceful: false });
  return rate;
}

/** How many a second, when all of them are done once `work` has ended. */
async function timed(count: number, work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (1000 * count) / (performance.now() - started);
}
