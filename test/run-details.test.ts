import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { findProject } from '../src/directory/find-project.ts';
import { findRunHead, type RunKey } from '../src/store/run-heads.ts';
import { findRun } from '../src/store/runs.ts';
import { receiveRunFile } from '../src/tracking/receive-run-file.ts';
import { type InProcess, openInProcess } from './support/in-process.ts';
import { seedConsole, seedRun } from './support/seeded-runs.ts';

const RUNS = '/entities/vision/projects/cats/runs';
let here: InProcess;
let made = 0;

/** A new run and its address. */
async function freshRun(more: object = {}): Promise<{ key: RunKey; path: string }> {
  made += 1;
  const ann = await here.viewer('ann');
  const project = (await findProject(here.ground, ann, 'vision', 'cats'))!;
  const place = { tenantId: project.tenantId, projectId: project.id, userId: ann.userId };
  const key = await seedRun(here.ground, place, { name: `run${made}`, ...more });
  return { key, path: `${RUNS}/run${made}` };
}

async function save(key: RunKey, name: string, content: string): Promise<void> {
  async function* bytes() {
    yield Buffer.from(content);
  }
  await receiveRunFile(here.files, { ...key, name, content: bytes(), limit: 1_000_000 });
}

const get = (path: string) => here.app.inject({ url: `/api/v1${path}`, headers: { 'x-test-user': 'ann' } });

before(async () => {
  here = await openInProcess();
  for (const name of ['ann', 'mem', 'vic', 'eve']) await here.user(name);
  await here.organization('acme', { ann: 'admin' });
  await here.team('acme', 'vision', { ann: 'admin', mem: 'member', vic: 'viewer' });
  await here.as('ann', 'mutation C($input: UpsertModelInput!) { upsertModel(input: $input) { inserted } }', {
    input: { name: 'cats', entityName: 'vision' },
  });
});

describe('what a run printed', () => {
  test('is read from the end, from a line on, or as far as it is new', async () => {
    const { key, path } = await freshRun();
    const empty = await here.rest('vic', 'GET', `${path}/logs`);
    assert.deepEqual(empty.body, { total: 0, revision: null, changedFrom: null, items: [] });
    const lines = Array.from({ length: 1_200 }, (_, at) => `2026-01-02T03:04:05.000000 line ${at}`);
    await seedConsole(here.ground, key, 0, lines);
    const tail = (await here.rest('vic', 'GET', `${path}/logs?limit=2`)).body;
    assert.deepEqual(tail.items, [
      { number: 1_198, at: '2026-01-02T03:04:05.000000', level: null, label: null, text: 'line 1198' },
      { number: 1_199, at: '2026-01-02T03:04:05.000000', level: null, label: null, text: 'line 1199' },
    ]);
    assert.deepEqual([tail.total, tail.changedFrom], [1_200, 0]);
    const middle = (await here.rest('vic', 'GET', `${path}/logs?from=700&limit=3`)).body.items;
    assert.deepEqual(
      middle.map(({ number }: { number: number }) => number),
      [700, 701, 702],
    );
    const since = async (revision: string) => (await here.rest('vic', 'GET', `${path}/logs?since=${revision}`)).body;
    assert.deepEqual((await since(tail.revision)).items, []);
    // a progress bar writes its line anew, and an error follows
    await seedConsole(here.ground, key, 1_199, ['2026-01-02T03:04:06.000000 100%', 'ERROR 2026-01-02T03:04:07 boom']);
    const news = await since(tail.revision);
    assert.deepEqual([news.total, news.changedFrom], [1_201, 1_199]);
    assert.deepEqual(
      news.items.map(({ number, level, text }: { number: number; level: string; text: string }) => [
        number,
        level,
        text,
      ]),
      [
        [1_199, null, '100%'],
        [1_200, 'error', 'boom'],
      ],
    );
    assert.deepEqual((await since(news.revision)).items, []);
    for (const refused of ['from=1&since=2', 'limit=5000', 'since=x', 'since=9999999999999999999', 'from=-1'])
      assert.equal((await here.rest('vic', 'GET', `${path}/logs?${refused}`)).status, 400, refused);
  });

  test('is searched as it is shown, so many lines at a time, and downloaded as text', async () => {
    const { key, path } = await freshRun();
    const lines = Array.from({ length: 50_000 }, (_, at) =>
      at % 20_000 === 7 ? `\u001b[31mLo\u001b[0mss ${at}` : 'x',
    );
    for (let from = 0; from < lines.length; from += 5_000)
      await seedConsole(here.ground, key, from, lines.slice(from, from + 5_000));
    const found = async (query: string) => (await here.rest('vic', 'GET', `${path}/logs/search?${query}`)).body;
    assert.deepEqual(await found('text=lOSS'), { items: [7], next: 20_000, total: 50_000 });
    assert.deepEqual(await found('text=loss&from=20000'), { items: [20_007], next: 40_000, total: 50_000 });
    assert.deepEqual(await found('text=loss&from=40000'), { items: [40_007], next: null, total: 50_000 });
    const many = await found('text=x');
    assert.deepEqual([many.items.length, many.next], [1_000, 1_001]);
    assert.deepEqual(await found('text=[31m'), { items: [], next: 20_000, total: 50_000 });
    const file = await get(`${path}/logs/download`);
    assert.match(String(file.headers['content-disposition']), /^attachment; .*\.log$/);
    const written = file.body.split('\n');
    assert.deepEqual([written.length, written[7], written.at(-1)], [50_001, 'Loss 7', '']);
  });
});

describe('files of a run', () => {
  test('are listed folder by folder, and searched through all of them', async () => {
    const { key, path } = await freshRun();
    for (const name of ['output.log', 'media/images/a.png', 'media/images/b.png', 'media/t.table.json', 'a%b_c.txt'])
      await save(key, name, name);
    const list = async (query = '') => (await here.rest('vic', 'GET', `${path}/files${query}`)).body;
    const names = (page: { items: { kind: string; name: string; files: number }[] }) =>
      page.items.map(({ kind, name, files }) => `${kind} ${name} ${files}`);
    const root = await list();
    assert.deepEqual(names(root), ['file a%b_c.txt 1', 'folder media 3', 'file output.log 1']);
    assert.deepEqual(root.total, { files: 5, size: 10 + 9 + 18 + 18 + 18 });
    assert.deepEqual(names(await list('?folder=media')), ['folder media/images 2', 'file media/t.table.json 1']);
    assert.deepEqual(names(await list('?folder=media/images/')), [
      'file media/images/a.png 1',
      'file media/images/b.png 1',
    ]);
    const first = await list('?limit=2');
    assert.deepEqual(names(await list(`?limit=2&cursor=${first.nextCursor}`)), ['file output.log 1']);
    assert.deepEqual(names(await list('?search=PNG')), ['file media/images/a.png 1', 'file media/images/b.png 1']);
    assert.deepEqual(names(await list('?search=%25b_')), ['file a%b_c.txt 1']);
    assert.deepEqual(names(await list('?folder=none')), []);
  });

  test('are read whole or in part, run by no browser, and deleted by those who may write', async () => {
    const { key, path } = await freshRun();
    await save(key, 'site/index.html', '<script>alert(1)</script>');
    const address = `${path}/files/content?name=site%2Findex.html`;
    const whole = await get(address);
    assert.equal(whole.body, '<script>alert(1)</script>');
    assert.match(String(whole.headers['content-disposition']), /^attachment/);
    assert.match(String(whole.headers['content-security-policy']), /sandbox/);
    assert.equal(whole.headers['x-content-type-options'], 'nosniff');
    const part = await here.app.inject({
      url: `/api/v1${address}`,
      headers: { 'x-test-user': 'vic', range: 'bytes=1-6' },
    });
    assert.deepEqual([part.statusCode, part.body], [206, 'script']);
    const remove = (who: string) => here.rest(who, 'DELETE', `${path}/files?name=site%2Findex.html`);
    assert.equal((await remove('eve')).status, 404);
    assert.equal((await remove('vic')).status, 403);
    assert.equal((await remove('mem')).status, 204);
    assert.equal((await remove('mem')).status, 404);
    assert.equal((await get(address)).statusCode, 404);
  });
});

describe('what people change of a run', () => {
  test('an edit changes what it names and nothing else, in the form that the client keeps', async () => {
    const config = { lr: { desc: 'rate', value: 0.1 }, seed: { value: 3 }, bare: 1, _wandb: { value: { e: {} } } };
    const { key, path } = await freshRun({ config, notes: 'old', group: 'g', tags: ['a'] });
    const body = { name: 'new name', notes: null, config: { lr: { a: [1] }, fresh: 'x' }, removedConfig: ['seed'] };
    assert.equal((await here.rest('mem', 'PATCH', path, body)).status, 204);
    const read = (await here.rest('vic', 'GET', path)).body;
    assert.deepEqual(
      [read.name, read.notes, read.group, read.tags, read.config],
      ['new name', null, 'g', ['a'], { lr: { a: [1] }, bare: 1, fresh: 'x' }],
    );
    const record = (await findRun(here.ground.database, key))!;
    assert.deepEqual(JSON.parse(record.configRaw), {
      lr: { desc: 'rate', value: { a: [1] } },
      bare: 1,
      _wandb: { value: { e: {} } },
      fresh: { desc: null, value: 'x' },
    });
    const head = (await findRunHead(here.ground.database, key))!;
    assert.deepEqual([head.state, head.metaVersion], ['running', 1], 'automations look at the run anew');
  });

  test('what cannot be is refused and changes nothing; so is whoever may not', async () => {
    const { path } = await freshRun({ tags: ['a'] });
    for (const body of [
      {},
      { name: ' ' },
      { config: { _wandb: 1 } },
      { removedConfig: ['_wandb'] },
      { tags: [''] },
      { x: 1 },
    ])
      assert.equal((await here.rest('mem', 'PATCH', path, body)).status, 400, JSON.stringify(body));
    for (const [who, status] of [
      ['vic', 403],
      ['eve', 404],
    ] as const) {
      assert.equal((await here.rest(who, 'PATCH', path, { name: 'x' })).status, status);
      assert.equal((await here.rest(who, 'POST', `${path}/stop`)).status, status);
      assert.equal((await here.rest(who, 'DELETE', path)).status, status);
    }
    assert.deepEqual((await here.rest('vic', 'GET', path)).body.tags, ['a']);
  });

  test('a run is asked to stop while it goes on, and deleted at any time', async () => {
    const going = await freshRun();
    for (const _ of [1, 2]) assert.equal((await here.rest('mem', 'POST', `${going.path}/stop`)).status, 204);
    assert.equal((await here.rest('vic', 'GET', going.path)).body.stopRequested, true);
    const ended = await freshRun({ state: 'finished' });
    assert.equal((await here.rest('mem', 'POST', `${ended.path}/stop`)).status, 409);
    assert.equal((await here.rest('mem', 'DELETE', ended.path)).status, 204);
    assert.equal((await here.rest('mem', 'GET', ended.path)).status, 404);
    assert.equal((await here.rest('mem', 'DELETE', ended.path)).status, 404);
  });
});

test('what is hidden of a run is not found', async () => {
  const { path } = await freshRun();
  for (const part of [
    'logs',
    'logs/search?text=x',
    'logs/download',
    'files',
    'files/content?name=x',
    'artifacts?direction=used',
  ]) {
    assert.equal((await here.rest('eve', 'GET', `${path}/${part}`)).status, 404, part);
    assert.equal((await here.rest('vic', 'GET', `${path}none/${part}`)).status, 404, part);
  }
});
