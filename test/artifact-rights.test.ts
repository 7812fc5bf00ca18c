import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { parseLargeNodeId } from '../src/model/wire-id.ts';
import { artifactUploads, type Digested, digestFor, digestOfEntries, md5, pathOf } from './support/artifact-uploads.ts';
import { UPSERT_REGISTRY } from './support/client-registry-documents.ts';
import { type Answered, type InProcess, keyOf, openInProcess } from './support/in-process.ts';

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
async function logReferences(
  name: string,
  contents: Readonly<Record<string, Digested>>,
  more: object = {},
  manifest: object = {},
) {
  const digest = digestOfEntries(Object.entries(contents));
  const created = await ann.create(name, digest, { enableDigestDeduplication: false, ...more });
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

/** Every way to change a version or its collection, and to learn of it. */
async function attempts(
  username: string,
  ids: { artifact: string; sequence: string; portfolio: string },
  place: object,
) {
  const { artifact, sequence, portfolio } = ids;
  const named = { ...place, artifactCollectionName: 'shared' };
  const alias = { artifactID: artifact, aliases: [{ ...named, alias: 'mine' }] };
  const tags = { ...named, tags: [{ tagName: 'mine' }] };
  const asked: [string, object][] = [
    ['UpdateArtifactInput', { artifactID: artifact, description: 'mine' }],
    ['DeleteArtifactInput', { artifactID: artifact, deleteAliases: true }],
    ['AddAliasesInput', alias],
    ['DeleteAliasesInput', { ...alias, aliases: [{ ...named, alias: 'latest' }] }],
    ['UpdateArtifactSequenceInput', { artifactSequenceID: sequence, name: 'mine' }],
    ['UpdateArtifactPortfolioInput', { artifactPortfolioID: portfolio, name: 'mine' }],
    ['MoveArtifactSequenceInput', { artifactSequenceID: sequence, destinationArtifactTypeName: 'mine' }],
    ['DeleteArtifactSequenceInput', { artifactSequenceID: sequence }],
    ['DeleteArtifactPortfolioInput', { artifactPortfolioID: portfolio }],
    ['CreateArtifactCollectionTagAssignmentsInput', tags],
    ['DeleteArtifactCollectionTagAssignmentsInput', tags],
    ['LinkArtifactInput', { artifactID: artifact, artifactPortfolioID: portfolio }],
    ['LinkArtifactInput', { artifactID: artifact, ...place, artifactPortfolioName: 'new' }],
    ['UnlinkArtifactInput', { artifactID: artifact, artifactPortfolioID: portfolio }],
    ['CommitArtifactInput', { artifactID: artifact }],
    ['CreateArtifactManifestInput', { artifactID: artifact, name: 'm', digest: md5('x'), runName: '', ...place }],
    ['CreateArtifactFilesInput', { artifactFiles: [{ artifactID: artifact, name: 'x', md5: md5('x') }] }],
    [
      'CreateArtifactInput',
      {
        ...place,
        artifactTypeName: 'dataset',
        artifactCollectionName: 'shared',
        digest: 'aa',
        digestAlgorithm: 'MANIFEST_MD5',
      },
    ],
  ];
  const answers: { name: string; answer: Answered }[] = [];
  for (const [type, input] of asked) {
    const name = type.charAt(0).toLowerCase() + type.slice(1, -'Input'.length);
    const document = `mutation M($input: ${type}!) { ${name}(input: $input) { __typename } }`;
    answers.push({ name, answer: await here.as(username, document, { input }) });
  }
  return answers;
}

const NODES = `query N($artifact: ID!, $sequence: ID!, $portfolio: ID!, $entityName: String!, $projectName: String!) {
  artifact(id: $artifact) { id } sequence: artifactCollection(id: $sequence) { id }
  portfolio: artifactCollection(id: $portfolio) { id }
  project(name: $projectName, entityName: $entityName) { artifact(name: "shared") { id } artifactTypes { edges { node { name } } } }
}`;

async function stored(): Promise<string> {
  const tables = [
    'artifact',
    'collection',
    'membership',
    'alias',
    'version_tag',
    'collection_tag',
    'artifact_manifest',
    'project',
  ];
  const rows = await Promise.all(
    tables.map((table) =>
      here.ground.database.query<{ text: string }>(`select t::text as text from ${table} t order by 1`),
    ),
  );
  return JSON.stringify(rows);
}

describe('changing versions and collections of a place', () => {
  const ids: Record<string, { artifact: string; sequence: string; portfolio: string }> = {};
  before(async () => {
    for (const projectName of ['p', 'secret', 'shown']) {
      const found = await here.as(
        'ann',
        'query A($p: String!) { project(name: $p, entityName: "vision") { artifact(name: "shared") { id } } }',
        { p: projectName },
      );
      const artifact =
        found.data.project.artifact?.id ??
        (await logReferences('shared', { a: { digest: 'd', size: 1, ref: 's3://b/a' } }, { projectName })).id;
      const made = await link('ann', artifact, projectName, { artifactPortfolioName: 'gallery' });
      assert.equal(made.message, '');
      const sequence = await here.as('ann', 'query S($id: ID!) { artifact(id: $id) { artifactSequence { id } } }', {
        id: artifact,
      });
      ids[projectName] = {
        artifact,
        sequence: sequence.data.artifact.artifactSequence.id,
        portfolio: made.data.linkArtifact.artifactMembership.artifactCollection.id,
      };
    }
  });

  for (const [who, username, projectName, status] of [
    ['a stranger of another organization', 'sam', 'p', 404],
    ['a member of another team', 'eve', 'p', 404],
    ['a member of the team, in a restricted project,', 'bob', 'secret', 404],
    ['a viewer of the team', 'vic', 'p', 403],
    ['a stranger, in a project that all may read,', 'sam', 'shown', 403],
  ] as const) {
    test(`${who} can change nothing${status === 404 ? ', nor learn that it is there' : ''}`, async () => {
      const place = { entityName: 'vision', projectName };
      const earlier = await stored();
      for (const { name, answer } of await attempts(username, ids[projectName]!, place)) {
        const seenByLink = username === 'bob' && answer.status === 403;
        if (!seenByLink) assert.equal(answer.status, status, `${name}: ${answer.message}`);
        assert.doesNotMatch(answer.message, /s3:|gallery|dataset/, name);
      }
      assert.equal(await stored(), earlier);
      const { data, message } = await here.as(username, NODES, { ...ids[projectName], ...place });
      if (status === 403) return;
      assert.equal(message, '');
      assert.deepEqual([data.sequence, data.portfolio, data.project], [null, null, null]);
    });
  }

  test('whoever has left is a stranger', async () => {
    const { id } = await logReferences(
      'heard',
      { a: { digest: 'd', size: 1, ref: 's3://b/a' } },
      { entityName: 'sound', projectName: 'q' },
    );
    const ask = () => here.as('mia', 'query A($id: ID!) { artifact(id: $id) { id } }', { id });
    assert.equal((await ask()).data.artifact.id, id);
    assert.equal((await here.rest('ann', 'DELETE', '/organizations/acme/members/mia')).status, 204);
    assert.equal((await ask()).data.artifact, null);
  });
});

describe('bytes of files', () => {
  const known = 'the weights of the others';

  test('come to nobody by their digest alone', async () => {
    const owner = await ann.log('weights', { 'w.bin': known }, { projectName: 'secret' });
    const bob = artifactUploads(here, 'bob');
    const created = await bob.create('weights', digestFor({ 'w.bin': known }));
    const { id } = created.data.createArtifact.artifact;
    const [place] = await bob.files(id, { 'w.bin': known });
    assert.ok(place?.uploadUrl, 'bytes of another project must be sent again');
    for (const birth of [owner, id]) {
      await bob.putManifest(id, { 'w.bin': known }, [{ uploadUrl: null, artifact: { id: birth } }]);
      const { status, message } = await bob.commit(id);
      assert.equal(status, 400);
      assert.match(message, /'w.bin' has not arrived/);
      await here.ground.database.execute(
        'delete from artifact_manifest where artifact_id = (select max(artifact_id) from artifact)',
      );
    }
    const hex = Buffer.from(md5(known), 'base64').toString('hex');
    for (const [username, url] of [
      ['bob', `/artifacts/vision/${hex}`],
      ['bob', `/artifactsV2/local/vision/secret/weights/${owner}/${hex}/w.bin`],
      ['bob', `/artifactsV2/local/vision/p/weights/${owner}/${hex}/w.bin`],
      ['sam', `/artifactsV2/local/vision/${Buffer.from(owner).toString('hex')}/${hex}/w.bin`],
    ] as const) {
      const authorization = `Basic ${btoa(`api:${keyOf(username)}`)}`;
      const answer = await here.app.inject({ method: 'GET', url, headers: { authorization } });
      assert.equal(answer.statusCode, 404, url);
      assert.doesNotMatch(answer.body, /weights of/);
    }
  });

  test('are not handed to a version that knows others by the same digest of another algorithm', async () => {
    const digest = 'AAAAAAAAAAAAAAAAAAAAAA==';
    const of = (digestAlgorithm: string) =>
      artifactUploads(here, 'ann', () => digest).create('mixed', 'aa', { digestAlgorithm });
    const quick = (await of('MANIFEST_XXH128')).data.createArtifact.artifact;
    const same = artifactUploads(here, 'ann', () => digest);
    await same.files(quick.id, { f: 'theirs' });
    // as if these bytes had it
    await here.ground.database.execute(
      `update artifact_blob set blob = 'elsewhere', size = 6 where birth_artifact_id = $1::bigint`,
      [parseLargeNodeId('Artifact', quick.id)!.id],
    );
    const [again] = await same.files(quick.id, { f: 'theirs' });
    assert.equal(again?.uploadUrl, null);
    const other = (await of('MANIFEST_MD5')).data.createArtifact.artifact;
    const [wanted] = await same.files(other.id, { f: 'ours' });
    assert.ok(wanted?.uploadUrl, 'the other bytes must be asked for');
  });

  test('cannot be reached with an address that was signed for something else', async () => {
    const id = await ann.log('signed', { 'a.html': '<script>alert(1)</script>', b: 'b' });
    const { data } = await here.as(
      'ann',
      'query F($id: ID!) { artifact(id: $id) { files { edges { node { name directUrl } } } currentManifest { file { directUrl } } } }',
      { id },
    );
    const [a, b] = data.artifact.files.edges.map(({ node }: { node: { directUrl: string } }) => pathOf(node.directUrl));
    const manifest = pathOf(data.artifact.currentManifest.file.directUrl);
    const get = (url: string, method: 'GET' | 'PUT' | 'POST' | 'DELETE' = 'GET') =>
      here.app.inject({ method, url, payload: method === 'GET' ? '' : 'x' });
    const swap = (one: string, other: string) => `${one.split('?')[0]}?${other.split('?')[1]}`;
    const forged = [
      swap(a, b),
      swap(b, a),
      swap(a, manifest),
      swap(manifest, a),
      a.replace(/expires=\d/, 'expires=9'),
      `${a}&x=1`,
      a.split('?')[0]!,
      a.slice(0, -1),
      a.replace('/storage/', '/storage//'),
    ];
    for (const url of forged) assert.ok([403, 404].includes((await get(url)).statusCode), url);
    for (const method of ['PUT', 'POST', 'DELETE'] as const)
      assert.ok([403, 404].includes((await get(a, method)).statusCode));
    const shown = await get(a);
    assert.equal(shown.statusCode, 200);
    assert.match(String(shown.headers['content-disposition']), /^attachment/);
    assert.match(String(shown.headers['content-security-policy']), /^sandbox/);
    assert.equal(shown.headers['x-content-type-options'], 'nosniff');
  });
});

describe('registries', () => {
  test('hold links only: a version logged there would pass by their types and protected aliases', async () => {
    const answer = await ann.create('direct', digestFor({}), {
      entityName: 'acme',
      projectName: 'wandb-registry-models',
    });
    assert.equal(answer.status, 400);
    assert.match(answer.message, /holds links only/);
  });

  test('keep a protected alias against every way of a member, and a member can read no restricted one', async () => {
    const put = (path: string, role: string) =>
      here.rest('ann', 'PUT', `/organizations/acme/registries/models${path}`, { role });
    assert.equal((await put('/members/bob', 'member')).status, 204);
    assert.equal(
      (await here.rest('ann', 'PATCH', '/organizations/acme/registries/models', { protectedAliases: ['production'] }))
        .status,
      200,
    );
    const first = (await logReferences('kept', { a: { digest: 'd', size: 1, ref: 's3://b/a' } })).id;
    const second = (await logReferences('kept', { a: { digest: 'e', size: 1, ref: 's3://b/a' } })).id;
    const target = { entityName: 'acme', artifactPortfolioName: 'best' };
    const production = { ...target, aliases: [{ artifactCollectionName: 'best', alias: 'production' }] };
    const made = await link('ann', first, 'wandb-registry-models', production);
    assert.equal(made.message, '');
    assert.equal((await link('bob', second, 'wandb-registry-models', target)).message, '');
    const portfolio = made.data.linkArtifact.artifactMembership.artifactCollection.id;
    const sequence = (
      await here.as('ann', 'query S($id: ID!) { artifact(id: $id) { artifactSequence { id } } }', { id: first })
    ).data.artifact.artifactSequence.id;
    const named = {
      entityName: 'acme',
      projectName: 'wandb-registry-models',
      artifactCollectionName: 'best',
      alias: 'production',
    };
    const earlier = await stored();
    const ways: [string, string, object][] = [
      ['linkArtifact', 'LinkArtifactInput', { artifactID: second, projectName: named.projectName, ...production }],
      ['addAliases', 'AddAliasesInput', { artifactID: second, aliases: [named] }],
      ['deleteAliases', 'DeleteAliasesInput', { artifactID: first, aliases: [named] }],
      ['unlinkArtifact', 'UnlinkArtifactInput', { artifactID: first, artifactPortfolioID: portfolio }],
      ['deleteArtifact', 'DeleteArtifactInput', { artifactID: first, deleteAliases: true }],
      ['deleteArtifactPortfolio', 'DeleteArtifactPortfolioInput', { artifactPortfolioID: portfolio }],
      ['deleteArtifactSequence', 'DeleteArtifactSequenceInput', { artifactSequenceID: sequence }],
    ];
    for (const [name, type, input] of ways) {
      const answer = await here.as('bob', `mutation M($input: ${type}!) { ${name}(input: $input) { __typename } }`, {
        input,
      });
      assert.equal(answer.status, 403, `${name}: ${answer.message}`);
    }
    assert.equal(await stored(), earlier);
    assert.equal((await here.rest('bob', 'GET', '/organizations/acme/registries/vault')).status, 404);
  });

  test('tell nobody of the teams of other organizations', async () => {
    const add = (id: string) =>
      here.as(
        'ann',
        'mutation M($input: UpdateProjectTeamMemberInput!) { updateProjectTeamMember(input: $input) { success } }',
        { input: { projectId: registry, teamId: id, teamProjectRole: 'viewer' } },
      );
    const found = await here.as('ann', '{ project(name: "wandb-registry-models", entityName: "acme") { id } }');
    const registry = found.data.project.id;
    const spies = await here.as('sam', '{ entity(name: "spies") { id } }');
    const [known, unknown] = [await add(spies.data.entity.id), await add(btoa('Entity:999999'))];
    assert.equal(known.status, 404);
    assert.deepEqual(known, unknown);
    for (const method of ['PUT', 'DELETE'] as const) {
      const path = (team: string) => `/organizations/acme/registries/models/teams/${team}`;
      const answers = [
        await here.rest('bob', method, path('spies'), { role: 'viewer' }),
        await here.rest('bob', method, path('nobodies'), { role: 'viewer' }),
      ];
      assert.deepEqual(
        answers.map(({ status }) => status),
        [404, 404],
      );
    }
  });
});

test('only its owner brings a version of a personal entity into an organization', async () => {
  await here.as('mia', PROJECT, { input: { name: 'open', entityName: 'mia', access: 'USER_READ' } });
  const mia = artifactUploads(here, 'mia');
  const id = await mia.log('mine', { a: 'a' }, { entityName: 'mia', projectName: 'open' });
  assert.equal((await here.as('sam', 'query A($id: ID!) { artifact(id: $id) { id } }', { id })).data.artifact.id, id);
  const answer = await link('sam', id, 'theirs', { entityName: 'spies' });
  assert.equal(answer.status, 403, answer.message);
  assert.match(answer.message, /different organizations/);
});

test('a provisional id means the version of its own client, also when others made the same one up', async () => {
  const clientID = crypto.randomUUID();
  const sides = [
    { who: 'sam', entityName: 'spies', projectName: 'theirs' },
    { who: 'bob', entityName: 'vision', projectName: 'p' },
  ];
  const logged: string[] = [];
  for (const { who, ...place } of sides) {
    logged.push(await artifactUploads(here, who).log('clash', { a: `of ${who}` }, { clientID, ...place }));
  }
  for (const [index, { who, ...place }] of sides.entries()) {
    const answer = await here.as(who, LINK, { input: { clientID, ...place, artifactPortfolioName: 'clashes' } });
    assert.equal(answer.message, '');
    assert.equal(answer.data.linkArtifact.artifactMembership.artifact.id, logged[index]);
  }
});
