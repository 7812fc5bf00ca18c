import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { findProject } from '../src/directory/find-project.ts';
import { largeNodeId } from '../src/model/wire-id.ts';
import type { ArtifactKey } from '../src/store/artifacts.ts';
import type { CollectionKey } from '../src/store/collections.ts';
import { ensurePartitions } from '../src/store/partitions.ts';
import { ARTIFACT_DOCUMENTS } from './support/client-artifact-documents.ts';
import { type InProcess, openInProcess } from './support/in-process.ts';
import { seedCollection, seedLineage, seedLink, seedVersion } from './support/seeded-artifacts.ts';
import { type SeedPlace, seedRun } from './support/seeded-runs.ts';

let here: InProcess;

before(async () => {
  here = await openInProcess();
  await ensurePartitions(here.ground.database, here.ground.clock.now());
  for (const name of ['ann', 'bob', 'cat', 'eve']) await here.user(name);
  await here.organization('acme', { ann: 'admin', cat: 'member' });
  await here.team('acme', 'vision', { ann: 'admin', bob: 'member' });
  await here.team('acme', 'speech', { ann: 'admin', cat: 'member' });
});

let projects = 0;

async function freshProject(entity = 'vision'): Promise<{ name: string; place: SeedPlace }> {
  projects += 1;
  const name = `project${projects}`;
  await here.as('ann', 'mutation C($input: UpsertModelInput!) { upsertModel(input: $input) { inserted } }', {
    input: { name, entityName: entity },
  });
  const viewer = await here.viewer('ann');
  const project = (await findProject(here.ground, viewer, entity, name))!;
  return { name, place: { tenantId: project.tenantId, projectId: project.id, userId: viewer.userId } };
}

const artifactId = ({ tenantId, artifactId }: ArtifactKey) => largeNodeId('Artifact', tenantId, artifactId);
const collectionId = ({ tenantId, collectionId }: CollectionKey) =>
  largeNodeId('ArtifactCollection', tenantId, collectionId);

/** Sends a document of the client as a user, without errors. */
async function ask(document: string, variables: object, username = 'bob') {
  const { data, message } = await here.as(username, ARTIFACT_DOCUMENTS[document]!, variables);
  assert.equal(message, '');
  return data;
}

const namesOf = (edges: { node: { name: string } }[]) => edges.map(({ node }) => node.name);

describe('a version', () => {
  test('is found by version, by alias, by latest, and by a name that holds a colon', async () => {
    const { name: project, place } = await freshProject();
    const data = await seedCollection(here.ground, place, { name: 'data' });
    const odd = await seedCollection(here.ground, place, { name: 'data:v0' });
    const v0 = await seedVersion(here.ground, place, data, { aliases: ['best'] });
    const v1 = await seedVersion(here.ground, place, data);
    await seedVersion(here.ground, place, data, { state: 'pending' });
    const oddV0 = await seedVersion(here.ground, place, odd);
    const find = async (name: string) =>
      (await ask('ArtifactMembershipByName', { entity: 'vision', project, name })).project.artifactCollectionMembership;
    assert.equal((await find('data:best')).artifact.id, artifactId(v0));
    assert.equal((await find('data:v1')).artifact.id, artifactId(v1));
    assert.equal((await find('data:latest')).artifact.id, artifactId(v1));
    assert.equal((await find('data')).artifact.id, artifactId(v1));
    assert.equal((await find('data:v0')).artifact.id, artifactId(oddV0), 'an exact name comes first');
    assert.equal((await find('data:v0:v0')).artifact.id, artifactId(oddV0));
    for (const unknown of ['data:v2', 'data:v00', 'data:none', 'none', 'none:v0', 'data:', ':v0', '', 'a\0b:v0'])
      assert.equal(await find(unknown), null, unknown);
  });

  test('is answered whole, with the names of its place', async () => {
    const { name: project, place } = await freshProject();
    const data = await seedCollection(here.ground, place, { name: 'data', type: 'model' });
    const version = await seedVersion(here.ground, place, data, {
      aliases: ['best'],
      tags: ['b', 'a'],
      metadata: { loss: Number.NaN },
      size: 2 ** 40,
      ttlSeconds: 60,
    });
    const found = await ask('ArtifactMembershipByName', {
      entity: 'vision',
      project,
      name: 'data:v0',
      includeAliases: true,
    });
    const { artifact, ...membership } = found.project.artifactCollectionMembership;
    assert.equal(membership.versionIndex, 0);
    assert.deepEqual(
      membership.aliases.map(({ alias }: { alias: string }) => alias),
      ['best', 'latest'],
    );
    assert.equal(membership.artifactCollection.__typename, 'ArtifactSequence');
    assert.equal(membership.artifactCollection.project.entity.name, 'vision');
    assert.equal(artifact.id, artifactId(version));
    assert.deepEqual(artifact.artifactType, { name: 'model' });
    assert.deepEqual(
      artifact.tags.map(({ name }: { name: string }) => name),
      ['a', 'b'],
    );
    assert.equal(artifact.metadata, '{"loss":NaN}');
    assert.equal(artifact.size, 2 ** 40);
    assert.equal(artifact.state, 'COMMITTED');
    assert.equal(artifact.digestAlgorithm, 'MANIFEST_MD5');
    assert.deepEqual([artifact.ttlDurationSeconds, artifact.ttlIsInherited], [60, false]);
    assert.equal(artifact.aliases[0].artifactCollection.name, 'data');
  });

  test('inherits how long it lives from its collection, which lives for ever by itself', async () => {
    const { place } = await freshProject();
    const data = await seedCollection(here.ground, place, { name: 'data' });
    const own = await seedVersion(here.ground, place, data, { ttlSeconds: -2 });
    const inherited = await seedVersion(here.ground, place, data);
    const ttlOf = async (key: ArtifactKey) => {
      const { artifact } = await ask('ArtifactByID', { id: artifactId(key) });
      return [artifact.ttlDurationSeconds, artifact.ttlIsInherited];
    };
    assert.deepEqual(await ttlOf(own), [-2, false]);
    assert.deepEqual(await ttlOf(inherited), [-2, true]);
    await here.ground.database.execute('update collection set ttl_seconds = 90 where collection_id = $1', [
      data.collectionId,
    ]);
    assert.deepEqual(await ttlOf(inherited), [90, true]);
  });

  test('is null by id for strangers, and by ids that are none', async () => {
    const { place } = await freshProject();
    const data = await seedCollection(here.ground, place, { name: 'data' });
    const version = await seedVersion(here.ground, place, data);
    const byId = async (id: string, user?: string) => (await ask('ArtifactByID', { id }, user)).artifact;
    assert.equal((await byId(artifactId(version))).versionIndex, 0);
    assert.equal(await byId(artifactId(version), 'eve'), null);
    const { tenantId } = (await freshProject('speech')).place;
    assert.equal(await byId(artifactId({ ...version, tenantId })), null);
    for (const id of ['', 'x', collectionId(data)]) assert.equal(await byId(id), null);
    assert.equal((await ask('ArtifactCollectionAliases', { id: collectionId(data) }, 'eve')).artifactCollection, null);
  });

  test('whose project is hidden is seen through a link, and its sequence tells nothing but its name', async () => {
    const source = await freshProject('vision');
    const target = await freshProject('speech');
    const data = await seedCollection(here.ground, source.place, { name: 'secret', tags: ['s'], description: 'd' });
    const portfolio = await seedCollection(here.ground, target.place, { name: 'shared', kind: 'portfolio' });
    const run = await seedRun(here.ground, source.place, { name: 'run1' });
    const version = await seedVersion(here.ground, source.place, data, { aliases: ['inner'], runId: run.runId });
    await seedVersion(here.ground, source.place, data);
    await seedLink(here.ground, portfolio, version, ['prod']);
    const variables = { entity: 'speech', project: target.name, name: 'shared:prod', includeAliases: true };
    const { artifact, ...membership } = (await ask('ArtifactMembershipByName', variables, 'cat')).project
      .artifactCollectionMembership;
    assert.equal(membership.artifactCollection.__typename, 'ArtifactPortfolio');
    assert.equal(artifact.artifactSequence.name, 'secret');
    assert.equal(artifact.artifactSequence.project, null);
    assert.deepEqual(
      artifact.aliases.map(({ alias }: { alias: string }) => alias),
      ['latest', 'prod'],
    );
    const { data: deep } = await here.as(
      'cat',
      `query Q($id: ID!) { artifact(id: $id) { createdBy { __typename } artifactMemberships { totalCount edges { node { artifactCollection { name } } } }
        artifactSequence { description tags { edges { cursor } } aliases { edges { cursor } } latestArtifact { id }
          artifactMembership(aliasName: "v1") { id } artifacts { totalCount edges { version } } } } }`,
      { id: artifactId(version) },
    );
    assert.deepEqual(deep.artifact, {
      createdBy: null,
      artifactMemberships: { totalCount: 1, edges: [{ node: { artifactCollection: { name: 'shared' } } }] },
      artifactSequence: {
        description: null,
        tags: { edges: [] },
        aliases: { edges: [] },
        latestArtifact: null,
        artifactMembership: null,
        artifacts: { totalCount: 0, edges: [] },
      },
    });
    const { data: whole } = await here.as(
      'ann',
      'query Q($id: ID!) { artifact(id: $id) { createdBy { ... on Run { name } } artifactSequence { description latestArtifact { versionIndex } artifacts { totalCount } } } }',
      { id: artifactId(version) },
    );
    assert.deepEqual(whole.artifact, {
      createdBy: { name: 'run1' },
      artifactSequence: { description: 'd', latestArtifact: { versionIndex: 1 }, artifacts: { totalCount: 2 } },
    });
    assert.equal(
      (await ask('FetchLinkedArtifacts', { artifactID: artifactId(version) }, 'ann')).artifact.artifactMemberships.edges
        .length,
      2,
    );
  });
});

describe('versions of a collection', () => {
  async function twelve() {
    const { name: project, place } = await freshProject();
    const data = await seedCollection(here.ground, place, { name: 'data' });
    for (let index = 0; index < 12; index += 1) {
      here.pass(1000);
      await seedVersion(here.ground, place, data, {
        metadata: { index, even: index % 2 === 0, deep: { er: `x${index}` } },
        size: 100 - index,
        tags: index % 3 === 0 ? ['third'] : [],
        aliases: index === 7 ? ['seven'] : [],
      });
    }
    const list = async (more: object = {}) => {
      const variables = {
        entity: 'vision',
        project,
        type: 'dataset',
        collection: 'data',
        filters: '{"state": "COMMITTED"}',
        ...more,
      };
      const found = (await ask('ProjectArtifacts', variables)).project.artifactType.artifactCollection.artifacts;
      return { ...found, versions: found.edges.map(({ version }: { version: string }) => version).join(' ') };
    };
    return { list, project, place, data };
  }

  test('come newest first, in pages that stay in place when a version is added', async () => {
    const { list, data, place } = await twelve();
    const first = await list({ perPage: 5 });
    assert.equal(first.versions, 'v11 v10 v9 v8 v7');
    assert.equal(first.totalCount, 12);
    await seedVersion(here.ground, place, data);
    const second = await list({ perPage: 5, cursor: first.pageInfo.endCursor });
    assert.equal(second.versions, 'v6 v5 v4 v3 v2');
    const third = await list({ perPage: 5, cursor: second.pageInfo.endCursor });
    assert.equal(third.versions, 'v1 v0');
    assert.equal(third.pageInfo.hasNextPage, false);
  });

  test('are ordered by time, number and size, and walked in that order', async () => {
    const { list } = await twelve();
    assert.equal((await list({ perPage: 3, order: '+created_at' })).versions, 'v0 v1 v2');
    assert.equal((await list({ perPage: 3, order: '-createdAt' })).versions, 'v11 v10 v9');
    assert.equal((await list({ perPage: 3, order: 'version' })).versions, 'v0 v1 v2');
    const smallest = await list({ perPage: 2, order: 'size' });
    assert.equal(smallest.versions, 'v11 v10');
    assert.equal((await list({ perPage: 2, order: 'size', cursor: smallest.pageInfo.endCursor })).versions, 'v9 v8');
    const { status } = await here.as('bob', ARTIFACT_DOCUMENTS.ProjectArtifacts!, {
      entity: 'vision',
      project: `project${projects}`,
      type: 'dataset',
      collection: 'data',
      order: '-created_at',
      cursor: smallest.pageInfo.endCursor,
    });
    assert.equal(status, 400);
  });

  test('are filtered in SQL and beyond it alike', async () => {
    const { list } = await twelve();
    const cases: [object, string][] = [
      [{ tag: 'third' }, 'v9 v6 v3 v0'],
      [{ tags: { $in: ['third', 'other'] } }, 'v9 v6 v3 v0'],
      [{ alias: 'seven' }, 'v7'],
      [{ version: { $in: ['v2', 'v3'] } }, 'v3 v2'],
      [{ 'metadata.even': true, 'metadata.index': { $gt: 6 } }, 'v10 v8'],
      [{ 'metadata.deep.er': 'x4' }, 'v4'],
      [{ 'metadata.deep.er': { $regex: '^x1' } }, 'v11 v10 v1'],
      [{ $or: [{ version: 'v1' }, { 'metadata.deep.er': 'x2' }] }, 'v2 v1'],
      [{ size: { $lt: 91 } }, 'v11 v10'],
      [{ state: 'PENDING' }, ''],
      [{ state: 'COMMITTED', version: 'v0' }, 'v0'],
    ];
    for (const [filter, versions] of cases) {
      const found = await list({ filters: JSON.stringify(filter) });
      assert.equal(found.versions, versions, JSON.stringify(filter));
      assert.equal(found.totalCount, versions === '' ? 0 : versions.split(' ').length, JSON.stringify(filter));
    }
    const page = await list({ perPage: 2, filters: '{"metadata.deep.er": {"$regex": "x"}}' });
    assert.equal(page.versions, 'v11 v10');
    const next = await list({
      perPage: 2,
      filters: '{"metadata.deep.er": {"$regex": "x"}}',
      cursor: page.pageInfo.endCursor,
    });
    assert.equal(next.versions, 'v9 v8');
  });

  test('cost the same number of statements, however many a page holds', async () => {
    const { project } = await twelve();
    const { database } = here.ground;
    let sent = 0;
    const counting = new Proxy(database, {
      get:
        (target, key) =>
        (...args: unknown[]) => {
          sent += 1;
          return (target[key as keyof typeof target] as (...args: unknown[]) => unknown)(...args);
        },
    });
    const cost = async (perPage: number) => {
      sent = 0;
      Object.assign(here.ground, { database: counting });
      await ask('ProjectArtifacts', { entity: 'vision', project, type: 'dataset', collection: 'data', perPage });
      Object.assign(here.ground, { database });
      return sent;
    };
    const one = await cost(1);
    assert.ok(one > 3);
    assert.equal(await cost(12), one);
  });
});

describe('collections', () => {
  test('are listed newest first, of a type or of all, filtered and ordered', async () => {
    const { name: project, place } = await freshProject();
    for (const [name, type, tags] of [
      ['b-data', 'dataset', ['old']],
      ['a-model', 'model', []],
      ['c-data', 'dataset', ['new', 'old']],
    ] as const) {
      here.pass(1000);
      await seedCollection(here.ground, place, { name, type, tags });
    }
    await seedCollection(here.ground, place, { name: 'links', type: 'model', kind: 'portfolio' });
    const list = async (more: object = {}) =>
      (await ask('ProjectArtifactCollections', { entity: 'vision', project, ...more })).project.artifactCollections;
    const all = await list();
    assert.deepEqual(namesOf(all.edges), ['links', 'c-data', 'a-model', 'b-data']);
    assert.equal(all.totalCount, 4);
    assert.equal(all.edges[0].node.__typename, 'ArtifactPortfolio');
    assert.equal(all.edges[0].node.type.name, 'model');
    assert.deepEqual(namesOf(all.edges[1].node.tags.edges), ['new', 'old']);
    const page = await list({ order: 'name', perPage: 2 });
    assert.deepEqual(namesOf(page.edges), ['a-model', 'b-data']);
    const next = await list({ order: 'name', perPage: 2, cursor: page.pageInfo.endCursor });
    assert.deepEqual(namesOf(next.edges), ['c-data', 'links']);
    assert.equal(next.pageInfo.hasNextPage, false);
    const tagged = await list({ filters: '{"tag": "old", "name": {"$regex": "^c"}}' });
    assert.deepEqual([namesOf(tagged.edges), tagged.totalCount], [['c-data'], 1]);
    assert.equal((await list({ filters: '{"name": {"$contains": "data"}}' })).totalCount, 2);
    const models = await ask('ArtifactTypeArtifactCollections', { entity: 'vision', project, type: 'model' });
    assert.deepEqual(namesOf(models.project.artifactType.artifactCollections.edges), ['links', 'a-model']);
    const refused = await here.as('bob', ARTIFACT_DOCUMENTS.ProjectArtifactCollections!, {
      entity: 'vision',
      project,
      filters: '{"colour": "red"}',
    });
    assert.equal(refused.status, 400);
  });

  test('are found by type and name, with their aliases by name', async () => {
    const { name: project, place } = await freshProject();
    const data = await seedCollection(here.ground, place, { name: 'data' });
    await seedCollection(here.ground, place, { name: 'model', type: 'model' });
    for (let index = 0; index < 4; index += 1) await seedVersion(here.ground, place, data, { aliases: [`a${index}`] });
    const find = async (type: string, name: string) =>
      (await ask('ProjectArtifactCollection', { entity: 'vision', project, type, name })).project.artifactType
        ?.artifactCollection;
    assert.equal((await find('dataset', 'data')).id, collectionId(data));
    assert.equal(await find('model', 'data'), null);
    assert.equal(await find('dataset', 'none'), null);
    assert.equal(await find('none', 'data'), undefined);
    const aliases = async (cursor?: string) => {
      const found = await ask('ArtifactCollectionAliases', { id: collectionId(data), perPage: 3, cursor });
      return found.artifactCollection.aliases;
    };
    const page = await aliases();
    assert.deepEqual(
      page.edges.map(({ node }: { node: { alias: string } }) => node.alias),
      ['a0', 'a1', 'a2'],
    );
    assert.deepEqual(
      (await aliases(page.pageInfo.endCursor)).edges.map(({ node }: { node: { alias: string } }) => node.alias),
      ['a3', 'latest'],
    );
    const types = (await ask('ProjectArtifactTypes', { entity: 'vision', project, perPage: 1 })).project.artifactTypes;
    assert.deepEqual([namesOf(types.edges), types.pageInfo.hasNextPage], [['dataset'], true]);
    assert.match(atob(types.edges[0].node.id), /^ArtifactType:\d{20,}$/);
  });
});

describe('files of a version', () => {
  test('are paged in the order of their paths, chosen by name, with addresses that carry their authorisation', async () => {
    const { name: project, place } = await freshProject();
    const data = await seedCollection(here.ground, place, { name: 'data' });
    const version = await seedVersion(here.ground, place, data, {
      files: [
        { path: 'b.txt', size: 3 },
        { path: 'a/ä.csv' },
        { path: 'Z' },
        { path: 'ref', ref: 's3://bucket/key', digest: 'etag' },
      ],
    });
    const where = { entity: 'vision', project, collection: 'data', alias: 'v0' };
    const files = async (more: object = {}) =>
      (await ask('ArtifactMembershipFiles', { ...where, ...more })).project.artifactCollection.artifactMembership.files;
    const all = await files();
    assert.deepEqual(namesOf(all.edges), ['Z', 'a/ä.csv', 'b.txt', 'ref']);
    assert.equal(all.totalCount, 4);
    const { node } = all.edges[2];
    assert.deepEqual([node.sizeBytes, node.digest, node.md5, node.mimetype], [3, 'ZGlnZXN0', 'ZGlnZXN0', 'text/plain']);
    assert.match(node.directUrl, /^http:\/\/tripline\.test\/storage\/wandb_artifacts\/.*signature=/);
    assert.equal(all.edges[3].node.directUrl, 's3://bucket/key');
    assert.equal(all.edges[3].node.md5, null);
    const chosen = await files({ fileNames: ['b.txt', 'none'] });
    assert.deepEqual([namesOf(chosen.edges), chosen.totalCount], [['b.txt'], 1]);
    const page = await files({ perPage: 3 });
    assert.equal(page.pageInfo.hasNextPage, true);
    assert.deepEqual(namesOf((await files({ perPage: 3, cursor: page.pageInfo.endCursor })).edges), ['ref']);
    const urls = await ask('GetArtifactMembershipFileUrls', { ...where, perPage: 5000 });
    assert.equal(urls.project.artifactCollection.artifactMembership.files.edges.length, 4);
    const entries = await ask('ArtifactFileURLsByManifestEntries', {
      id: artifactId(version),
      entries: [{ name: 'Z', digest: 'x', birthArtifactID: 'y', size: 1 }],
      storageLayout: 'V2',
      manifestVersion: '1',
    });
    assert.deepEqual(namesOf(entries.artifact.filesByManifestEntries.edges), ['Z']);
    const manifest = await ask('FetchArtifactManifest', { id: artifactId(version) });
    assert.match(manifest.artifact.currentManifest.file.directUrl, /^http:.*signature=/);
    const gone = await ask('ArtifactMembershipFiles', { ...where, alias: 'v9' });
    assert.equal(gone.project.artifactCollection.artifactMembership, null);
  });
});

describe('lineage', () => {
  test('leads from runs to versions and back, without what is hidden', async () => {
    const { name: project, place } = await freshProject('vision');
    const other = await freshProject('speech');
    const run = await seedRun(here.ground, place, { name: 'run1' });
    const hiddenRun = await seedRun(here.ground, other.place, { name: 'run2' });
    const data = await seedCollection(here.ground, place, { name: 'data' });
    const hidden = await seedCollection(here.ground, other.place, { name: 'data' });
    const made: ArtifactKey[] = [];
    for (let index = 0; index < 3; index += 1) {
      made.push(await seedVersion(here.ground, place, data, { runId: run.runId }));
      await seedLineage(here.ground, run, 'output', made[index]!);
    }
    const secret = await seedVersion(here.ground, other.place, hidden);
    await seedLineage(here.ground, run, 'input', secret);
    await seedLineage(here.ground, run, 'input', made[0]!);
    await seedLineage(here.ground, hiddenRun, 'input', made[0]!);
    const where = { entity: 'vision', project, run: 'run1' };
    const outputs = async (more: object = {}) =>
      (await ask('RunOutputArtifacts', { ...where, ...more })).project.run.artifacts;
    const page = await outputs({ perPage: 2 });
    assert.equal(page.totalCount, 3);
    const ids = (edges: { node: { id: string } }[]) => edges.map(({ node }) => node.id);
    assert.deepEqual(ids(page.edges), [made[2]!, made[1]!].map(artifactId));
    assert.deepEqual(ids((await outputs({ perPage: 2, cursor: page.pageInfo.endCursor })).edges), [
      artifactId(made[0]!),
    ]);
    assert.deepEqual(ids((await ask('RunInputArtifacts', where)).project.run.artifacts.edges), [artifactId(made[0]!)]);
    assert.equal((await ask('RunInputArtifacts', where, 'ann')).project.run.artifacts.edges.length, 2);
    const usedBy = async (user: string) =>
      namesOf((await ask('ArtifactUsedBy', { id: artifactId(made[0]!) }, user)).artifact.usedBy.edges);
    assert.deepEqual(await usedBy('bob'), ['run1']);
    assert.deepEqual(await usedBy('ann'), ['run1', 'run2']);
    const { artifact } = await ask('ArtifactCreatedBy', { id: artifactId(made[0]!) });
    assert.deepEqual([artifact.createdBy.__typename, artifact.createdBy.name], ['Run', 'run1']);
    assert.equal(
      (await ask('ArtifactCreatedBy', { id: artifactId(secret) }, 'ann')).artifact.createdBy.__typename,
      'User',
    );
  });
});

describe('documents of old clients', () => {
  test('are answered alike', async () => {
    const { name: project, place } = await freshProject();
    const data = await seedCollection(here.ground, place, { name: 'data', tags: ['t'] });
    const version = await seedVersion(here.ground, place, data, { aliases: ['best'], files: [{ path: 'a' }] });
    const byName = await ask('ArtifactByName', { entity: 'vision', project, name: 'data:best', enableTracking: true });
    assert.equal(byName.project.artifact.id, artifactId(version));
    const check = await ask('ArtifactType', { entity: 'vision', project, name: 'data:latest' });
    assert.equal(check.project.artifact.artifactType.name, 'dataset');
    assert.equal((await ask('ArtifactType', { entity: 'vision', project, name: 'none' })).project.artifact, null);
    const files = await ask('GetArtifactFiles', { entity: 'vision', project, type: 'dataset', name: 'data:v0' });
    assert.deepEqual(namesOf(files.project.artifactType.artifact.files.edges), ['a']);
    const names = { entityName: 'vision', projectName: project, artifactTypeName: 'dataset' };
    const collection = await ask('ProjectArtifactCollection of 0.19', { ...names, artifactCollectionName: 'data' });
    assert.equal(collection.project.artifactType.artifactSequence.__typename, 'ArtifactSequence');
    assert.equal(collection.project.artifactType.artifactCollection.aliases.edges.length, 2);
    const versions = await ask('ProjectArtifacts of 0.19', {
      entity: 'vision',
      project,
      type: 'dataset',
      collection: 'data',
    });
    assert.equal(versions.project.artifactType.artifactCollection.artifacts.edges[0].version, 'v0');
    const collections = await ask('ProjectArtifactCollections of 0.19', names);
    assert.equal(collections.project.artifactType.artifactCollections.totalCount, 1);
    const ofType = await ask('ArtifactOfType', names);
    assert.equal(
      ofType.project.artifactType.artifactCollections.edges[0].node.artifacts.edges[0].node.state,
      'COMMITTED',
    );
    const digests = await ask('FetchArtifactDigestAlgorithm', { ...names, artifactCollectionName: 'data' });
    assert.equal(digests.project.artifactType.artifactCollection.digestAlgorithm, 'MANIFEST_MD5');
    for (const document of ['ArtifactManifest', 'ArtifactFileURLs'])
      assert.ok((await ask(document, { id: artifactId(version), artifact_id: artifactId(version) })).artifact);
    assert.equal(
      (await ask('ProjectArtifactType', { entity: 'vision', project, type: 'none' })).project.artifactType,
      null,
    );
  });
});
