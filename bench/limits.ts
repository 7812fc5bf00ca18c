import { fork } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { connectTo } from '../test/support/http.ts';
import { startEmbedded } from '../test/support/postgres.ts';
import { temporaryFolder } from '../test/support/temporary-folder.ts';
import { chunkAfter } from './chunk.ts';
import { type Rate, rateOf } from './rate.ts';

/** Size of a chunk in the database, deflated. */
const STORED_BYTES = 1700;

/** How often a second this disk makes 4 KiB durable. */
export function flushes(seconds: number): number {
  const file = openSync(join(temporaryFolder(), 'flush'), 'w');
  const block = Buffer.alloc(4096, 1);
  const end = performance.now() + seconds * 1000;
  let count = 0;
  for (; performance.now() < end; count += 1) {
    writeSync(file, block, 0, block.length, 0);
    fdatasyncSync(file);
  }
  closeSync(file);
  return count / seconds;
}

/** Requests a second of a bare Node server in a process of its own that reads a chunk and answers `{}`. */
export async function bareHttp(seconds: number, workers: number): Promise<Rate> {
  const echo = fork(fileURLToPath(new URL('bare-http.mjs', import.meta.url)));
  const [port] = await once(echo, 'message');
  const { call, close } = connectTo(`http://127.0.0.1:${port}`);
  const body = chunkAfter(0);
  const rate = await rateOf(seconds, workers, async () => void (await call('/', { method: 'POST', body })));
  await close();
  echo.kill();
  return rate;
}

/** Transactions a second of a bare PostgreSQL that inserts one row of a chunk's size in each. */
export async function bareInserts(seconds: number, workers: number): Promise<Rate> {
  const instance = await startEmbedded();
  const pool = new pg.Pool({ connectionString: instance.url('postgres'), max: workers });
  // the server goes away with connections still closing
  pool.on('connect', (client) => client.on('error', () => {}));
  pool.on('error', () => {});
  await pool.query('create table bare (id bigint generated always as identity primary key, body bytea not null)');
  const body = Buffer.alloc(STORED_BYTES, 1);
  const insert = { name: 'insert', text: 'insert into bare (body) values ($1)', values: [body] };
  const rate = await rateOf(seconds, workers, async () => void (await pool.query(insert)));
  await pool.end();
  await instance.stop();
  return rate;
}
