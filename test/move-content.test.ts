import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { beforeEach, test } from 'node:test';
import { BlobPlaces } from '../src/blobs/blob-places.ts';
import type { BlobStore } from '../src/blobs/blob-store.ts';
import { openFolderBlobs } from '../src/blobs/folder-blobs.ts';
import { ensureProject } from '../src/directory/ensure-project.ts';
import type { BlobKey } from '../src/model/blob-key.ts';
import { movingAlone } from '../src/store/named-content.ts';
import type { RunKey } from '../src/store/run-heads.ts';
import type { FileGround } from '../src/tracking/file-ground.ts';
import { moveContent } from '../src/tracking/move-content.ts';
import { receiveRunFile } from '../src/tracking/receive-run-file.ts';
import { type InProcess, openInProcess } from './support/in-process.ts';
import { seedRun } from './support/seeded-runs.ts';
import { keysOnDisk } from './support/stored-bytes.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

let here: InProcess;
let run: RunKey;
let newFolder: string;
let from: BlobStore;
let to: BlobStore;
/** As nodes see it that are started with the new place and still know the old one. */
let files: FileGround;

beforeEach(async () => {
  here = await openInProcess();
  await here.user('ann');
  const viewer = await here.viewer('ann');
  const { tenantId, id: projectId } = await ensureProject(here.ground, viewer, 'ann', 'p');
  run = await seedRun(here.ground, { tenantId, projectId, userId: viewer.userId }, { name: 'r' });
  newFolder = temporaryFolder();
  [from, to] = [await openFolderBlobs(here.blobs), await openFolderBlobs(newFolder)];
  const places = new BlobPlaces({ name: 's3', blobs: to }, { name: 'folder', blobs: from });
  files = { ...here.files, blobs: places };
});

const save = (ground: FileGround, name: string, content: string) =>
  receiveRunFile(ground, { ...run, name, content: Readable.from([Buffer.from(content)]), limit: 1000 });

const move = (target: BlobStore = to) =>
  moveContent({ database: here.ground.database, from, to: target, onProgress: async () => {} });

/** The new place, where something happens just after a copy of the first file is there. */
function interrupted(deed: () => Promise<void>): BlobStore {
  let done = false;
  return {
    ...bound(to),
    put: async (...args) => {
      const stored = await to.put(...args);
      if (!done) {
        done = true;
        await deed();
      }
      return stored;
    },
  };
}

function bound(store: BlobStore): BlobStore {
  return {
    put: store.put.bind(store),
    get: store.get.bind(store),
    read: store.read.bind(store),
    stat: store.stat.bind(store),
    delete: store.delete.bind(store),
    unfinished: store.unfinished.bind(store),
    beginParts: store.beginParts.bind(store),
    putPart: store.putPart.bind(store),
    listParts: store.listParts.bind(store),
    assemble: store.assemble.bind(store),
  };
}

test('what a file lacked in its new place is found in the old one, and the other way after the move', async () => {
  await save(here.files, 'a', 'one');
  const [key] = keysOnDisk(here.blobs) as BlobKey[];
  assert.equal(await text(await files.blobs.get(key!)), 'one');
  assert.equal((await files.blobs.stat(key!))?.size, 3);
  await save(files, 'b', 'two');
  assert.equal(keysOnDisk(newFolder).length, 1);
  assert.deepEqual(await move(), { files: 1, bytes: 3, seen: 2, faults: [], faultCount: 0 });
  assert.deepEqual(keysOnDisk(here.blobs), []);
  assert.equal(keysOnDisk(newFolder).length, 2);
  assert.equal(await text(await files.blobs.get(key!)), 'one');
  await assert.rejects(files.blobs.get('1/2' as BlobKey), { code: 'not_found' });
});

test('a file that is replaced while it is copied leaves nothing anywhere', async () => {
  await save(here.files, 'a', 'before');
  const moved = await move(interrupted(() => save(files, 'a', 'after')));
  assert.equal(moved.faultCount, 0);
  assert.deepEqual(keysOnDisk(here.blobs), []);
  const [key, ...others] = keysOnDisk(newFolder) as BlobKey[];
  assert.deepEqual(others, []);
  assert.equal(await text(await files.blobs.get(key!)), 'after');
});

test('one that was copied when the move was killed is looked at again before the old one goes', async () => {
  await save(here.files, 'a', 'whole');
  await save(here.files, 'b', 'other');
  const [whole, broken] = keysOnDisk(here.blobs) as [BlobKey, BlobKey];
  await to.put(whole, await from.get(whole), 1000);
  // as large as it should be
  await to.put(broken, Readable.from([Buffer.from('xxxxx')]), 1000);
  const first = await move();
  assert.equal(first.files, 1);
  assert.match(first.faults.join(), /damaged/);
  assert.deepEqual(keysOnDisk(here.blobs), [broken], 'the old one stays');
  assert.deepEqual(await move(), { files: 1, bytes: 5, seen: 2, faults: [], faultCount: 0 });
  assert.equal(await text(await to.get(broken)), 'other');
});

test('what a move in the other direction left half copied when it was killed is removed', async () => {
  await save(files, 'a', 'whole');
  const [key] = keysOnDisk(newFolder) as [BlobKey];
  writeFileSync(join(here.blobs, 'incoming', key.replace('/', '-')), 'wh');
  assert.deepEqual(keysOnDisk(here.blobs), [key]);
  assert.deepEqual(await move(), { files: 0, bytes: 0, seen: 1, faults: [], faultCount: 0 });
  assert.deepEqual(keysOnDisk(here.blobs), []);
  assert.equal(await text(await files.blobs.get(key)), 'whole');
});

test('one process moves at a time', async () => {
  const inner = await movingAlone(here.ground.database, () => movingAlone(here.ground.database, async () => 'both'));
  assert.equal(inner, undefined);
});
