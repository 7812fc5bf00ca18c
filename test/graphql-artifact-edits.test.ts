import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { findProject } from '../src/directory/find-project.ts';
import { largeNodeId } from '../src/model/wire-id.ts';
import type { ArtifactKey } from '../src/store/artifacts.ts';
import { type Collection, collectionByName } from '../src/store/collections.ts';
import { type Answered, type InProcess, openInProcess } from './support/in-process.ts';
import type { SeedPlace } from './support/seeded-runs.ts';
import { seedSequence, seedVersion } from './support/seeded-versions.ts';

let here: InProcess;
let place: SeedPlace;

before(async () => {
  here = await openInProcess();
  for (const name of ['ann', 'vic']) await here.user(name);
  await here.organization('acme', { ann: 'admin' });
  await here.team('acme', 'vision', { ann: 'admin', vic: 'viewer' });
  const make = 'mutation C($input: UpsertModelInput!) { upsertModel(input: $input) { inserted } }';
  await here.as('ann', make, { input: { name: 'p', entityName: 'vision' } });
  const viewer = await here.viewer('ann');
  const project = (await findProject(here.ground, viewer, 'vision', 'p'))!;
  place = { tenantId: project.tenantId, projectId: project.id, userId: viewer.userId };
});

const ADD = 'mutation AddAliases($input: AddAliasesInput!) { result: addAliases(input: $input) { success } }';
const REMOVE =
  'mutation DeleteAliases($input: DeleteAliasesInput!) { result: deleteAliases(input: $input) { success } }';
const UPDATE = `mutation UpdateArtifact($input: UpdateArtifactInput!) {
  result: updateArtifact(input: $input) { artifact { id } } }`;
const DELETE = `mutation DeleteArtifact($input: DeleteArtifactInput!) {
  result: deleteArtifact(input: $input) { artifact { id state } } }`;
const LINK = `mutation LinkArtifact($input: LinkArtifactInput!) {
  result: linkArtifact(input: $input) { versionIndex artifactMembership { versionIndex artifact { id } } } }`;
/** As wandb-core sends it. */
const CORE_LINK = `mutation LinkArtifact ($artifactPortfolioName: String!, $entityName: String!, $projectName: String!,
  $aliases: [ArtifactAliasInput!], $clientId: ID, $artifactId: ID) {
  linkArtifact(input: {artifactPortfolioName:$artifactPortfolioName,entityName:$entityName,projectName:$projectName,
    aliases:$aliases,artifactID:$artifactId,clientID:$clientId}) { versionIndex } }`;
const UNLINK =
  'mutation UnlinkArtifact($input: UnlinkArtifactInput!) { result: unlinkArtifact(input: $input) { success } }';
const COLLECTION = '{ artifactCollection { __typename id name description state } }';
const RENAME = `mutation U($input: UpdateArtifactSequenceInput!) { result: updateArtifactSequence(input: $input) ${COLLECTION} }`;
const RENAME_LINKS = `mutation U($input: UpdateArtifactPortfolioInput!) {
  result: updateArtifactPortfolio(input: $input) ${COLLECTION} }`;
const MOVE = `mutation M($input: MoveArtifactSequenceInput!) { result: moveArtifactSequence(input: $input) ${COLLECTION} }`;
const TAG = `mutation T($input: CreateArtifactCollectionTagAssignmentsInput!) {
  result: createArtifactCollectionTagAssignments(input: $input) { tags { __typename id name } } }`;
const UNTAG = `mutation T($input: DeleteArtifactCollectionTagAssignmentsInput!) {
  result: deleteArtifactCollectionTagAssignments(input: $input) { success } }`;
const DELETE_SEQUENCE = `mutation DeleteArtifactSequence($id: ID!) {
  result: deleteArtifactSequence(input: {artifactSequenceID: $id}) { artifactCollection { __typename state } } }`;
const DELETE_PORTFOLIO = `mutation DeleteArtifactPortfolio($id: ID!) {
  result: deleteArtifactPortfolio(input: {artifactPortfolioID: $id}) { artifactCollection { __typename state } } }`;

describe('editing artifacts over GraphQL', () => {
  test('a version gets aliases, text and tags, and is deleted only with its aliases', async () => {
    const { artifactID } = await version('edited');
    const aliases = [{ entityName: 'vision', projectName: 'p', artifactCollectionName: 'edited', alias: 'prod' }];
    assert.deepEqual(await result(ADD, { artifactID, aliases }), { success: true });
    const edit = { description: null, metadata: '{}', ttlDurationSeconds: -2, tagsToAdd: [{ tagName: 'a' }] };
    assert.deepEqual(await result(UPDATE, { artifactID, ...edit }), { artifact: { id: artifactID } });
    const refused = await here.as('ann', DELETE, { input: { artifactID, deleteAliases: false } });
    assert.deepEqual([refused.status, /prod in vision\/p\/edited/.test(refused.message)], [400, true]);
    assert.deepEqual(await result(REMOVE, { artifactID, aliases }), { success: true });
    assert.deepEqual(await result(DELETE, { artifactID }), { artifact: { id: artifactID, state: 'DELETED' } });
    assert.deepEqual(await result(DELETE, { artifactID }), { artifact: { id: artifactID, state: 'DELETED' } });
  });

  test('a version is linked in both ways that clients know, and unlinked', async () => {
    const { artifactID, key } = await version('source');
    const target = { entityName: 'vision', projectName: 'made-by-link', artifactPortfolioName: 'links' };
    const linked = await result(LINK, { artifactID, ...target, aliases: [] });
    assert.deepEqual(linked, {
      versionIndex: 0,
      artifactMembership: { versionIndex: 0, artifact: { id: artifactID } },
    });
    const clientId = `client-${key.artifactId}`;
    const again = await here.as('ann', CORE_LINK, { ...target, clientId, aliases: null, artifactId: null });
    assert.deepEqual(again.data, { linkArtifact: { versionIndex: 0 } });
    const project = (await findProject(here.ground, await here.viewer('ann'), 'vision', 'made-by-link'))!;
    const where = { tenantId: project.tenantId, projectId: project.id, name: 'links' };
    const portfolio = (await collectionByName(here.ground.database, where))!;
    const artifactPortfolioID = idOf(portfolio);
    const renamed = await result(RENAME_LINKS, { artifactPortfolioID, name: 'linked', description: 'all' });
    assert.deepEqual(renamed.artifactCollection, {
      ...{
        __typename: 'ArtifactPortfolio',
        id: artifactPortfolioID,
        name: 'linked',
        description: 'all',
        state: 'READY',
      },
    });
    const deleted = { artifactCollection: { __typename: 'ArtifactPortfolio', state: 'DELETED' } };
    // a client whose answer was lost asks once more
    for (const _time of ['first', 'second']) {
      assert.deepEqual(await result(UNLINK, { artifactID, artifactPortfolioID }), { success: true });
    }
    for (const _time of ['first', 'second']) {
      assert.deepEqual((await here.as('ann', DELETE_PORTFOLIO, { id: artifactPortfolioID })).data.result, deleted);
    }
  });

  test('an unknown registry is not made by a link', async () => {
    const { artifactID } = await version('homeless');
    const target = { entityName: 'acme', projectName: 'wandb-registry-none', artifactPortfolioName: 'links' };
    assert.equal((await here.as('ann', LINK, { input: { artifactID, ...target } })).status, 404);
  });

  test('a sequence is renamed, moved, tagged and deleted', async () => {
    const { sequence } = await version('before');
    const artifactSequenceID = idOf(sequence);
    const renamed = await result(RENAME, { artifactSequenceID, name: 'after', description: null });
    assert.equal(renamed.artifactCollection.name, 'after');
    await result(MOVE, { artifactSequenceID, destinationArtifactTypeName: 'weights' });
    const named = { entityName: 'vision', projectName: 'p', artifactCollectionName: 'after' };
    const tags = [{ tagName: 'good' }];
    const tagged = await result(TAG, { ...named, tags });
    assert.deepEqual([tagged.tags.length, tagged.tags[0].name], [1, 'good']);
    assert.deepEqual(await result(UNTAG, { ...named, tags }), { success: true });
    await version('taken');
    const conflict = await here.as('ann', RENAME, { input: { artifactSequenceID, name: 'taken' } });
    assert.equal(conflict.status, 409);
    const deleted = { artifactCollection: { __typename: 'ArtifactSequence', state: 'DELETED' } };
    for (const _time of ['first', 'second']) {
      assert.deepEqual((await here.as('ann', DELETE_SEQUENCE, { id: artifactSequenceID })).data.result, deleted);
    }
  });

  test('who may only look is refused, and strange ids are not found', async () => {
    const { artifactID, sequence } = await version('looked-at');
    const named = { entityName: 'vision', projectName: 'p', artifactCollectionName: 'looked-at' };
    const attempts: [document: string, input: object][] = [
      [ADD, { artifactID, aliases: [{ ...named, alias: 'prod' }] }],
      [REMOVE, { artifactID, aliases: [{ ...named, alias: 'latest' }] }],
      [UPDATE, { artifactID, description: 'x' }],
      [DELETE, { artifactID }],
      [LINK, { artifactID, entityName: 'vision', projectName: 'p', artifactPortfolioName: 'links' }],
      [RENAME, { artifactSequenceID: idOf(sequence), name: 'mine' }],
      [TAG, { ...named, tags: [{ tagName: 'good' }] }],
    ];
    for (const [document, input] of attempts) assert.equal((await here.as('vic', document, { input })).status, 403);
    for (const id of ['', 'x', artifactID, largeNodeId('ArtifactCollection', place.tenantId, '1')]) {
      assert.equal((await here.as('ann', DELETE_SEQUENCE, { id })).status, 404);
    }
    assert.equal((await here.as('ann', UPDATE, { input: { artifactID: 'x' } })).status, 404);
  });
});

/** A version of a new sequence. */
async function version(name: string): Promise<{ artifactID: string; key: ArtifactKey; sequence: Collection }> {
  const sequence = await seedSequence(here.ground, place, name);
  const key = await seedVersion(here.ground, sequence);
  return { artifactID: largeNodeId('Artifact', key.tenantId, key.artifactId), key, sequence };
}

const idOf = ({ tenantId, collectionId }: Collection) => largeNodeId('ArtifactCollection', tenantId, collectionId);

// biome-ignore lint/suspicious/noExplicitAny: tests read what they asked for
async function result(document: string, input: object): Promise<any> {
  const answer: Answered = await here.as('ann', document, { input });
  assert.deepEqual([answer.status, answer.message], [200, '']);
  return answer.data.result;
}
