import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { before, describe, test } from 'node:test';
import { artifactUploads, type Contents, pathOf } from './support/artifact-uploads.ts';
import { countStatements } from './support/count-statements.ts';
import { type InProcess, openInProcess } from './support/in-process.ts';
import { type ObjectStore, startObjectStore } from './support/object-store.ts';

const FILES = `query F($id: ID!) { artifact(id: $id) { currentManifest { file { directUrl } } files {
  edges { node { name url directUrl } } } } }`;
const URLS = 'query U($id: ID!) { artifact(id: $id) { files { edges { node { name url } } } } }';
const DIRECT_URLS = 'query U($id: ID!) { artifact(id: $id) { files { edges { node { name directUrl } } } } }';

const CONTENTS: Contents = {
  'deep/größe (1).txt': 'text',
  'model.bin': 'weights',
  'page.html': '<b>page</b>',
  'picture.png': 'no picture',
};

interface Node {
  readonly name: string;
  readonly url: string;
  readonly directUrl: string;
}

let store: ObjectStore;
let prefixes = 0;

before(async () => {
  store = await startObjectStore();
});

/** A project whose files go to a place of their own in the bucket. */
async function open(env: Readonly<Record<string, string>> = { TRIPLINE_S3_DIRECT_URL: store.url }): Promise<InProcess> {
  prefixes += 1;
  const here = await openInProcess({ ...store.env, TRIPLINE_S3_PREFIX: `straight-${prefixes}`, ...env });
  await here.user('ann');
  await here.organization('acme', { ann: 'admin' });
  await here.team('acme', 'vision', { ann: 'admin' });
  await here.as('ann', 'mutation C($input: UpsertModelInput!) { upsertModel(input: $input) { inserted } }', {
    input: { name: 'p', entityName: 'vision' },
  });
  return here;
}

async function filesOf(here: InProcess, id: string): Promise<Node[]> {
  const { data, message } = await here.as('ann', FILES, { id });
  assert.equal(message, '');
  return data.artifact.files.edges.map(({ node }: { node: Node }) => node);
}

/** What tells a client how to keep or show what it got. */
function toldOf({ headers }: Response): (string | null)[] {
  return ['content-type', 'content-disposition', 'cache-control'].map((name) => headers.get(name));
}

const isOwn = (url: string): boolean => url.startsWith('http://tripline.test/');

describe('where clients reach the bucket, a list of files leads straight there', () => {
  test('under the names and types that Tripline itself gives, for as long as its own addresses hold', async () => {
    const here = await open();
    const id = await artifactUploads(here).log('data', CONTENTS);
    const files = await filesOf(here, id);
    assert.deepEqual(
      files.map(({ name }) => name),
      Object.keys(CONTENTS),
    );
    for (const { name, url, directUrl } of files) {
      assert.ok(directUrl.startsWith(`${store.url}/tripline-test/straight-`), directUrl);
      assert.equal(new URL(directUrl).searchParams.get('X-Amz-Expires'), String(12 * 3_600));
      const straight = await fetch(directUrl);
      assert.equal(await straight.text(), CONTENTS[name]);
      // its own address stays, and leads there
      assert.ok(isOwn(url), url);
      const led = await here.app.inject({ url: pathOf(url) });
      assert.equal(led.statusCode, 307);
      assert.deepEqual(toldOf(straight), toldOf(await fetch(String(led.headers.location))));
      assert.equal(straight.headers.get('content-disposition'), led.headers['content-disposition']);
      assert.equal(straight.headers.get('content-type'), led.headers['content-type']);
    }
  });

  test('but not to a manifest, of which clients ask once and try no second address', async () => {
    const here = await open();
    const id = await artifactUploads(here).log('data', CONTENTS);
    const { data } = await here.as('ann', FILES, { id });
    assert.ok(isOwn(data.artifact.currentManifest.file.directUrl));
  });

  test('nor to what lies in the folder, or may', async () => {
    const here = await open();
    const id = await artifactUploads(here).log('data', CONTENTS);
    const prefix = `straight-${prefixes}/`;
    const keys = (await store.keys()).filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
    const straightBefore = await filesOf(here, id);
    assert.ok(straightBefore.every(({ directUrl }) => !isOwn(directUrl)));
    for (const key of keys) {
      const [tenant = '', blob = ''] = key.split('/');
      // as another file that was not moved yet
      const other = join(here.blobs, tenant, blob.slice(-2), `1${blob}`);
      mkdirSync(dirname(other), { recursive: true });
      writeFileSync(other, '');
    }
    for (const { name, url, directUrl } of await filesOf(here, id)) {
      assert.ok(isOwn(directUrl), name);
      assert.equal(directUrl.split('?')[0], url.split('?')[0]);
      const led = await here.app.inject({ url: pathOf(directUrl) });
      assert.equal(await (await fetch(String(led.headers.location))).text(), CONTENTS[name], 'which looks for each');
    }
  });

  test('at the cost of one statement, however many there are, and of none where it is not asked for', async () => {
    const here = await open();
    const ann = artifactUploads(here);
    const cost = async (document: string, id: string) => {
      const counted = countStatements(here.ground.database);
      assert.equal((await here.as('ann', document, { id })).message, '');
      return counted();
    };
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`${at}.txt`, `text ${at}`]));
    const ids = [await ann.log('few', { 'a.txt': 'a' }), await ann.log('many', many)];
    for (const id of ids) assert.equal(await cost(DIRECT_URLS, id), (await cost(URLS, id)) + 1);
  });
});

test('where clients do not reach the bucket, a list leads to Tripline, which brings the bytes', async () => {
  const here = await open({});
  const id = await artifactUploads(here).log('data', CONTENTS);
  for (const { name, directUrl } of await filesOf(here, id)) {
    assert.ok(isOwn(directUrl), directUrl);
    assert.equal((await here.app.inject({ url: pathOf(directUrl) })).body, CONTENTS[name]);
  }
});
