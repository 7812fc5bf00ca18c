import { readFileSync } from 'node:fs';
import type { Clock, Instant } from '../model/clock.ts';
import type { Database } from './database.ts';

const SAMPLE_EVERY_MS = 30_000;

export interface DatabaseClock extends Clock {
  stop(): void;
}

/**
 * The database's time, sampled now and every 30 s, so that nodes whose own clocks differ agree (design, "One
 * clock"). With `offsetFile`, a file that holds milliseconds to add, a test moves it.
 */
export async function startDatabaseClock(database: Database, offsetFile?: string): Promise<DatabaseClock> {
  let offset = await sampleOffset(database);
  const timer = setInterval(() => {
    // a failed sample keeps the last offset: the database being away is told elsewhere
    sampleOffset(database).then(
      (sampled) => {
        offset = sampled;
      },
      () => {},
    );
  }, SAMPLE_EVERY_MS);
  timer.unref();
  const moved = offsetFile === undefined ? () => 0 : () => readOffset(offsetFile);
  return { now: (): Instant => Math.round(Date.now() + offset + moved()), stop: () => clearInterval(timer) };
}

/** Database time minus our own, assuming that the question and the answer travelled equally long. */
async function sampleOffset(database: Database): Promise<number> {
  const before = Date.now();
  const [row] = await database.query<{ now: number }>(
    'select (extract(epoch from clock_timestamp()) * 1000)::float8 as now',
  );
  return (row?.now ?? before) - (before + Date.now()) / 2;
}

function readOffset(file: string): number {
  const text = readFileSync(file, 'utf8').trim();
  return text === '' ? 0 : Number(text);
}
