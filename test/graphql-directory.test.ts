import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { type InProcess, openInProcess } from './support/in-process.ts';

let here: InProcess;

before(async () => {
  here = await openInProcess();
  for (const name of ['ann', 'bob', 'vic', 'eve']) await here.user(name, { email: `${name}@example.com` });
  await here.organization('acme', { ann: 'admin' });
  await here.team('acme', 'vision', { ann: 'admin', bob: 'member', vic: 'viewer' });
});

const USER =
  'id name username email admin flags entity deletedAt apiKeys{edges{node{id name description}}} teams{edges{node{name}}}';

describe('the viewer', () => {
  test('is told its default entity, flags as a JSON text, and its teams with the personal entity', async () => {
    const { data } = await here.as(
      'bob',
      '{ viewer { id entity username email flags teams { edges { node { name } } } } }',
    );
    assert.match(atob(data.viewer.id), /^User:\d+$/);
    assert.deepEqual(
      { ...data.viewer, id: '' },
      {
        id: '',
        entity: 'bob',
        username: 'bob',
        email: 'bob@example.com',
        flags: '{}',
        teams: { edges: [{ node: { name: 'bob' } }, { node: { name: 'vision' } }] },
      },
    );
  });

  test('sees masked names of its keys; the key itself only when it is made', async () => {
    const made = await here.as(
      'bob',
      'mutation G($d: String) { result: generateApiKey(input: {description: $d}) { apiKey { id name description } } }',
      { d: 'laptop' },
    );
    const { id, name } = made.data.result.apiKey;
    assert.match(name, /^[a-z0-9]{40}$/);
    const listed = await here.as('bob', `{ viewer { ${USER} } }`);
    const names = listed.data.viewer.apiKeys.edges.map(({ node }: { node: { name: string } }) => node.name);
    assert.ok(names.every((shown: string) => shown.length === 5 && shown.startsWith('…')));
    const gone = await here.as('bob', 'mutation D($id: String!) { deleteApiKey(input: {id: $id}) { success } }', {
      id,
    });
    assert.equal(gone.data.deleteApiKey.success, true);
    const again = await here.as('bob', 'mutation D($id: String!) { deleteApiKey(input: {id: $id}) { success } }', {
      id,
    });
    assert.equal(again.status, 404);
  });

  test('chooses another default entity, but none that is hidden from it', async () => {
    const choose = 'mutation U($entity: String) { updateUser(input: {defaultEntity: $entity}) { user { id entity } } }';
    assert.equal((await here.as('vic', choose, { entity: 'bob' })).status, 404);
    await here.as('vic', choose, { entity: 'vision' });
    assert.equal((await here.as('vic', '{ viewer { id entity } }')).data.viewer.entity, 'vision');
    await here.as('vic', choose, { entity: 'vic' });
  });

  test('finds users by username or email, their emails and keys only if they are its own', async () => {
    const search = `query S($query: String) { users(query: $query) { edges { node { ${USER} } } } }`;
    const own = await here.as('ann', search, { query: 'ann@example.com' });
    assert.equal(own.data.users.edges[0].node.email, 'ann@example.com');
    const other = await here.as('ann', search, { query: 'bob' });
    assert.deepEqual(
      { ...other.data.users.edges[0].node, id: '' },
      {
        id: '',
        name: 'bob',
        username: 'bob',
        email: null,
        admin: false,
        flags: '{}',
        entity: 'bob',
        deletedAt: null,
        apiKeys: null,
        teams: { edges: [{ node: { name: 'vision' } }] },
      },
    );
    assert.deepEqual((await here.as('ann', search, { query: 'nobody' })).data.users.edges, []);
  });
});

describe('entities and organizations', () => {
  const TEAM = `query T($name: String!) { entity(name: $name) {
    id name available photoUrl readOnly readOnlyAdmin isTeam entityType privateOnly storageBytes codeSavingEnabled
    defaultAccess isPaid members { id admin pending email username name photoUrl accountType apiKey } } }`;

  test('a team tells its type, its members in order and whether it can be written', async () => {
    const { data } = await here.as('vic', TEAM, { name: 'vision' });
    assert.equal(data.entity.entityType, 'team');
    assert.equal(data.entity.readOnly, true);
    assert.deepEqual(
      data.entity.members.map((member: { username: string; admin: boolean }) => [member.username, member.admin]),
      [
        ['admin', true],
        ['ann', true],
        ['bob', false],
        ['vic', false],
      ],
    );
    assert.equal((await here.as('bob', TEAM, { name: 'vision' })).data.entity.readOnly, false);
  });

  test('a team is null for strangers, like one that does not exist', async () => {
    assert.equal((await here.as('eve', TEAM, { name: 'vision' })).data.entity, null);
    assert.equal((await here.as('eve', TEAM, { name: 'nothing' })).data.entity, null);
  });

  test('a team names its organization; a personal entity names those of its user', async () => {
    const query =
      'query O($entity: String!) { entity(name: $entity) { organization { name orgEntity { name } } user { organizations { name orgEntity { name } } } } }';
    const acme = { name: 'acme', orgEntity: { name: 'acme' } };
    assert.deepEqual((await here.as('bob', query, { entity: 'vision' })).data.entity, {
      organization: acme,
      user: null,
    });
    assert.deepEqual((await here.as('bob', query, { entity: 'bob' })).data.entity, {
      organization: null,
      user: { organizations: [acme] },
    });
  });

  test('an organization has an entity of type organization, and its feature flags', async () => {
    const query =
      'query F($org: String!) { organization(name: $org) { id name orgEntity { __typename id name entityType } featureFlags(rampIDType: OrgName) { rampKey isEnabled } } }';
    const { data } = await here.as('bob', query, { org: 'acme' });
    assert.equal(data.organization.orgEntity.entityType, 'organization');
    assert.deepEqual(data.organization.featureFlags, [{ rampKey: 'automation_entity_scope', isEnabled: true }]);
    assert.equal((await here.as('eve', query, { org: 'acme' })).data.organization, null);
    assert.equal((await here.as('bob', query, { org: 'vision' })).data.organization, null);
  });

  test('teams are made, joined and left', async () => {
    const make =
      'mutation T($teamName: String!, $admin: String) { result: createTeam(input: {teamName: $teamName, teamAdminUserName: $admin}) { entity { id name available photoUrl limits } } }';
    assert.equal((await here.as('bob', make, { teamName: 'speech' })).status, 403);
    assert.equal((await here.as('ann', make, { teamName: 'speech' })).data.result.entity.name, 'speech');
    assert.equal((await here.as('ann', make, { teamName: 'speech' })).status, 409);
    assert.equal((await here.as('ann', make, { teamName: 'sound', admin: 'bob' })).status, 200);
    const sound = (await here.as('bob', TEAM, { name: 'sound' })).data.entity.members;
    assert.deepEqual(
      sound.map((member: { username: string; admin: boolean }) => [member.username, member.admin]),
      [
        ['ann', true],
        ['bob', true],
      ],
    );
    const invite =
      'mutation I($entity: String!, $email: String, $username: String, $admin: Boolean) { result: createInvite(input: {entityName: $entity, email: $email, username: $username, admin: $admin}) { invite { id name email createdAt toUser { name } } } }';
    const invited = await here.as('ann', invite, { entity: 'speech', email: 'eve@example.com', admin: false });
    assert.equal(invited.data.result.invite.toUser.name, 'eve');
    const { data } = await here.as('eve', TEAM, { name: 'speech' });
    const [ann, eve] = data.entity.members;
    assert.deepEqual([ann.username, ann.admin], ['ann', true], 'who makes a team is its admin');
    const remove =
      'mutation D($id: String, $entity: String) { result: deleteInvite(input: {id: $id, entityName: $entity}) { success } }';
    assert.equal((await here.as('ann', remove, { id: eve.id, entity: 'speech' })).data.result.success, true);
    assert.equal((await here.as('eve', TEAM, { name: 'speech' })).data.entity, null);
    assert.equal((await here.as('ann', invite, { entity: 'speech', username: 'nobody' })).status, 404);
  });

  test('an instance admin makes a user from an email; others may not', async () => {
    const make =
      'mutation C($email: String!, $admin: Boolean) { result: createUser(input: {email: $email, admin: $admin}) { user { id name username email admin } } }';
    const made = await here.as('admin', make, { email: 'new.one+x@example.com', admin: false });
    assert.equal(made.data.result.user.username, 'new.one-x');
    assert.equal((await here.as('ann', make, { email: 'other@example.com' })).status, 403);
  });
});

describe('projects', () => {
  const CREATE =
    'mutation C($input: UpsertModelInput!) { result: upsertModel(input: $input) { project { id name entityName description access views } model { id name } inserted } }';
  const PROJECT = `query P($name: String!, $entity: String!) { project(name: $name, entityName: $entity) { __typename id internalId name entityName createdAt isBenchmark readOnly totalSweeps user { ${USER} } } }`;

  test('a project is made once and then answered as it is', async () => {
    const input = { name: 'cats', entityName: 'vision' };
    const made = await here.as('bob', CREATE, { input });
    assert.equal(made.data.result.inserted, true);
    assert.equal(made.data.result.project.access, 'PRIVATE');
    const again = await here.as('bob', CREATE, { input });
    assert.equal(again.data.result.inserted, false);
    assert.equal(again.data.result.project.id, made.data.result.project.id);
    assert.equal((await here.as('vic', CREATE, { input: { name: 'dogs', entityName: 'vision' } })).status, 403);
  });

  test('a project is read by name, and is null for strangers', async () => {
    const { data } = await here.as('vic', PROJECT, { name: 'cats', entity: 'vision' });
    assert.match(atob(data.project.internalId), /^ProjectInternalId:\d+$/);
    assert.equal(data.project.readOnly, true);
    assert.equal(data.project.user.name, 'bob');
    assert.equal((await here.as('eve', PROJECT, { name: 'cats', entity: 'vision' })).data.project, null);
  });

  test('lists page by stable cursors, newest first', async () => {
    for (const name of ['one', 'two', 'three']) await here.as('eve', CREATE, { input: { name } });
    const list =
      'query L($entity: String, $cursor: String, $perPage: Int = 50) { models(entityName: $entity, after: $cursor, first: $perPage) { pageInfo { endCursor hasNextPage } edges { cursor node { name } } } }';
    const names: string[] = [];
    let cursor: string | null = null;
    for (let more = true; more; ) {
      const {
        data,
      }: {
        data: {
          models: { pageInfo: { endCursor: string; hasNextPage: boolean }; edges: { node: { name: string } }[] };
        };
      } = await here.as('eve', list, { entity: 'eve', cursor, perPage: 1 });
      names.push(...data.models.edges.map(({ node }) => node.name));
      cursor = data.models.pageInfo.endCursor;
      more = data.models.pageInfo.hasNextPage;
    }
    assert.deepEqual(names, ['three', 'two', 'one']);
    assert.equal((await here.as('eve', list, { entity: 'eve', cursor: 'bogus' })).status, 400);
    assert.deepEqual((await here.as('eve', list, { entity: 'vision' })).data.models.edges, []);
  });

  test('the viewer lists the projects of all entities where it has a role, not the restricted ones of others', async () => {
    await here.as('ann', CREATE, { input: { name: 'closed', entityName: 'vision', access: 'RESTRICTED' } });
    const list = '{ viewer { projects(first: 50) { pageInfo { endCursor hasNextPage } edges { node { name } } } } }';
    const names = async (username: string) =>
      (await here.as(username, list)).data.viewer.projects.edges.map(
        ({ node }: { node: { name: string } }) => node.name,
      );
    assert.deepEqual(await names('bob'), ['cats']);
    assert.deepEqual(await names('ann'), ['closed', 'cats']);
    assert.deepEqual(await names('eve'), ['three', 'two', 'one']);
  });

  test('a project is deleted by an admin of its team, by its id', async () => {
    const { data } = await here.as('ann', PROJECT, { name: 'closed', entity: 'vision' });
    const remove = 'mutation D($id: String!) { deleteModel(input: {id: $id}) { success } }';
    assert.equal((await here.as('bob', remove, { id: data.project.id })).status, 404);
    assert.equal((await here.as('ann', remove, { id: data.project.id })).data.deleteModel.success, true);
    assert.equal((await here.as('ann', PROJECT, { name: 'closed', entity: 'vision' })).data.project, null);
  });
});

describe('the artifacts of a project', () => {
  test('are none, told as null and not as a refusal, so that a client that logs a table goes on', async () => {
    await here.as('bob', 'mutation { upsertModel(input: {entityName: "vision", name: "tables"}) { model { id } } }');
    const { status, data } = await here.as(
      'bob',
      'query ArtifactType($entity: String, $project: String, $name: String!) { project(name: $project, entityName: $entity) { artifact(name: $name) { artifactType { name } } } }',
      { entity: 'vision', project: 'tables', name: 'run-x-t:latest' },
    );
    assert.equal(status, 200);
    assert.deepEqual(data, { project: { artifact: null } });
  });
});
