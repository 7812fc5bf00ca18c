import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { onEnd } from '../support/clean-up.ts';
import { type FreshDatabase, freshDatabase } from '../support/databases.ts';
import { logging, logVersion } from '../support/logged-version.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { openScene } from '../support/scene.ts';
import { type Server, startServer } from '../support/server.ts';
import { expectKnown, expectTidy, expectWhole, type Stored } from '../support/stored-bytes.ts';
import { HOUR } from '../support/test-clock.ts';
import { until } from '../support/wait.ts';

const KILLS = 5;
const UPLOADERS = 4;
/** In one life. */
const MOST_LOGGED = 8;
const LAST_MOMENT_MS = 200;
const PATIENCE = { within: 60_000 };

let fresh: FreshDatabase;
let database: Database;
let receiver: Receiver;
let server: Server;

before(async () => {
  fresh = await freshDatabase('server');
  database = openDatabase({ connection: { connectionString: fresh.url }, onConnectionError: () => {} });
  receiver = await startReceiver();
  server = await startServer({ database: fresh });
  onEnd(async () => {
    await database.close();
    await server.dispose();
    await receiver.close();
  });
});

test('a server killed again and again during uploads leaves no torn version, and in time no stray file', async () => {
  const stored: Stored = { database, folder: join(server.data, 'blobs') };
  const scene = await openScene(server, receiver);
  let logged = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    let killed = false;
    const uploading = Array.from({ length: UPLOADERS }, async (_, uploader) => {
      for (let version = 0; !killed; version += 1) {
        const files = { 'shared.bin': Buffer.from(`shared ${version % 2}`), 'own.bin': randomBytes(200_000) };
        const collection = `of-${uploader}`;
        await logVersion(logging(scene), { collection, files }).then(
          () => {
            logged += 1;
          },
          () => {},
        );
      }
    });
    // so many versions, however fast the machine is, and then a moment of chance within the next ones
    const wanted = logged + 1 + Math.floor(Math.random() * MOST_LOGGED);
    await until(`${wanted} versions to be logged`, () => logged >= wanted, PATIENCE);
    await delay(Math.random() * LAST_MOMENT_MS);
    killed = true;
    await server.kill();
    await Promise.all(uploading);
    await expectKnown(stored);
    await expectWhole(stored);
    await server.start();
  }
  await server.stop();
  server.clock.move(25 * HOUR);
  await server.start();
  // an upload that was killed before its first byte leaves nothing but its row
  await until('what was never committed to be removed', async () => {
    const pending = await database.query(`select artifact_id from artifact where state = 'pending'`);
    return pending.length === 0;
  });
  await until('everything that nothing needs to be removed', () =>
    expectTidy(stored).then(
      () => true,
      () => false,
    ),
  );
  await expectWhole(stored);
});
