import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { onEnd } from '../support/clean-up.ts';
import { type FreshDatabase, freshDatabase } from '../support/databases.ts';
import { logging, logVersion } from '../support/logged-version.ts';
import { spawnTripline } from '../support/node-process.ts';
import { type ObjectStore, startObjectStore } from '../support/object-store.ts';
import { assertOutcome, assertQuiet, runPython } from '../support/python.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { openScene, type Scene } from '../support/scene.ts';
import { type Server, startServer } from '../support/server.ts';
import { expectTidy, expectWhole, keysOnDisk } from '../support/stored-bytes.ts';
import { until } from '../support/wait.ts';

const VERSIONS = 24;
const KILLS = 2;
const PATIENCE = { within: 120_000 };

const URLS = 'query F($id: ID!) { artifact(id: $id) { files(first: 10) { edges { node { name directUrl } } } } }';

/** Logs versions, finds all of them page by page, and downloads each. */
const CLIENT = `
import os, wandb
from pathlib import Path
place = f"{os.environ['WANDB_ENTITY']}/{os.environ['WANDB_PROJECT']}"
with wandb.init(project=os.environ["WANDB_PROJECT"], entity=os.environ["WANDB_ENTITY"]) as run:
    for n in range(5):
        Path(f"{n}.bin").write_bytes(os.urandom(50_000))
        artifact = wandb.Artifact("by-client", type="dataset", metadata={"n": n})
        artifact.add_file(f"{n}.bin", name="own.bin", skip_cache=True)
        run.log_artifact(artifact).wait()
for version in wandb.Api().artifacts("dataset", f"{place}/by-client", per_page=2):
    folder = Path(version.download(root=f"down-{version.version}", skip_cache=True))
    n = version.metadata["n"]
    assert version.version == f"v{n}", version.version
    assert (folder / "own.bin").read_bytes() == Path(f"{n}.bin").read_bytes()
    print(version.version)
`;

let store: ObjectStore;
let receiver: Receiver;
let fresh: FreshDatabase;
let database: Database;
let server: Server;
let scene: Scene;
let folder: string;
/** What was logged, by the version's id. */
const logged = new Map<string, Buffer>();

before(async () => {
  store = await startObjectStore();
  receiver = await startReceiver();
  fresh = await freshDatabase('server');
  database = openDatabase({ connection: { connectionString: fresh.url }, onConnectionError: () => {} });
  server = await startServer({ database: fresh });
  folder = join(server.data, 'blobs');
  onEnd(async () => {
    await database.close();
    await server.dispose();
    await receiver.close();
  });
  scene = await openScene(server, receiver);
  for (let version = 0; version < VERSIONS; version += 1) await logOne();
});

async function logOne(): Promise<void> {
  const bytes = randomBytes(100_000);
  const id = await logVersion(logging(scene), { collection: `c${logged.size % 3}`, files: { 'own.bin': bytes } });
  logged.set(id, bytes);
}

async function expectReadable(id: string): Promise<void> {
  const data = await scene.graphql<{ artifact: { files: { edges: { node: { directUrl: string } }[] } } }>(URLS, { id });
  const answer = await fetch(data.artifact.files.edges[0]!.node.directUrl);
  assert.equal(answer.status, 200);
  assert.ok(Buffer.from(await answer.arrayBuffer()).equals(logged.get(id)!), id);
}

/** Logs and reads versions until it is told to stop. @returns what ends it, and throws what went wrong */
function load(): () => Promise<number> {
  let over = false;
  let done = 0;
  const work = async (deed: () => Promise<void>) => {
    while (!over) {
      await deed();
      done += 1;
    }
  };
  const readOne = () => expectReadable([...logged.keys()][Math.floor(Math.random() * logged.size)]!);
  const working = Promise.all([work(logOne), work(readOne), work(readOne)]);
  // told at the end
  working.catch(() => {});
  return async () => {
    over = true;
    await working;
    return done;
  };
}

/** The client itself, from its start to its end. */
async function logAsClient(): Promise<void> {
  const { person, team, project } = scene;
  const env = { WANDB_ENTITY: team, WANDB_PROJECT: project };
  const result = await runPython({ server, person, env, source: CLIENT });
  assertOutcome(result, '0');
  assertQuiet(result);
  assert.deepEqual(result.stdout.trim().split('\n'), ['v4', 'v3', 'v2', 'v1', 'v0']);
}

const settings = (env: Readonly<Record<string, string>>) => ({ ...store.env, ...env });

function move(env: Readonly<Record<string, string>>) {
  return spawnTripline(['blobs', 'move', '--data', server.data], { ...settings(env), DATABASE_URL: fresh.url });
}

/** Moves everything under load; processes that do so are killed, and the last one comes to its end. */
async function moveUnderLoad(env: Readonly<Record<string, string>>, left: () => Promise<number>): Promise<string> {
  const end = load();
  for (let kill = 0; kill < KILLS; kill += 1) {
    const before = await left();
    const moving = move(env);
    await until(
      'some files to be moved',
      async () => moving.outcome !== undefined || (await left()) < before,
      PATIENCE,
    );
    await moving.kill();
  }
  assert.notEqual(await left(), 0, 'it was killed before it had moved everything');
  const moving = move(env);
  const outcome = await until('the move to come to its end', () => moving.outcome, PATIENCE);
  assert.equal(outcome, '0', moving.log);
  assert.ok((await end()) > 5, 'there was load');
  return moving.log;
}

test('an installation goes to a bucket and back while it works, however often the move is killed', async () => {
  await server.stop();
  // clients that are led to the bucket meanwhile find there what they are led to
  await server.start(settings({ TRIPLINE_S3_DIRECT_URL: store.url }));
  const [said] = await Promise.all([moveUnderLoad({}, async () => keysOnDisk(folder).length), logAsClient()]);
  assert.match(said, /Files go to s3:\/\/tripline-test\/.*\nMoved: \d+ files, [\d.]+ MB\./s);
  assert.doesNotMatch(said, /secret-of-the-tester/);
  assert.deepEqual(keysOnDisk(folder), []);
  for (const id of logged.keys()) await expectReadable(id);

  await server.stop();
  await server.start(settings({ TRIPLINE_BLOBS: 'folder' }));
  await moveUnderLoad({ TRIPLINE_BLOBS: 'folder' }, async () => (await store.keys()).length);
  assert.deepEqual(await store.keys(), []);
  assert.deepEqual(await store.unfinished(), []);
  for (const id of logged.keys()) await expectReadable(id);
  await server.stop();
  await expectWhole({ database, folder });
  await expectTidy({ database, folder });
});

test('a file that is damaged is told, and left where it is', async () => {
  const [{ blob } = { blob: '' }] = await database.query<{ blob: string }>('select blob from artifact_blob limit 1');
  const [tenant = '', id = ''] = blob.split('/');
  writeFileSync(join(folder, tenant, id.slice(-2).padStart(2, '0'), id), randomBytes(100_000));
  const moving = move({});
  const outcome = await until('the move to come to its end', () => moving.outcome, PATIENCE);
  assert.equal(outcome, '1');
  assert.match(moving.log, new RegExp(`1 files were left where they are:\n${blob}: it has the MD5 .* damaged`));
  assert.deepEqual(keysOnDisk(folder), [blob]);
  assert.ok(!(await store.keys()).includes(blob));
});

test('moving needs a bucket, and says so', async () => {
  const moving = spawnTripline(['blobs', 'move', '--data', server.data], { DATABASE_URL: fresh.url });
  assert.equal(await until('it to end', () => moving.outcome, PATIENCE), '1');
  assert.match(moving.log, /Name the bucket with --s3-bucket/);
});
