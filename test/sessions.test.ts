import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { OWN_PAGE, type Visitor, visitor } from './support/browser-call.ts';
import { rest } from './support/rest.ts';
import { type Person, signUp } from './support/scene.ts';
import { type Server, startServer } from './support/server.ts';
import { type SlackServer, startSlackServer } from './support/slack-server.ts';

const SESSION = '/api/v1/session';
const DAY = 86_400_000;

let server: Server;
let slack: SlackServer;

const signIn = (who: Visitor, body: object, headers = {}) => who.call(SESSION, { method: 'POST', body, headers });

async function signedIn(body: object): Promise<Visitor> {
  const who = visitor(server);
  const answer = await signIn(who, body);
  assert.equal(answer.status, 201, answer.text);
  return who;
}

async function personWithPassword(password: string): Promise<Person> {
  const person = await signUp(server);
  await rest(server, person.key, '/viewer/password', { method: 'PUT', body: { password } });
  return person;
}

const status = async (who: Visitor) => (await who.call('/api/v1/viewer')).status;

async function deedsOf({ username, key }: Person): Promise<string[]> {
  const { items } = await rest<{ items: { deed: string }[] }>(server, key, `/entities/${username}/audit`);
  return items.map(({ deed }) => deed).reverse();
}

describe('sessions', () => {
  before(async () => {
    slack = await startSlackServer();
    const env = {
      TRIPLINE_SLACK_URL: slack.url,
      TRIPLINE_SLACK_CLIENT_ID: slack.app.clientId,
      TRIPLINE_SLACK_CLIENT_SECRET: slack.app.clientSecret,
    };
    server = await startServer({ env, args: ['--trusted-proxies', '127.0.0.1', '--delivery-allow', '127.0.0.1'] });
  });
  after(async () => {
    await server.dispose();
    await slack.close();
  });

  test('an API key begins a session in a cookie that no script reads; the key ends it', async () => {
    const person = await signUp(server);
    const made = await rest<{ id: string; key: string }>(server, person.key, '/viewer/api-keys', { method: 'POST' });
    const who = visitor(server);
    const answer = await signIn(who, { apiKey: ` ${made.key}\n` });
    assert.match(
      String(answer.headers['set-cookie']),
      /^tripline_session=[\w-]{43}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/,
    );
    assert.ok(!answer.text.includes(who.cookie!.split('=')[1]!));
    const viewer = JSON.parse((await who.call('/api/v1/viewer')).text);
    assert.deepEqual([viewer.username, viewer.hasPassword], [person.username, false]);
    await rest(server, person.key, `/viewer/api-keys/${made.id}`, { method: 'DELETE' });
    assert.equal(await status(who), 401);
  });

  test('behind https the cookie is secure and bound to this host', async () => {
    const person = await signUp(server);
    const who = visitor(server);
    const answer = await signIn(who, { apiKey: person.key }, { 'x-forwarded-proto': 'https' });
    assert.match(String(answer.headers['set-cookie']), /^__Host-tripline_session=.*; Secure$/);
    assert.equal(await status(who), 200);
  });

  test('a password signs in by username or email; changing it asks for it and ends the other sessions', async () => {
    const person = await personWithPassword('correct horse');
    const by = (username: string) => signedIn({ username, password: 'correct horse' });
    const [one, other] = [await by(person.username), await by(`${person.username.toUpperCase()}@Example.com`)];
    const change = (body: object) => one.call('/api/v1/viewer/password', { method: 'PUT', body });
    assert.equal((await change({ password: 'battery staple' })).status, 400);
    assert.equal((await change({ currentPassword: 'wrong', password: 'battery staple' })).status, 400);
    assert.equal((await change({ currentPassword: 'correct horse', password: 'short' })).status, 400);
    assert.equal((await change({ currentPassword: 'correct horse', password: 'battery staple' })).status, 204);
    assert.deepEqual([await status(one), await status(other)], [200, 401]);
    assert.equal((await signIn(visitor(server), { username: person.username, password: 'correct horse' })).status, 401);
  });

  test('five wrong passwords are refused alike, then nobody is let in from there for a while', async () => {
    const person = await personWithPassword('correct horse');
    const from = (address: string) => ({ 'x-forwarded-for': address });
    const guess = (password: string, address: string, username = person.username) =>
      signIn(visitor(server), { username, password }, from(address));
    const unknown = await guess('x', '192.0.2.9', 'nobody-of-this-name');
    const wrong = await guess('guess 0', '192.0.2.1');
    assert.deepEqual([wrong.status, wrong.text], [401, unknown.text]);
    const more = await Promise.all([1, 2, 3, 4, 5, 6].map((n) => guess(`guess ${n}`, '192.0.2.1')));
    assert.deepEqual(more.map((each) => each.status).sort(), [401, 401, 401, 401, 429, 429]);
    const right = await guess('correct horse', '192.0.2.1');
    assert.equal(right.status, 429);
    assert.match(String(right.headers['retry-after']), /^(89\d|900)$/);
    assert.equal((await guess('correct horse', '192.0.2.2')).status, 201, 'from elsewhere the owner gets in');
    server.clock.move(15 * 60_000);
    assert.equal((await guess('correct horse', '192.0.2.1')).status, 201);
    const deeds = (await deedsOf(person)).filter((deed) => deed.startsWith('session'));
    assert.deepEqual(deeds, [...Array(6).fill('session.refused'), 'session.began', 'session.began']);
  });

  test('one address has thirty failures in all, whatever it names', async () => {
    const headers = { 'x-forwarded-for': '2001:db8:1:2::1' };
    const neighbour = { 'x-forwarded-for': '2001:db8:1:2:ffff::2' };
    const tries = Array.from({ length: 30 }, (_, n) => signIn(visitor(server), { apiKey: `nobody has ${n}` }, headers));
    for (const { status: code } of await Promise.all(tries)) assert.equal(code, 401);
    assert.equal((await signIn(visitor(server), { apiKey: server.adminKey }, neighbour)).status, 429);
  });

  test('signing out ends one session, or all of them', async () => {
    const person = await signUp(server);
    const [here, there] = [await signedIn({ apiKey: person.key }), await signedIn({ apiKey: person.key })];
    const list = JSON.parse((await here.call('/api/v1/viewer/sessions')).text).items;
    assert.deepEqual([list.length, list.filter((each: { current: boolean }) => each.current).length], [2, 1]);
    const { session } = JSON.parse((await here.call('/api/v1/viewer')).text);
    assert.equal((await here.call(`/api/v1/viewer/sessions/${session}`, { method: 'DELETE' })).status, 204);
    assert.equal(here.cookie, undefined);
    assert.equal(await status(there), 200);
    await rest(server, person.key, '/viewer/sessions', { method: 'DELETE' });
    assert.equal(await status(there), 401);
  });

  test('a session that is used goes on for ninety days; one that is not, for fourteen', async () => {
    const person = await signUp(server);
    const [used, left] = [await signedIn({ apiKey: person.key }), await signedIn({ apiKey: person.key })];
    for (let day = 0; day < 84; day += 12) {
      server.clock.move(12 * DAY);
      assert.equal(await status(used), 200, `day ${day + 12}`);
    }
    assert.equal(await status(left), 401);
    server.clock.move(6 * DAY);
    assert.equal(await status(used), 401);
  });

  test('a page of another site changes nothing with the cookie, and signs nobody in', async () => {
    const person = await signUp(server);
    const who = await signedIn({ apiKey: person.key });
    const make = async (headers: Record<string, string>) => {
      const { cookie = '' } = who;
      const call = { method: 'POST' as const, body: {}, headers: { cookie, ...headers } };
      return (await server.call('/api/v1/viewer/api-keys', call)).status;
    };
    assert.equal(await make({ ...OWN_PAGE, 'sec-fetch-site': 'cross-site' }), 403);
    assert.equal(await make({ ...OWN_PAGE, 'sec-fetch-site': 'same-site' }), 403);
    assert.equal(await make({ 'sec-fetch-site': 'same-origin' }), 403, 'without the header of our pages');
    assert.equal(await make({ 'x-tripline-page': '1', origin: 'https://evil.example' }), 403);
    assert.equal(await make({ 'x-tripline-page': '1', origin: 'null' }), 403);
    assert.equal(await make({ 'x-tripline-page': '1', origin: server.url }), 201);
    const elsewhere = await signIn(visitor(server), { apiKey: person.key }, { 'sec-fetch-site': 'cross-site' });
    assert.equal(elsewhere.status, 403);
    assert.equal(elsewhere.headers['set-cookie'], undefined);
  });

  test('service accounts do not sign in', async () => {
    const org = { name: 'org-of-sessions' };
    await rest(server, server.adminKey, '/organizations', { method: 'POST', body: org });
    const team = { name: 'team-of-sessions' };
    await rest(server, server.adminKey, `/organizations/${org.name}/teams`, { method: 'POST', body: team });
    const { key: apiKey } = await rest<{ key: string }>(
      server,
      server.adminKey,
      '/entities/team-of-sessions/service-accounts',
      {
        method: 'POST',
        body: { description: 'trainer' },
      },
    );
    assert.equal((await signIn(visitor(server), { apiKey })).status, 403);
  });

  test('a channel that a browser began to connect is connected in its session only', async () => {
    const person = await signUp(server);
    const [one, other] = [await signedIn({ apiKey: person.key }), await signedIn({ apiKey: person.key })];
    const chosen = { team: { id: 'T1', name: 'Acme' }, channel: { id: 'C1', name: '#runs' } };
    const begin = async () => {
      const path = `/api/v1/entities/${person.username}/slack-channels/connect`;
      const { authorizeUrl } = JSON.parse((await one.call(path, { method: 'POST' })).text);
      const { pathname, search } = new URL(slack.authorize(authorizeUrl, chosen));
      return pathname + search;
    };
    const back = { 'sec-fetch-site': 'cross-site' };
    const first = await begin();
    assert.equal((await server.call(first)).status, 403, 'a browser that knows nobody');
    assert.equal((await other.call(first, { headers: back })).status, 403, 'another browser of the same person');
    assert.equal((await one.call(first, { headers: back })).status, 200);
  });
});
