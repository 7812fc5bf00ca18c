import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { onEnd } from '../support/clean-up.ts';
import { countingProxy } from '../support/counting-proxy.ts';
import { type ObjectStore, startObjectStore } from '../support/object-store.ts';
import { assertOutcome, assertQuiet, runPython } from '../support/python.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { openScene, type Scene } from '../support/scene.ts';
import { type Server, startServer } from '../support/server.ts';
import { keysOnDisk } from '../support/stored-bytes.ts';

/** Larger than a piece that is held in memory. */
const LARGE = 20 * 1024 ** 2;

const SOURCE = `
import hashlib, json, os, shutil, wandb
from pathlib import Path
from wandb.sdk.artifacts.storage_policies._multipart import multipart_download

def digest(path):
    return hashlib.md5(Path(path).read_bytes()).hexdigest()

os.makedirs("data/deep")
Path("data/large.bin").write_bytes(bytes(i * 7 % 251 for i in range(1024)) * ${LARGE / 1024})
Path("data/deep/größe 名.txt").write_text("unicode", encoding="utf-8")
Path("data/empty.txt").write_bytes(b"")
with wandb.init(project=os.environ["WANDB_PROJECT"], entity=os.environ["WANDB_ENTITY"]) as run:
    artifact = wandb.Artifact("kept", type="dataset")
    artifact.add_dir("data")
    run.log_artifact(artifact).wait()
    again = wandb.Artifact("kept", type="dataset")
    again.add_file("data/large.bin")
    run.log_artifact(again).wait()
    opaque = wandb.Artifact("opaque", type="dataset")
    opaque.add_file("data/large.bin")
    run.log_artifact(opaque).wait()
    Path("note.txt").write_text("a file of the run")
    run.save("note.txt")
    path = run.path
shutil.rmtree("data")
shutil.rmtree("artifacts", ignore_errors=True)
os.environ["WANDB_CACHE_DIR"] = os.path.abspath("fresh-cache")
api = wandb.Api()
entity, project = os.environ["WANDB_ENTITY"], os.environ["WANDB_PROJECT"]
folder = api.artifact(f"{entity}/{project}/kept:v0").download(root="down", skip_cache=True)
# in ranges that are asked for at once, as the client does it with files of 2 GiB and more
multipart_download.__defaults__ = (3 * 1024**2,)
in_ranges = api.artifact(f"{entity}/{project}/kept:v1").download(root="down1", skip_cache=True, multipart=True)
note = api.run(path).file("note.txt").download(root="notes").read()
print(json.dumps({
    "files": {str(p.relative_to(folder)): digest(p) for p in sorted(Path(folder).rglob("*")) if p.is_file()},
    "ranges": {p.name: digest(p) for p in Path(in_ranges).iterdir()},
    "note": note,
}))
`;

const FEW = `
import os, wandb
from pathlib import Path
for name in ("one.txt", "two.txt"):
    Path(name).write_text(name)
with wandb.init(project=os.environ["WANDB_PROJECT"], entity=os.environ["WANDB_ENTITY"]) as run:
    artifact = wandb.Artifact("few", type="dataset")
    for name in ("one.txt", "two.txt"):
        artifact.add_file(name)
    run.log_artifact(artifact).wait()
    path = f"{run.entity}/{run.project}/few:v0"
folder = wandb.Api().artifact(path).download(root="down", skip_cache=True)
for name in ("one.txt", "two.txt"):
    assert Path(folder, name).read_text() == name
`;

const RANGES = `
import os, wandb
from pathlib import Path
from wandb.sdk.artifacts.storage_policies._multipart import multipart_download
multipart_download.__defaults__ = (2**20,)
content = os.urandom(4 * 2**20)
Path("some.bin").write_bytes(content)
with wandb.init(project=os.environ["WANDB_PROJECT"], entity=os.environ["WANDB_ENTITY"]) as run:
    artifact = wandb.Artifact("ranges", type="dataset")
    artifact.add_file("some.bin")
    run.log_artifact(artifact).wait()
    path = f"{run.entity}/{run.project}/ranges:v0"
folder = wandb.Api().artifact(path).download(root="down", skip_cache=True, multipart=True)
assert Path(folder, "some.bin").read_bytes() == content
`;

/** Whether an address was given in a list, to be worked off. */
const isListed = ({ method, url }: IncomingMessage): boolean =>
  method === 'GET' && /X-Amz-Expires=43200\b/.test(url ?? '');

/** Which downloads of files of versions a server has answered, and how. */
async function downloadsFrom(server: Server): Promise<string[]> {
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  const answered =
    /_count\{method="GET",route="(\/storage\/wandb_artifacts\/\*|\/artifacts.*)",status="(\d+)"\} (\d+)/g;
  return [...metrics.matchAll(answered)].map(([, route, status, times]) => `${route} ${status}: ${times}`);
}

async function runClient({ server, person, team, project }: Scene, source: string): Promise<string> {
  const env = { WANDB_ENTITY: team, WANDB_PROJECT: project };
  const result = await runPython({ server, person, env, source });
  assertOutcome(result, '0');
  // said of every file that a run saves
  assertQuiet(result, /Symlinked 1 file/);
  return result.stdout.trim().split('\n').at(-1) ?? '';
}

const md5 = (content: string | Buffer): string => createHash('md5').update(content).digest('hex');

let store: ObjectStore;
let receiver: Receiver;

before(async () => {
  store = await startObjectStore();
  receiver = await startReceiver();
  onEnd(() => receiver.close());
});

async function serverWith(env: Readonly<Record<string, string>>): Promise<{ server: Server; scene: Scene }> {
  const server = await startServer({ env: { ...store.env, ...env } });
  onEnd(() => server.dispose());
  return { server, scene: await openScene(server, receiver) };
}

async function logAndDownload(scene: Scene): Promise<void> {
  const downloaded = await runClient(scene, SOURCE);
  const large = Buffer.alloc(LARGE, Buffer.from(Array.from({ length: 1024 }, (_, at) => (at * 7) % 251)));
  assert.deepEqual(JSON.parse(downloaded), {
    files: { 'deep/größe 名.txt': md5('unicode'), 'empty.txt': md5(''), 'large.bin': md5(large) },
    ranges: { 'large.bin': md5(large) },
    note: 'a file of the run',
  });
}

describe('files in an object store', () => {
  test('come and go through Tripline where clients cannot reach the store', async () => {
    const { server, scene } = await serverWith({ TRIPLINE_S3_PREFIX: 'through' });
    await logAndDownload(scene);
    assert.deepEqual(keysOnDisk(join(server.data, 'blobs')), []);
    const keys = await store.keys();
    // three files of one collection, one of another, the manifests, and what the run saved
    assert.ok(keys.filter((key) => /^through\/\d+\/\d+$/.test(key)).length >= 8, keys.join(' '));
    assert.deepEqual(await store.unfinished(), []);
    assert.doesNotMatch(server.log, /secret-of-the-tester/);
    assert.notDeepEqual(await downloadsFrom(server), []);
  });

  test('come and go straight where they can', async () => {
    const proxy = await countingProxy(store.url);
    const { server, scene } = await serverWith({ TRIPLINE_S3_PREFIX: 'direct', TRIPLINE_S3_DIRECT_URL: proxy.url });
    await logAndDownload(scene);
    assert.deepEqual(keysOnDisk(join(server.data, 'blobs')), []);
    assert.ok((await store.keys()).some((key) => key.startsWith('direct/')));
    // of the files of versions; runs bring theirs through Tripline
    assert.equal(proxy.counts.get('PUT'), 4);
    assert.ok((proxy.counts.get('GET') ?? 0) >= 4, 'downloads come from the store');
    assert.deepEqual(await downloadsFrom(server), [], 'and Tripline is asked for none');
  });

  test('are asked of Tripline when an address of the store has expired, or leads to nothing any more', async () => {
    const refusals = [403, 404];
    const proxy = await countingProxy(store.url, (asked) => (isListed(asked) ? refusals.shift() : undefined));
    const { server, scene } = await serverWith({ TRIPLINE_S3_PREFIX: 'expired', TRIPLINE_S3_DIRECT_URL: proxy.url });
    await runClient(scene, FEW);
    assert.deepEqual(await downloadsFrom(server), ['/artifactsV2/* 307: 2']);
  });

  test('are asked of the store by new addresses, in ranges too, when one has expired', async () => {
    const refusals = [403];
    const proxy = await countingProxy(store.url, (asked) => (isListed(asked) ? refusals.shift() : undefined));
    const { server, scene } = await serverWith({ TRIPLINE_S3_PREFIX: 'renewed', TRIPLINE_S3_DIRECT_URL: proxy.url });
    await runClient(scene, RANGES);
    assert.deepEqual(refusals, []);
    assert.deepEqual(await downloadsFrom(server), []);
  });
});

test('a server whose bucket is not there says so and does not start', async () => {
  const wrong = { ...store.env, TRIPLINE_S3_BUCKET: 'nowhere' };
  await assert.rejects(startServer({ env: wrong }), (error: Error) => {
    assert.match(error.message, /there is no bucket 'nowhere'\. Make it, or name another with --s3-bucket\./);
    assert.doesNotMatch(error.message, /secret-of-the-tester/);
    return true;
  });
});
