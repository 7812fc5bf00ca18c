import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { createAuthenticator } from '../src/directory/authenticate.ts';
import { onBehalfOf } from '../src/wire/wandb/graphql/on-behalf-of.ts';
import { type InProcess, openInProcess } from './support/in-process.ts';

const TEAM = `query T($name: String!) { entity(name: $name) { members {
  id admin pending email username name photoUrl accountType apiKey role } } }`;
const INVITE = `mutation I($entity: String!, $email: String, $username: String, $admin: Boolean) {
  result: createInvite(input: {entityName: $entity, email: $email, username: $username, admin: $admin}) {
    invite { id name email createdAt toUser { name } } } }`;
const SERVICE = `mutation S($entity: String!, $description: String!) {
  result: createServiceAccount(input: {description: $description, entityName: $entity}) { user { id } } }`;

interface Row {
  readonly username: string | null;
  readonly name: string;
  readonly email: string | null;
  readonly pending: boolean;
  readonly accountType: string;
  readonly apiKey: string | null;
}

let here: InProcess;
let made = 0;

before(async () => {
  here = await openInProcess();
  for (const name of ['ann', 'bob', 'vic', 'eve']) await here.user(name, { email: `${name}@example.com` });
  await here.organization('acme', { ann: 'admin' });
});

/** A fresh team: ann and the first admin are its admins, bob is a member, vic a viewer. */
async function freshTeam(): Promise<string> {
  made += 1;
  const name = `team-${made}`;
  await here.team('acme', name, { ann: 'admin', bob: 'member', vic: 'viewer' });
  return name;
}

async function rows(viewer: string, name: string): Promise<readonly Row[]> {
  return (await here.as(viewer, TEAM, { name })).data.entity.members;
}

/** Who a key belongs to, as the server answers it. */
async function whoHas(key: string) {
  return createAuthenticator(here.ground.database)(key);
}

describe('service accounts', () => {
  test('are made for an admin, whose key is the last member for ten minutes and nobody else sees it', async () => {
    const team = await freshTeam();
    assert.equal((await here.as('bob', SERVICE, { entity: team, description: 'ci' })).status, 403);
    assert.equal((await here.as('eve', SERVICE, { entity: team, description: 'ci' })).status, 404);
    assert.equal((await here.as('ann', SERVICE, { entity: 'acme', description: 'ci' })).status, 400);
    for (const description of ['first', 'second']) await here.as('ann', SERVICE, { entity: team, description });
    const last = (await rows('ann', team)).at(-1)!;
    assert.deepEqual([last.name, last.accountType, last.apiKey?.length], ['second', 'SERVICE', 40]);
    const account = await whoHas(last.apiKey!);
    assert.equal(account?.username, last.username);
    assert.equal(account?.defaultEntity, team);
    for (const other of ['admin', 'bob']) {
      assert.ok(
        (await rows(other, team)).every(({ apiKey }) => apiKey === null),
        other,
      );
    }
    const kept = await here.ground.database.query<{ sealed: Buffer }>('select sealed from fresh_key');
    assert.ok(kept.length > 0 && kept.every(({ sealed }) => !sealed.includes(last.apiKey!)));
    here.pass(10 * 60_000);
    assert.equal((await rows('ann', team)).at(-1)?.apiKey, null);
  });

  test('the account made last is the last, also when somebody joined meanwhile', async () => {
    const team = await freshTeam();
    await here.as('ann', SERVICE, { entity: team, description: 'ci' });
    await here.as('admin', INVITE, { entity: team, username: 'eve' });
    assert.equal((await rows('ann', team)).at(-1)?.name, 'ci');
  });

  test('are made, listed, given new keys and deleted over REST; a former key is refused at once', async () => {
    const team = await freshTeam();
    const path = `/entities/${team}/service-accounts`;
    const created = await here.rest('ann', 'POST', path, { description: 'nightly builds', role: 'admin' });
    assert.deepEqual(
      [created.status, created.body.username, created.body.role],
      [201, `${team}-nightly-builds`, 'admin'],
    );
    const again = await here.rest('ann', 'POST', path, { description: 'nightly builds' });
    assert.match(again.body.username, /-nightly-builds-[0-9a-f]{6}$/);
    const { username, key } = created.body;
    assert.equal((await whoHas(key))?.roles.size, 2, 'its team, and the organization as a member');
    const listed = await here.rest('ann', 'GET', path);
    assert.deepEqual(
      listed.body.items.map((item: { role: string }) => item.role),
      ['admin', 'member'],
    );
    assert.ok(!JSON.stringify(listed.body).includes(key));
    const rotated = await here.rest('ann', 'POST', `${path}/${username}/rotate-key`);
    assert.equal(await whoHas(key), undefined);
    assert.equal((await whoHas(rotated.body.key))?.username, username);
    assert.equal((await here.rest('bob', 'DELETE', `${path}/${username}`)).status, 403);
    assert.equal((await here.rest('ann', 'DELETE', `${path}/bob`)).status, 404);
    assert.equal((await here.rest('ann', 'DELETE', `${path}/${username}`)).status, 204);
    assert.equal(await whoHas(rotated.body.key), undefined);
    await here.rest('ann', 'DELETE', `/entities/${team}/members/${again.body.username}`);
    assert.equal(await whoHas(again.body.key), undefined, 'who leaves its team is deleted');
  });

  test('are members or admins of their team, and nothing anywhere else', async () => {
    const [team, other] = [await freshTeam(), await freshTeam()];
    const path = `/entities/${team}/service-accounts`;
    assert.equal((await here.rest('ann', 'POST', path, { description: 'ci', role: 'viewer' })).status, 400);
    const { username } = (await here.rest('ann', 'POST', path, { description: 'ci' })).body;
    const give = (entity: string, role: string) =>
      here.rest('ann', 'POST', `/entities/${entity}/members`, { username, role });
    assert.equal((await give(team, 'admin')).status, 201);
    assert.equal((await give(team, 'viewer')).status, 400);
    assert.equal((await give(other, 'member')).status, 409);
    assert.equal((await give('acme', 'admin')).status, 409);
    assert.equal((await here.as('ann', INVITE, { entity: other, username })).status, 409);
    const members = [{ username, role: 'member' }];
    assert.equal((await here.rest('ann', 'POST', '/organizations/acme/teams', { name: 'with', members })).status, 409);
    assert.equal((await here.rest('ann', 'DELETE', `/organizations/acme/members/${username}`)).status, 409);
    assert.equal((await here.rest('admin', 'DELETE', `/users/${username}`)).status, 409);
  });

  test('end with their organization', async () => {
    await here.organization('brief', { ann: 'admin' });
    await here.team('brief', 'short', { ann: 'admin' });
    const made = await here.rest('ann', 'POST', '/entities/short/service-accounts', { description: 'ci' });
    assert.notEqual(await whoHas(made.body.key), undefined);
    assert.equal((await here.rest('admin', 'DELETE', '/organizations/brief')).status, 204);
    assert.equal(await whoHas(made.body.key), undefined);
  });

  test('have their own rights, whoever they work for', async () => {
    const team = await freshTeam();
    const path = `/entities/${team}/service-accounts`;
    const { username, key } = (await here.rest('ann', 'POST', path, { description: 'ci' })).body;
    const account = await whoHas(key);
    const working = await onBehalfOf(here.ground, account!, { 'x-wandb-username': 'ann' });
    assert.deepEqual([working.username, working.onBehalfOf?.username], [username, 'ann']);
    assert.equal(working.roles, account?.roles);
    const bob = await here.viewer('bob');
    assert.equal(await onBehalfOf(here.ground, bob, { 'x-wandb-username': 'ann' }), bob);
    for (const name of ['', 'eve', username]) {
      const nobody = await onBehalfOf(here.ground, account!, { 'x-wandb-username': name });
      assert.equal(nobody.onBehalfOf, undefined, name);
    }
  });
});

describe('invitations', () => {
  test('an email that nobody has waits, is seen by admins only, and joins when its user is created', async () => {
    const team = await freshTeam();
    const invited = await here.as('ann', INVITE, { entity: team, email: 'Zoe@Example.com', admin: true });
    assert.equal(invited.data.result.invite.toUser, null);
    assert.equal((await here.as('ann', INVITE, { entity: team, email: 'zoe@example.com' })).status, 409);
    const [first] = await rows('ann', team);
    assert.deepEqual([first?.pending, first?.email, first?.username], [true, 'Zoe@Example.com', null]);
    assert.ok((await rows('bob', team)).every(({ pending, email }) => !pending && email === null));
    await here.user('zoe', { email: 'zoe@example.com' });
    const zoe = (await rows('ann', team)).find(({ username }) => username === 'zoe');
    assert.deepEqual([zoe?.pending, zoe?.accountType], [false, 'ADMIN']);
    assert.deepEqual((await here.rest('ann', 'GET', `/entities/${team}/invites`)).body.items, []);
    assert.ok((await here.viewer('zoe')).roles.size === 3, 'herself, the team, its organization');
  });

  test('a member is not invited again, so that no role changes by the way', async () => {
    const team = await freshTeam();
    assert.equal((await here.as('ann', INVITE, { entity: team, username: 'ann', admin: false })).status, 409);
    assert.equal((await here.as('ann', INVITE, { entity: team, email: 'bob@example.com', admin: true })).status, 409);
    assert.equal((await here.as('ann', INVITE, { entity: team })).status, 400);
    assert.equal((await here.as('bob', INVITE, { entity: team, username: 'eve' })).status, 403);
  });

  test('are made, listed and taken back over REST', async () => {
    const team = await freshTeam();
    const path = `/entities/${team}/invites`;
    const waiting = await here.rest('ann', 'POST', path, { email: 'later@example.com', role: 'viewer' });
    assert.deepEqual([waiting.status, waiting.body.status], [201, 'pending']);
    const joined = await here.rest('ann', 'POST', path, { email: 'eve@example.com', role: 'viewer' });
    assert.deepEqual(joined.body, { status: 'member', username: 'eve', role: 'viewer' });
    assert.equal((await here.rest('ann', 'POST', path, { email: 'nothing', role: 'viewer' })).status, 400);
    assert.equal((await here.rest('bob', 'GET', path)).status, 403);
    const { id } = waiting.body.invite;
    assert.equal((await here.rest('bob', 'DELETE', `${path}/${id}`)).status, 403);
    assert.equal((await here.rest('ann', 'DELETE', `${path}/${id}`)).status, 204);
    assert.equal((await here.rest('ann', 'DELETE', `${path}/${id}`)).status, 404);
    await here.user('later', { email: 'later@example.com' });
    assert.ok((await rows('ann', team)).every(({ username }) => username !== 'later'));
  });
});

describe('the admins of a team', () => {
  test('are never none: the last one is neither removed nor given a lesser role', async () => {
    const team = await freshTeam();
    await here.rest('ann', 'POST', `/entities/${team}/service-accounts`, { description: 'ci', role: 'admin' });
    const path = `/entities/${team}/members`;
    assert.equal((await here.rest('ann', 'DELETE', `${path}/admin`)).status, 204);
    assert.equal((await here.rest('ann', 'DELETE', `${path}/ann`)).status, 409);
    assert.equal((await here.rest('ann', 'POST', path, { username: 'ann', role: 'member' })).status, 409);
    assert.equal((await here.rest('admin', 'DELETE', '/organizations/acme/members/ann')).status, 409);
    assert.equal((await here.rest('ann', 'POST', path, { username: 'bob', role: 'admin' })).status, 201);
    assert.equal((await here.rest('ann', 'POST', path, { username: 'ann', role: 'member' })).status, 201);
  });

  test('are never none, also when two leave at the same moment', async () => {
    const team = await freshTeam();
    const path = `/entities/${team}/members`;
    const left = await Promise.all([
      here.rest('admin', 'DELETE', `${path}/ann`),
      here.rest('admin', 'DELETE', `${path}/admin`),
    ]);
    assert.deepEqual(left.map(({ status }) => status).toSorted(), [204, 409]);
  });

  test('read and change its settings; nobody else does, and no other entity has any', async () => {
    const team = await freshTeam();
    const path = `/entities/${team}/settings`;
    assert.deepEqual((await here.rest('ann', 'GET', path)).body, { membersManageAutomations: false });
    const on = { membersManageAutomations: true };
    assert.equal((await here.rest('bob', 'PATCH', path, on)).status, 403);
    assert.equal((await here.rest('bob', 'GET', path)).status, 403);
    assert.equal((await here.rest('eve', 'GET', path)).status, 404);
    assert.equal((await here.rest('ann', 'PATCH', path, { unknown: true })).status, 400);
    assert.deepEqual((await here.rest('ann', 'PATCH', path, on)).body, on);
    assert.deepEqual((await here.rest('ann', 'PATCH', path, {})).body, on);
    assert.equal((await here.rest('ann', 'PATCH', '/entities/ann/settings', on)).status, 400);
    assert.equal((await here.rest('ann', 'GET', '/entities/acme/settings')).status, 400);
  });
});
