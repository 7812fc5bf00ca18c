import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { Writable } from 'node:stream';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { createAuthenticator } from '../src/directory/authenticate.ts';
import { ensureFirstAdmin } from '../src/directory/ensure-first-admin.ts';
import { TriplineError } from '../src/model/error.ts';
import { createBaseUrlOf } from '../src/server/base-url.ts';
import { BODY_LIMIT, buildHttpServer } from '../src/server/http-server.ts';
import { createLogger } from '../src/server/logger.ts';
import { databaseReadiness } from '../src/server/readiness.ts';
import { createMetrics } from '../src/wire/metrics/metrics.ts';
import { mountRest } from '../src/wire/rest/index.ts';
import { createViewerOf } from '../src/wire/viewer-of.ts';
import type { FreshGround } from './directory-database.ts';
import { freshGround } from './directory-database.ts';
import { forEachDatabase } from './support/databases.ts';

const ADMIN_KEY = 'the-first-admin-key-of-an-automated-install';

let fresh: FreshGround;
let app: FastifyInstance;
let log = '';
let ready: string | undefined;

function remember(line: Buffer, _encoding: string, done: () => void): void {
  log += line;
  done();
}

interface Call {
  readonly key?: string | null;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

async function call(
  method: 'GET' | 'POST' | 'DELETE',
  url: string,
  { key = ADMIN_KEY, body, headers = {} }: Call = {},
) {
  const response = await app.inject({
    method,
    url,
    headers: { ...(key === null ? {} : { authorization: `Bearer ${key}` }), ...headers },
    ...(body === undefined ? {} : { payload: body as object }),
  });
  const json = (response.headers['content-type'] ?? '').toString().startsWith('application/json');
  return { status: response.statusCode, headers: response.headers, body: json ? response.json() : response.body };
}

const api = (method: 'GET' | 'POST' | 'DELETE', path: string, options?: Call) =>
  call(method, `/api/v1${path}`, options);

let counter = 0;
function longName(word: string): string {
  counter += 1;
  return `${word}-${String(counter).padStart(45, '0')}`;
}

/** A user whose key is their name, as the client's own suite makes them. */
async function makeUser(word: string): Promise<string> {
  const username = longName(word);
  const body = { username, email: `${username}@example.com`, admin: false, apiKey: username };
  assert.equal((await api('POST', '/users', { body })).status, 201);
  return username;
}

forEachDatabase((name) => {
  before(async () => {
    fresh = await freshGround(name);
    const { ground } = fresh;
    await ensureFirstAdmin(ground, { adminApiKey: ADMIN_KEY });
    const viewerOf = createViewerOf(createAuthenticator(ground.database));
    const checkDatabase = databaseReadiness(ground.database);
    const baseUrlOf = createBaseUrlOf(undefined);
    app = await buildHttpServer({
      logger: createLogger('debug', new Writable({ write: remember })),
      trustedProxies: ['10.9.8.7'],
      metrics: createMetrics(false),
      checkReadiness: async () => ready ?? (await checkDatabase()),
      mounts: [
        (scope) => mountRest(scope, { services: { ground }, viewerOf }),
        (scope) => {
          scope.post('/echo', async (request) => request.body);
          scope.get('/fault', async () => {
            throw new Error('the cause, for the log only');
          });
          scope.get('/busy', async () => {
            throw new TriplineError('overloaded', 'come again', { retryAfter: 7 });
          });
          scope.get('/base', async (request) => baseUrlOf(request));
        },
      ],
    });
  });

  after(async () => {
    await app.close();
    await fresh.drop();
  });

  describe('users over REST', () => {
    test('a user is made, read, refused a second time, and deleted', async () => {
      const username = longName('ann');
      const body = { username, email: `${username}@example.com`, password: username, apiKey: username };
      const made = await api('POST', '/users', { body });
      assert.equal(made.status, 201);
      assert.deepEqual(Object.keys(made.body), ['id', 'username', 'email', 'admin', 'createdAt']);
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
      assert.deepEqual(read.body.members, [...members, member]);
      assert.deepEqual(
        read.body.teams.map((each: { name: string }) => each.name),
        [team],
      );
      const details = await api('GET', `/entities/${team}`, { key: bob });
      assert.deepEqual([details.body.kind, details.body.organization], ['team', org]);
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

  describe('the HTTP server', () => {
    test('without a key or with a wrong one the answer is 401, with the challenge', async () => {
      for (const key of [null, 'k'.repeat(40)]) {
        const answer = await api('GET', '/viewer', { key });
        assert.deepEqual([answer.status, answer.body.errors[0].code], [401, 'unauthenticated']);
        assert.match(String(answer.headers['www-authenticate']), /^Basic /);
      }
    });

    test('HTTP Basic works like Bearer', async () => {
      const authorization = `Basic ${Buffer.from(`api:${ADMIN_KEY}`).toString('base64')}`;
      const headers = { authorization, 'x-wandb-username': '' };
      assert.equal((await api('GET', '/viewer', { key: null, headers })).status, 200);
    });

    test('a fault of ours is logged in full and told without its cause', async () => {
      const answer = await call('GET', '/fault');
      assert.equal(answer.status, 500);
      const [error] = answer.body.errors;
      assert.deepEqual([error.message, error.code], ['internal error', 'internal']);
      assert.equal(answer.headers['x-request-id'], error.requestId);
      const line = log.split('\n').find((each) => each.includes(error.requestId) && each.includes('request failed'));
      assert.match(line ?? '', /the cause, for the log only/);
    });

    test('who is told to come again is told when', async () => {
      const answer = await call('GET', '/busy');
      assert.deepEqual([answer.status, answer.headers['retry-after']], [429, '7']);
    });

    test('an unknown path is answered as JSON, without its query string', async () => {
      const answer = await call('GET', '/nowhere?signature=abc');
      assert.equal(answer.status, 404);
      assert.deepEqual(answer.body.errors, [{ message: 'there is no GET /nowhere', code: 'not_found' }]);
    });

    test('neither keys nor query strings reach the log', async () => {
      await api('GET', '/viewer?signature=hush-hush');
      assert.ok(!log.includes('hush-hush'));
      assert.ok(!log.includes(ADMIN_KEY));
      assert.match(log, /"route":"\/api\/v1\/viewer"/);
    });

    test('a gzipped body is unpacked, with and without a length', async () => {
      const payload = gzipSync(JSON.stringify({ text: 'x'.repeat(100_000) }));
      const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
      const answer = await call('POST', '/echo', { body: payload, headers });
      assert.equal(answer.body.text.length, 100_000);
    });

    test('a gzipped body that unpacks to more than the limit is refused', async () => {
      const payload = gzipSync(Buffer.alloc(BODY_LIMIT + 1, ' '));
      const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
      const answer = await call('POST', '/echo', { body: payload, headers });
      assert.deepEqual([answer.status, answer.body.errors[0].code], [413, 'too_large']);
    });

    test('a broken gzip body, another encoding and broken JSON are refused', async () => {
      const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
      assert.equal((await call('POST', '/echo', { body: Buffer.from('no gzip'), headers })).status, 400);
      const cut = gzipSync('{}').subarray(0, 15);
      assert.equal((await call('POST', '/echo', { body: cut, headers })).status, 400);
      const brotli = { ...headers, 'content-encoding': 'br' };
      assert.equal((await call('POST', '/echo', { body: Buffer.from('x'), headers: brotli })).status, 400);
      const json = { 'content-type': 'application/json' };
      assert.equal((await call('POST', '/echo', { body: Buffer.from('{'), headers: json })).status, 400);
    });

    test('bodies of 16 MiB are accepted', async () => {
      const text = 'x'.repeat(16 * 1024 * 1024);
      assert.equal((await call('POST', '/echo', { body: { text } })).body.text.length, text.length);
    });

    test('forwarded headers count only from a trusted proxy', async () => {
      const headers = { host: 'tripline.test', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'public.test' };
      const from = async (remoteAddress: string) =>
        (await app.inject({ method: 'GET', url: '/base', headers, remoteAddress })).body;
      assert.equal(await from('10.9.8.7'), 'https://public.test');
      assert.equal(await from('10.9.8.8'), 'http://tripline.test');
      assert.equal(createBaseUrlOf('https://set.test/')({} as never), 'https://set.test');
    });

    test('it is up at once and ready when the database is', async () => {
      assert.deepEqual((await call('GET', '/healthz')).body, { status: 'ok' });
      assert.deepEqual((await call('GET', '/ready')).body, { status: 'ready' });
      ready = 'starting';
      const answer = await call('GET', '/ready');
      ready = undefined;
      assert.deepEqual([answer.status, answer.body], [503, { status: 'not ready', reason: 'starting' }]);
    });

    test('its metrics count requests by route, not by path', async () => {
      await api('GET', '/users/admin');
      const { body } = await call('GET', '/metrics', { key: null });
      assert.match(
        body,
        /tripline_http_request_duration_seconds_count\{method="GET",route="\/api\/v1\/users\/:username",status="200"\} \d/,
      );
    });

    test('over a real socket, a kept-alive connection survives a refused body', async () => {
      await app.listen({ host: '127.0.0.1', port: 0 });
      const { port } = app.server.address() as { port: number };
      const socket = connect(port, '127.0.0.1');
      await once(socket, 'connect');
      let answers = '';
      socket.on('data', (chunk) => {
        answers += chunk;
      });
      const body = gzipSync('{"a":1}');
      const post = (encoding: string) =>
        `POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Encoding: ${encoding}\r\nContent-Length: ${body.length}\r\n\r\n`;
      for (const encoding of ['gzip', 'br', 'gzip']) {
        socket.write(post(encoding));
        socket.write(body);
      }
      socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
      await once(socket, 'close');
      const statuses = [...answers.matchAll(/HTTP\/1\.1 (\d+)/g)].map((match) => match[1]);
      assert.deepEqual(statuses, ['200', '400', '200', '200']);
    });
  });
});
