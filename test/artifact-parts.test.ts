import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { before, describe, test } from 'node:test';
import type { BlobKey } from '../src/model/blob-key.ts';
import { openBlobs } from '../src/server/open-blobs.ts';
import { collectOrphans } from '../src/tracking/collect-orphans.ts';
import { digesterOf } from '../src/tracking/digester.ts';
import { artifactUploads, digestOfEntries, md5, pathOf } from './support/artifact-uploads.ts';
import { blobSettings } from './support/blob-settings.ts';
import { type InProcess, openInProcess } from './support/in-process.ts';
import { type ObjectStore, startObjectStore } from './support/object-store.ts';
import { expectTidy, keysOnDisk } from './support/stored-bytes.ts';

const MEBIBYTE = 1024 ** 2;
const HOUR = 3_600_000;

const FILES = `mutation CreateArtifactFiles($input: CreateArtifactFilesInput!) { createArtifactFiles(input: $input) { files {
  edges { node { storagePath uploadUrl uploadMultipartUrls { uploadID uploadUrlParts { partNumber uploadUrl received } }
    artifact { id } } } } } }`;
const COMPLETE = `mutation CompleteMultipartUploadArtifact($completeMultipartAction: CompleteMultipartAction!,
  $completedParts: [UploadPartsInput!]!, $artifactID: ID!, $storagePath: String!, $uploadID: String!) {
  completeMultipartUploadArtifact(input: {completeMultipartAction: $completeMultipartAction,
    completedParts: $completedParts, artifactID: $artifactID, storagePath: $storagePath, uploadID: $uploadID}) { digest } }`;

interface Placed {
  readonly storagePath: string;
  readonly uploadUrl: string | null;
  readonly uploadMultipartUrls: {
    readonly uploadID: string;
    readonly uploadUrlParts: readonly { partNumber: number; uploadUrl: string; received: boolean }[];
  } | null;
  readonly artifact: { readonly id: string };
}

const digestOf = (bytes: Buffer): string => createHash('md5').update(bytes).digest('base64');
const hexOf = (bytes: Buffer): string => createHash('md5').update(bytes).digest('hex');

/** An artifact of one file that comes in parts, step by step as the client does it. */
class Parted {
  readonly here: InProcess;
  readonly ann: ReturnType<typeof artifactUploads>;
  readonly parts: readonly Buffer[];
  readonly digest: string;
  readonly digestAlgorithm: string;
  id = '';

  constructor(
    here: InProcess,
    parts: readonly Buffer[],
    digest = digestOf(Buffer.concat(parts)),
    digestAlgorithm = 'MANIFEST_MD5',
  ) {
    this.here = here;
    this.ann = artifactUploads(here);
    this.parts = parts;
    this.digest = digest;
    this.digestAlgorithm = digestAlgorithm;
  }

  async create(name: string): Promise<void> {
    const { digest, digestAlgorithm } = this;
    const ofAll = digestOfEntries([['big.bin', { digest }]], await digesterOf(digestAlgorithm));
    const { data, message } = await this.ann.create(name, ofAll, { digestAlgorithm });
    assert.equal(message, '');
    this.id = data.createArtifact.artifact.id;
  }

  async place(announced: readonly Buffer[] = this.parts): Promise<Placed> {
    const uploadPartsInput = announced.map((part, index) => ({ partNumber: index + 1, hexMD5: hexOf(part) }));
    const spec = { artifactID: this.id, name: 'big.bin', md5: this.digest, uploadPartsInput };
    const { data, message } = await this.here.as('ann', FILES, {
      input: { artifactFiles: [spec], storageLayout: 'V2' },
    });
    assert.equal(message, '');
    return data.createArtifactFiles.files.edges[0].node;
  }

  async put(placed: Placed, number: number, bytes = this.parts[number - 1]!) {
    const url = placed.uploadMultipartUrls!.uploadUrlParts[number - 1]!.uploadUrl;
    // as the client says it of parts
    const headers = { 'content-type': '' };
    return this.here.app.inject({ method: 'PUT', url: pathOf(url), payload: bytes, headers });
  }

  complete(placed: Placed, action: 'Complete' | 'Abort' = 'Complete') {
    const completedParts = this.parts.map((part, index) => ({ partNumber: index + 1, hexMD5: `"${hexOf(part)}"` }));
    return this.here.as('ann', COMPLETE, {
      ...{ completeMultipartAction: action, completedParts, artifactID: placed.artifact.id },
      ...{ storagePath: placed.storagePath, uploadID: placed.uploadMultipartUrls!.uploadID },
    });
  }

  async commit() {
    const size = this.parts.reduce((sum, part) => sum + part.length, 0);
    const entry = { digest: this.digest, size, birthArtifactID: this.id };
    const json = JSON.stringify({ version: 1, contents: { 'big.bin': entry } });
    const { data } = await this.ann.manifest(this.id, md5(json));
    await this.ann.put(data.createArtifactManifest.artifactManifest.file.uploadUrl, json);
    return this.ann.commit(this.id);
  }

  /** Its bytes as a version that was committed has them. */
  async read(): Promise<Buffer> {
    const query = 'query F($id: ID!) { artifact(id: $id) { files(first: 1) { edges { node { url } } } } }';
    const { data } = await this.here.as('ann', query, { id: this.id });
    const url = pathOf(data.artifact.files.edges[0].node.url);
    return (await this.here.app.inject({ method: 'GET', url })).rawPayload;
  }
}

async function open(env: Readonly<Record<string, string>> = {}): Promise<InProcess> {
  const here = await openInProcess(env);
  for (const name of ['ann', 'vic']) await here.user(name);
  await here.organization('acme', { ann: 'admin' });
  await here.team('acme', 'vision', { ann: 'admin', vic: 'viewer' });
  await here.as('ann', 'mutation C($input: UpsertModelInput!) { upsertModel(input: $input) { inserted } }', {
    input: { name: 'p', entityName: 'vision' },
  });
  return here;
}

async function collect(here: InProcess): Promise<void> {
  let reached = await collectOrphans(here.files, undefined);
  while (reached !== undefined) reached = await collectOrphans(here.files, reached);
}

describe('a file in parts, in a folder', () => {
  const parts = ['first part ', 'second part ', 'third'].map((text) => Buffer.from(text));
  let here: InProcess;

  before(async () => {
    here = await open();
  });

  async function begun(name: string, of = parts, digest?: string): Promise<{ big: Parted; placed: Placed }> {
    const big = new Parted(here, of, digest);
    await big.create(name);
    return { big, placed: await big.place() };
  }

  test('is put together of parts that come in any order, and is a version like any other', async () => {
    const { big, placed } = await begun('any-order');
    assert.notEqual(placed.uploadUrl, null);
    for (const number of [3, 1, 2]) {
      const answer = await big.put(placed, number);
      assert.equal(answer.statusCode, 200, answer.body);
      assert.equal(answer.headers.etag, `"${hexOf(parts[number - 1]!)}"`);
    }
    assert.equal((await big.complete(placed)).data.completeMultipartUploadArtifact.digest, big.digest);
    const again = await big.complete(placed);
    assert.equal(again.data.completeMultipartUploadArtifact.digest, big.digest, 'when the answer was lost');
    assert.equal((await big.commit()).data.commitArtifact.artifact.state, 'COMMITTED');
    assert.equal(String(await big.read()), 'first part second part third');
  });

  test('goes on where it was broken off', async () => {
    const { big, placed } = await begun('broken-off', [...parts, Buffer.from(' of another')]);
    await big.put(placed, 2);
    const later = await big.place();
    assert.equal(later.uploadMultipartUrls!.uploadID, placed.uploadMultipartUrls!.uploadID);
    const received = later.uploadMultipartUrls!.uploadUrlParts.map((part) => part.received);
    assert.deepEqual(received, [false, true, false, false]);
    for (const number of [1, 3, 4]) await big.put(later, number);
    assert.equal((await big.complete(later)).message, '');
  });

  test('keeps a part that is sent once more, whatever becomes of it', async () => {
    const { big, placed } = await begun('once-more', [...parts, Buffer.from(' once more')]);
    await big.put(placed, 2);
    assert.equal((await big.put(placed, 2, Buffer.from('another part'))).statusCode, 400);
    const later = await big.place();
    assert.equal(later.uploadMultipartUrls!.uploadUrlParts[1]!.received, true);
    for (const number of [1, 2, 3, 4]) assert.equal((await big.put(later, number)).statusCode, 200);
    assert.equal((await big.complete(later)).message, '');
  });

  test('takes parts that come again when it is whole, as clients send them of several files of the same bytes', async () => {
    const { big, placed } = await begun('several-files', [...parts, Buffer.from(' several')]);
    for (const number of [1, 2, 3, 4]) assert.equal((await big.put(placed, number)).statusCode, 200);
    assert.equal((await big.complete(placed)).message, '');
    const late = await big.put(placed, 4);
    assert.deepEqual([late.statusCode, late.headers.etag], [200, `"${hexOf(Buffer.from(' several'))}"`]);
    assert.equal((await big.complete(placed)).message, '');
    assert.equal((await big.commit()).data.commitArtifact.artifact.state, 'COMMITTED');
    assert.equal(String(await big.read()), 'first part second part third several');
  });

  test('counts when it was put together by a process that died before it could say so', async () => {
    const { big, placed } = await begun('put-together', [...parts, Buffer.from(' put together')]);
    for (const number of [1, 2, 3, 4]) await big.put(placed, number);
    await here.files.blobs.assemble({ key: placed.uploadMultipartUrls!.uploadID as BlobKey, id: 'folder:parts' });
    assert.equal((await big.place()).uploadUrl, null, 'nobody has to send it again');
    assert.equal((await big.complete(placed)).message, '');
    assert.equal((await big.commit()).data.commitArtifact.artifact.state, 'COMMITTED');
    assert.equal(String(await big.read()), 'first part second part third put together');
  });

  test('is not complete while a part is missing', async () => {
    const { big, placed } = await begun('missing', parts.slice(0, 2));
    await big.put(placed, 1);
    const { status, message } = await big.complete(placed);
    assert.deepEqual([status, message], [400, 'part 2 has not arrived: send it, then complete the upload']);
    await big.put(placed, 2);
    assert.equal((await big.complete(placed)).message, '');
  });

  test('takes no part that is another than announced, nor one that was not announced', async () => {
    const { big, placed } = await begun('wrong-part', [Buffer.from('right'), parts[1]!]);
    const wrong = await big.put(placed, 1, Buffer.from('wrong'));
    assert.equal(wrong.statusCode, 400);
    assert.match(wrong.body, /part 1 has the MD5 .*, not .*: send it again/);
    const url = placed.uploadMultipartUrls!.uploadUrlParts[0]!.uploadUrl.replace(/\/1\?/, '/3?');
    assert.equal((await here.app.inject({ method: 'PUT', url: pathOf(url), payload: 'x' })).statusCode, 403);
  });

  test('is not kept when its parts make another file than announced', async () => {
    const { big, placed } = await begun('wrong-whole', parts, digestOf(Buffer.from('another')));
    for (const number of [1, 2, 3]) await big.put(placed, number);
    const { status, message } = await big.complete(placed);
    assert.equal(status, 400);
    assert.match(message, /the parts make a file with the MD5 .*, not .*: send it again/);
    assert.ok(!keysOnDisk(here.blobs).includes(placed.uploadMultipartUrls!.uploadID));
    assert.match((await big.commit()).message, /has not arrived/);
    const anew = await big.place();
    assert.notEqual(anew.uploadMultipartUrls!.uploadID, placed.uploadMultipartUrls!.uploadID);
    assert.equal((await big.put(placed, 1)).statusCode, 404, 'the address of an upload that has ended');
  });

  test('is checked as a whole by XXH128 too, where the version has its digests by that', async () => {
    for (const [name, text] of Object.entries({ right: 'first part second part third', wrong: 'another' })) {
      const digester = await digesterOf('MANIFEST_XXH128');
      digester.update(text);
      const big = new Parted(here, parts, digester.digest('base64'), 'MANIFEST_XXH128');
      await big.create(`quick-${name}`);
      const placed = await big.place();
      for (const number of [1, 2, 3]) await big.put(placed, number);
      const { status, message } = await big.complete(placed);
      if (name === 'right') {
        assert.equal((await big.commit()).data.commitArtifact.artifact.state, 'COMMITTED');
        assert.equal(String(await big.read()), text);
      } else {
        assert.equal(status, 400);
        assert.match(message, /the parts make a file with the XXH128 digest .*, not .*: send it again/);
        assert.ok(!keysOnDisk(here.blobs).includes(placed.uploadMultipartUrls!.uploadID));
      }
    }
  });

  test('announced in other parts is another upload, and the first one is collected', async () => {
    const { big, placed } = await begun('other-parts', [Buffer.from('one whole'), Buffer.from(' file')]);
    await big.put(placed, 1);
    const others = [Buffer.from('one '), Buffer.from('whole file')];
    const other = await big.place(others);
    assert.notEqual(other.uploadMultipartUrls!.uploadID, placed.uploadMultipartUrls!.uploadID);
    for (const [index, part] of others.entries()) await big.put(other, index + 1, part);
    assert.equal((await big.complete(other)).message, '');
    assert.equal((await big.commit()).message, '');
    here.pass(25 * HOUR);
    await collect(here);
    await expectTidy({ database: here.ground.database, folder: here.blobs });
    assert.equal(String(await big.read()), 'one whole file');
  });

  test('is given up at once, and collected when nobody goes on with it', async () => {
    const { big, placed } = await begun('given-up', [Buffer.from('given '), Buffer.from('up')]);
    await big.put(placed, 1);
    assert.equal((await big.complete(placed, 'Abort')).message, '');
    assert.ok(!keysOnDisk(here.blobs).includes(placed.uploadMultipartUrls!.uploadID));
    const later = await big.place();
    await big.put(later, 2);
    here.pass(20 * HOUR);
    await big.put(await big.place(), 1);
    here.pass(20 * HOUR);
    await collect(here);
    assert.ok(keysOnDisk(here.blobs).includes(later.uploadMultipartUrls!.uploadID), 'there is progress');
    here.pass(25 * HOUR);
    await collect(here);
    await collect(here);
    await expectTidy({ database: here.ground.database, folder: here.blobs });
  });

  test('is only for who may log to the project, and for parts that are numbered', async () => {
    const { big, placed } = await begun('rights', [Buffer.from('rights'), Buffer.from('!')]);
    for (const number of [1, 2]) await big.put(placed, number);
    const variables = {
      ...{ completeMultipartAction: 'Complete', completedParts: [], artifactID: placed.artifact.id },
      ...{ storagePath: placed.storagePath, uploadID: placed.uploadMultipartUrls!.uploadID },
    };
    assert.equal((await here.as('vic', COMPLETE, variables)).status, 403);
    const elsewhere = { ...variables, storagePath: 'wandb_artifacts/1/2/3/AAAA' };
    assert.equal((await here.as('ann', COMPLETE, elsewhere)).status, 404);
    const spec = { artifactID: big.id, name: 'big.bin', md5: big.digest };
    for (const uploadPartsInput of [
      [{ partNumber: 2, hexMD5: hexOf(parts[0]!) }],
      [{ partNumber: 1, hexMD5: 'nothing' }],
    ]) {
      const input = { artifactFiles: [{ ...spec, uploadPartsInput }], storageLayout: 'V2' };
      assert.equal((await here.as('ann', FILES, { input })).status, 400);
    }
    assert.equal((await big.complete(placed)).message, '');
  });
});

describe('a file in parts, in an object store', () => {
  const parts = [randomBytes(5 * MEBIBYTE), randomBytes(5 * MEBIBYTE + 1), randomBytes(1000)];
  let store: ObjectStore;

  before(async () => {
    store = await startObjectStore();
  });

  test('goes through Tripline, and on where it was broken off', async () => {
    const here = await open({ ...store.env, TRIPLINE_S3_PREFIX: 'through' });
    const big = new Parted(here, parts);
    await big.create('big');
    const placed = await big.place();
    for (const number of [2, 3]) assert.equal((await big.put(placed, number)).statusCode, 200);
    const later = await big.place();
    assert.deepEqual(
      later.uploadMultipartUrls!.uploadUrlParts.map(({ received }) => received),
      [false, true, true],
    );
    assert.equal((await big.put(later, 1)).statusCode, 200);
    assert.equal((await big.complete(later)).message, '');
    assert.equal((await big.complete(later)).message, '');
    assert.equal((await big.commit()).data.commitArtifact.artifact.state, 'COMMITTED');
    assert.ok((await big.read()).equals(Buffer.concat(parts)));
    assert.deepEqual(keysOnDisk(here.blobs), []);
  });

  test('goes straight there where clients reach it', async () => {
    const here = await open({ ...store.env, TRIPLINE_S3_PREFIX: 'direct', TRIPLINE_S3_DIRECT_URL: store.url });
    const big = new Parted(here, parts);
    await big.create('big');
    const placed = await big.place();
    for (const { partNumber, uploadUrl } of placed.uploadMultipartUrls!.uploadUrlParts) {
      assert.ok(uploadUrl.startsWith(`${store.url}/tripline-test/direct/`));
      const body = parts[partNumber - 1]!;
      const headers = { 'content-md5': digestOf(body) };
      assert.equal((await fetch(uploadUrl, { method: 'PUT', body, headers })).status, 200);
    }
    assert.equal((await big.complete(placed)).message, '');
    assert.equal((await big.commit()).data.commitArtifact.artifact.state, 'COMMITTED');
    const query = 'query F($id: ID!) { artifact(id: $id) { files(first: 1) { edges { node { url directUrl } } } } }';
    const { data } = await here.as('ann', query, { id: big.id });
    const [{ node }] = data.artifact.files.edges;
    const led = await here.app.inject({ method: 'GET', url: pathOf(node.url) });
    assert.equal(led.statusCode, 307);
    for (const url of [node.directUrl, String(led.headers.location)]) {
      const found = await fetch(url);
      assert.ok((await buffer(found.body as never)).equals(Buffer.concat(parts)));
    }
    const ofPage = await here.app.inject({
      method: 'GET',
      url: pathOf(node.url),
      headers: { 'sec-fetch-mode': 'cors' },
    });
    assert.equal(ofPage.statusCode, 200, "a page's own policy knows no other host");
  });

  test('that was put there directly counts only when it is what was announced', async () => {
    const here = await open({ ...store.env, TRIPLINE_S3_PREFIX: 'checked', TRIPLINE_S3_DIRECT_URL: store.url });
    const ann = artifactUploads(here);
    const big = new Parted(here, [Buffer.from('announced')]);
    await big.create('one');
    const [place] = await ann.files(big.id, { 'big.bin': 'announced' });
    const put = (body: string) =>
      fetch(place!.uploadUrl!, { method: 'PUT', body, headers: { 'content-md5': md5('announced') } });
    assert.match((await big.commit()).message, /has not arrived/);
    // the store of these tests does not look at the header, as others do
    await put('something');
    assert.match((await big.commit()).message, /the store was sent bytes with the MD5 .*, not .*: send them again/);
    const [again] = await ann.files(big.id, { 'big.bin': 'announced' });
    assert.notEqual(again!.uploadUrl, place!.uploadUrl);
    await fetch(again!.uploadUrl!, { method: 'PUT', body: 'announced', headers: { 'content-md5': md5('announced') } });
    assert.equal((await big.commit()).data.commitArtifact.artifact.state, 'COMMITTED');
  });

  test('that was put there directly counts though files have begun to go to the folder meanwhile', async () => {
    const env = { ...store.env, TRIPLINE_S3_PREFIX: 'left', TRIPLINE_S3_DIRECT_URL: store.url };
    const here = await open(env);
    const big = new Parted(here, [Buffer.from('announced')]);
    await big.create('one');
    const [place] = await big.ann.files(big.id, { 'big.bin': 'announced' });
    await fetch(place!.uploadUrl!, { method: 'PUT', body: 'announced', headers: { 'content-md5': md5('announced') } });
    const blobs = await openBlobs(blobSettings(dirname(here.blobs), { ...env, TRIPLINE_BLOBS: 'folder' }));
    Object.assign(here.files, { blobs });
    assert.equal((await big.commit()).data.commitArtifact.artifact.state, 'COMMITTED');
    assert.equal((await big.read()).toString(), 'announced');
  });

  test('bytes that were put there directly for a version that never came are collected, and no others', async () => {
    const here = await open({ ...store.env, TRIPLINE_S3_PREFIX: 'collected', TRIPLINE_S3_DIRECT_URL: store.url });
    const ann = artifactUploads(here);
    const keys = async () => (await store.keys()).filter((key) => key.startsWith('collected/'));
    const upload = async (name: string) => {
      const contents = { a: `content of ${name}` };
      const big = new Parted(here, [Buffer.from(contents.a)]);
      await big.create(name);
      const [place] = await ann.files(big.id, contents);
      await fetch(place!.uploadUrl!, { method: 'PUT', body: contents.a, headers: { 'content-md5': md5(contents.a) } });
      return big;
    };
    const [kept, slow] = [await upload('kept'), await upload('slow')];
    await upload('never');
    await kept.commit();
    assert.equal((await keys()).length, 4);
    for (let day = 0; day < 2; day += 1) {
      here.pass(20 * HOUR);
      await ann.files(slow.id, { a: 'content of slow' });
      await collect(here);
    }
    assert.equal((await slow.commit()).data.commitArtifact.artifact.state, 'COMMITTED');
    here.pass(25 * HOUR);
    await collect(here);
    await collect(here);
    // two files and two manifests
    assert.equal((await keys()).length, 4);
    assert.equal((await here.ground.database.query('select * from unclaimed_blob')).length, 0);
  });
});
