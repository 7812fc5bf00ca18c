import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { findProject } from '../src/directory/find-project.ts';
import type { CollectionKey } from '../src/store/collections.ts';
import { ensurePartitions } from '../src/store/partitions.ts';
import { type InProcess, openInProcess } from './support/in-process.ts';
import { seedCollection, seedLink, seedVersion } from './support/seeded-artifacts.ts';
import type { SeedPlace } from './support/seeded-runs.ts';

const CATS = '/entities/vision/projects/cats/artifacts';
const MODELS = '/entities/acme/projects/wandb-registry-models/artifacts';
const REGISTRY = '/organizations/acme/registries/models';
let here: InProcess;
let cats: SeedPlace;
let models: SeedPlace;
let made = 0;

async function placeOf(entity: string, project: string): Promise<SeedPlace> {
  const ann = await here.viewer('ann');
  const found = await findProject(here.ground, ann, entity, project);
  assert.ok(found);
  return { tenantId: found.tenantId, projectId: found.id, userId: ann.userId };
}

/** A sequence with two versions, of which the second is linked in a collection of the registry. */
async function scene(): Promise<{ net: string; road: string; key: CollectionKey }> {
  made += 1;
  const [net, road] = [`net-${made}`, `road-${made}`];
  const key = await seedCollection(here.ground, cats, { name: net, type: 'model' });
  await seedVersion(here.ground, cats, key);
  const version = await seedVersion(here.ground, cats, key, { aliases: ['best'], tags: ['old'] });
  const portfolio = await seedCollection(here.ground, models, { name: road, type: 'model', kind: 'portfolio' });
  await seedLink(here.ground, portfolio, version, ['production']);
  return { net, road, key };
}

const read = async (path: string) => (await here.rest('ann', 'GET', path)).body;
const done = async (
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: object,
  username = 'ann',
): Promise<{ status: number; body: { errors?: [{ message: string; path?: string }] } }> =>
  here.rest(username, method, path, body);

/** Types of all events, the oldest first. */
async function events(): Promise<string[]> {
  const rows = await here.ground.database.query<{ type: string }>('select type from event order by event_id');
  return rows.map(({ type }) => type);
}

/** What a deed causes. */
async function caused(deed: () => Promise<{ status: number; body: unknown }>, status = 204): Promise<string[]> {
  const known = (await events()).length;
  const answer = await deed();
  assert.equal(answer.status, status, JSON.stringify(answer.body));
  return (await events()).slice(known);
}

describe('changes of artifacts over REST', () => {
  before(async () => {
    here = await openInProcess();
    await ensurePartitions(here.ground.database, here.ground.clock.now());
    for (const name of ['ann', 'bob', 'vic', 'eve']) await here.user(name);
    await here.organization('acme', { ann: 'admin' });
    await here.team('acme', 'vision', { ann: 'admin', bob: 'member', vic: 'viewer' });
    await here.as('ann', 'mutation C($input: UpsertModelInput!) { upsertModel(input: $input) { inserted } }', {
      input: { name: 'cats', entityName: 'vision' },
    });
    await here.rest('ann', 'POST', '/organizations/acme/registries', {
      ...{ name: 'models', visibility: 'Team', artifactTypes: ['model'] },
    });
    await here.rest('ann', 'PATCH', REGISTRY, { protectedAliases: ['production'] });
    await here.rest('ann', 'PUT', `${REGISTRY}/members/bob`, { role: 'member' });
    [cats, models] = [await placeOf('vision', 'cats'), await placeOf('acme', 'wandb-registry-models')];
    await here.rest('ann', 'POST', '/entities/acme/automations', {
      ...{ name: 'all', scope: { kind: 'entity' }, action: { type: 'NO_OP' } },
      event: { type: 'ADD_ARTIFACT_ALIAS' },
    });
  });

  test('aliases and tags of a version are given and taken, with the events that a client causes', async () => {
    const { net } = await scene();
    const v0 = `${CATS}/${net}/versions/v0`;
    assert.deepEqual(await caused(() => done('PUT', `${v0}/aliases/best`)), ['ADD_ARTIFACT_ALIAS']);
    assert.deepEqual(await caused(() => done('PUT', `${v0}/aliases/best`)), [], 'it has it already');
    assert.deepEqual(await caused(() => done('PUT', `${v0}/tags/fast%20one`)), ['ADD_ARTIFACT_TAG']);
    const { aliases, tags } = await read(v0);
    assert.deepEqual([aliases, tags], [['best'], ['fast one']]);
    assert.deepEqual((await read(`${CATS}/${net}/versions/v1`)).aliases, ['latest'], 'the alias has left it');
    assert.deepEqual(await caused(() => done('DELETE', `${v0}/aliases/best`)), []);
    assert.deepEqual(await caused(() => done('DELETE', `${v0}/tags/fast%20one`)), ['REMOVE_ARTIFACT_TAG']);
    assert.deepEqual((await read(v0)).aliases, []);
    for (const path of ['aliases/v7', 'aliases/a%3Ab', 'tags/%2F']) {
      assert.equal((await done('PUT', `${v0}/${path}`)).status, 400, path);
    }
  });

  test('protected aliases of a registry are for its admins', async () => {
    const { road } = await scene();
    const link = `${MODELS}/${road}/versions/v0`;
    for (const method of ['PUT', 'DELETE'] as const) {
      const answer = await done(method, `${link}/aliases/production`, undefined, 'bob');
      assert.equal(answer.status, 403);
      assert.match(answer.body.errors?.[0].message ?? '', /'production' is protected/);
    }
    assert.equal((await done('PUT', `${link}/aliases/candidate`, undefined, 'bob')).status, 204);
    assert.equal((await done('DELETE', `${link}/aliases/production`)).status, 204);
    assert.deepEqual((await read(link)).aliases, ['candidate', 'latest']);
  });

  test('description, metadata and time to live are changed, and nothing of them when a part is wrong', async () => {
    const { net } = await scene();
    const v1 = `${CATS}/${net}/versions/v1`;
    const text = '{"loss": NaN, "id": 12345678901234567890}';
    const change = { description: 'pruned', metadataText: text, ttlSeconds: 86_400 };
    assert.equal((await done('PATCH', v1, change, 'bob')).status, 204);
    const changed = await read(v1);
    assert.deepEqual(
      [changed.description, changed.metadataText, changed.metadata.loss, changed.ttlSeconds, changed.mayEdit],
      ['pruned', text, 'NaN', 86_400, true],
    );
    for (const wrong of [{ metadataText: '[1]' }, { metadataText: '{' }, { ttlSeconds: 0 }, { size: 1 }]) {
      assert.equal((await done('PATCH', v1, { description: 'other', ...wrong })).status, 400, JSON.stringify(wrong));
    }
    assert.equal((await done('PATCH', v1, { description: 'other' }, 'vic')).status, 403);
    assert.equal((await done('PATCH', v1, { description: 'other' }, 'eve')).status, 404);
    assert.deepEqual(await read(v1), changed);
    assert.equal((await here.rest('vic', 'GET', v1)).body.mayEdit, false);
  });

  test('a version is linked to a registry and leaves it again', async () => {
    const { net, road } = await scene();
    const [v0, fresh] = [`${CATS}/${net}/versions/v0`, `fresh-${made}`];
    const target = { entity: 'acme', project: 'wandb-registry-models', collection: fresh };
    const linked = await caused(() => done('POST', `${v0}/links`, { ...target, aliases: ['candidate'] }, 'bob'), 201);
    assert.deepEqual(linked, ['LINK_MODEL', 'ADD_ARTIFACT_ALIAS', 'ADD_ARTIFACT_ALIAS']);
    assert.deepEqual((await read(v0)).links, [{ ...target, type: 'model', version: 'v0' }]);
    const again = await here.rest('bob', 'POST', `${v0}/links`, { ...target, collection: road });
    assert.deepEqual([again.status, again.body.version], [201, 'v1'], 'beside the one that is there');
    const guarded = { ...target, collection: road, aliases: ['production'] };
    assert.equal((await done('POST', `${v0}/links`, guarded, 'bob')).status, 403);
    assert.equal((await done('POST', `${v0}/links`, target, 'vic')).status, 403);
    assert.equal((await done('POST', `${v0}/links`, { ...target, project: 'none' })).status, 404);
    assert.deepEqual(await caused(() => done('DELETE', `${MODELS}/${fresh}/versions/v0/link`, undefined, 'bob')), [
      'UNLINK_ARTIFACT',
    ]);
    assert.equal((await done('DELETE', `${MODELS}/${road}/versions/v0/link`, undefined, 'bob')).status, 403);
    assert.equal((await done('DELETE', `${v0}/link`)).status, 400, 'it was logged there');
  });

  test('a version with aliases is deleted only when that is asked for; the refusal names them and where they are', async () => {
    const { net, road } = await scene();
    const v1 = `${CATS}/${net}/versions/v1`;
    const refused = await done('DELETE', v1);
    const [fault] = refused.body.errors ?? [];
    assert.deepEqual([refused.status, fault?.path], [400, 'deleteAliases']);
    assert.match(fault?.message ?? '', new RegExp(`best in vision/cats/${net}`));
    assert.match(fault?.message ?? '', new RegExp(`production in acme/wandb-registry-models/${road}`));
    assert.equal((await done('DELETE', `${v1}?deleteAliases=true`, undefined, 'bob')).status, 403, 'one is protected');
    assert.deepEqual(
      await caused(() => done('DELETE', `${v1}?deleteAliases=true`)),
      ['UNLINK_ARTIFACT', 'ADD_ARTIFACT_ALIAS'],
      'latest moves to v0',
    );
    assert.equal((await done('DELETE', v1)).status, 404);
    assert.equal((await done('DELETE', `${CATS}/${net}/versions/v0`, undefined, 'bob')).status, 204);
  });

  test('some versions are deleted together; those that aliases lead to are kept, and told', async () => {
    const { net, road, key } = await scene();
    const removals = `${CATS}/${net}/version-removals`;
    for (let more = 0; more < 25; more += 1) await seedVersion(here.ground, cats, key);
    const last = await seedVersion(here.ground, cats, key);
    const other = await seedCollection(here.ground, models, { name: `of ${net}`, type: 'model', kind: 'portfolio' });
    await seedLink(here.ground, other, last);
    const numbers = async () => {
      const { items } = await read(`${CATS}/${net}/versions?limit=100`);
      return items.map(({ version }: { version: string }) => version).join();
    };
    const [body, before] = [{ versions: ['v27', 'v1', 'v0', 'v99'] }, await numbers()];
    const kept = [
      { version: 'v1', aliases: `best in vision/cats/${net}; production in acme/wandb-registry-models/${road}` },
    ];
    const fates = {
      removed: [
        { version: 'v0', links: 0 },
        { version: 'v27', links: 1 },
      ],
      kept,
    };
    assert.deepEqual((await done('POST', removals, { ...body, dryRun: true }, 'bob')).body, fates);
    assert.equal(await numbers(), before);
    assert.deepEqual(await caused(() => done('POST', removals, body, 'bob'), 200), [
      'UNLINK_ARTIFACT',
      'ADD_ARTIFACT_ALIAS',
    ]);
    const most = Array.from({ length: 28 }, (_, number) => `v${number}`);
    const { removed } = (await here.rest('ann', 'POST', removals, { versions: most })).body;
    assert.equal(removed.length, 25);
    assert.equal(await numbers(), 'v1');

    for (const [username, status] of [
      ['vic', 403],
      ['eve', 404],
    ] as const)
      assert.equal((await done('POST', removals, { versions: ['v1'] }, username)).status, status);
    for (const versions of [[], ['best'], ['v1', '1'], Array.from({ length: 201 }, () => 'v1')])
      assert.equal((await done('POST', removals, { versions })).status, 400);
    const links = await done('POST', `${MODELS}/${road}/version-removals`, { versions: ['v0'] });
    assert.match(links.body.errors?.[0].message ?? '', /holds links: end those/);
  });

  test('a collection of a registry is made empty, of a type that it takes', async () => {
    const name = `empty-${made}`;
    const made_ = await here.rest('bob', 'POST', MODELS, { name, type: 'model', description: 'for the road' });
    assert.deepEqual(
      [made_.status, made_.body.kind, made_.body.versions, made_.body.description],
      [201, 'portfolio', 0, 'for the road'],
    );
    assert.deepEqual((await read(`${MODELS}/${name}`)).description, 'for the road');
    assert.equal((await done('POST', MODELS, { name, type: 'model' })).status, 409);
    const foreign = await done('POST', MODELS, { name: 'other', type: 'dataset' });
    assert.match(foreign.body.errors?.[0].message ?? '', /does not accept artifacts of type 'dataset'/);
    assert.equal((await done('POST', CATS, { name: 'other', type: 'model' })).status, 400, 'no registry');
    assert.equal((await done('POST', MODELS, { name: 'other', type: 'model' }, 'vic')).status, 403);
    assert.equal((await done('POST', MODELS, { name: 'a/b', type: 'model' })).status, 400);
    assert.equal((await here.rest('ann', 'GET', `${MODELS}/other`)).status, 404);
  });

  test('a collection is renamed, described, tagged and deleted', async () => {
    const { net, road } = await scene();
    const renamed = await here.rest('bob', 'PATCH', `${CATS}/${net}`, { name: `${net}-2`, description: 'why' });
    assert.deepEqual([renamed.status, renamed.body.name, renamed.body.description], [200, `${net}-2`, 'why']);
    const path = `${CATS}/${net}-2`;
    assert.deepEqual(await caused(() => done('PUT', `${path}/tags/road`)), ['ADD_COLLECTION_TAG']);
    assert.deepEqual((await read(path)).tags, ['road']);
    assert.deepEqual(await caused(() => done('DELETE', `${path}/tags/road`)), ['REMOVE_COLLECTION_TAG']);
    const other = await scene();
    assert.equal((await done('PATCH', path, { name: other.net })).status, 409);
    assert.equal((await done('PATCH', path, { name: 'other' }, 'vic')).status, 403);
    assert.equal((await done('DELETE', path, undefined, 'vic')).status, 403);
    assert.equal(
      (await done('DELETE', `${MODELS}/${road}`, undefined, 'bob')).status,
      403,
      'a protected alias is there',
    );
    assert.deepEqual(await caused(() => done('DELETE', `${MODELS}/${road}`)), ['UNLINK_ARTIFACT']);
    assert.equal((await done('DELETE', path)).status, 204);
    assert.equal((await here.rest('ann', 'GET', path)).status, 404);
  });
});
