import { deepStrictEqual } from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { largeNodeId } from '../../src/model/wire-id.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { onEnd } from '../support/clean-up.ts';
import { type FreshDatabase, freshDatabase } from '../support/databases.ts';
import { type Logging, logAddition, logging, logTogether, logVersion } from '../support/logged-version.ts';
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
  const acknowledged = new Map<string, readonly string[]>();
  for (let kill = 0; kill < KILLS; kill += 1) {
    let killed = false;
    const uploading = Array.from({ length: UPLOADERS }, async (_, uploader) => {
      for (let version = 0; !killed; version += 1) {
        const way = WAYS[(version + uploader) % WAYS.length] ?? logWhole;
        await way(logging(scene), `of-${uploader}`, version).then(
          ([id, paths]) => acknowledged.set(id, paths),
          () => {},
        );
      }
    });
    // so many versions, however fast the machine is, and then a moment of chance within the next ones
    const wanted = acknowledged.size + 1 + Math.floor(Math.random() * MOST_LOGGED);
    await until(`${wanted} versions to be logged`, () => acknowledged.size >= wanted, PATIENCE);
    await delay(Math.random() * LAST_MOMENT_MS);
    killed = true;
    await server.kill();
    await Promise.all(uploading);
    await expectKnown(stored);
    await expectWhole(stored);
    await expectKept(acknowledged);
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
  await expectKept(acknowledged);
});

type Logged = readonly [id: string, paths: readonly string[]];

/** Each logs a version as its own client does, and tells what files it must have. */
const WAYS: readonly ((place: Logging, collection: string, version: number) => Promise<Logged>)[] = [
  logWhole,
  logParts,
  logAdded,
];

async function logWhole(place: Logging, collection: string, version: number): Promise<Logged> {
  return [await logVersion(place, { collection, files: filesOf(version, 'own.bin') }), ['own.bin', 'shared.bin']];
}

async function logParts(place: Logging, collection: string, version: number): Promise<Logged> {
  const parts = ['one.bin', 'other.bin'].map((own) => filesOf(version, own));
  return [await logTogether(place, { collection, parts }), ['one.bin', 'other.bin', 'shared.bin']];
}

async function logAdded(place: Logging, collection: string, version: number): Promise<Logged> {
  const base = await logVersion(place, { collection, files: filesOf(version, 'own.bin') });
  const files = filesOf(version + 1, 'added.bin');
  return [await logAddition(place, { collection, base, files }), ['added.bin', 'own.bin', 'shared.bin']];
}

function filesOf(version: number, own: string) {
  return { 'shared.bin': Buffer.from(`shared ${version % 2}`), [own]: randomBytes(100_000) };
}

/** Expects that what clients were told is committed is there, with all its files, and has a number of its own. */
async function expectKept(acknowledged: ReadonlyMap<string, readonly string[]>): Promise<void> {
  const rows = await database.query<{ id: string; tenant: string; paths: string[] }>(
    `select a.artifact_id as id, a.tenant_id as tenant, array(select path from artifact_file f
       where f.tenant_id = a.tenant_id and f.artifact_id = a.artifact_id order by path) as paths
      from artifact a join membership m on m.tenant_id = a.tenant_id and m.collection_id = a.collection_id
       and m.artifact_tenant_id = a.tenant_id and m.artifact_id = a.artifact_id
     where a.state = 'committed'`,
  );
  const found = new Map(rows.map(({ id, tenant, paths }) => [largeNodeId('Artifact', tenant, id), paths]));
  for (const [id, paths] of acknowledged) deepStrictEqual(found.get(id), paths);
}
