import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { findProject } from '../src/directory/find-project.ts';
import { md5 } from './support/artifact-uploads.ts';
import { type InProcess, openInProcess } from './support/in-process.ts';
import { seedCollection, seedLineage, seedLink, seedVersion } from './support/seeded-artifacts.ts';
import { type SeedPlace, seedRun } from './support/seeded-runs.ts';

const CATS = '/entities/vision/projects/cats/artifacts';
const MODELS = '/entities/acme/projects/wandb-registry-models/artifacts';
let here: InProcess;
let cats: SeedPlace;
let hidden: SeedPlace;
let models: SeedPlace;

async function placeOf(entity: string, project: string): Promise<SeedPlace> {
  const ann = await here.viewer('ann');
  const found = await findProject(here.ground, ann, entity, project);
  assert.ok(found);
  return { tenantId: found.tenantId, projectId: found.id, userId: ann.userId };
}

interface Entry {
  readonly kind: 'folder' | 'file';
  readonly name: string;
  readonly path: string;
  readonly files?: number;
  readonly size: number;
  readonly digest?: string;
  readonly ref?: string | null;
  readonly url?: string | null;
}

async function filesAt(path: string, query = ''): Promise<{ items: Entry[]; nextCursor: string | null }> {
  const { status, body } = await here.rest('ann', 'GET', `${path}/files${query}`);
  assert.equal(status, 200, JSON.stringify(body));
  return body;
}

/** All pages of a folder. */
async function walked(path: string, query: string): Promise<Entry[]> {
  const found: Entry[] = [];
  for (let cursor = ''; ; ) {
    const page = await filesAt(path, `${query}${cursor}`);
    found.push(...page.items);
    if (page.nextCursor === null) return found;
    cursor = `&cursor=${page.nextCursor}`;
  }
}

before(async () => {
  here = await openInProcess();
  for (const name of ['ann', 'bob', 'eve']) await here.user(name);
  await here.organization('acme', { ann: 'admin' });
  await here.team('acme', 'vision', { ann: 'admin', bob: 'member' });
  for (const [name, access] of [
    ['cats', 'PRIVATE'],
    ['hidden', 'RESTRICTED'],
  ]) {
    await here.as('ann', 'mutation C($input: UpsertModelInput!) { upsertModel(input: $input) { inserted } }', {
      input: { name, entityName: 'vision', access },
    });
  }
  await here.rest('ann', 'POST', '/organizations/acme/registries', { name: 'models' });
  cats = await placeOf('vision', 'cats');
  hidden = await placeOf('vision', 'hidden');
  models = await placeOf('acme', 'wandb-registry-models');
});

describe('files of a version', () => {
  test('come folder by folder, with what each folder holds, in pages', async () => {
    const frames = await seedCollection(here.ground, cats, { name: 'frames' });
    await seedVersion(here.ground, cats, frames, {
      files: [
        { path: 'readme.md', size: 10, digest: md5('x') },
        { path: 'data/train/1.png', size: 5 },
        { path: 'data/train/2.png', size: 6 },
        { path: 'data/Test.png', size: 7 },
        { path: 'data.json', size: 1 },
        { path: 'far', size: 100, ref: 's3://bucket/far?x=<b>', digest: 'etag' },
        { path: 'a/b%_\\c', size: 2 },
      ],
    });
    const version = `${CATS}/frames/versions/v0`;
    const top = await filesAt(version);
    assert.deepEqual(
      top.items.map(({ kind, name, files, size }) => [kind, name, files, size]),
      [
        ['folder', 'a', 1, 2],
        ['folder', 'data', 3, 18],
        ['file', 'data.json', undefined, 1],
        ['file', 'far', undefined, 100],
        ['file', 'readme.md', undefined, 10],
      ],
    );
    const [, , , far, readme] = top.items;
    assert.deepEqual([far?.ref, far?.url], ['s3://bucket/far?x=<b>', null]);
    assert.deepEqual(
      [readme?.ref, readme?.digest, readme?.url?.startsWith('/storage/wandb_artifacts/')],
      [null, md5('x'), true],
    );
    for (const folder of ['data', 'data/']) {
      const inside = await walked(version, `?folder=${folder}&limit=1`);
      assert.deepEqual(
        inside.map(({ path }) => path),
        ['data/train', 'data/Test.png'],
      );
    }
    assert.deepEqual(
      (await filesAt(version, '?folder=a')).items.map(({ name }) => name),
      ['b%_\\c'],
    );
    assert.deepEqual((await filesAt(version, '?folder=none')).items, []);
    const found = await walked(version, '?search=PNG&limit=2');
    assert.deepEqual(
      found.map(({ path }) => path),
      ['data/Test.png', 'data/train/1.png', 'data/train/2.png'],
    );
    assert.deepEqual(
      (await filesAt(version, '?search=%25')).items.map(({ path }) => path),
      ['a/b%_\\c'],
    );
    const [one, ...others] = (await filesAt(version, '?file=data%2Ftrain%2F1.png')).items;
    assert.deepEqual([one?.kind, one?.name, one?.size, others], ['file', '1.png', 5, []]);
    assert.deepEqual((await filesAt(version, '?file=none')).items, []);
    assert.equal((await here.rest('eve', 'GET', `${version}/files`)).status, 404);
  });

  test('a hundred thousand in one folder are paged within a second a page', async () => {
    const many = await seedCollection(here.ground, cats, { name: 'many' });
    const { tenantId, artifactId } = await seedVersion(here.ground, cats, many);
    await here.ground.database.execute(
      `insert into artifact_file (tenant_id, artifact_id, path, digest, size)
       select $1, $2, 'part-' || n % 10 || '/' || lpad(n::text, 6, '0') || '.bin', 'd', 1 from generate_series(1, 100000) n`,
      [tenantId, artifactId],
    );
    const version = `${CATS}/many/versions/v0`;
    const began = performance.now();
    const top = await filesAt(version);
    assert.deepEqual(
      top.items.map(({ name, files }) => [name, files]),
      Array.from({ length: 10 }, (_, index) => [`part-${index}`, 10_000]),
    );
    const first = await filesAt(version, '?folder=part-3&limit=200');
    const second = await filesAt(version, `?folder=part-3&limit=200&cursor=${first.nextCursor}`);
    assert.deepEqual([first.items.length, second.items[0]?.path], [200, 'part-3/002003.bin']);
    assert.ok(performance.now() - began < 3_000, `${performance.now() - began} ms`);
  });
});

interface Node {
  readonly id: string;
  readonly kind: 'run' | 'version';
  readonly run?: string;
  readonly collection?: string;
  readonly version?: string;
  readonly moreBefore: boolean;
  readonly moreAfter: boolean;
}

async function lineageOf(path: string, query = '', username = 'ann') {
  const { status, body } = await here.rest(username, 'GET', `${path}/lineage${query}`);
  assert.equal(status, 200, JSON.stringify(body));
  const nodes: Node[] = body.nodes;
  const name = (id: string) => {
    const node = nodes.find((each) => each.id === id);
    return node?.kind === 'run' ? node.run : `${node?.collection}:${node?.version}`;
  };
  return {
    focus: name(body.focus),
    nodes: nodes.map(({ id }) => name(id)).toSorted(),
    edges: body.edges.map(({ from, to }: { from: string; to: string }) => `${name(from)} > ${name(to)}`).toSorted(),
    before: nodes.filter(({ moreBefore }) => moreBefore).map(({ id }) => name(id)),
    after: nodes.filter(({ moreAfter }) => moreAfter).map(({ id }) => name(id)),
  };
}

describe('lineage of a version', () => {
  /** raw → prepare → clean → train-1 … train-5 → net-1 … net-5, of which net-1 → judge → report. */
  before(async () => {
    const run = (name: string, place = cats) => seedRun(here.ground, place, { name });
    const version = async (name: string, place = cats) =>
      seedVersion(here.ground, place, await seedCollection(here.ground, place, { name }));
    const [raw, clean, report] = [await version('raw'), await version('clean'), await version('report')];
    const prepare = await run('prepare');
    await seedLineage(here.ground, prepare, 'input', raw);
    await seedLineage(here.ground, prepare, 'output', clean);
    for (let n = 1; n <= 5; n += 1) {
      const train = await run(`train-${n}`);
      const net = await version(`net-${n}`);
      await seedLineage(here.ground, train, 'input', clean);
      await seedLineage(here.ground, train, 'output', net);
      if (n === 1) {
        const judge = await run('judge');
        await seedLineage(here.ground, judge, 'input', net);
        await seedLineage(here.ground, judge, 'output', report);
        const portfolio = await seedCollection(here.ground, models, { name: 'best', kind: 'portfolio' });
        await seedLink(here.ground, portfolio, net);
      }
    }
    const spy = await run('spy', hidden);
    await seedLineage(here.ground, spy, 'input', clean);
    await seedLineage(here.ground, spy, 'output', await version('secret', hidden));
    const loop = await run('loop');
    const again = await version('again');
    await seedLineage(here.ground, loop, 'input', again);
    await seedLineage(here.ground, loop, 'output', again);
  });

  test('goes through runs and versions, both ways, several generations', async () => {
    const { focus, nodes, edges, before: more, after } = await lineageOf(`${CATS}/net-1/versions/latest`);
    assert.equal(focus, 'net-1:v0');
    assert.deepEqual(nodes, ['clean:v0', 'judge', 'net-1:v0', 'prepare', 'raw:v0', 'report:v0', 'train-1']);
    assert.deepEqual(edges, [
      'clean:v0 > train-1',
      'judge > report:v0',
      'net-1:v0 > judge',
      'prepare > clean:v0',
      'raw:v0 > prepare',
      'train-1 > net-1:v0',
    ]);
    assert.deepEqual([more, after], [[], []]);
    assert.deepEqual((await lineageOf(`${MODELS}/best/versions/v0`)).nodes, nodes, 'wherever the version lies');
  });

  test('is bounded, and tells where it goes on', async () => {
    const near = await lineageOf(`${CATS}/net-1/versions/v0`, '?depth=1');
    assert.deepEqual(near.nodes, ['clean:v0', 'judge', 'net-1:v0', 'report:v0', 'train-1']);
    assert.deepEqual([near.before, near.after], [['clean:v0'], []]);
    const narrow = await lineageOf(`${CATS}/clean/versions/v0`, '?fan=2&depth=1');
    assert.deepEqual(narrow.after, ['clean:v0']);
    assert.equal(narrow.nodes.filter((name) => name?.startsWith('train')).length, 1);
    for (const wrong of ['depth=0', 'depth=11', 'fan=51', 'fan=x'])
      assert.equal((await here.rest('ann', 'GET', `${CATS}/clean/versions/v0/lineage?${wrong}`)).status, 400, wrong);
  });

  test('leaves out what is hidden, and what only that leads to', async () => {
    const bob = await lineageOf(`${CATS}/clean/versions/v0`, '', 'bob');
    assert.ok(!bob.nodes.includes('spy') && !bob.nodes.includes('secret:v0'));
    assert.ok((await lineageOf(`${CATS}/clean/versions/v0`)).nodes.includes('secret:v0'));
    assert.equal((await here.rest('eve', 'GET', `${CATS}/clean/versions/v0/lineage`)).status, 404);
  });

  test('ends where a run used the very version that it made', async () => {
    const { nodes, edges } = await lineageOf(`${CATS}/again/versions/v0`, '?depth=10');
    assert.deepEqual(
      [nodes, edges],
      [
        ['again:v0', 'loop'],
        ['again:v0 > loop', 'loop > again:v0'],
      ],
    );
  });
});

describe('looking for artifacts wherever they lie', () => {
  const found = async (path: string, username = 'ann'): Promise<string[]> => {
    const { status, body } = await here.rest(username, 'GET', path);
    assert.equal(status, 200, JSON.stringify(body));
    return body.items.map(
      ({ entity, project, name, collection, version }: Record<string, string>) =>
        `${entity}/${project}/${name ?? `${collection}:${version}`}`,
    );
  };

  test('collections of all that one sees are found by name and tag', async () => {
    assert.deepEqual(await found('/artifact-collections?search=BEST'), ['acme/wandb-registry-models/best']);
    assert.deepEqual(await found('/artifact-collections?search=secret'), ['vision/hidden/secret']);
    assert.deepEqual(await found('/artifact-collections?search=secret', 'bob'), []);
    assert.deepEqual(await found('/artifact-collections?search=best&entity=vision'), []);
    assert.deepEqual(await found('/artifact-collections', 'eve'), []);
    assert.equal((await here.rest('eve', 'GET', '/artifact-collections?entity=vision')).status, 404);
    const { body } = await here.rest('ann', 'GET', '/artifact-collections?limit=2&search=net-');
    const next = await found(`/artifact-collections?limit=2&search=net-&cursor=${body.nextCursor}`);
    assert.deepEqual([body.items[0].name, next[0]], ['net-5', 'vision/cats/net-3']);
  });

  test('versions of an organization’s registries are found by alias and tag', async () => {
    const path = '/organizations/acme/registry-versions';
    assert.deepEqual(await found(`${path}?search=LATE`), ['acme/wandb-registry-models/best:v0']);
    assert.deepEqual(await found(`${path}?search=none`), []);
    assert.equal((await here.rest('eve', 'GET', path)).status, 404);
    await here.rest('ann', 'POST', '/organizations/acme/registries', { name: 'vault', visibility: 'Restricted' });
    const vault = await placeOf('acme', 'wandb-registry-vault');
    const kept = await seedCollection(here.ground, vault, { name: 'kept', kind: 'portfolio' });
    const plan = await seedCollection(here.ground, cats, { name: 'plan' });
    await seedLink(here.ground, kept, await seedVersion(here.ground, cats, plan, { tags: ['plan b'] }));
    assert.deepEqual(await found(`${path}?search=plan`), ['acme/wandb-registry-vault/kept:v0']);
    assert.deepEqual(await found(`${path}?search=plan`, 'bob'), [], 'bob is not invited to the vault');
  });
});

describe('versions by filters', () => {
  test('of alias, tag and metadata', async () => {
    const key = await seedCollection(here.ground, cats, { name: 'judged' });
    for (const loss of [0.1, 0.5, 0.9]) {
      await seedVersion(here.ground, cats, key, {
        ...{ metadata: { eval: { loss } }, tags: loss < 0.5 ? ['good'] : [] },
        aliases: loss === 0.9 ? ['bad'] : [],
      });
    }
    const numbers = async (filter: object | string) => {
      const text = typeof filter === 'string' ? filter : JSON.stringify(filter);
      const { body } = await here.rest('ann', 'GET', `${CATS}/judged/versions?filter=${encodeURIComponent(text)}`);
      return body.items?.map(({ version }: { version: string }) => version) ?? body.errors[0].path;
    };
    assert.deepEqual(await numbers({ 'metadata.eval.loss': { $lt: 0.6 } }), ['v1', 'v0']);
    assert.deepEqual(await numbers({ tag: 'good' }), ['v0']);
    assert.deepEqual(await numbers({ $and: [{ alias: 'latest' }, { alias: 'bad' }] }), ['v2']);
    assert.equal(await numbers('{'), 'filter');
    assert.match(String(await numbers({ nonsense: 1 })), /^filter/);
  });
});
