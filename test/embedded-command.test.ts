import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { freePort } from './support/free-port.ts';
import { type NodeProcess, spawnTripline } from './support/node-process.ts';
import { untilSaid } from './support/said.ts';
import { temporaryFolder } from './support/temporary-folder.ts';
import { until } from './support/wait.ts';

/** One data folder lives through the tests of this file, in their order. */
const data = join(temporaryFolder(), 'data');

/** Starts the server and waits until it listens. */
async function serve(port: number, env: Record<string, string> = {}): Promise<NodeProcess> {
  const server = spawnTripline(['serve', '--data', data, '--port', String(port)], env);
  await until('the server to listen', () => server.outcome ?? server.log.includes('wandb login'));
  return server;
}

/** Runs a command to its end. */
async function run(args: readonly string[], env: Record<string, string> = {}): Promise<NodeProcess> {
  const command = spawnTripline(args, env);
  await until('the command to end', () => command.outcome);
  return command;
}

async function statusWith(port: number, key: string): Promise<number> {
  const headers = { authorization: `Bearer ${key}` };
  return (await fetch(`http://127.0.0.1:${port}/api/v1/viewer`, { headers })).status;
}

const shownKey = (server: NodeProcess) => /API key of user admin +(\S{40})\n/.exec(server.log)?.[1];

test('the first start says where it listens and where its data lies, and shows the key of the admin', async () => {
  const port = await freePort();
  const server = await serve(port);
  assert.match(server.log, new RegExp(`listens on http://127.0.0.1:${port}\n`));
  assert.match(server.log, new RegExp(`${data}\n`));
  assert.match(server.log, new RegExp(`wandb login --host=http://127.0.0.1:${port}\n`));
  assert.equal(await statusWith(port, shownKey(server) ?? ''), 200);
  assert.equal(await statusWith(port, 'x'.repeat(40)), 401);
  assert.equal(statSync(join(data, 'master.key')).mode & 0o777, 0o600);
  assert.ok(!server.log.includes(readFileSync(join(data, 'master.key'), 'utf8').trim()));

  const asked = await run(['user', 'key', 'admin', '--data', data]);
  assert.match(asked.log, /^\S{40}\n$/, 'the key and nothing else');
  assert.equal(await statusWith(port, asked.log.trim()), 200, 'made beside the running server');

  const second = await run(['serve', '--data', data, '--port', String(port)]);
  assert.equal(second.outcome, '1');
  assert.match(
    second.log,
    /^The data folder \S+ is in use by another Tripline .* choose another folder with --data\.\n$/,
  );

  assert.equal((await fetch(`http://127.0.0.1:${port}/ready`)).status, 200);
  await server.stop();
  assert.equal(existsSync(join(data, 'postgres', 'postmaster.pid')), false);
});

test('a chosen admin key that old clients refuse is warned of at start, without being shown', async () => {
  const key = 'k'.repeat(43);
  const server = await serve(await freePort(), { TRIPLINE_ADMIN_API_KEY: key });
  await untilSaid(server, /"level":40.*TRIPLINE_ADMIN_API_KEY.*clients before 0\.22\.3 refuse it/);
  assert.ok(!server.log.includes(key));
  await server.stop();
});

test('a later start shows no key; one that was lost is replaced while the server is down', async () => {
  const asked = await run(['user', 'key', 'admin', '--data', data]);
  const port = await freePort();
  const server = await serve(port);
  assert.equal(shownKey(server), undefined);
  assert.equal(await statusWith(port, asked.log.trim()), 200);
  await server.stop();
});

test('a key for a user or from a folder that does not exist is refused in one sentence', async () => {
  const nobody = await run(['user', 'key', 'nobody', '--data', data]);
  assert.equal(nobody.log, "user 'nobody' not found\n");
  const nowhere = await run(['user', 'key', 'admin', '--data', `${data}-elsewhere`]);
  assert.match(nowhere.log, /^There is no Tripline in \S+ yet: .*\n$/);
  assert.equal(existsSync(`${data}-elsewhere`), false);
});

test('a busy port ends the start in one sentence, with the database stopped', async () => {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const address = holder.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const refused = await run(['serve', '--data', data, '--port', String(port)]);
  holder.close();
  assert.equal(refused.outcome, '1');
  assert.equal(
    refused.log,
    `Port ${port} on 127.0.0.1 is in use by another program: stop that one, or choose another port with --port.\n`,
  );
  assert.equal(existsSync(join(data, 'postgres', 'postmaster.pid')), false);
});

test('a wrong, spoilt or missing master key is told at the start; no other one is made in its place', async () => {
  const file = join(data, 'master.key');
  const key = readFileSync(file);
  const told = async (why: RegExp, env: Record<string, string> = {}) => {
    const server = await serve(await freePort(), env);
    await untilSaid(server, why);
    await server.stop();
    return server.log;
  };
  const another = 'another key than '.repeat(3);
  const log = await told(/SECRETS ARE LOCKED: The master key in TRIPLINE_MASTER_KEY is not the one/, {
    TRIPLINE_MASTER_KEY: another,
  });
  assert.ok(!log.includes('another key than'));
  writeFileSync(file, another);
  await told(/SECRETS ARE LOCKED: The master key in \S+master\.key is not the one/);
  writeFileSync(file, '');
  await told(/SECRETS ARE LOCKED: The master key in \S+master\.key is shorter than 32 characters/);
  rmSync(file);
  await told(/SECRETS ARE LOCKED: The master key of this database is missing: put its file back as \S+master\.key/);
  assert.equal(existsSync(file), false);
  writeFileSync(file, key);
  const back = await serve(await freePort());
  assert.ok(!back.log.includes('LOCKED'));
  await back.stop();
});

test('a database that does not answer is told in one sentence without its password', async () => {
  const url = `postgres://me:very-secret@127.0.0.1:${await freePort()}/tripline`;
  const refused = await run(['serve', '--data', data, '--port', '0'], { DATABASE_URL: url });
  assert.match(refused.log, /^The database \(PostgreSQL at 127\.0\.0\.1:\d+\/tripline\) cannot be connected to: .*\n$/);
  assert.ok(!refused.log.includes('very-secret'));
});

test('a bad setting ends the start in one line', async () => {
  const refused = await run(['serve', '--port', 'eighty']);
  assert.equal(refused.outcome, '1');
  assert.equal(refused.log, "--port 'eighty' is not accepted: give a number from 0 to 65535.\n");
});
