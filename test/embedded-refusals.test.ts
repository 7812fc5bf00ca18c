import assert from 'node:assert/strict';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { closedFolder } from '../src/server/embedded/account.ts';
import { startEmbeddedPostgres } from '../src/server/embedded/start.ts';
import { ask, copiedHolder, hold, linkedHolder, ROOT } from './embedded-children.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const NOBODY = { uid: 65534, gid: 65534 };
const isRoot = process.getuid?.() === 0;
/** Made by the first test that starts a database, used by those after it. */
const data = join(temporaryFolder(), 'data');

const rootOnly = { skip: isRoot ? false : 'only root can show it' };

test('a data folder of another major version is refused in one sentence', async () => {
  const older = temporaryFolder();
  mkdirSync(join(older, 'postgres'));
  writeFileSync(join(older, 'postgres', 'PG_VERSION'), '15\n');
  await assert.rejects(startEmbeddedPostgres({ dataFolder: older }), {
    code: 'conflict',
    message: `The data in ${older}/postgres was written by PostgreSQL 15 and this Tripline brings PostgreSQL 18: start the Tripline that wrote it and move the data with pg_dump, or choose another data folder with --data.`,
  });
});

test('a data folder that cannot be made is refused in one sentence', async () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  await assert.rejects(startEmbeddedPostgres({ dataFolder: join(file, 'data') }), {
    code: 'invalid',
    message: /^The data folder .*\/file\/data cannot be used \(ENOTDIR.*\): choose another with --data\.$/,
  });
});

test('over TCP it asks for the password, and a busy port is told in one sentence', async () => {
  const holderOfPort = createServer().listen(0, '127.0.0.1');
  await once(holderOfPort, 'listening');
  const address = holderOfPort.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const options = { dataFolder: data, tcp: { port, password: 'right' } };
  await assert.rejects(startEmbeddedPostgres(options), { code: 'unavailable', message: /could not create any TCP/ });
  holderOfPort.close();
  await once(holderOfPort, 'close');
  const { connection, stop } = await startEmbeddedPostgres(options);
  try {
    assert.equal(connection.host, '127.0.0.1');
    assert.deepEqual(await ask(connection, 'select 1 as one'), [{ one: 1 }]);
    await assert.rejects(ask({ ...connection, password: 'wrong' }, 'select 1'), /password authentication failed/);
  } finally {
    await stop();
  }
});

test('as root, a closed folder above a given data folder is named', rootOnly, async () => {
  const closed = join(temporaryFolder(), 'closed');
  mkdirSync(closed, { mode: 0o700 });
  await assert.rejects(startEmbeddedPostgres({ dataFolder: join(closed, 'deep', 'data') }), {
    code: 'invalid',
    message: `PostgreSQL does not run as root and so runs as user 65534, to whom the folder ${closed} above the data folder ${closed}/deep/data is closed: choose another data folder with --data, or open that one with 'chmod o+x ${closed}'.`,
  });
});

test('links that no install script made are made by us, or in a copy when the binaries lie in a closed folder', async () => {
  const { folder, holder, link } = await copiedHolder();
  const inPlace = await hold(holder, data);
  assert.equal(inPlace.word.refusal, undefined);
  assert.ok(lstatSync(link).isSymbolicLink());
  await inPlace.end('SIGTERM');
  assert.equal(existsSync(join(data, 'binaries')), false);
  if (!isRoot) return;
  rmSync(link);
  chmodSync(folder, 0o700);
  chmodSync(data, 0o700);
  const copied = await hold(holder, data);
  assert.deepEqual(await ask(copied.word.connection, 'select 1 as one'), [{ one: 1 }]);
  await copied.end('SIGTERM');
  assert.equal(statSync(data).mode & 0o777, 0o711, 'our own data folder is opened for passing');
  assert.equal(readdirSync(join(data, 'binaries')).length, 1);
  assert.equal(existsSync(link), false, 'the closed original is left alone');
});

test('root gives way to an ordinary user: the same data folder serves both', rootOnly, async (t) => {
  if (closedFolder(ROOT, NOBODY) !== undefined) return t.skip('this clone is closed to ordinary users');
  const home = temporaryFolder();
  chownSync(home, NOBODY.uid, NOBODY.gid);
  const holder = await linkedHolder();
  chmodSync(join(holder, '..'), 0o755);
  const asUser = await hold(holder, join(home, 'data'), NOBODY);
  assert.deepEqual(await ask(asUser.word.connection, 'select 1 as one'), [{ one: 1 }]);
  await asUser.end('SIGTERM');
  assert.equal(statSync(join(home, 'data')).mode & 0o777, 0o700);
  const asRoot = await hold(holder, join(home, 'data'));
  assert.deepEqual(await ask(asRoot.word.connection, 'select 1 as one'), [{ one: 1 }]);
  await asRoot.end('SIGTERM');
});
