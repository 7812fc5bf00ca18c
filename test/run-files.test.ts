import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { findProject } from '../src/directory/find-project.ts';
import type { RunKey } from '../src/store/run-heads.ts';
import { type InProcess, LARGEST_FILE, openInProcess } from './support/in-process.ts';
import { seedRun } from './support/seeded-runs.ts';
import { until } from './support/wait.ts';

let here: InProcess;

before(async () => {
  here = await openInProcess();
  for (const name of ['ann', 'vic', 'eve']) await here.user(name);
  await here.organization('acme', { ann: 'admin' });
  await here.team('acme', 'vision', { ann: 'admin', vic: 'viewer' });
  await here.as('ann', 'mutation C($input: UpsertModelInput!) { upsertModel(input: $input) { inserted } }', {
    input: { name: 'p', entityName: 'vision' },
  });
  await freshRun('run1');
});

async function freshRun(name: string): Promise<RunKey> {
  const viewer = await here.viewer('ann');
  const project = (await findProject(here.ground, viewer, 'vision', 'p'))!;
  const place = { tenantId: project.tenantId, projectId: project.id, userId: viewer.userId };
  return seedRun(here.ground, place, { name });
}

const CREATE = `mutation CreateRunFiles($entity: String!, $project: String!, $run: String!, $files: [String!]!) {
  createRunFiles(input: {entityName: $entity, projectName: $project, runName: $run, files: $files}) { runID uploadHeaders files { name uploadUrl } } }`;
const MARK = `mutation MarkRunFilesUploaded($entity: String!, $project: String!, $run: String!, $files: [String!]!) {
  markRunFilesUploaded(input: {entityName: $entity, projectName: $project, runName: $run, files: $files}) { success } }`;
const LIST = `query RunFiles($project: String!, $entity: String!, $name: String!, $fileCursor: String, $fileLimit: Int = 50,
    $fileNames: [String] = [], $upload: Boolean = false, $pattern: String) {
  project(name: $project, entityName: $entity) { internalId run(name: $name) { fileCount
    files(names: $fileNames, after: $fileCursor, first: $fileLimit, pattern: $pattern) {
      edges { node { id name url(upload: $upload) directUrl sizeBytes mimetype updatedAt md5 } cursor }
      pageInfo { endCursor hasNextPage } } } } }`;
const DELETE = `mutation deleteFiles($files: [ID!]!, $projectId: Int) { deleteFiles(input: {files: $files projectId: $projectId}) { success } }`;

const where = (run = 'run1') => ({ entity: 'vision', project: 'p', run });

/** Addresses are absolute; the app takes the part behind the host. */
function pathOf(url: string): string {
  assert.ok(url.startsWith('http://tripline.test/'), url);
  return url.slice('http://tripline.test'.length);
}

async function uploadPath(name: string, run = 'run1'): Promise<string> {
  const { data } = await here.as('ann', CREATE, { ...where(run), files: [name] });
  return pathOf(data.createRunFiles.files[0].uploadUrl);
}

async function upload(name: string, content: string | Buffer, run = 'run1'): Promise<void> {
  const answer = await here.app.inject({ method: 'PUT', url: await uploadPath(name, run), payload: content });
  assert.equal(answer.statusCode, 200, answer.body);
}

async function list(more: object = {}, run = 'run1') {
  const { data, message } = await here.as('vic', LIST, { entity: 'vision', project: 'p', name: run, ...more });
  assert.equal(message, '');
  const { files, fileCount } = data.project.run;
  return { nodes: files.edges.map((edge: { node: object }) => edge.node), files, fileCount };
}

async function downloadPath(name: string, run = 'run1'): Promise<string> {
  const { nodes } = await list({ fileNames: [name] }, run);
  return pathOf(nodes[0].url);
}

/** Every blob and every upload that is not finished. */
function blobsOnDisk(): string[] {
  return readdirSync(here.blobs, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

describe('uploads', () => {
  test('get one absolute address for each name, in order, whatever characters it has', async () => {
    const files = [
      'media/images/x_0_ab12.png',
      'test with_special-characters.txt',
      'invalid?:label<>%2F',
      'ä/日本.txt',
    ];
    const { data } = await here.as('ann', CREATE, { ...where(), files });
    const answer = data.createRunFiles;
    assert.match(atob(answer.runID), /^Run:\d+$/);
    assert.deepEqual(answer.uploadHeaders, []);
    assert.deepEqual(
      answer.files.map((file: { name: string }) => file.name),
      files,
    );
    for (const name of files) {
      await upload(name, `content of ${name}`);
      const got = await here.app.inject({ url: await downloadPath(name) });
      assert.equal(got.body, `content of ${name}`);
    }
  });

  test('are refused for names that lead out of the run, for viewers, and for runs that are not there', async () => {
    for (const name of ['../x', '/etc/passwd', 'a\\..\\b', '']) {
      assert.equal((await here.as('ann', CREATE, { ...where(), files: [name] })).status, 400, name);
    }
    assert.equal((await here.as('vic', CREATE, { ...where(), files: ['x'] })).status, 403);
    assert.equal((await here.as('eve', CREATE, { ...where(), files: ['x'] })).status, 404);
    assert.equal((await here.as('ann', CREATE, { ...where('nope'), files: ['x'] })).status, 404);
  });

  test('are listed with size, md5 and type; the last one of a name counts and the content before it is removed', async () => {
    await freshRun('run2');
    await upload('config.yaml', 'first', 'run2');
    const before = blobsOnDisk().length;
    await upload('config.yaml', 'the second', 'run2');
    assert.equal(blobsOnDisk().length, before);
    const { nodes, fileCount } = await list({}, 'run2');
    assert.equal(fileCount, 1);
    assert.equal(nodes.length, 1);
    assert.equal(nodes[0].sizeBytes, 10);
    assert.equal(nodes[0].mimetype, 'application/yaml');
    assert.equal(nodes[0].md5, createHash('md5').update('the second').digest('base64'));
    assert.equal((await here.app.inject({ url: pathOf(nodes[0].directUrl) })).body, 'the second');
  });

  test('may be empty and of any content type', async () => {
    await upload('empty.txt', '');
    const url = await uploadPath('typed.json');
    const typed = await here.app.inject({
      method: 'PUT',
      url,
      payload: '{not json',
      headers: { 'content-type': 'application/json' },
    });
    assert.equal(typed.statusCode, 200);
    assert.equal((await list({ fileNames: ['empty.txt'] })).nodes[0].sizeBytes, 0);
    const got = await here.app.inject({ url: await downloadPath('empty.txt') });
    assert.deepEqual([got.statusCode, got.body, got.headers['content-length']], [200, '', '0']);
  });

  test('need an address that we signed, for that file and method, and that has not expired', async () => {
    const url = await uploadPath('signed.txt');
    const put = (address: string) => here.app.inject({ method: 'PUT', url: address, payload: 'x' });
    assert.equal((await put(url.replace('/storage/runs/', '/storage/runs/1'))).statusCode, 403);
    assert.equal((await put(url.split('?')[0]!)).statusCode, 403);
    assert.equal((await here.app.inject({ url })).statusCode, 403);
    const download = await (async () => {
      await upload('signed.txt', 'x');
      return downloadPath('signed.txt');
    })();
    assert.equal((await put(download)).statusCode, 403);
    here.pass(13 * 3_600_000);
    assert.equal((await put(url)).statusCode, 403);
    here.pass(-13 * 3_600_000);
    assert.equal((await put(url)).statusCode, 200);
  });

  test('to a deleted run end with 404', async () => {
    await freshRun('run3');
    const url = await uploadPath('late.txt', 'run3');
    await here.ground.database.execute(
      `delete from run_head where run_id = (select run_id from run where name = 'run3')`,
    );
    assert.equal((await here.app.inject({ method: 'PUT', url, payload: 'x' })).statusCode, 404);
  });

  test('stream over a real connection, larger than any other body; too large ones and broken ones leave nothing', async () => {
    await here.app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = here.app.server.address() as AddressInfo;
    const before = new Set(blobsOnDisk());
    const part = Buffer.alloc(1024 * 1024, 'x');
    assert.equal(await send(port, await uploadPath('large.bin'), part, 36), 200);
    assert.equal((await list({ fileNames: ['large.bin'] })).nodes[0].sizeBytes, 36 * part.length);
    assert.equal(await send(port, await uploadPath('larger.bin'), part, LARGEST_FILE / part.length + 1), 413);
    assert.equal(await send(port, await uploadPath('broken.bin'), part, 2, 'break'), undefined);
    await until('the broken upload to be gone', async () => blobsOnDisk().length === before.size + 1);
    assert.deepEqual((await list({ pattern: '%er.bin' })).nodes, []);
    assert.deepEqual((await list({ pattern: 'broken%' })).nodes, []);
  });
});

/** Sends chunked parts; the status, `undefined` when the connection was cut on purpose. */
function send(
  port: number,
  path: string,
  part: Buffer,
  parts: number,
  end: 'end' | 'break' = 'end',
): Promise<number | undefined> {
  return new Promise((resolve) => {
    const outgoing = request({ port, path, method: 'PUT', host: '127.0.0.1', agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    outgoing.on('error', () => resolve(undefined));
    const next = (sent: number): void => {
      if (outgoing.destroyed) return;
      if (sent === parts && end === 'break') return void setImmediate(() => outgoing.destroy());
      if (sent === parts) return void outgoing.end();
      outgoing.write(part, () => next(sent + 1));
    };
    next(0);
  });
}

describe('downloads', () => {
  test('answer ranges, conditions and HEAD', async () => {
    await upload('digits.txt', '0123456789');
    const url = await downloadPath('digits.txt');
    const get = (headers: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET') =>
      here.app.inject({ method, url, headers });
    const whole = await get();
    assert.equal(whole.headers['content-length'], '10');
    assert.equal(whole.headers['content-type'], 'text/plain; charset=utf-8');
    const part = await get({ range: 'bytes=2-4' });
    assert.deepEqual([part.statusCode, part.body, part.headers['content-range']], [206, '234', 'bytes 2-4/10']);
    assert.equal((await get({ range: 'bytes=10-' })).statusCode, 416);
    assert.equal((await get({ 'if-none-match': String(whole.headers.etag) })).statusCode, 304);
    assert.equal((await get({ range: 'bytes=2-4', 'if-range': '"other"' })).statusCode, 200);
    const head = await get({}, 'HEAD');
    assert.deepEqual([head.statusCode, head.body, head.headers['content-length']], [200, '', '10']);
  });

  test('never let a browser run what a run saved', async () => {
    await upload('report.html', '<script>alert(1)</script>');
    const got = await here.app.inject({ url: await downloadPath('report.html') });
    assert.equal(got.headers['x-content-type-options'], 'nosniff');
    assert.match(String(got.headers['content-security-policy']), /sandbox/);
    assert.match(String(got.headers['content-disposition']), /^attachment/);
  });
});

describe('lists of files', () => {
  test('come in pages, by name or by pattern; both cursors are filled', async () => {
    await freshRun('run4');
    for (const name of ['b.json', 'a.txt', 'c.json', 'B.json', 'a_1.txt', 'aX1.txt']) await upload(name, name, 'run4');
    const names = async (more: object) => (await list(more, 'run4')).nodes.map((node: { name: string }) => node.name);
    assert.deepEqual(await names({}), ['B.json', 'a.txt', 'aX1.txt', 'a_1.txt', 'b.json', 'c.json']);
    assert.deepEqual(await names({ pattern: '%.json' }), ['B.json', 'b.json', 'c.json']);
    assert.deepEqual(await names({ pattern: 'a\\_1%' }), ['a_1.txt']);
    assert.deepEqual(await names({ fileNames: ['c.json', 'nope'] }), ['c.json']);
    const first = await list({ fileLimit: 4 }, 'run4');
    assert.equal(first.files.pageInfo.hasNextPage, true);
    assert.equal(first.files.pageInfo.endCursor, first.files.edges[3].cursor);
    assert.deepEqual(await names({ fileLimit: 4, fileCursor: first.files.edges[3].cursor }), ['b.json', 'c.json']);
    const bad = await here.as('vic', LIST, { entity: 'vision', project: 'p', name: 'run4', pattern: 'x\\' });
    assert.equal(bad.status, 400);
  });

  test('tell upload addresses only to those who may write', async () => {
    await upload('x.txt', 'x');
    const ask = async (who: string) =>
      (await here.as(who, LIST, { entity: 'vision', project: 'p', name: 'run1', fileNames: ['x.txt'], upload: true }))
        .data.project.run.files.edges[0].node.url;
    assert.equal(await ask('vic'), null);
    assert.equal(
      (await here.app.inject({ method: 'PUT', url: pathOf(await ask('ann')), payload: 'y' })).statusCode,
      200,
    );
  });

  test('give clients before 0.18 the places of files that they are about to upload', async () => {
    const query = `query RunUploadUrls($files: [String]!) { model(name: "p", entityName: "vision") { bucket(name: "run1", desc: "d") {
      id files(names: $files) { uploadHeaders edges { node { name url(upload: true) updatedAt } } } } } }`;
    const { data } = await here.as('ann', query, { files: ['old.txt'] });
    const [{ node }] = data.model.bucket.files.edges;
    assert.deepEqual([node.name, node.updatedAt, data.model.bucket.files.uploadHeaders], ['old.txt', null, []]);
    assert.equal((await here.app.inject({ method: 'PUT', url: pathOf(node.url), payload: 'old' })).statusCode, 200);
  });
});

describe('marking and deleting', () => {
  test('marking tells whether the content has arrived, and leaves the state of the run alone', async () => {
    await upload('m.txt', 'x');
    assert.equal(
      (await here.as('ann', MARK, { ...where(), files: ['m.txt'] })).data.markRunFilesUploaded.success,
      true,
    );
    assert.equal(
      (await here.as('ann', MARK, { ...where(), files: ['m.txt', 'n.txt'] })).data.markRunFilesUploaded.success,
      false,
    );
    assert.equal((await here.as('eve', MARK, { ...where(), files: ['m.txt'] })).status, 404);
  });

  test('deleting removes the file and its content, for those who may write', async () => {
    await freshRun('run5');
    await upload('d.txt', 'unique content', 'run5');
    const before = blobsOnDisk().length;
    const { nodes } = await list({}, 'run5');
    const url = await downloadPath('d.txt', 'run5');
    const files = [nodes[0].id];
    assert.equal((await here.as('eve', DELETE, { files, projectId: 1 })).status, 404);
    assert.equal((await here.as('vic', DELETE, { files, projectId: 1 })).status, 403);
    assert.equal((await here.as('ann', DELETE, { files, projectId: 1 })).data.deleteFiles.success, true);
    assert.equal((await here.as('ann', DELETE, { files, projectId: 1 })).status, 404);
    assert.equal((await here.as('ann', DELETE, { files: ['nonsense'], projectId: 1 })).status, 404);
    assert.deepEqual((await list({}, 'run5')).nodes, []);
    assert.equal((await here.app.inject({ url })).statusCode, 404);
    assert.equal(blobsOnDisk().length, before - 1);
  });
});
