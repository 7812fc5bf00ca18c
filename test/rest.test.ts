import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { longName } from './directory-stage.ts';
import { type HttpStage, openHttpStage } from './http-stage.ts';
import { onOneDatabase } from './support/databases.ts';

let stage: HttpStage;
const api: HttpStage['api'] = (...call) => stage.api(...call);

/** A user whose key is their name, as the client's own suite makes them. */
async function makeUser(word: string): Promise<string> {
  const username = longName(word);
  const body = { username, email: `${username}@example.com`, admin: false, apiKey: username };
  assert.equal((await api('POST', '/users', { body })).status, 201);
  return username;
}

onOneDatabase('oldest', (name) => {
  before(async () => {
    stage = await openHttpStage(name);
  });

  after(() => stage.drop());

  describe('users over REST', () => {
    test('a user is made, read, refused a second time, and deleted', async () => {
      const username = longName('ann');
      const body = { username, email: `${username}@example.com`, password: username, apiKey: username };
      const made = await api('POST', '/users', { body });
      assert.equal(made.status, 201);
      assert.deepEqual(Object.keys(made.body), ['id', 'username', 'email', 'admin', 'serviceAccount', 'createdAt']);
      assert.deepEqual((await api('GET', `/users/${username}`)).body, made.body);
      const again = await api('POST', '/users', { body });
      assert.deepEqual([again.status, again.body.errors[0].code], [409, 'conflict']);
      // clients may name a content type without sending a body
      const headers = { 'content-type': 'application/json' };
      assert.equal((await api('DELETE', `/users/${username}`, { headers })).status, 204);
      assert.equal((await api('DELETE', `/users/${username}`)).status, 404);
    });

    test('an unknown key of a body is refused, and named', async () => {
      const answer = await api('POST', '/users', { body: { username: 'x', rank: 3 } });
      assert.equal(answer.status, 400);
      assert.match(answer.body.errors[0].message, /rank/);
    });

    test('a refusal says where the fault lies', async () => {
      const answer = await api('POST', '/organizations', {
        body: { name: 'x', members: [{ username: 'a', role: 'king' }] },
      });
      assert.deepEqual([answer.status, answer.body.errors[0].path], [400, 'body.members.0.role']);
      const whole = await api('POST', '/organizations', { body: [] });
      assert.deepEqual([whole.status, whole.body.errors[0].path], [400, 'body']);
      const name = await api('POST', '/users', { body: { username: 'a b' } });
      assert.deepEqual([name.status, name.body.errors[0].path], [400, 'username']);
    });

    test('only an instance admin makes, lists and reads users; everybody reads their own record', async () => {
      const [ann, bob] = [await makeUser('ann'), await makeUser('bob')];
      assert.equal((await api('POST', '/users', { key: ann, body: { username: 'x' } })).status, 403);
      assert.equal((await api('GET', '/users', { key: ann })).status, 403);
      assert.equal((await api('GET', `/users/${bob}`, { key: ann })).status, 404);
      assert.equal((await api('GET', `/users/${ann}`, { key: ann })).status, 200);
    });

    test('a list is read page by page', async () => {
      await makeUser('page');
      const names: string[] = [];
      let cursor = '';
      do {
        const page = await api('GET', `/users?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
        names.push(...page.body.items.map((item: { username: string }) => item.username));
        cursor = page.body.nextCursor ?? '';
      } while (cursor !== '');
      assert.equal(new Set(names).size, names.length);
      assert.equal(names[0], 'admin');
      assert.equal((await api('GET', '/users?cursor=nonsense')).status, 400);
    });

    test('the viewer is told who they are and where they have a role', async () => {
      const viewer = await api('GET', '/viewer');
      assert.equal(viewer.body.username, 'admin');
      const places = viewer.body.entities.map((each: { name: string; kind: string; role: string }) => [
        each.name,
        each.kind,
        each.role,
      ]);
      assert.deepEqual(places, [
        ['admin', 'personal', 'admin'],
        ['default', 'organization', 'admin'],
      ]);
    });

    test('a new API key is shown once, works, and is deleted', async () => {
      const ann = await makeUser('ann');
      const made = await api('POST', '/viewer/api-keys', { key: ann, body: { description: 'laptop' } });
      assert.equal(made.status, 201);
      assert.equal((await api('GET', '/viewer', { key: made.body.key })).status, 200);
      const list = await api('GET', '/viewer/api-keys', { key: ann });
      assert.equal(list.body.items.length, 2);
      assert.ok(!JSON.stringify(list.body).includes(made.body.key));
      assert.equal((await api('DELETE', `/viewer/api-keys/${made.body.id}`, { key: ann })).status, 204);
      assert.equal((await api('GET', '/viewer', { key: made.body.key })).status, 401);
      assert.equal((await api('POST', '/viewer/api-keys', { key: ann })).status, 201, 'also without a body');
    });
  });

  describe('organizations over REST', () => {
    test('an organization gets members and teams, and takes all along when it is deleted', async () => {
      const [ann, bob] = [await makeUser('ann'), await makeUser('bob')];
      const [org, team] = [longName('org'), longName('team')];
      const members = [{ username: ann, role: 'admin' }];
      assert.equal((await api('POST', '/organizations', { body: { name: org, members } })).status, 201);
      assert.equal((await api('POST', '/organizations', { body: { name: org, members } })).status, 409);
      const member = { username: bob, role: 'member' };
      assert.equal((await api('POST', `/organizations/${org}/members`, { body: member })).status, 201);
      assert.equal((await api('POST', `/organizations/${org}/members`, { body: member })).status, 201);
      const body = { name: team, members: [{ username: bob, role: 'admin' }] };
      assert.equal((await api('POST', `/organizations/${org}/teams`, { body })).status, 201);
      assert.equal((await api('POST', `/organizations/${org}/teams`, { body })).status, 409);
      const read = await api('GET', `/organizations/${org}`, { key: ann });
      const creator = { username: 'admin', role: 'member' };
      const people = (given: readonly object[]) => given.map((each) => ({ ...each, serviceAccount: false }));
      assert.deepEqual(read.body.members, people([...members, member, creator]));
      assert.deepEqual(
        read.body.teams.map((each: { name: string }) => each.name),
        [team],
      );
      const details = await api('GET', `/entities/${team}`, { key: bob });
      assert.deepEqual([details.body.kind, details.body.organization], ['team', org]);
      assert.deepEqual(details.body.members, people([{ username: 'admin', role: 'admin' }, ...body.members]));
      assert.equal((await api('DELETE', `/organizations/${org}`, { key: bob })).status, 403);
      assert.equal((await api('DELETE', `/organizations/${org}`)).status, 204);
      assert.equal((await api('DELETE', `/organizations/${org}`)).status, 404);
      assert.equal((await api('GET', `/entities/${team}`, { key: bob })).status, 404);
      assert.equal((await api('POST', '/organizations', { body: { name: team } })).status, 201, 'the name is free');
    });

    test('an organization admin manages members and teams of their own organization only', async () => {
      const [ann, bob] = [await makeUser('ann'), await makeUser('bob')];
      const [own, other] = [longName('org'), longName('org')];
      await api('POST', '/organizations', { body: { name: own, members: [{ username: ann, role: 'admin' }] } });
      await api('POST', '/organizations', { body: { name: other } });
      const body = { username: bob, role: 'member' };
      assert.equal((await api('POST', `/organizations/${own}/members`, { key: ann, body })).status, 201);
      assert.equal((await api('POST', `/organizations/${own}/members`, { key: bob, body })).status, 403);
      assert.equal((await api('POST', `/organizations/${other}/members`, { key: ann, body })).status, 404);
      const team = { name: longName('team') };
      assert.equal((await api('POST', `/organizations/${own}/teams`, { key: ann, body: team })).status, 201);
      assert.equal((await api('POST', `/entities/${team.name}/members`, { key: ann, body })).status, 201);
      assert.equal((await api('DELETE', `/entities/${team.name}/members/${bob}`, { key: ann })).status, 204);
      assert.equal((await api('DELETE', `/organizations/${own}/members/${bob}`, { key: ann })).status, 204);
      assert.equal((await api('DELETE', `/organizations/${own}/members/${bob}`, { key: ann })).status, 404);
    });

    test('an unknown member, an unknown organization and a bad name are refused', async () => {
      const name = longName('org');
      const members = [{ username: 'nobody', role: 'admin' }];
      assert.equal((await api('POST', '/organizations', { body: { name, members } })).status, 404);
      assert.equal((await api('POST', '/organizations', { body: { name: 'a/b' } })).status, 400);
      assert.equal((await api('POST', '/organizations/nowhere/teams', { body: { name } })).status, 404);
    });

    test('another one’s entity and an unknown one are answered alike', async () => {
      const [ann, bob] = [await makeUser('ann'), await makeUser('bob')];
      for (const path of ['', '/projects']) {
        const hidden = await api('GET', `/entities/${ann}${path}`, { key: bob });
        const unknown = await api('GET', `/entities/nowhere${path}`, { key: bob });
        assert.deepEqual([hidden.status, unknown.status], [404, 404]);
        assert.equal(hidden.body.errors[0].message, unknown.body.errors[0].message.replace('nowhere', ann));
      }
      assert.deepEqual((await api('GET', `/entities/${ann}/projects`, { key: ann })).body, {
        items: [],
        nextCursor: null,
      });
    });
  });

  describe('the description of the API', () => {
    test('is OpenAPI 3.1, readable without a key, and names every route and answer', async () => {
      const { status, body } = await api('GET', '/openapi.json', { key: null });
      assert.deepEqual([status, body.openapi], [200, '3.1.0']);
      const post = body.paths['/api/v1/users'].post;
      assert.deepEqual(post.requestBody.content['application/json'].schema, {
        $ref: '#/components/schemas/NewUserInput',
      });
      assert.deepEqual(Object.keys(post.responses), ['201', '4XX']);
      assert.equal(body.components.schemas.NewUserInput.additionalProperties, false);
      assert.ok(body.paths['/api/v1/organizations/{org}/teams'].post);
    });
  });
});
