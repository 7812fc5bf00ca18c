import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { findProject } from '../src/directory/find-project.ts';
import { findRunHead, type RunKey } from '../src/store/run-heads.ts';
import { type InProcess, openInProcess } from './support/in-process.ts';
import { type SeededRun, seedRun } from './support/seeded-runs.ts';

const PROJECT = '/entities/vision/projects/cats';
let here: InProcess;
let keys: ReadonlyMap<string, RunKey>;
let now: number;

const SEEDS: readonly SeededRun[] = [
  {
    name: 'a',
    group: 'x',
    tags: ['base', 'v1'],
    config: { lr: { value: 0.1 }, opt: { value: { name: 'sgd' } } },
    summary: { loss: 3 },
  },
  {
    name: 'b',
    group: 'x',
    state: 'finished',
    tags: ['v1'],
    config: { lr: { value: 0.2 } },
    summary: { loss: 1, 'val/acc': 0.5 },
  },
  { name: 'c', group: 'y', state: 'finished', config: { lr: { value: 0.1 } }, summary: { loss: Number.NaN } },
  { name: 'd', state: 'crashed', config: { lr: { value: 'auto' } }, summary: { loss: 2, long: 'x'.repeat(5_000) } },
  { name: 'e', tags: ['v1'], config: {} },
];

// biome-ignore lint/suspicious/noExplicitAny: tests read what they asked for
type Body = any;

async function get(path: string, query: Record<string, string | readonly string[]> = {}, user = 'ann'): Promise<Body> {
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([key, value]) => [value].flat().map((each): [string, string] => [key, each])),
  );
  const answer = await here.rest(user, 'GET', `${PROJECT}/${path}?${search}`);
  return answer.status === 200 ? answer.body : { status: answer.status, ...answer.body };
}

/** The ids of a whole list, walked in pages of two. */
async function walked(query: Record<string, string | readonly string[]> = {}): Promise<string> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Body = await get('runs', { limit: '2', ...query, ...(cursor === null ? {} : { cursor }) });
    assert.equal(page.status, undefined, JSON.stringify(page));
    ids.push(...page.items.map(({ id }: { id: string }) => id));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return ids.join('');
}

describe('lists of runs over REST', () => {
  before(async () => {
    here = await openInProcess();
    for (const name of ['ann', 'bob', 'eve']) await here.user(name);
    await here.organization('acme', { ann: 'admin' });
    await here.team('acme', 'vision', { ann: 'admin', bob: 'viewer' });
    await here.as('ann', 'mutation C($input: UpsertModelInput!) { upsertModel(input: $input) { inserted } }', {
      input: { name: 'cats', entityName: 'vision' },
    });
    const ann = await here.viewer('ann');
    const { tenantId, id: projectId } = (await findProject(here.ground, ann, 'vision', 'cats'))!;
    now = here.ground.clock.now();
    const seeded = new Map<string, RunKey>();
    for (const [index, seed] of SEEDS.entries()) {
      const times = { createdAt: now - 10_000 + index * 1_000, heartbeatAt: now - 10_000 + index * 3_000 };
      seeded.set(
        seed.name,
        await seedRun(here.ground, { tenantId, projectId, userId: ann.userId }, { ...times, ...seed }),
      );
    }
    keys = seeded;
  });

  test('are filtered in the language of the client, and counted', async () => {
    const found = (filter: object) => walked({ filter: JSON.stringify(filter) });
    assert.equal(await found({ state: 'finished' }), 'cb');
    assert.equal(await found({ 'config.lr': 0.1 }), 'ca');
    assert.equal(await found({ 'config.opt.name': 'sgd' }), 'a');
    assert.equal(await found({ 'summary.loss': { $lt: 2.5 } }), 'db');
    assert.equal(await found({ duration: { $gte: 4 } }), 'edc');
    assert.equal(await found({ username: { $ne: 'ann' } }), '');
    assert.equal(await found({ 'config.lr': { $contains: 'ut' } }), 'd');
    assert.equal(await found({ display_name: { $regex: '^[ab]$' } }), 'ba');
    const filter = JSON.stringify({ tags: 'v1' });
    assert.deepEqual(await get('run-count', { filter }), { count: 3, exact: true });
    assert.deepEqual(await get('run-count', { filter, search: 'A' }), { count: 1, exact: true });
  });

  test('are ordered by any field in both directions, what has no plain value last', async () => {
    assert.equal(await walked({ sort: 'config.lr' }), 'dacbe');
    assert.equal(await walked({ sort: '-config.lr' }), 'bcade');
    assert.equal(await walked({ sort: 'summary.loss' }), 'bdace');
    assert.equal(await walked({ sort: '-summary.loss' }), 'adbec');
    assert.equal(await walked({ sort: '-duration' }), 'edcba');
    assert.equal(await walked({ sort: 'state' }), 'dbcae');
  });

  test('have the values of the columns that are asked for, and no others', async () => {
    const columns = ['config.lr', 'summary.loss', 'summary.val/acc', 'notes', 'username', 'summary.long'];
    const { items } = await get('runs', { columns });
    const values = Object.fromEntries(items.map((item: Body) => [item.id, item.values]));
    assert.deepEqual(values.b, {
      'config.lr': 0.2,
      'summary.loss': 1,
      'summary.val/acc': 0.5,
      notes: null,
      username: 'ann',
      'summary.long': null,
    });
    assert.equal(values.c['summary.loss'], 'NaN');
    assert.equal(values.d['summary.long'].length, 201);
    assert.deepEqual(items[0].metrics, {});
    assert.equal((await get('runs')).items[1].values, undefined);
  });

  test('are grouped by what they have in common, and a group is listed by its values', async () => {
    const { items, total, measured, complete } = await get('run-groups', {
      group: 'group',
      columns: ['summary.loss', 'state'],
    });
    assert.deepEqual([total, measured, complete], [3, 1_000, true]);
    assert.deepEqual(
      items.map(({ values, count }: Body) => [values, count]),
      [
        [[null], 2],
        [['y'], 1],
        [['x'], 2],
      ],
    );
    assert.deepEqual(items[2].latest, { 'summary.loss': 1, state: 'finished' });
    assert.deepEqual(items[2].measures, { 'summary.loss': { numbers: 2, mean: 2, min: 1, max: 3 } });
    assert.deepEqual(items[1].measures, {});
    const within = (group: string | string[], values: unknown[]) => walked({ group, in: JSON.stringify(values) });
    assert.equal(await within('group', ['x']), 'ba');
    assert.equal(await within('group', [null]), 'ed');
    assert.equal(await within(['config.lr', 'state'], [0.1, 'finished']), 'c');
    assert.equal(await within('config.lr', [null]), 'e');
    assert.equal(await within('tags', ['v1']), 'eba');
    assert.equal(await within('tags', [null]), 'dc');
  });

  test('groups come by size or value too, page by page, of the runs that match', async () => {
    const groups = async (query: Record<string, string>) =>
      (await get('run-groups', query)).items.map(({ values, count }: Body) => `${values.join()}:${count}`).join(' ');
    assert.equal(await groups({ group: 'tags', sort: 'count' }), 'v1:3 :2 base:1');
    assert.equal(await groups({ group: 'config.lr', sort: 'config.lr', order: 'asc' }), 'auto:1 0.1:2 0.2:1 :1');
    assert.equal(await groups({ group: 'config.lr', sort: 'config.lr' }), '0.2:1 0.1:2 auto:1 :1');
    const filter = JSON.stringify({ display_name: { $regex: '[abc]' } });
    assert.equal(await groups({ group: 'state', sort: 'count', filter }), 'finished:2 running:1');
    const first = await get('run-groups', { group: 'name', limit: '3' });
    const second = await get('run-groups', { group: 'name', limit: '3', cursor: first.nextCursor });
    assert.deepEqual([first.items.length, second.items.length, second.nextCursor], [3, 2, null]);
  });

  test('tell which keys there are, the most frequent first', async () => {
    const { items, sampled } = await get('run-keys');
    assert.equal(sampled, 5);
    assert.deepEqual(items.slice(0, 2), [
      { name: 'config.lr', kind: 'mixed', runs: 4 },
      { name: 'summary.loss', kind: 'number', runs: 4 },
    ]);
    assert.ok(items.some(({ name }: Body) => name === 'config.opt.name'));
  });

  test('refuse what they do not know, and say why', async () => {
    const filtered = await get('runs', { limit: '1' });
    for (const [path, query, word] of [
      ['runs', { filter: '{' }, /filter is not JSON/],
      ['runs', { filter: '{"colour": 1}' }, /colour/],
      ['runs', { sort: 'colour' }, /ordered by 'colour'/],
      ['runs', { columns: 'colour' }, /no field 'colour'/],
      ['runs', { group: 'state', in: '[1, 2]' }, /one|value of each field/],
      ['runs', { sort: 'name', cursor: filtered.nextCursor }, /another order/],
      ['run-groups', { group: 'created_at' }, /grouped by 'created_at'/],
      ['run-groups', { group: 'state', sort: 'tags' }, /ordered by 'tags'/],
      ['run-groups', {}, /group/],
    ] as const) {
      const answer = await get(path, query);
      assert.equal(answer.status, 400, JSON.stringify(query));
      assert.match(JSON.stringify(answer), word);
    }
  });

  test('are hidden from whoever does not see the project', async () => {
    for (const path of ['runs', 'run-count', 'run-groups', 'run-keys'])
      assert.equal((await get(path, path === 'run-groups' ? { group: 'state' } : {}, 'eve')).status, 404);
    assert.equal((await get('runs', {}, 'bob')).items.length, 5);
  });
});

describe('several runs at once', () => {
  const post = (path: string, body: object, user = 'ann') => here.rest(user, 'POST', `${PROJECT}/${path}`, body);
  const tagsOf = async (id: string) => (await get('runs')).items.find((item: Body) => item.id === id)?.tags.join();

  test('get and lose tags, and a filter that was decided is decided anew', async () => {
    const before = await findRunHead(here.ground.database, keys.get('a')!);
    const { body } = await post('run-tags', { runs: ['a', 'b', 'nobody'], add: ['best', 'v1'], remove: ['base'] });
    assert.deepEqual(body, { count: 2 });
    assert.deepEqual([await tagsOf('a'), await tagsOf('b')], ['v1,best', 'v1,best']);
    const after = await findRunHead(here.ground.database, keys.get('a')!);
    assert.equal(after!.metaVersion, before!.metaVersion + 1);
    assert.deepEqual((await post('run-tags', { runs: ['a'], add: ['best'] })).body, { count: 0 });
  });

  test('are asked to stop together where they go on, each with an entry in the audit log', async () => {
    const asked = async (id: string) => (await findRunHead(here.ground.database, keys.get(id)!))!.stopRequested;
    assert.deepEqual((await post('run-stops', { runs: ['a', 'b', 'd', 'nobody'] })).body, { count: 1 });
    assert.deepEqual(await Promise.all(['a', 'b', 'd', 'e'].map(asked)), [true, false, false, false]);
    assert.deepEqual((await post('run-stops', { runs: ['e', 'a'] })).body, { count: 1 });
    const entries = await here.ground.database.query<{ name: string }>(
      "select subject_name as name from audit_entry where deed = 'run.stopped' order by 1",
    );
    assert.deepEqual(
      entries.map(({ name }) => name),
      ['a', 'e'],
    );
  });

  test('are deleted together, each with an entry in the audit log', async () => {
    const { body } = await post('run-removals', { runs: ['d', 'e', 'nobody'] });
    assert.deepEqual(body, { count: 2 });
    assert.equal(await walked(), 'cba');
    assert.deepEqual(await get('run-count'), { count: 3, exact: true });
    const entries = await here.ground.database.query<{ name: string }>(
      "select subject_name as name from audit_entry where deed = 'run.deleted' order by 1",
    );
    assert.deepEqual(
      entries.map(({ name }) => name),
      ['d', 'e'],
    );
  });

  test('are changed only by whoever may log there, and bad input changes nothing', async () => {
    for (const path of ['run-tags', 'run-stops', 'run-removals']) {
      assert.equal((await post(path, { runs: ['a'] }, 'bob')).status, 403);
      assert.equal((await post(path, { runs: ['a'] }, 'eve')).status, 404);
      assert.equal((await post(path, { runs: [] })).status, 400);
      assert.equal((await post(path, { runs: ['a', 'b/c'] })).status, 400);
    }
    assert.equal((await post('run-tags', { runs: ['a'], add: [''] })).status, 400);
    assert.equal(await walked(), 'cba');
  });
});
