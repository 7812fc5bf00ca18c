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
import { artifactUploads, digestFor, md5 } from './support/artifact-uploads.ts';
import { type InProcess, openInProcess } from './support/in-process.ts';
import { seedRun } from './support/seeded-runs.ts';
import { expectCounted, expectWhole, keysOnDisk } from './support/stored-bytes.ts';

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

const NOTHING = { bytes: 0, files: 0 };

// biome-ignore lint/suspicious/noExplicitAny: an answer as it came
async function spaceOf(here: InProcess): Promise<any> {
  return (await here.rest('ann', 'GET', '/entities/vision/space')).body;
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

  test('is told by project and collection, as it comes and as it goes', async () => {
    const viewer = await here.viewer('ann');
    const { tenantId, id: projectId } = await ensureProject(here.ground, viewer, 'vision', 'p');
    const run = await seedRun(here.ground, { tenantId, projectId, userId: viewer.userId }, { name: 'parts' });
    const content = Readable.from([Buffer.from('12345')]);
    await receiveRunFile(here.files, { ...run, name: 'b.txt', content, limit: 100 });
    const before = await spaceOf(here);
    const first = await ann.log('parts', { a: bytes(9_000, 'a') });
    await ann.log('parts', { a: bytes(8_000, 'b') });
    const told = await spaceOf(here);
    await addUpSpace(here.ground.database);
    assert.deepEqual(await spaceOf(here), told);
    const { bytes: all, files, projects, others, deleted, collections } = told;
    assert.equal(projects.length, 1);
    const [{ project, runs, artifacts }] = projects;
    assert.deepEqual([project, runs], ['p', before.projects[0].runs]);
    assert.equal(artifacts.files, before.projects[0].artifacts.files + 4);
    assert.deepEqual([runs.bytes + artifacts.bytes, runs.files + artifacts.files], [all, files]);
    assert.deepEqual([others, deleted], [NOTHING, NOTHING]);
    const [largest] = collections;
    assert.deepEqual(
      { ...largest, bytes: 0 },
      { project: 'p', collection: 'parts', type: 'dataset', versions: 2, files: 4, bytes: 0 },
    );
    assert.ok(largest.bytes > 17_000 && largest.bytes < 18_000, String(largest.bytes));
    await remove(here, first);
    await daysLater(here);
    assert.equal((await spaceOf(here)).collections[0].files, 2);
    assert.equal((await here.rest('ann', 'DELETE', '/entities/vision/projects/p/artifacts/parts')).status, 204);
    const gone = await spaceOf(here);
    assert.equal(gone.projects[0].artifacts.files, before.projects[0].artifacts.files);
    // its manifest went with the version
    assert.deepEqual([gone.deleted.files, gone.others], [1, NOTHING]);
    assert.ok(!gone.collections.some((each: { collection: string }) => each.collection === 'parts'));
    await expectCounted({ database: here.ground.database });
  });

  test('is told of projects that are not listed as a sum', async () => {
    await here.team('acme', 'crowd', { ann: 'admin' });
    const viewer = await here.viewer('ann');
    const names = Array.from({ length: 102 }, (_, at) => `p-${at}`);
    const projects = await Promise.all(names.map((name) => ensureProject(here.ground, viewer, 'crowd', name)));
    await here.ground.database.execute(
      `insert into stored_change (tenant_id, blob, bytes, files, kind, holder_id)
       select $1::bigint, 'b-' || at, 1000 + at, 1, 'run', id from unnest($2::bigint[]) with ordinality each (id, at)`,
      [projects[0]!.tenantId, projects.map(({ id }) => id)],
    );
    const told = (await here.rest('ann', 'GET', '/entities/crowd/space')).body;
    assert.deepEqual([told.projects.length, told.others, told.files], [100, { bytes: 1_001 + 1_002, files: 2 }, 102]);
  });

  test('is told to members only', async () => {
    assert.equal((await here.rest('eve', 'GET', '/entities/vision')).status, 404);
    assert.equal((await here.rest('eve', 'GET', '/entities/vision/space')).status, 404);
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

  test('takes no end of manifests', async () => {
    const { data } = await ann.create('manifests', 'a'.repeat(32));
    const { id } = data.createArtifact.artifact;
    const manifest = await ann.manifest(id, md5('{}'), { manifestType: 'PATCH' });
    await addUpSpace(here.ground.database);
    await here.ground.database.execute('update stored_space set bytes = bytes + 1500000000');
    const put = () => ann.put(manifest.data.createArtifactManifest.artifactManifest.file.uploadUrl, '{}');
    assert.equal((await put()).statusCode, 413);
    await here.ground.database.execute('update stored_space set bytes = bytes - 1500000000');
    assert.equal((await put()).statusCode, 200);
  });

  test('takes nothing from a version that has bytes of one that is refused', async () => {
    const lending = await open({ TRIPLINE_ENTITY_SPACE: '1' });
    const bob = artifactUploads(lending);
    const contents = { a: bytes(600_000, 'a') };
    const lent = await bob.upload('shared', contents);
    const { data } = await bob.create('shared', digestFor(contents));
    const { id } = data.createArtifact.artifact;
    // its manifest names the bytes by their digest alone
    await bob.putManifest(id, contents, []);
    assert.equal((await bob.commit(id)).message, '');
    await bob.upload('another', { a: bytes(600_000, 'b') });
    assert.equal((await bob.commit(lent)).status, 413);
    await collectOrphans(lending.files, undefined);
    await expectWhole({ database: lending.ground.database, folder: lending.blobs });
    await expectCounted({ database: lending.ground.database });
  });

  test('takes no file of a run beyond it, and loses none that is there', async () => {
    const viewer = await here.viewer('ann');
    const { tenantId, id: projectId } = await ensureProject(here.ground, viewer, 'vision', 'p');
    const run = await seedRun(here.ground, { tenantId, projectId, userId: viewer.userId }, { name: 'r' });
    const save = (text: string, size: number | undefined = text.length) =>
      receiveRunFile(here.files, {
        ...{ ...run, name: 'a.txt', limit: 10 * MEBIBYTE, size },
        content: Readable.from([Buffer.from(text)]),
      });
    await save('first');
    await assert.rejects(save(bytes(MEBIBYTE, 'x')), { code: 'too_large' });
    // packed, it says less than it brings
    await assert.rejects(save(bytes(MEBIBYTE, 'x'), 9_000), { code: 'too_large' });
    const [row] = await here.ground.database.query<{ size: number }>('select size::float8 as size from run_file');
    assert.equal(row?.size, 5);
  });
});
