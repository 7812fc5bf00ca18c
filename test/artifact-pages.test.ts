import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { SAMPLE_EVENT } from '../src/delivery/sample-event.ts';
import { findProject } from '../src/directory/find-project.ts';
import type { EventId } from '../src/model/ids.ts';
import { insertExecutions } from '../src/store/executions.ts';
import { ensurePartitions } from '../src/store/partitions.ts';
import { type InProcess, openInProcess } from './support/in-process.ts';
import { seedCollection, seedLink, seedVersion } from './support/seeded-artifacts.ts';
import { type SeedPlace, seedRun } from './support/seeded-runs.ts';

const CATS = '/entities/vision/projects/cats';
const MODELS = '/entities/acme/projects/wandb-registry-models';
let here: InProcess;

const names = ({ body }: { body: { items: { name: string }[] } }) => body.items.map(({ name }) => name);
const get = (username: string, path: string) => here.rest(username, 'GET', path);

async function placeOf(entity: string, project: string): Promise<SeedPlace> {
  const ann = await here.viewer('ann');
  const found = await findProject(here.ground, ann, entity, project);
  assert.ok(found);
  return { tenantId: found.tenantId, projectId: found.id, userId: ann.userId };
}

/** What two automations that do nothing answered to a version that was linked. */
async function seedExecutions(at: SeedPlace, subjectId: string): Promise<void> {
  const { ground } = here;
  const now = ground.clock.now();
  const eventId = ground.ids.next<EventId>(now);
  const about = { tenantId: at.tenantId, projectId: at.projectId, subjectKind: 'version' as const, subjectId };
  const event = { ...about, eventId, type: 'LINK_MODEL', author: 'ann', occurredAt: now, captured: SAMPLE_EVENT };
  const made = await Promise.all(
    ['one', 'two'].map((name) => {
      const body = { name, scope: { kind: 'entity' }, event: { type: 'LINK_MODEL' }, action: { type: 'NO_OP' } };
      return here.rest('ann', 'POST', '/entities/acme/automations', body);
    }),
  );
  const done = { revision: 1, actionType: 'NO_OP', destinationId: undefined, explanation: null, createdAt: now };
  const executions = made.map(({ body }) => ({ tenantId: at.tenantId, eventId, automationId: body.id, ...done }));
  await ground.database.transaction((tx) => insertExecutions(tx, { events: [event], executions }));
}

describe('artifacts over REST', () => {
  before(async () => {
    here = await openInProcess();
    await ensurePartitions(here.ground.database, here.ground.clock.now());
    for (const name of ['ann', 'bob', 'eve']) await here.user(name);
    await here.organization('acme', { ann: 'admin', bob: 'member' });
    await here.team('acme', 'vision', { ann: 'admin' });
    await here.as('ann', 'mutation C($input: UpsertModelInput!) { upsertModel(input: $input) { inserted } }', {
      input: { name: 'cats', entityName: 'vision' },
    });
    await here.rest('ann', 'POST', '/organizations/acme/registries', { name: 'models', visibility: 'Team' });
    const [cats, models] = [await placeOf('vision', 'cats'), await placeOf('acme', 'wandb-registry-models')];
    const run = await seedRun(here.ground, cats, { name: 'abc', displayName: 'calm-lake-1' });
    const net = await seedCollection(here.ground, cats, { name: 'net', type: 'model', tags: ['vision', 'road'] });
    await seedCollection(here.ground, cats, { name: 'Frames (raw)', type: 'dataset', description: 'of the cameras' });
    await seedCollection(here.ground, cats, { name: 'run-abc-table', type: 'run_table' });
    await seedCollection(here.ground, cats, { name: 'run-abc-history', type: 'wandb-history' });
    await seedVersion(here.ground, cats, net);
    const best = await seedVersion(here.ground, cats, net, {
      ...{ aliases: ['best'], tags: ['frozen'], metadata: { acc: 0.9, worst: Number.NaN }, size: 2048 },
      ...{ description: 'after pruning', runId: run.runId, files: [{ path: 'a' }, { path: 'b' }] },
    });
    const net2 = await seedCollection(here.ground, models, { name: 'road net', type: 'model', kind: 'portfolio' });
    await seedLink(here.ground, net2, best, ['production']);
    await seedExecutions(models, best.artifactId);
  });

  test('collections are listed with what changed last first, searched, and by type; what clients log by themselves on request', async () => {
    const { body } = await get('ann', `${CATS}/artifacts?limit=1`);
    const [net] = body.items;
    assert.deepEqual([net.name, net.tags, net.versions, net.newest], ['net', ['road', 'vision'], 2, 'v1']);
    const rest = await get('ann', `${CATS}/artifacts?limit=1&cursor=${body.nextCursor}`);
    assert.deepEqual([names(rest), rest.body.nextCursor], [['Frames (raw)'], null]);
    for (const text of ['(RAW', 'cameras', 'frames'])
      assert.deepEqual(names(await get('ann', `${CATS}/artifacts?search=${encodeURIComponent(text)}`)), [
        'Frames (raw)',
      ]);
    assert.deepEqual(names(await get('ann', `${CATS}/artifacts?search=road`)), ['net']);
    assert.deepEqual(names(await get('ann', `${CATS}/artifacts?type=run_table`)), ['run-abc-table']);
    assert.deepEqual(names(await get('ann', `${CATS}/artifact-types`)), [
      'dataset',
      'model',
      'run_table',
      'wandb-history',
    ]);
    assert.deepEqual(names(await get('bob', `${MODELS}/artifacts`)), ['road net']);
  });

  test('versions are listed by number, with names, the run that logged them and how many executions they caused', async () => {
    const { body } = await get('ann', `${CATS}/artifacts/net/versions?limit=1`);
    const [best] = body.items;
    assert.deepEqual([best.version, best.aliases, best.tags], ['v1', ['best', 'latest'], ['frozen']]);
    assert.deepEqual([best.size, best.files, best.author, best.executions], [2048, 2, 'ann', 2]);
    assert.deepEqual(best.run, { entity: 'vision', project: 'cats', id: 'abc', name: 'calm-lake-1' });
    const rest = await get('ann', `${CATS}/artifacts/net/versions?limit=1&cursor=${body.nextCursor}`);
    assert.deepEqual(
      [rest.body.items[0].version, rest.body.items[0].executions, rest.body.nextCursor],
      ['v0', 0, null],
    );
    for (const text of ['BES', 'froz', 'v1']) {
      const found = await get('ann', `${CATS}/artifacts/net/versions?search=${text}`);
      assert.deepEqual(
        found.body.items.map((each: { version: string }) => each.version),
        ['v1'],
        text,
      );
    }
  });

  test('aliases and tags of a whole collection are found by how they begin', async () => {
    const labels = async (path: string) => (await get('ann', `${CATS}/artifacts/net/version-${path}`)).body;
    assert.deepEqual(await labels('aliases'), { items: ['best', 'latest'], nextCursor: null });
    assert.deepEqual((await labels('aliases?search=LA')).items, ['latest']);
    assert.deepEqual((await labels('aliases?search=est')).items, []);
    const { items, nextCursor } = await labels('aliases?limit=1');
    assert.deepEqual([items, (await labels(`aliases?limit=1&cursor=${nextCursor}`)).items], [['best'], ['latest']]);
    assert.deepEqual([(await labels('tags')).items, (await labels('tags?search=b')).items], [['frozen'], []]);
    assert.deepEqual((await get('bob', `${MODELS}/artifacts/road%20net/version-tags?search=fr`)).body.items, [
      'frozen',
    ]);
  });

  test('a version tells its metadata and all its places; a link tells nothing of a project that is hidden', async () => {
    const { body } = await get('ann', `${MODELS}/artifacts/road%20net/versions/production`);
    assert.deepEqual(
      [body.version, body.description, body.metadata],
      ['v0', 'after pruning', { acc: 0.9, worst: 'NaN' }],
    );
    const source = { entity: 'vision', project: 'cats', collection: 'net', type: 'model', version: 'v1' };
    const link = {
      entity: 'acme',
      project: 'wandb-registry-models',
      collection: 'road net',
      type: 'model',
      version: 'v0',
    };
    assert.deepEqual([body.source, body.links], [source, [link]]);
    const seen = (await get('bob', `${MODELS}/artifacts/road%20net/versions/v0`)).body;
    assert.deepEqual([seen.source, seen.links, seen.run, seen.author], [null, [link], null, null]);
    assert.deepEqual([seen.aliases, seen.size, seen.executions], [['latest', 'production'], 2048, 2]);
  });

  test('what is hidden or unknown is not found', async () => {
    const paths = [
      '/artifact-types',
      '/artifacts',
      '/artifacts/net',
      '/artifacts/net/versions',
      '/artifacts/net/version-aliases',
      '/artifacts/net/version-tags',
      '/artifacts/net/versions/v1',
    ];
    for (const path of paths) assert.equal((await get('eve', CATS + path)).status, 404, path);
    for (const path of ['/artifacts/none', '/artifacts/none/versions', '/artifacts/net/versions/v9'])
      assert.equal((await get('ann', CATS + path)).status, 404, path);
    assert.equal((await get('ann', `${CATS}/artifacts?cursor=nonsense`)).status, 400);
    for (const path of [
      `${CATS}/artifacts?type=%00`,
      `${CATS}/artifacts?search=%00`,
      '/entities/vision/projects?search=%00',
    ]) {
      const { status, body } = await get('ann', path);
      assert.ok(status === 400 || body.items.length === 0, `${path}: ${status}`);
    }
  });

  test('projects are found by a part of their name, and tell what one may do there', async () => {
    assert.deepEqual(names(await get('ann', '/entities/vision/projects?search=AT')), ['cats']);
    assert.deepEqual(names(await get('ann', '/entities/vision/projects?search=%25')), []);
    const { body } = await get('bob', MODELS);
    assert.deepEqual([body.registry, body.may], ['models', ['see', 'see_members']]);
    assert.ok((await get('ann', CATS)).body.may.includes('edit_automation'));
  });
});
