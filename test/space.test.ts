import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { before, describe, test } from 'node:test';
import { ensureProject } from '../src/directory/ensure-project.ts';
import { parseLargeNodeId } from '../src/model/wire-id.ts';
import type { ArtifactKey } from '../src/store/artifacts.ts';
import { addUpSpace, storedSpace } from '../src/store/stored-space.ts';
import { collectOrphans } from '../src/tracking/collect-orphans.ts';
import { deleteArtifact } from '../src/tracking/delete-artifact.ts';
import { receiveRunFile } from '../src/tracking/receive-run-file.ts';
import { artifactUploads } from './support/artifact-uploads.ts';
import { type InProcess, openInProcess } from './support/in-process.ts';
import { seedRun } from './support/seeded-runs.ts';
import { expectCounted, keysOnDisk } from './support/stored-bytes.ts';

const MEBIBYTE = 1024 ** 2;
const HOUR = 3_600_000;

const LINES = 'x'.repeat(1023);
/** As many bytes as text, each time other ones. */
const bytes = (size: number, first: string): string => `${first}${`${LINES}\n`.repeat(size / 1024 + 1)}`.slice(0, size);

async function open(env: Readonly<Record<string, string>> = {}): Promise<InProcess> {
  const here = await openInProcess(env);
  for (const name of ['ann', 'eve']) await here.user(name);
  await here.organization('acme', { ann: 'admin' });
  await here.team('acme', 'vision', { ann: 'admin' });
  await ensureProject(here.ground, await here.viewer('ann'), 'vision', 'p');
  return here;
}

async function storedOf(here: InProcess): Promise<{ bytes: number; files: number; limit: number | null }> {
  return (await here.rest('ann', 'GET', '/entities/vision')).body.stored;
}

async function remove(here: InProcess, node: string): Promise<void> {
  const { tenantId, id: artifactId } = parseLargeNodeId<ArtifactKey['tenantId'], ArtifactKey['artifactId']>(
    'Artifact',
    node,
  )!;
  await deleteArtifact(here.tracking, await here.viewer('ann'), { tenantId, artifactId }, true);
}

async function daysLater(here: InProcess): Promise<void> {
  here.pass(25 * HOUR);
  for (let turn = 0; turn < 2; turn += 1) {
    let reached = await collectOrphans(here.files, undefined);
    while (reached !== undefined) reached = await collectOrphans(here.files, reached);
  }
}

describe('what an entity stores', () => {
  let here: InProcess;
  let ann: ReturnType<typeof artifactUploads>;

  before(async () => {
    here = await open();
    ann = artifactUploads(here);
  });

  test('is counted when it comes and when it goes, whenever it is added up', async () => {
    assert.deepEqual(await storedOf(here), { bytes: 0, files: 0, limit: null });
    const first = await ann.log('data', { a: 'four', b: 'shared' });
    const second = await ann.log('data', { a: 'other', b: 'shared' });
    const { files } = await storedOf(here);
    // three contents and two manifests
    assert.equal(files, 5);
    await addUpSpace(here.ground.database);
    await expectCounted({ database: here.ground.database });
    assert.deepEqual(await here.ground.database.query('select * from stored_change'), []);
    const before = await storedOf(here);
    await remove(here, first);
    await daysLater(here);
    await expectCounted({ database: here.ground.database });
    assert.equal((await storedOf(here)).files, before.files - 2);
    await remove(here, second);
    await daysLater(here);
    assert.deepEqual(await storedOf(here), { bytes: 0, files: 0, limit: null });
    await Promise.all([1, 2, 3].map(() => addUpSpace(here.ground.database)));
    await expectCounted({ database: here.ground.database });
  });

  test('counts a file of a run once, however often it is replaced', async () => {
    const viewer = await here.viewer('ann');
    const { tenantId, id: projectId } = await ensureProject(here.ground, viewer, 'vision', 'p');
    const run = await seedRun(here.ground, { tenantId, projectId, userId: viewer.userId }, { name: 'r' });
    for (const text of ['one', 'seven', 'four']) {
      const content = Readable.from([Buffer.from(text)]);
      await receiveRunFile(here.files, { ...run, name: 'a.txt', content, limit: 100 });
    }
    assert.deepEqual(await storedSpace(here.ground.database, tenantId), { bytes: 4, files: 1 });
    await expectCounted({ database: here.ground.database });
  });

  test('is told to members only', async () => {
    assert.equal((await here.rest('eve', 'GET', '/entities/vision')).status, 404);
  });
});

describe('an entity with a limit', () => {
  let here: InProcess;
  let ann: ReturnType<typeof artifactUploads>;

  before(async () => {
    here = await open({ TRIPLINE_ENTITY_SPACE: '1' });
    ann = artifactUploads(here);
  });

  test('is told what it stores of it', async () => {
    assert.deepEqual(await storedOf(here), { bytes: 0, files: 0, limit: MEBIBYTE });
  });

  test('keeps nothing of a version that goes beyond it, and takes one that does not', async () => {
    const kept = await ann.log('kept', { a: bytes(600_000, 'a') });
    const before = { ...(await storedOf(here)), disk: keysOnDisk(here.blobs) };
    const refused = await ann.upload('refused', { a: bytes(700_000, 'b') });
    const { status, message } = await ann.commit(refused);
    assert.equal(status, 413);
    assert.match(
      message,
      /^'vision' stores 1\.3 MB of the 1\.0 MB that it may: nothing of this was kept\. Delete versions/,
    );
    // what is named no more is removed in the background
    await collectOrphans(here.files, undefined);
    assert.deepEqual({ ...(await storedOf(here)), disk: keysOnDisk(here.blobs) }, before);
    assert.equal((await ann.commit(refused)).status, 404);
    await ann.log('small', { a: bytes(100_000, 'c') });
    await remove(here, kept);
    await daysLater(here);
    await ann.log('refused', { a: bytes(700_000, 'b') });
    await expectCounted({ database: here.ground.database });
  });

  test('begins no version when it is over it, and what it has can be deleted', async () => {
    const over = await open({ TRIPLINE_ENTITY_SPACE: '1' });
    const bob = artifactUploads(over);
    const first = await bob.log('full', { a: bytes(MEBIBYTE - 500, 'a') });
    await over.ground.database.execute('update stored_change set bytes = bytes + 1000 where bytes > 1000000');
    const { status, message } = await bob.create('next', 'a'.repeat(32));
    assert.equal(status, 413);
    assert.match(message, /'vision' stores .* Delete versions or files of runs, or ask the operator/);
    assert.equal((await over.ground.database.query(`select from artifact where state = 'pending'`)).length, 0);
    await remove(over, first);
  });

  test('takes no file of a run beyond it, and loses none that is there', async () => {
    const viewer = await here.viewer('ann');
    const { tenantId, id: projectId } = await ensureProject(here.ground, viewer, 'vision', 'p');
    const run = await seedRun(here.ground, { tenantId, projectId, userId: viewer.userId }, { name: 'r' });
    const save = (text: string) =>
      receiveRunFile(here.files, {
        ...{ ...run, name: 'a.txt', limit: 10 * MEBIBYTE, size: text.length },
        content: Readable.from([Buffer.from(text)]),
      });
    await save('first');
    await assert.rejects(save(bytes(MEBIBYTE, 'x')), { code: 'too_large' });
    const [row] = await here.ground.database.query<{ size: number }>('select size::float8 as size from run_file');
    assert.equal(row?.size, 5);
  });
});
