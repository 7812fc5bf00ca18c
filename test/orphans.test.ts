import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { before, beforeEach, describe, test } from 'node:test';
import { createRegistry } from '../src/directory/create-registry.ts';
import { deleteOrganization } from '../src/directory/delete-organization.ts';
import { deleteProject } from '../src/directory/delete-project.ts';
import { ensureProject } from '../src/directory/ensure-project.ts';
import { findProject } from '../src/directory/find-project.ts';
import { requireOrganization } from '../src/directory/require-entity.ts';
import { parseLargeNodeId } from '../src/model/wire-id.ts';
import type { ArtifactKey } from '../src/store/artifacts.ts';
import type { Collection } from '../src/store/collections.ts';
import { collectionByName } from '../src/store/collections.ts';
import { placesOf } from '../src/store/memberships.ts';
import type { ProjectPlace } from '../src/store/projects.ts';
import type { RunKey } from '../src/store/run-heads.ts';
import { collectOrphans } from '../src/tracking/collect-orphans.ts';
import { deleteArtifact } from '../src/tracking/delete-artifact.ts';
import { deleteCollection } from '../src/tracking/delete-collection.ts';
import { deleteRun } from '../src/tracking/delete-run.ts';
import { storeContent } from '../src/tracking/keep-content.ts';
import { linkArtifact } from '../src/tracking/link-artifact.ts';
import { receiveRunFile } from '../src/tracking/receive-run-file.ts';
import { unlinkArtifact } from '../src/tracking/unlink-artifact.ts';
import { artifactUploads, digestFor, md5, pathOf } from './support/artifact-uploads.ts';
import { type InProcess, openInProcess } from './support/in-process.ts';
import { seedConsole, seedLines, seedRun } from './support/seeded-runs.ts';
import { expectKnown, expectTidy, expectWhole, keysOnDisk, type Stored } from './support/stored-bytes.ts';

const HOUR = 3_600_000;

let here: InProcess;
let ann: ReturnType<typeof artifactUploads>;
let stored: Stored;

before(async () => {
  here = await openInProcess();
  stored = { database: here.ground.database, folder: here.blobs };
  await here.user('ann');
  await here.organization('acme', { ann: 'admin' });
  await here.team('acme', 'vision', { ann: 'admin' });
  ann = artifactUploads(here);
});

// deleted by some of the tests
beforeEach(theProject);

/** What happens in the background, until there is nothing to do. */
async function collect(): Promise<void> {
  let reached = await collectOrphans(here.files, undefined);
  while (reached !== undefined) reached = await collectOrphans(here.files, reached);
}

/** Lets more than a day pass, in which the background does its work. */
async function daysLater(days = 1): Promise<void> {
  for (let day = 0; day < days; day += 1) {
    here.pass(25 * HOUR);
    await collect();
  }
  await expectWhole(stored);
}

const content = (text: string) => Readable.from([Buffer.from(text)]);

async function theProject(): Promise<ProjectPlace> {
  return ensureProject(here.ground, await here.viewer('ann'), 'vision', 'p');
}

async function runWithFiles(name: string, files: number): Promise<RunKey> {
  const { userId } = await here.viewer('ann');
  const { tenantId, id: projectId } = await theProject();
  const run = await seedRun(here.ground, { tenantId, projectId, userId }, { name });
  for (let file = 0; file < files; file += 1) {
    await receiveRunFile(here.files, { ...run, name: `${file}.txt`, content: content(`${name} ${file}`), limit: 100 });
  }
  return run;
}

function keyOf(node: string): ArtifactKey {
  const { tenantId, id: artifactId } = parseLargeNodeId<ArtifactKey['tenantId'], ArtifactKey['artifactId']>(
    'Artifact',
    node,
  )!;
  return { tenantId, artifactId };
}

async function stateOf(node: string): Promise<string | undefined> {
  const [row] = await here.ground.database.query<{ state: string }>(
    'select state from artifact where artifact_id = $1::bigint',
    [keyOf(node).artifactId],
  );
  return row?.state;
}

async function delete_(node: string): Promise<void> {
  await deleteArtifact(here.tracking, await here.viewer('ann'), keyOf(node), true);
}

async function registry(word: string): Promise<ProjectPlace> {
  const viewer = await here.viewer('ann');
  const organization = await requireOrganization(here.ground, viewer, 'acme');
  const name = `wandb-registry-${word}`;
  const settings = { visibility: 'Team', description: null, allowAllTypes: true, types: [] } as const;
  await createRegistry(here.ground, viewer, organization, { name, ...settings });
  return (await findProject(here.ground, await here.viewer('ann'), 'acme', name))!;
}

/** Links a version in a registry. @returns the portfolio */
async function link(node: string, project: ProjectPlace): Promise<Collection> {
  const target = { project, collectionName: 'published', aliases: ['production'] };
  await linkArtifact(here.tracking, await here.viewer('ann'), keyOf(node), target);
  const name = { tenantId: project.tenantId, projectId: project.id, name: 'published' };
  return (await collectionByName(here.ground.database, name))!;
}

describe('content that no row names', () => {
  test('is known when the process dies between the bytes and their row, and goes after a day', async () => {
    const { tenantId } = await theProject();
    const { blob } = await storeContent(here.files, { tenantId, content: content('never named'), limit: 100 });
    assert.ok(keysOnDisk(here.blobs).includes(blob));
    await expectKnown(stored);
    here.pass(23 * HOUR);
    await collect();
    assert.ok(keysOnDisk(here.blobs).includes(blob));
    await daysLater();
    await expectTidy(stored);
  });

  test('is not named any more when its upload took longer than a day', async () => {
    const run = await runWithFiles('slow', 0);
    async function* slow(): AsyncGenerator<Buffer> {
      yield Buffer.from('begun');
      here.pass(25 * HOUR);
      // the row alone, as when the collector comes just before the bytes are in place
      await here.ground.database.execute('delete from unclaimed_blob');
    }
    const upload = receiveRunFile(here.files, { ...run, name: 'slow.txt', content: slow(), limit: 100 });
    await assert.rejects(upload, { code: 'unavailable' });
    const rows = await here.ground.database.query('select name from run_file where run_id = $1::bigint', [run.runId]);
    assert.deepEqual(rows, []);
    // of this test only: without the row nobody knew of these bytes
    for (const key of keysOnDisk(here.blobs)) await here.files.blobs.delete(key as never);
  });

  test('that was replaced is removed at once, and later when that fails', async () => {
    const run = await runWithFiles('replaced', 1);
    const put = (files = here.files) =>
      receiveRunFile(files, { ...run, name: '0.txt', content: content('newer'), limit: 100 });
    await put();
    await expectTidy(stored);
    const left: string[] = [];
    const failing = {
      put: here.files.blobs.put.bind(here.files.blobs),
      delete: () => Promise.reject(new Error('EIO')),
    };
    await put({ ...here.files, blobs: { ...here.files.blobs, ...failing }, onLeftover: (key) => left.push(key) });
    assert.equal(left.length, 1);
    await expectKnown(stored);
    await daysLater();
    await expectTidy(stored);
  });
});

test('an upload that is gone on with after a day is not given up', async () => {
  const contents = { a: 'late' };
  const clientID = crypto.randomUUID();
  const begin = async () =>
    (await ann.create('late', digestFor(contents), { clientID })).data.createArtifact.artifact.id;
  const id = await begin();
  await ann.putFiles(id, contents);
  here.pass(25 * HOUR);
  assert.equal(await begin(), id);
  await collect();
  const [place] = await ann.files(id, contents);
  assert.equal(place?.uploadUrl, null, 'it has arrived');
  await ann.putManifest(id, contents, [place!]);
  assert.equal((await ann.commit(id)).message, '');
});

describe('versions that are deleted', () => {
  test('free their manifests and what no other version has', async () => {
    const first = await ann.log('freed', { a: 'shared', b: 'only in the first' });
    const second = await ann.log('freed', { a: 'shared', c: 'only in the second' });
    const before = keysOnDisk(here.blobs).length;
    await delete_(first);
    await daysLater();
    await expectTidy(stored);
    assert.equal(keysOnDisk(here.blobs).length, before - 2);
    assert.equal(await stateOf(second), 'committed');
    await delete_(second);
    await daysLater();
    await expectTidy(stored);
    assert.equal(keysOnDisk(here.blobs).length, before - 5);
  });

  test('leave bytes on which an upload counts that goes on for days', async () => {
    const old = await ann.log('counted', { a: 'counted on' });
    const contents = { a: 'counted on', b: 'slowly uploaded' };
    const { data } = await ann.create('counted', digestFor(contents));
    const { id } = data.createArtifact.artifact;
    const [kept, slow] = await ann.files(id, contents);
    assert.equal(kept?.uploadUrl, null);
    await delete_(old);
    for (let day = 0; day < 3; day += 1) {
      here.pass(20 * HOUR);
      await ann.files(id, { b: 'slowly uploaded' });
      await collect();
    }
    const [again] = await ann.files(id, { b: 'slowly uploaded' });
    assert.equal((await ann.put(again!.uploadUrl!, 'slowly uploaded')).statusCode, 200);
    await ann.putManifest(id, contents, [kept!, slow!]);
    assert.equal((await ann.commit(id)).data.commitArtifact.artifact.state, 'COMMITTED');
    await daysLater();
    await expectTidy(stored);
  });

  test('leave bytes of which a changed copy is being made, though nobody asked for them', async () => {
    const base = await ann.log('copied', { a: 'kept', b: 'left out' });
    here.pass(25 * HOUR);
    const contents = { a: 'kept', c: 'added' };
    const { id } = (await ann.create('copied', digestFor(contents))).data.createArtifact.artifact;
    await delete_(base);
    await collect();
    const [added] = await ann.putFiles(id, { c: 'added' });
    // as a client that goes on with a draft: its manifest says whose bytes the others are
    await ann.putManifest(id, contents, [{ uploadUrl: null, artifact: { id: base } }, added!]);
    assert.equal((await ann.commit(id)).message, '');
    await daysLater();
    await expectTidy(stored);
  });

  test('free in one turn however many files they had', async () => {
    const version = await ann.log('large', { a: 'large' });
    const MANY = 2_500;
    await here.ground.database.execute(
      `insert into artifact_blob (tenant_id, collection_id, digest, birth_artifact_id, created_at, wanted_at)
       select tenant_id, collection_id, 'large-' || number, artifact_id, created_at, created_at
         from artifact, generate_series(1, $2::int) number where artifact_id = $1::bigint`,
      [keyOf(version).artifactId, MANY],
    );
    await delete_(version);
    await collectOrphans(here.files, undefined);
    const left = await here.ground.database.query('select from artifact_blob where birth_artifact_id = $1::bigint', [
      keyOf(version).artifactId,
    ]);
    assert.equal(left.length, 0);
    await expectTidy(stored);
  });

  test('are collected by several nodes at once, each thing once', async () => {
    for (let version = 0; version < 12; version += 1) {
      await delete_(await ann.log(`many-${version % 3}`, { a: `${version}`, b: `more ${version}` }));
    }
    const kept = await ann.log('many-0', { a: '0', c: 'kept' });
    here.pass(25 * HOUR);
    const left: unknown[] = [];
    const node = { ...here.files, onLeftover: (_key: unknown, error: unknown) => left.push(error) };
    await Promise.all([1, 2, 3].map(() => collectOrphans(node, undefined)));
    await daysLater();
    assert.deepEqual(left, []);
    assert.equal(await stateOf(kept), 'committed');
    await expectTidy(stored);
  });
});

describe('projects, runs and organizations that are deleted', () => {
  test('a deleted run frees its files', async () => {
    const [dead, living] = [await runWithFiles('dead', 3), await runWithFiles('living', 2)];
    await deleteRun(here.ground, await here.viewer('admin'), dead);
    const before = keysOnDisk(here.blobs).length;
    await daysLater();
    await expectTidy(stored);
    assert.equal(keysOnDisk(here.blobs).length, before - 3);
    const names = (run: RunKey) =>
      here.ground.database.query('select name from run_file where run_id = $1::bigint', [run.runId]);
    assert.equal((await names(dead)).length, 0);
    assert.equal((await names(living)).length, 2);
  });

  test('what deleted runs logged goes in slices, with the run or with its project, and nothing of others', async () => {
    const { tenantId, id: projectId } = await theProject();
    const { userId } = await here.viewer('ann');
    const logged = async (name: string) => {
      const run = await seedRun(here.ground, { tenantId, projectId, userId }, { name, summary: { loss: 1 } });
      await seedLines(here.ground, run, 'events', [{ cpu: 1 }]);
      await seedConsole(here.ground, run, 0, ['hello']);
      // more than a slice holds
      await here.ground.database.execute(
        `insert into history_chunk (tenant_id, run_id, stream, first_line, lines, format, body, received_at)
         select $1::bigint, $2::bigint, 'history', line, 1, 1, '', now() from generate_series(0, 2499) as line`,
        [run.tenantId, run.runId],
      );
      return run;
    };
    const rows = async ({ runId }: RunKey) => {
      const counts = ['history_chunk', 'console_block', 'run_summary'].map((table) =>
        here.ground.database.query<{ n: number }>(`select count(*)::int as n from ${table} where run_id = $1::bigint`, [
          runId,
        ]),
      );
      return (await Promise.all(counts)).map(([row]) => row?.n);
    };
    const [dead, living] = [await logged('dead rows'), await logged('living rows')];
    await deleteRun(here.ground, await here.viewer('admin'), dead);
    await collect();
    assert.deepEqual(await rows(dead), [2501, 1, 1], 'not while somebody may be reading it');
    await daysLater();
    assert.deepEqual(
      [await rows(dead), await rows(living)],
      [
        [0, 0, 0],
        [2501, 1, 1],
      ],
    );
    await deleteProject(here.ground, await here.viewer('ann'), await theProject());
    await daysLater(3);
    assert.deepEqual(await rows(living), [0, 0, 0]);
  });

  test('what is linked in a registry outlives the project it was logged to, until the link ends', async () => {
    const models = await registry('models');
    const linked = await ann.log('outlives', { 'a.txt': 'published', 'b.txt': 'published too' });
    const other = await ann.log('outlives', { 'a.txt': 'published', 'c.txt': 'never published' });
    const portfolio = await link(linked, models);
    await runWithFiles('of the project', 2);
    await deleteProject(here.ground, await here.viewer('ann'), await theProject());
    await daysLater(3);
    await expectTidy(stored);
    assert.deepEqual([await stateOf(linked), await stateOf(other)], ['committed', 'deleted']);
    assert.equal(keysOnDisk(here.blobs).length, 3);

    const files = await publishedFiles();
    for (const [name, text] of [
      ['a.txt', 'published'],
      ['b.txt', 'published too'],
    ]) {
      const node = files.find((file) => file.name === name)!;
      assert.equal((await here.app.inject({ url: pathOf(node.directUrl) })).body, text);
    }

    await unlinkArtifact(here.tracking, await here.viewer('ann'), keyOf(linked), portfolio);
    await daysLater(2);
    assert.equal(await stateOf(linked), 'deleted');
    assert.deepEqual(keysOnDisk(here.blobs), []);
    await expectTidy(stored);
  });

  /** As a client reads what a registry publishes. */
  async function publishedFiles(): Promise<{ name: string; directUrl: string }[]> {
    const query = `query P($entity: String!, $project: String!) { project(name: $project, entityName: $entity) {
      artifactType(name: "dataset") { artifactCollection(name: "published") { artifactMembership(aliasName: "production") {
        versionIndex artifact { state artifactSequence { name project { name } } currentManifest { file { directUrl } }
          files { edges { node { name directUrl } } } } } } } } }`;
    const { data, message } = await here.as('ann', query, { entity: 'acme', project: 'wandb-registry-models' });
    assert.equal(message, '');
    const { artifact } = data.project.artifactType.artifactCollection.artifactMembership;
    assert.deepEqual([artifact.state, artifact.artifactSequence], ['COMMITTED', { name: 'outlives', project: null }]);
    const manifest = await here.app.inject({ url: pathOf(artifact.currentManifest.file.directUrl) });
    assert.deepEqual(Object.keys(manifest.json().contents).sort(), ['a.txt', 'b.txt']);
    return artifact.files.edges.map(({ node }: { node: { name: string; directUrl: string } }) => node);
  }

  test('a deleted registry ends its links and leaves what they led to', async () => {
    const draft = await registry('draft');
    const logged = await ann.log('stays', { a: 'stays' });
    await link(logged, draft);
    await deleteProject(here.ground, await here.viewer('ann'), draft);
    await daysLater(2);
    assert.equal(await stateOf(logged), 'committed');
    assert.equal((await placesOf(here.ground.database, keyOf(logged))).length, 1);
  });

  test('a deleted collection frees all of its versions', async () => {
    await ann.log('whole', { a: '1' });
    await ann.upload('whole', { a: '2' });
    const { tenantId, id: projectId } = await theProject();
    const whole = await collectionByName(here.ground.database, { tenantId, projectId, name: 'whole' });
    const before = keysOnDisk(here.blobs).length;
    await deleteCollection(here.tracking, await here.viewer('ann'), whole, 'sequence');
    await daysLater();
    await expectTidy(stored);
    assert.equal(keysOnDisk(here.blobs).length, before - 4);
  });

  test('a deleted organization leaves nothing, whatever its registries linked to', async () => {
    await link(await ann.log('last', { a: 'last', b: md5('b') }), await registry('last'));
    await runWithFiles('last', 3);
    assert.notEqual(keysOnDisk(here.blobs).length, 0);
    await deleteOrganization(here.ground, await here.viewer('admin'), 'acme');
    await daysLater(4);
    await expectTidy(stored);
    assert.deepEqual(keysOnDisk(here.blobs), []);
    const left = await here.ground.database.query(`select state from artifact where state <> 'deleted'`);
    assert.deepEqual(left, []);
  });
});
