import assert from 'node:assert/strict';
import { readdirSync, truncateSync } from 'node:fs';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { createXXHash128 } from 'hash-wasm';
import { ensureProject } from '../src/directory/ensure-project.ts';
import { parseLargeNodeId } from '../src/model/wire-id.ts';
import type { RunKey } from '../src/store/run-heads.ts';
import { collectOrphans } from '../src/tracking/collect-orphans.ts';
import { digesterOf } from '../src/tracking/digester.ts';
import { artifactUploads, digestFor, digestOfEntries, md5, pathOf } from './support/artifact-uploads.ts';
import { type InProcess, keyOf, openInProcess } from './support/in-process.ts';
import { seedRun } from './support/seeded-runs.ts';
import { until } from './support/wait.ts';

let here: InProcess;
let ann: ReturnType<typeof artifactUploads>;

before(async () => {
  here = await openInProcess();
  for (const name of ['ann', 'vic', 'eve']) await here.user(name);
  await here.organization('acme', { ann: 'admin' });
  await here.team('acme', 'vision', { ann: 'admin', vic: 'viewer' });
  await here.as('ann', 'mutation C($input: UpsertModelInput!) { upsertModel(input: $input) { inserted } }', {
    input: { name: 'p', entityName: 'vision' },
  });
  ann = artifactUploads(here);
});

async function freshRun(name: string, username = 'ann', entity = 'vision'): Promise<RunKey> {
  const viewer = await here.viewer(username);
  const project = await ensureProject(here.ground, viewer, entity, 'p');
  return seedRun(here.ground, { tenantId: project.tenantId, projectId: project.id, userId: viewer.userId }, { name });
}

const idOf = (node: string): string => parseLargeNodeId('Artifact', node)!.id;

async function rows<Row>(sql: string, ...parameters: unknown[]): Promise<Row[]> {
  return here.ground.database.query<Row>(sql, parameters);
}

async function artifactRow(node: string) {
  const [row] = await rows<{ state: string; size: string; file_count: number; commit_hash: string }>(
    'select * from artifact where artifact_id = $1::bigint',
    idOf(node),
  );
  return row;
}

/** Which number holds each alias of a collection. */
async function aliases(collection: string): Promise<Record<string, number>> {
  const found = await rows<{ alias: string; version_index: number }>(
    'select a.alias, a.version_index from alias a join collection c using (tenant_id, collection_id) where c.name = $1',
    collection,
  );
  return Object.fromEntries(found.map(({ alias, version_index }) => [alias, version_index]));
}

const filesOnDisk = () =>
  readdirSync(here.blobs, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;

describe('logging versions', () => {
  test('a version is numbered at its commit, and latest and the names asked for move to it', async () => {
    const first = await ann.upload('numbers', { 'a.txt': 'a', 'größe/leer.txt': '' }, { aliases: named('best') });
    const second = await ann.upload('numbers', { 'a.txt': 'b' }, { aliases: named('best', 'latest') });
    assert.equal((await ann.commit(second)).data.commitArtifact.artifact.versionIndex, 0);
    assert.equal((await ann.commit(first)).data.commitArtifact.artifact.versionIndex, 1);
    assert.deepEqual(await aliases('numbers'), { best: 1, latest: 1 });
    const row = await artifactRow(first);
    assert.deepEqual([row?.state, row?.size, row?.file_count], ['committed', '1', 2]);
    assert.match(row?.commit_hash ?? '', /^[0-9a-f]{20,}$/);
  });

  test('a commit that is repeated, also at the same time, changes nothing', async () => {
    const id = await ann.upload('repeated', { 'a.txt': 'repeated' });
    const answers = await Promise.all([ann.commit(id), ann.commit(id), ann.commit(id)]);
    for (const { data } of answers) assert.equal(data.commitArtifact.artifact.versionIndex, 0);
    assert.equal((await ann.commit(id)).data.commitArtifact.artifact.versionIndex, 0);
  });

  test('the same content again is the same version, which gets the new names and tags', async () => {
    const contents = { 'a.txt': 'same' };
    const id = await ann.log('again', contents, { tags: [{ tagName: 'one' }] });
    const { data } = await ann.create('again', digestFor(contents), {
      aliases: named('prod'),
      tags: [{ tagName: 'one' }, { tagName: 'two words' }],
    });
    const { artifact } = data.createArtifact;
    assert.deepEqual([artifact.id, artifact.state, artifact.versionIndex], [id, 'COMMITTED', 0]);
    assert.deepEqual(await aliases('again'), { latest: 0, prod: 0 });
    const tags = await rows<{ tag: string }>(
      'select tag from version_tag where artifact_id = $1::bigint order by tag',
      idOf(id),
    );
    assert.deepEqual(
      tags.map(({ tag }) => tag),
      ['one', 'two words'],
    );
  });

  test('content of an older version is a new version, unless it is meant by its digest alone', async () => {
    const old = await ann.log('older', { 'a.txt': '1' });
    await ann.log('older', { 'a.txt': '2' });
    const digest = digestFor({ 'a.txt': '1' });
    assert.equal((await ann.create('older', digest)).data.createArtifact.artifact.state, 'PENDING');
    const meant = { clientID: null, artifactCollectionName: null, artifactCollectionNames: ['older'] };
    assert.equal((await ann.create('older', digest, meant)).data.createArtifact.artifact.id, old);
  });

  test('a request that is repeated with its client id means the same version', async () => {
    const digest = digestFor({ x: 'once' });
    const { data } = await ann.create('once', digest, { clientID: 'the-client-id' });
    const again = await ann.create('once', digest, { clientID: 'the-client-id' });
    assert.equal(again.data.createArtifact.artifact.id, data.createArtifact.artifact.id);
    const mapping = 'query ClientIDMapping($clientID: ID!) { clientIDMapping(clientID: $clientID) { serverID } }';
    const found = await here.as('vic', mapping, { clientID: 'the-client-id' });
    assert.equal(found.data.clientIDMapping.serverID, data.createArtifact.artifact.id);
    assert.equal((await here.as('eve', mapping, { clientID: 'the-client-id' })).data.clientIDMapping, null);
  });

  test('bytes that the collection has are not uploaded again', async () => {
    const id = await ann.log('shared', { 'a.txt': 'shared bytes', 'b.txt': 'more' });
    const { data } = await ann.create('shared', digestFor({ 'c.txt': 'shared bytes', 'd.txt': 'new' }));
    const next = data.createArtifact.artifact.id;
    const [kept, fresh] = await ann.files(next, { 'c.txt': 'shared bytes', 'd.txt': 'new' });
    assert.deepEqual([kept?.uploadUrl, kept?.artifact.id], [null, id]);
    assert.equal(fresh?.artifact.id, next);
    assert.notEqual(fresh?.uploadUrl, null);
  });

  test('a version of three writers is one version, with what all of them brought, at the commit', async () => {
    const parts = [{ 'a.txt': 'a' }, { 'b.txt': 'b' }, { 'c.txt': 'c', 'a.txt': 'newer a' }];
    const ids: string[] = [];
    for (const [index, contents] of parts.entries()) {
      const more = { distributedID: 'group', aliases: named(`writer-${index}`) };
      const { data } = await ann.create('together', digestFor(contents), more);
      const { id } = data.createArtifact.artifact;
      await ann.putManifest(id, contents, await ann.putFiles(id, contents), { manifestType: 'PATCH' });
      ids.push(id);
    }
    const [id = ''] = new Set(ids);
    assert.deepEqual(ids, [id, id, id]);
    assert.equal((await ann.commit(id)).data.commitArtifact.artifact.versionIndex, 0);
    const whole = { 'a.txt': 'newer a', 'b.txt': 'b', 'c.txt': 'c' };
    assert.equal((await ann.commit(id)).data.commitArtifact.artifact.digest, digestFor(whole));
    assert.equal((await artifactRow(id))?.file_count, 3);
    assert.deepEqual(await aliases('together'), { 'writer-0': 0, 'writer-1': 0, 'writer-2': 0, latest: 0 });
  });

  test('an incremental version has the files of its base as well', async () => {
    const base = await ann.log('growing', { 'a.txt': 'a', 'b.txt': 'b' });
    const { data } = await ann.create('growing', digestFor({ 'b.txt': 'bb' }));
    const { id, artifactSequence } = data.createArtifact.artifact;
    assert.equal(artifactSequence.latestArtifact.id, base);
    const added = { 'b.txt': 'bb' };
    const more = { manifestType: 'INCREMENTAL', baseArtifactID: base };
    await ann.putManifest(id, added, await ann.putFiles(id, added), more);
    const { artifact } = (await ann.commit(id)).data.commitArtifact;
    assert.equal(artifact.digest, digestFor({ 'a.txt': 'a', 'b.txt': 'bb' }));
  });
});

const named = (...names: string[]) => names.map((alias) => ({ artifactCollectionName: 'any', alias }));

describe('refusals', () => {
  test('what names, tags and metadata may not be is said', async () => {
    for (const [more, expected] of [
      [{ aliases: named('v7') }, /looks like the number of a version/],
      [{ aliases: named('a:b') }, /alias 'a:b'/],
      [{ tags: [{ tagName: 'a.b' }] }, /tag 'a\.b'/],
      [{ metadata: '[1]' }, /metadata is not a JSON object/],
      [{ metadata: JSON.stringify(Object.fromEntries(Array.from({ length: 101 }, (_, i) => [i, i]))) }, /101 keys/],
      [{ ttlDurationSeconds: 0 }, /time to live/],
      [{ artifactCollectionName: 'a/b' }, /artifact name 'a\/b'/],
    ] as const) {
      const { status, message } = await ann.create('refused', 'd1', more);
      assert.equal(status, 400, message);
      assert.match(message, expected);
    }
  });

  test('a name keeps its type', async () => {
    await ann.create('typed', 'd1');
    const { status, message } = await ann.create('typed', 'd1', { artifactTypeName: 'model' });
    assert.equal(status, 409);
    assert.match(message, /already exists with type 'dataset'/);
  });

  test('who may not write logs nothing, and strangers are told of nothing', async () => {
    assert.equal((await artifactUploads(here, 'vic').create('x', 'd1')).status, 403);
    assert.equal((await artifactUploads(here, 'eve').create('x', 'd1')).status, 404);
    const id = await ann.upload('mine', { a: 'mine' });
    assert.equal((await artifactUploads(here, 'vic').commit(id)).status, 403);
    assert.equal((await artifactUploads(here, 'eve').commit(id)).status, 404);
  });

  test('a commit with another digest, a missing file or no manifest is refused and changes nothing', async () => {
    const { data } = await ann.create('incomplete', digestFor({ a: 'other' }));
    const { id } = data.createArtifact.artifact;
    assert.match((await ann.commit(id)).message, /no manifest yet/);
    const places = await ann.files(id, { a: 'this' });
    await ann.putManifest(id, { a: 'this' }, places);
    const wrong = await ann.commit(id);
    assert.deepEqual([wrong.status, /digest of the manifest/.test(wrong.message)], [400, true]);

    const missing = (await ann.create('incomplete', digestFor({ b: 'never' }))).data.createArtifact.artifact.id;
    await ann.putManifest(missing, { b: 'never' }, await ann.files(missing, { b: 'never' }));
    const absent = await ann.commit(missing);
    assert.deepEqual([absent.status, /file 'b' has not arrived/.test(absent.message)], [400, true]);
    assert.equal((await artifactRow(missing))?.state, 'pending');
    assert.deepEqual(await aliases('incomplete'), {});
  });

  test('bytes other than announced are refused and leave nothing', async () => {
    const { data } = await ann.create('damaged', digestFor({ a: 'right' }));
    const [place] = await ann.files(data.createArtifact.artifact.id, { a: 'right' });
    const before = filesOnDisk();
    assert.equal((await ann.put(place!.uploadUrl!, 'wrong')).statusCode, 400);
    assert.equal((await ann.put(place!.uploadUrl!, 'right', { 'content-md5': md5('else') })).statusCode, 400);
    assert.equal(filesOnDisk(), before);
    assert.equal((await ann.put(place!.uploadUrl!, 'right', { 'content-md5': md5('right') })).statusCode, 200);
    assert.equal((await ann.put(place!.uploadUrl!, 'right')).statusCode, 200);
    assert.equal(filesOnDisk(), before + 1);
  });

  test('of many uploads at once, those that are wrong, unexpected or twice there fail or do nothing for themselves', async () => {
    const contents = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`${at}`, `content ${at}`]));
    const id = (await ann.create('crowd', digestFor(contents))).data.createArtifact.artifact.id;
    const places = await ann.files(id, contents);
    const [gone] = await ann.files(id, { gone: 'nobody waits for it' });
    await rows('delete from artifact_blob where digest = $1', md5('nobody waits for it'));
    const before = filesOnDisk();
    const answers = await Promise.all([
      ann.put(gone!.uploadUrl!, 'nobody waits for it'),
      ...places.flatMap((place, at) => [
        ann.put(place.uploadUrl!, `not content ${at}`),
        ann.put(place.uploadUrl!, `content ${at}`),
        ann.put(place.uploadUrl!, `content ${at}`),
      ]),
    ]);
    const [unexpected, ...others] = answers.map(({ statusCode }) => statusCode);
    assert.equal(unexpected, 404);
    assert.deepEqual(
      others,
      places.flatMap(() => [400, 200, 200]),
    );
    assert.equal(filesOnDisk(), before + places.length);
    const kept = await rows<{ blob: string; size: string; changes: string }>(
      `select b.blob, b.size, (select sum(files) from stored_change c where c.blob = b.blob) as changes
         from artifact_blob b where birth_artifact_id = $1::bigint`,
      idOf(id),
    );
    assert.deepEqual(
      kept.map(({ size, changes }) => [size, changes]).toSorted(),
      Object.values(contents)
        .map((text) => [String(text.length), '1'])
        .toSorted(),
    );
    const blobs = kept.map(({ blob }) => blob);
    assert.deepEqual(await rows('select blob from unclaimed_blob where blob = any($1::text[])', blobs), []);
    await ann.putManifest(id, contents, places);
    assert.equal((await ann.commit(id)).status, 200);
  });

  test('an upload that breaks off leaves nothing', async () => {
    const whole = 'x'.repeat(4 * 2 ** 20);
    await here.app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = here.app.server.address() as AddressInfo;
    const { data } = await ann.create('broken', digestFor({ a: whole }));
    const { id } = data.createArtifact.artifact;
    const [place] = await ann.files(id, { a: whole });
    const before = filesOnDisk();
    const path = pathOf(place!.uploadUrl!);
    const sending = request({ port, path, method: 'PUT', headers: { 'content-length': String(whole.length) } });
    sending.on('error', () => {});
    // more than is gathered before the first byte is written
    sending.write(whole.slice(0, whole.length / 2));
    await until('the upload to begin', async () => filesOnDisk() > before);
    sending.destroy();
    await until('the rest to be gone', async () => filesOnDisk() === before);
    const [again] = await ann.files(id, { a: whole });
    assert.notEqual(again?.uploadUrl, null);
  });

  test('addresses expire, and cannot be used for anything else', async () => {
    const { data } = await ann.create('expiring', digestFor({ a: 'late' }));
    const [place] = await ann.files(data.createArtifact.artifact.id, { a: 'late' });
    const url = pathOf(place!.uploadUrl!);
    assert.equal((await here.app.inject({ method: 'GET', url })).statusCode, 403);
    assert.equal(
      (await here.app.inject({ method: 'PUT', url: url.replace('wandb_artifacts/', 'artifact_manifests/') }))
        .statusCode,
      403,
    );
    here.pass(13 * HOUR);
    assert.equal((await ann.put(place!.uploadUrl!, 'late')).statusCode, 403);
  });

  test('of XXH128 are checked as those of MD5 are', async () => {
    const hasher = await createXXHash128();
    const xxh128 = (text: string) => Buffer.from(hasher.init().update(text).digest('binary')).toString('base64');
    const quick = artifactUploads(here, 'ann', xxh128);
    const contents = { a: 'these bytes' };
    const digest = digestOfEntries([['a', { digest: xxh128('these bytes') }]], await digesterOf('MANIFEST_XXH128'));
    for (const [announced, status] of [
      ['0123456789abcdef0123456789abcdef', 400],
      [digestFor(contents), 400],
      [digest, 200],
    ] as const) {
      const { data } = await quick.create(`hashed-${status}`, announced, { digestAlgorithm: 'MANIFEST_XXH128' });
      const { id } = data.createArtifact.artifact;
      const [place] = await quick.files(id, contents);
      if (place?.uploadUrl != null) {
        const refused = await quick.put(place.uploadUrl, 'those bytes');
        assert.deepEqual([refused.statusCode, /XXH128 digest \S+, not/.test(refused.body)], [400, true]);
        assert.equal((await quick.put(place.uploadUrl, 'these bytes')).statusCode, 200);
      }
      await quick.putManifest(id, contents, [place!]);
      assert.equal((await quick.commit(id)).status, status, announced);
    }
  });
});

const HOUR = 3_600_000;

describe('lineage', () => {
  const USE = `mutation UseArtifact($input: UseArtifactInput!) { useArtifact(input: $input) { artifact {
    id digest description state createdAt metadata } } }`;

  test('tells which runs made a version, also when they logged the same again, and which used it', async () => {
    const [made, again, user] = [await freshRun('made'), await freshRun('again'), await freshRun('user')];
    const contents = { 'a.txt': 'lineage' };
    const id = await ann.log('lineage', contents, { runName: 'made' });
    await ann.create('lineage', digestFor(contents), { runName: 'again' });
    const input = { entityName: 'vision', projectName: 'p', runName: 'user', artifactID: id, usedAs: 'x' };
    for (const _ of ['twice', 'is once']) {
      assert.equal((await here.as('ann', USE, { input })).data.useArtifact.artifact.id, id);
    }
    const links = await rows<{ run_id: string; direction: string; used_as: string | null }>(
      'select run_id, direction, used_as from lineage where artifact_id = $1::bigint order by run_id',
      idOf(id),
    );
    assert.deepEqual(links, [
      { run_id: made.runId, direction: 'output', used_as: null },
      { run_id: again.runId, direction: 'output', used_as: null },
      { run_id: user.runId, direction: 'input', used_as: 'x' },
    ]);
  });

  test('a version of another entity is used by those who see it', async () => {
    const id = await ann.log('foreign', { 'a.txt': 'foreign' });
    for (const [name, status] of [
      ['vic', 200],
      ['eve', 404],
    ] as const) {
      await freshRun('mine', name, name);
      const input = { entityName: name, projectName: 'p', runName: 'mine', artifactID: id };
      assert.equal((await here.as(name, USE, { input })).status, status, name);
    }
  });
});

describe('downloads with a key', () => {
  test('answer whole files, ranges and what has not changed, to those who may see them', async () => {
    const id = await ann.log('got', { 'dir/x y.txt': 'hello world' });
    const hex = Buffer.from(md5('hello world'), 'base64').toString('hex');
    const node = encodeURIComponent(id);
    const get = (path: string, user = 'vic', headers = {}) => {
      const key = Buffer.from(`api:${keyOf(user)}`).toString('base64');
      return here.app.inject({ method: 'GET', url: path, headers: { authorization: `Basic ${key}`, ...headers } });
    };
    const path = `/artifactsV2/default/vision/p/got/${node}/${node}/${hex}/x y.txt`;
    for (const other of [
      path,
      `/artifactsV2/default/vision/p/got/${node}/${hex}/x%20y.txt`,
      `/artifactsV2/default/vision/${Buffer.from(id, 'base64').toString('hex')}/${hex}/x.txt`,
      `/artifactsV2/default/vision/${node}/${hex}`,
      `/artifacts/vision/${hex}`,
    ]) {
      const answer = await get(other.replaceAll(' ', '%20'));
      assert.deepEqual([answer.statusCode, answer.body], [200, 'hello world'], other);
      assert.equal((await get(other.replaceAll(' ', '%20'), 'eve')).statusCode, 404, other);
    }
    assert.equal((await here.app.inject({ method: 'GET', url: path.replaceAll(' ', '%20') })).statusCode, 401);
    const part = await get(path.replaceAll(' ', '%20'), 'vic', { range: 'bytes=6-' });
    assert.deepEqual([part.statusCode, part.body, part.headers['content-range']], [206, 'world', 'bytes 6-10/11']);
    const known = await get(path.replaceAll(' ', '%20'), 'vic', { 'if-none-match': `"${md5('hello world')}"` });
    assert.equal(known.statusCode, 304);
    // a disk that lost a part of it
    const [row] = await rows<{ blob: string }>('select blob from artifact_blob where digest = $1', md5('hello world'));
    truncateSync(join(here.blobs, row!.blob.replace(/\d*(\d\d)$/, '$1/$&')), 5);
    assert.equal((await get(path.replaceAll(' ', '%20'))).statusCode, 500);
  });
});

describe('orphans', () => {
  async function collectAll(): Promise<void> {
    let reached = await collectOrphans(here.files, undefined);
    while (reached !== undefined) reached = await collectOrphans(here.files, reached);
  }

  test('what abandoned uploads left goes after a day; what a version needs stays', async () => {
    await collectAll();
    const before = filesOnDisk();
    const kept = await ann.log('kept', { a: 'kept bytes' });
    const abandoned = await ann.upload('kept', { b: 'abandoned bytes' });
    const active = await ann.upload('kept', { c: 'active bytes' });
    assert.equal(filesOnDisk(), before + 6);
    here.pass(23 * HOUR);
    await collectAll();
    assert.equal((await artifactRow(abandoned))?.state, 'pending');
    await ann.files(active, { c: 'active bytes' });
    here.pass(2 * HOUR);
    await collectAll();
    await collectAll();
    assert.equal(await artifactRow(abandoned), undefined);
    assert.equal((await ann.commit(abandoned)).status, 404);
    assert.equal((await ann.commit(active)).data.commitArtifact.artifact.state, 'COMMITTED');
    assert.equal((await artifactRow(kept))?.state, 'committed');
    const left = await rows<{ digest: string }>(
      'select digest from artifact_blob where birth_artifact_id = any($1::bigint[])',
      [kept, abandoned, active].map(idOf),
    );
    assert.deepEqual(left.map(({ digest }) => digest).sort(), [md5('kept bytes'), md5('active bytes')].sort());
  });
});
