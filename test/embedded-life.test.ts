import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { before, test } from 'node:test';
import { readPidFile } from '../src/server/embedded/pid-file.ts';
import { findRunningPostgres } from '../src/server/embedded/running.ts';
import { startEmbeddedPostgres } from '../src/server/embedded/start.ts';
import { childrenOf, signal } from './chaos/kill-postgres.ts';
import { ask, hold, isAlive, linkedHolder } from './embedded-children.ts';
import { temporaryFolder } from './support/temporary-folder.ts';
import { until } from './support/wait.ts';

/** One data folder, made by the first test, serves the tests that only start and stop. */
const data = join(temporaryFolder(), 'data');
const cluster = join(data, 'postgres');
let holder = '';

before(async () => {
  holder = await linkedHolder();
});

const postmaster = () => readPidFile(cluster)?.pid ?? 0;

test('the first start makes a database with checksums that only its own account can reach', async () => {
  mkdirSync(join(data, 'postgres.new-999999999', 'half-made'), { recursive: true });
  const { connection, stop } = await startEmbeddedPostgres({ dataFolder: data });
  try {
    const [row] = await ask(
      connection,
      `select current_setting('data_checksums') as checksums, current_setting('listen_addresses') as addresses,
         current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit, lower('Ä') as lower`,
    );
    assert.deepEqual(row, { checksums: 'on', addresses: '', fsync: 'on', commit: 'on', lower: 'ä' });
    assert.equal(statSync(cluster).mode & 0o777, 0o700);
    assert.equal(dirname(join(connection.host, 'socket')), cluster);
    assert.deepEqual(readdirSync(data).sort(), ['postgres', 'postgres.log']);
    await ask(connection, 'create table note (text text)');
  } finally {
    await stop();
  }
  assert.equal(existsSync(join(cluster, 'postmaster.pid')), false);
});

test('a later start is quick', async (t) => {
  const first = await hold(holder, data);
  await first.end('SIGTERM');
  const second = await hold(holder, data);
  await second.end('SIGTERM');
  const ms = Math.min(first.word.startedInMs ?? Number.NaN, second.word.startedInMs ?? Number.NaN);
  t.diagnostic(`warm start in ${Math.round(ms)} ms`);
  assert.ok(ms < 1_000, `${ms} ms`);
});

test('a second start on a data folder in use is refused in one sentence', async () => {
  const first = await hold(holder, data);
  const second = await hold(holder, data);
  const running = postmaster();
  assert.equal(
    second.word.refusal,
    `The data folder ${data} is in use by another Tripline (its PostgreSQL is process ${running}): stop that one first, or choose another folder with --data.`,
  );
  assert.deepEqual(await findRunningPostgres(data), first.word.connection);
  assert.deepEqual(await ask(first.word.connection, 'select count(*)::int as notes from note'), [{ notes: 0 }]);
  await first.end('SIGTERM');
  assert.equal(isAlive(running), false);
  assert.equal(await findRunningPostgres(data), undefined);
});

test('a start right after a kill waits for what is left of the killed server', async () => {
  const killed = await hold(holder, data);
  const main = postmaster();
  signal(main, 'SIGSTOP'); // it starts no more children
  const others = childrenOf(main);
  for (const pid of others) signal(pid, 'SIGSTOP');
  signal(main, 'SIGKILL');
  await killed.end('SIGKILL');
  const started = startEmbeddedPostgres({ dataFolder: data });
  const log = () => readFileSync(join(data, 'postgres.log'), 'utf8');
  await until('the first try to be refused', () => log().includes('pre-existing shared memory block'));
  for (const pid of others) signal(pid, 'SIGCONT');
  const { connection, stop } = await started;
  assert.deepEqual(await ask(connection, 'select count(*)::int as notes from note'), [{ notes: 0 }]);
  await stop();
});

test('of two first starts at the same moment one is refused and the other goes on', async () => {
  const folder = join(temporaryFolder(), 'data');
  const both = await Promise.all([hold(holder, folder), hold(holder, folder)]);
  const refusals = both.flatMap(({ word }) => word.refusal ?? []);
  assert.equal(refusals.length, 1);
  assert.match(refusals[0] ?? '', /is in use by another Tripline/);
  const winner = both.find(({ word }) => word.connection !== undefined);
  assert.deepEqual(await ask(winner?.word.connection, 'select 1 as one'), [{ one: 1 }]);
  await winner?.end('SIGTERM');
  assert.deepEqual(readdirSync(folder).sort(), ['postgres', 'postgres.log']);
});

test('a killed process takes its database with it, and the next start finds the data at once', async () => {
  const killed = await hold(holder, data);
  const orphan = postmaster();
  await ask(killed.word.connection, "insert into note values ('kept')");
  await killed.end('SIGKILL');
  const next = await hold(holder, data);
  assert.equal(next.word.refusal, undefined);
  assert.notEqual(postmaster(), orphan);
  assert.equal(isAlive(orphan), false);
  assert.deepEqual(await ask(next.word.connection, 'select text from note'), [{ text: 'kept' }]);
  await next.end('SIGKILL');
  await until('the database to be gone too', () => !existsSync(join(cluster, 'postmaster.pid')));
});

test('after a crash of the database its end is told, and the next start recovers', async () => {
  const { connection, ended } = await startEmbeddedPostgres({ dataFolder: data });
  await ask(connection, "insert into note values ('before the crash')");
  process.kill(postmaster(), 'SIGKILL');
  await ended;
  assert.ok(existsSync(join(cluster, 'postmaster.pid')), 'a stale pid file is there');
  const next = await startEmbeddedPostgres({ dataFolder: data });
  assert.deepEqual(await ask(next.connection, "select text from note where text like 'before%'"), [
    { text: 'before the crash' },
  ]);
  await next.stop();
});

test('a pid file that names a process of someone else does not keep the database from starting', async () => {
  const { stop } = await startEmbeddedPostgres({ dataFolder: data });
  const left = readFileSync(join(cluster, 'postmaster.pid'), 'utf8');
  await stop();
  const stranger = left.replace(/^\d+/, String(process.pid));
  writeFileSync(join(cluster, 'postmaster.pid'), stranger);
  writeFileSync(join(cluster, '.s.PGSQL.5432.lock'), stranger);
  const next = await startEmbeddedPostgres({ dataFolder: data });
  assert.notEqual(postmaster(), process.pid);
  await next.stop();
});

test('below a path too long for a socket, the socket lies in a short folder that is removed at the end', async () => {
  const long = join(temporaryFolder(), 'long-'.repeat(24));
  renameSync(data, long);
  const { stop, connection } = await startEmbeddedPostgres({ dataFolder: long });
  assert.ok(connection.host.length < 80, connection.host);
  assert.equal(statSync(connection.host).mode & 0o777, 0o700);
  assert.deepEqual(await ask(connection, "select text from note where text = 'kept'"), [{ text: 'kept' }]);
  await stop();
  assert.equal(existsSync(connection.host), false);
  renameSync(long, data);
});
