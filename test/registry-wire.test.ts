import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { findProject } from '../src/directory/find-project.ts';
import type { ProjectPlace } from '../src/store/projects.ts';
import {
  FETCH_REGISTRIES,
  FETCH_REGISTRY,
  REGISTRY_COLLECTIONS,
  REGISTRY_VERSIONS,
  UPSERT_REGISTRY,
} from './support/client-registry-documents.ts';
import { CREATE_AUTOMATION, CREATE_WEBHOOK } from './support/documents.ts';
import { type InProcess, openInProcess } from './support/in-process.ts';
import { seedCollection, seedLink, seedVersion } from './support/seeded-artifacts.ts';
import type { SeedPlace } from './support/seeded-runs.ts';
import { artifactEvent } from './support/wire-events.ts';

let here: InProcess;

before(async () => {
  here = await openInProcess();
  for (const name of ['ann', 'bob', 'eve']) await here.user(name);
  await here.organization('acme', { ann: 'admin' });
  await here.team('acme', 'vision', { ann: 'admin', bob: 'member' });
});

async function placeOf(entity: string, name: string): Promise<SeedPlace & { project: ProjectPlace }> {
  const viewer = await here.viewer('ann');
  const project = await findProject(here.ground, viewer, entity, name);
  assert.ok(project, `${entity}/${name}`);
  return { tenantId: project.tenantId, projectId: project.id, userId: viewer.userId, project };
}

async function registry(name: string, more: object = {}) {
  const input = { name: `wandb-registry-${name}`, entityName: 'acme', access: 'PRIVATE', ...more };
  const made = await here.as('ann', UPSERT_REGISTRY, { input });
  assert.equal(made.message, '');
  return { ...(await placeOf('acme', input.name)), node: made.data.upsertModel.project };
}

/** Nodes of every page of a list, one a page. */
async function walk(
  username: string,
  document: string,
  path: 'projects' | 'artifactCollections' | 'artifactMemberships',
  variables: object,
) {
  const nodes = [];
  for (let cursor: string | null = null; ; ) {
    const answer = await here.as(username, document, { organization: 'acme', perPage: 1, cursor, ...variables });
    assert.equal(answer.message, '');
    const { edges, pageInfo } = answer.data.organization.orgEntity[path];
    nodes.push(...edges.map((edge: { node: unknown }) => edge.node));
    if (!pageInfo.hasNextPage) return nodes;
    cursor = pageInfo.endCursor;
  }
}

const filter = (value: object) => JSON.stringify(value);

describe('looking through the registries of an organization', () => {
  before(async () => {
    await here.as('ann', 'mutation C($input: UpsertModelInput!) { upsertModel(input: $input) { inserted } }', {
      input: { name: 'training', entityName: 'vision' },
    });
    const source = await placeOf('vision', 'training');
    const sequence = await seedCollection(here.ground, source, { name: 'net', type: 'model' });
    const versions = [];
    for (const score of [1, 2, 3]) {
      const fields = { metadata: { score, 'a.b': { deep: score } }, tags: [`score ${score}`] };
      versions.push(await seedVersion(here.ground, source, sequence, fields));
    }
    const open = await registry('open');
    const hidden = await registry('hidden', { access: 'RESTRICTED' });
    const best = await seedCollection(here.ground, open, {
      name: 'best',
      kind: 'portfolio',
      type: 'model',
      tags: ['gold'],
    });
    const rest = await seedCollection(here.ground, open, { name: 'rest', kind: 'portfolio', type: 'model' });
    const secret = await seedCollection(here.ground, hidden, { name: 'secret', kind: 'portfolio', type: 'model' });
    const [one, two, three] = versions;
    await seedLink(here.ground, best, three!, ['production']);
    await seedLink(here.ground, rest, one!);
    await seedLink(here.ground, rest, two!);
    await seedLink(here.ground, secret, one!);
  });

  const namesOf = async (username: string, variables: object) =>
    (await walk(username, FETCH_REGISTRIES, 'projects', variables)).map(({ name }) => name.slice(15));

  test('each registry that they see comes once, in the order asked for', async () => {
    assert.deepEqual(await namesOf('ann', {}), ['hidden', 'open']);
    assert.deepEqual(await namesOf('ann', { order: '-name' }), ['open', 'hidden']);
    assert.deepEqual(await namesOf('bob', {}), ['open']);
  });

  test('a filter names fields, and ids as numbers', async () => {
    const { projectId } = await placeOf('acme', 'wandb-registry-hidden');
    assert.deepEqual(await namesOf('ann', { filters: filter({ id: Number(projectId) }) }), ['hidden']);
    assert.deepEqual(await namesOf('ann', { filters: filter({ name: { $regex: 'op.n$' } }) }), ['open']);
    assert.deepEqual(await namesOf('bob', { filters: filter({ id: Number(projectId) }) }), []);
    const wrong = await here.as('ann', FETCH_REGISTRIES, { organization: 'acme', filters: filter({ color: 'red' }) });
    assert.match(wrong.message, /unknown field 'color'/);
  });

  const collections = async (username: string, variables: object) =>
    (await walk(username, REGISTRY_COLLECTIONS, 'artifactCollections', variables)).map(({ name }) => name);

  test('collections of the registries that match', async () => {
    assert.deepEqual(await collections('ann', { order: 'name' }), ['best', 'rest', 'secret']);
    assert.deepEqual(await collections('bob', { order: '-name' }), ['rest', 'best']);
    assert.deepEqual(await collections('ann', { collectionFilter: filter({ tag: 'gold' }) }), ['best']);
    const registryFilter = filter({ name: 'wandb-registry-hidden' });
    assert.deepEqual(await collections('ann', { registryFilter }), ['secret']);
    assert.deepEqual(await collections('ann', { collectionTypes: ['SEQUENCE'] }), []);
    const counted = await here.as('ann', REGISTRY_COLLECTIONS, { organization: 'acme', perPage: 1 });
    assert.equal(counted.data.organization.orgEntity.artifactCollections.totalCount, 3);
  });

  const versions = async (username: string, variables: object) =>
    (await walk(username, REGISTRY_VERSIONS, 'artifactMemberships', variables)).map(
      ({ artifactCollection, versionIndex }) => `${artifactCollection.name}:v${versionIndex}`,
    );

  test('versions in them, collection by collection, whether SQL can say the filter or not', async () => {
    assert.deepEqual(await versions('ann', {}), ['best:v0', 'rest:v0', 'rest:v1', 'secret:v0']);
    assert.deepEqual(await versions('bob', {}), ['best:v0', 'rest:v0', 'rest:v1']);
    assert.deepEqual(await versions('ann', { artifactFilter: filter({ alias: 'production' }) }), ['best:v0']);
    assert.deepEqual(await versions('ann', { artifactFilter: filter({ version: 'v1' }) }), ['rest:v1']);
    assert.deepEqual(await versions('ann', { artifactFilter: filter({ tag: { $regex: '[12]$' } }) }), [
      'rest:v0',
      'rest:v1',
      'secret:v0',
    ]);
    assert.deepEqual(await versions('ann', { artifactFilter: filter({ 'metadata.score': { $gte: 2 } }) }), [
      'best:v0',
      'rest:v1',
    ]);
    const collectionFilter = filter({ name: 'rest' });
    assert.deepEqual(await versions('ann', { collectionFilter }), ['rest:v0', 'rest:v1']);
  });

  test('types in use are shown with those that are only allowed', async () => {
    const typed = await registry('typed', {
      artifactTypes: [{ name: 'dataset' }],
      allowAllArtifactTypesInRegistry: false,
    });
    await seedCollection(here.ground, typed, { name: 'used', kind: 'portfolio', type: 'model' });
    const read = await here.as('bob', FETCH_REGISTRY, { name: 'wandb-registry-typed', entity: 'acme' });
    const { artifactTypes, allowAllArtifactTypes, access } = read.data.entity.project;
    assert.deepEqual(
      artifactTypes.edges.map((edge: { node: { name: string } }) => edge.node.name),
      ['dataset', 'model'],
    );
    assert.deepEqual([allowAllArtifactTypes, access], [false, 'PRIVATE']);
  });
});

describe('automations of registries', () => {
  test('AUT-017: a registry viewer is refused, a registry member creates and deletes a registry automation', async () => {
    const { node } = await registry('watched');
    const hook = await here.as('bob', CREATE_WEBHOOK, {
      input: { entityName: 'bob', name: 'hook', urlEndpoint: 'https://example.com' },
    });
    const integrationID = hook.data.result.integration.id;
    const { triggeringEventType, eventFilter } = artifactEvent('LINK_MODEL');
    const input = {
      name: 'watch',
      enabled: true,
      scopeType: 'PROJECT',
      scopeID: node.id,
      triggeringEventType,
      eventFilter,
      triggeredActionType: 'GENERIC_WEBHOOK',
      triggeredActionConfig: { genericWebhookActionInput: { integrationID, requestPayload: '{}' } },
    };
    assert.match((await here.as('bob', CREATE_AUTOMATION, { input })).message, /permission denied/);
    assert.equal(
      (await here.rest('ann', 'PUT', '/organizations/acme/registries/watched/members/bob', { role: 'member' })).status,
      204,
    );
    const made = await here.as('bob', CREATE_AUTOMATION, { input });
    assert.equal(made.message, '');
    const { id } = made.data.result.trigger;
    const remove = 'mutation D($id: ID!) { deleteTrigger(input: {triggerID: $id}) { success } }';
    assert.equal((await here.as('bob', remove, { id })).data.deleteTrigger.success, true);
  });
});

describe('registries over REST', () => {
  const path = '/organizations/acme/registries';

  test('one is created, read, changed, listed and deleted', async () => {
    const made = await here.rest('ann', 'POST', path, {
      name: 'rest',
      description: 'by REST',
      artifactTypes: ['model'],
    });
    assert.equal(made.status, 201);
    const { id, createdAt, may, revision, ...told } = made.body;
    assert.ok(may.includes('manage_project'));
    assert.deepEqual(told, {
      name: 'rest',
      visibility: 'Team',
      description: 'by REST',
      allowAllArtifactTypes: false,
      artifactTypes: ['model'],
      protectedAliases: [],
    });
    const { may: ofBob, ...seen } = (await here.rest('bob', 'GET', `${path}/rest`)).body;
    assert.deepEqual(seen, { id, createdAt, revision, ...told });
    assert.ok(!ofBob.includes('manage_project'));
    const change = { name: 'renamed', protectedAliases: ['production'], visibility: 'Restricted' };
    assert.equal((await here.rest('bob', 'PATCH', `${path}/rest`, change)).status, 403);
    const changed = await here.rest('ann', 'PATCH', `${path}/rest`, change);
    assert.deepEqual(changed.body, { ...made.body, ...change, revision: changed.body.revision });
    const stale = await here.rest('ann', 'PATCH', `${path}/renamed`, { description: 'late', revision });
    assert.deepEqual([stale.status, stale.body.errors[0].path], [409, 'revision']);
    const after = { description: 'in time', artifactTypes: ['dataset'], revision: changed.body.revision };
    assert.equal((await here.rest('ann', 'PATCH', `${path}/renamed`, after)).status, 200);
    const types = { artifactTypes: ['code'] };
    const { body: known } = await here.rest('ann', 'PATCH', `${path}/renamed`, types);
    assert.equal((await here.rest('ann', 'GET', `${path}/renamed`)).body.revision, known.revision, 'types only grow');
    assert.equal((await here.rest('bob', 'GET', `${path}/renamed`)).status, 404);
    const first = await here.rest('ann', 'GET', `${path}?limit=1`);
    const second = await here.rest('ann', 'GET', `${path}?limit=1&cursor=${first.body.nextCursor}`);
    assert.deepEqual([first.body.items.length, second.body.items.length], [1, 1]);
    assert.ok(first.body.items[0].name < second.body.items[0].name);
    assert.equal((await here.rest('ann', 'DELETE', `${path}/renamed`)).status, 204);
    assert.equal((await here.rest('ann', 'GET', `${path}/renamed`)).status, 404);
  });

  test('users and teams get roles, and lose them', async () => {
    await registry('peopled', { access: 'RESTRICTED' });
    const at = `${path}/peopled`;
    assert.equal((await here.rest('ann', 'PUT', `${at}/members/bob`, { role: 'viewer' })).status, 204);
    assert.equal((await here.rest('ann', 'PUT', `${at}/teams/vision`, { role: 'restricted_viewer' })).status, 204);
    assert.equal((await here.rest('bob', 'PUT', `${at}/members/eve`, { role: 'viewer' })).status, 403);
    const told = {
      users: [
        { username: 'ann', role: 'admin' },
        { username: 'bob', role: 'viewer' },
      ],
      teams: [{ team: 'vision', role: 'restricted_viewer' }],
    };
    assert.deepEqual((await here.rest('bob', 'GET', `${at}/members`)).body, told);
    assert.equal((await here.rest('ann', 'DELETE', `${at}/members/bob`)).status, 204);
    assert.equal((await here.rest('bob', 'GET', `${at}/members`)).status, 403);
    assert.equal((await here.rest('ann', 'DELETE', `${at}/teams/vision`)).status, 204);
    assert.equal((await here.rest('bob', 'GET', at)).status, 404);
  });
});
