import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { artifactUploads, md5 } from './support/artifact-uploads.ts';
import { UPSERT_REGISTRY } from './support/client-registry-documents.ts';
import { type Answered, type InProcess, openInProcess } from './support/in-process.ts';

const PROJECT = 'mutation C($input: UpsertModelInput!) { upsertModel(input: $input) { inserted } }';
const LINK = `mutation L($input: LinkArtifactInput!) { linkArtifact(input: $input) { versionIndex
  artifactMembership { id artifactCollection { id } artifact { id } } } }`;

let here: InProcess;
let ann: ReturnType<typeof artifactUploads>;

/** ann leads, bob works in the team, vic looks on, eve is of another team, mia was a member once, sam is a stranger. */
before(async () => {
  here = await openInProcess();
  for (const name of ['ann', 'bob', 'vic', 'eve', 'mia', 'sam']) await here.user(name);
  await here.organization('acme', { ann: 'admin', mia: 'member' });
  await here.team('acme', 'vision', { ann: 'admin', bob: 'member', vic: 'viewer' });
  await here.team('acme', 'sound', { eve: 'member', mia: 'member' });
  await here.organization('rival', { sam: 'admin' });
  await here.team('rival', 'spies', { sam: 'admin' });
  for (const [name, entityName, access] of [
    ['p', 'vision', 'PRIVATE'],
    ['secret', 'vision', 'RESTRICTED'],
    ['shown', 'vision', 'USER_READ'],
    ['q', 'sound', 'PRIVATE'],
  ]) {
    assert.equal((await here.as('ann', PROJECT, { input: { name, entityName, access } })).message, '');
  }
  assert.equal((await here.as('sam', PROJECT, { input: { name: 'theirs', entityName: 'spies' } })).message, '');
  for (const [name, access] of [
    ['wandb-registry-models', 'PRIVATE'],
    ['wandb-registry-vault', 'RESTRICTED'],
  ]) {
    assert.equal((await here.as('ann', UPSERT_REGISTRY, { input: { name, entityName: 'acme', access } })).message, '');
  }
  ann = artifactUploads(here);
});

const link = (username: string, artifactID: string, projectName: string, more: object = {}): Promise<Answered> =>
  here.as(username, LINK, {
    input: { artifactID, entityName: 'vision', projectName, artifactPortfolioName: 'links', aliases: [], ...more },
  });

/** Commits a version whose files are references only. */
async function logReferences(name: string, contents: object, more: object = {}, manifest: object = {}) {
  const created = await ann.create(name, 'aa', { digestAlgorithm: 'MANIFEST_XXH128', ...more });
  assert.equal(created.message, '');
  const { id } = created.data.createArtifact.artifact;
  const json = JSON.stringify({ version: 1, contents });
  const announced = await ann.manifest(id, md5(json), manifest);
  assert.equal(announced.message, '');
  assert.equal(
    (await ann.put(announced.data.createArtifactManifest.artifactManifest.file.uploadUrl, json)).statusCode,
    200,
  );
  return { id, committed: await ann.commit(id) };
}

describe('what a hidden project holds', () => {
  let linked: string;
  before(async () => {
    ({ id: linked } = await logReferences(
      'shared',
      { a: { digest: 'd', size: 1, ref: 's3://b/a' } },
      { projectName: 'secret' },
    ));
    await logReferences('plans', { plan: { digest: 'd', size: 1, ref: 's3://b/plan' } }, { projectName: 'secret' });
    const made = await link('ann', linked, 'p');
    assert.equal(made.message, '');
  });

  test('is not opened by the type of one of its versions that is linked elsewhere', async () => {
    const { data, message } = await here.as(
      'bob',
      `query A($id: ID!) { artifact(id: $id) { artifactType { name artifact(name: "plans:latest") { id }
        artifactCollection(name: "plans") { id } artifactCollections { totalCount edges { node { name } } } } } }`,
      { id: linked },
    );
    assert.equal(message, '');
    assert.deepEqual(data.artifact.artifactType, {
      ...{ name: 'dataset', artifact: null, artifactCollection: null },
      artifactCollections: { totalCount: 0, edges: [] },
    });
  });

  test('is not told by a version that claims to add to one of its versions', async () => {
    const { data } = await here.as(
      'ann',
      'query A { project(name: "secret", entityName: "vision") { artifact(name: "plans:latest") { id } } }',
    );
    const bob = artifactUploads(here, 'bob');
    const created = await bob.create('thief', 'aa', { digestAlgorithm: 'MANIFEST_XXH128' });
    const answer = await bob.manifest(created.data.createArtifact.artifact.id, md5('{"contents":{}}'), {
      manifestType: 'INCREMENTAL',
      baseArtifactID: data.project.artifact.id,
    });
    assert.equal(answer.status, 404);
    assert.doesNotMatch(answer.message, /plan/);
  });
});
