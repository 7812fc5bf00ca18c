import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { freePort } from './support/free-port.ts';
import { type NodeProcess, spawnTripline } from './support/node-process.ts';
import { untilSaid } from './support/said.ts';
import { temporaryFolder } from './support/temporary-folder.ts';
import { until } from './support/wait.ts';

const data = join(temporaryFolder(), 'data');
const ADMIN_KEY = 'a'.repeat(40);
const NEW_KEY = 'a striped zebra '.repeat(3);
const CANARY = 'canary-of-the-mine-9f31';
const START_WITHIN = { within: 60_000 };

async function serve(port: number, env: Record<string, string>): Promise<NodeProcess> {
  const args = ['serve', '--data', data, '--port', String(port)];
  const server = spawnTripline(args, { TRIPLINE_ADMIN_API_KEY: ADMIN_KEY, ...env });
  await until('the server to listen or end', () => server.outcome ?? server.log.includes('wandb login'), START_WITHIN);
  return server;
}

async function rotate(env: Record<string, string>): Promise<NodeProcess> {
  const command = spawnTripline(['secrets', 'rotate-master-key', '--data', data], env);
  await until('the command to end', () => command.outcome, START_WITHIN);
  return command;
}

async function call(port: number, method: string, path: string, body?: object): Promise<Response> {
  return fetch(`http://127.0.0.1:${port}/api/v1/entities/admin/secrets${path}`, {
    method,
    headers: { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

function filesBelow(folder: string): string[] {
  const all = readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name)));
  return all.filter((path) => statSync(path).isFile());
}

test('the master key is rotated beside a server that writes secrets, which then starts with the new key only', async () => {
  const port = await freePort();
  const server = await serve(port, { TRIPLINE_NEW_MASTER_KEY: NEW_KEY });
  let over = false;
  let written = 0;
  const load = (async () => {
    while (!over) {
      const made = await call(port, 'POST', '', { name: `KEY_${written}`, value: CANARY });
      assert.equal(made.status, 201, await made.text());
      written += 1;
    }
  })();
  await until('the first secret', () => written > 0);

  const unsaid = await rotate({});
  assert.deepEqual([unsaid.outcome, /TRIPLINE_NEW_MASTER_KEY/.test(unsaid.log)], ['1', true]);
  const done = await rotate({ TRIPLINE_NEW_MASTER_KEY: NEW_KEY });
  assert.equal(done.outcome, '0', done.log);
  assert.match(done.log, /^The new master key counts; it wraps the keys of 1 entities/);
  const before = written;
  await until('secrets to be written after the rotation', () => written > before + 2);
  over = true;
  await load;
  assert.equal((await call(port, 'PUT', '/KEY_0', { value: `${CANARY} again` })).status, 200);
  await server.stop();

  const late = await serve(port, {});
  await untilSaid(late, /SECRETS ARE LOCKED: The master key in \S+master\.key is not the one/);
  assert.equal((await call(port, 'PUT', '/KEY_0', { value: CANARY })).status, 503);
  assert.equal((await call(port, 'GET', '')).status, 200);
  await late.stop();

  const renewed = await serve(port, { TRIPLINE_MASTER_KEY: NEW_KEY });
  assert.equal((await call(port, 'PUT', '/KEY_0', { value: CANARY })).status, 200);
  await renewed.stop();
  for (const log of [server, unsaid, done, late, renewed].map((each) => each.log)) {
    assert.ok(!log.includes('canary') && !log.includes('zebra'));
  }
});

test('AUT-120: no file of the data folder holds a secret in clear, base64 or hex', () => {
  const forms = [CANARY, Buffer.from(CANARY).toString('base64').slice(0, 28), Buffer.from(CANARY).toString('hex')];
  const files = filesBelow(data);
  assert.ok(files.length > 100);
  for (const file of files) {
    const bytes = readFileSync(file);
    for (const form of forms) assert.equal(bytes.indexOf(form), -1, `${form} in ${file}`);
  }
});
