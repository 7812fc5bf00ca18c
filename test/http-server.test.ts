import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { after, before, describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { TriplineError } from '../src/model/error.ts';
import { createBaseUrlOf } from '../src/server/base-url.ts';
import { BODY_LIMIT } from '../src/server/http-server.ts';
import type { Ground } from '../src/store/ground.ts';
import type { Intake } from '../src/tracking/intake.ts';
import { type FileStreamDeps, mountFileStream } from '../src/wire/wandb/file-stream/mount.ts';
import { ADMIN_KEY } from './directory-stage.ts';
import { type HttpStage, openHttpStage } from './http-stage.ts';
import { OLDEST } from './support/databases.ts';

let stage: HttpStage;
const call: HttpStage['call'] = (...args) => stage.call(...args);
const api: HttpStage['api'] = (...args) => stage.api(...args);

/** Routes that do what routes can do to a server. */
function mountSamples(app: FastifyInstance): void {
  const baseUrlOf = createBaseUrlOf(undefined);
  app.post('/echo', async (request) => request.body);
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    scope.post('/read-late', async (request) => {
      const content = request.body as Readable;
      while (!content.closed) await turn();
      for await (const _part of content) assert.fail('there is nothing to read');
    });
  });
  app.get('/base', async (request) => baseUrlOf(request));
  app.get('/fault', async () => {
    throw new Error('the cause, for the log only');
  });
  app.get('/busy', async () => {
    throw new TriplineError('overloaded', 'come again', { retryAfter: 7 });
  });
}

/** History of runs, which nobody is let in to bring. */
const STREAM: FileStreamDeps = {
  ...{ ground: {} as Ground, intake: {} as Intake, memory: 1_000, watch: { received: () => {}, refused: () => {} } },
  viewerOf: async () => {
    throw new TriplineError('unauthenticated', 'no API key');
  },
};

async function connected(): Promise<Socket> {
  const { port } = stage.app.server.address() as { port: number };
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

describe('the HTTP server', () => {
  before(async () => {
    const mountStream = (app: FastifyInstance) => mountFileStream(app, STREAM);
    stage = await openHttpStage(OLDEST, [mountSamples, mountStream]);
    await stage.app.listen({ host: '127.0.0.1', port: 0 });
  });

  after(() => stage.drop());

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
    const line = stage
      .log()
      .split('\n')
      .find((each) => each.includes(error.requestId) && each.includes('request failed'));
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
    assert.ok(!stage.log().includes('hush-hush'));
    assert.ok(!stage.log().includes(ADMIN_KEY));
    assert.match(stage.log(), /"route":"\/api\/v1\/viewer"/);
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
    const broken = await call('POST', '/echo', { body: Buffer.from('no gzip'), headers });
    assert.equal(broken.status, 400);
    assert.match(broken.body.errors[0].message, /says that it is gzip and is not: incorrect header/);
    const cut = gzipSync('{}').subarray(0, 15);
    assert.equal((await call('POST', '/echo', { body: cut, headers })).status, 400);
    const brotli = { ...headers, 'content-encoding': 'br' };
    assert.equal((await call('POST', '/echo', { body: Buffer.from('x'), headers: brotli })).status, 400);
    const json = { 'content-type': 'application/json' };
    assert.equal((await call('POST', '/echo', { body: Buffer.from('{'), headers: json })).status, 400);
    const forged = await call('POST', '/echo', { body: Buffer.from('{"a":{"__proto__":1}}'), headers: json });
    assert.equal(forged.status, 400);
    assert.match(forged.body.errors[0].message, /member '__proto__'/);
  });

  test('a gzip body that breaks before its route reads it is refused, and does not end the process', async () => {
    const headers = { 'content-type': 'text/plain', 'content-encoding': 'gzip' };
    for (const body of [Buffer.from('no gzip'), Buffer.from('x'), gzipSync('x'.repeat(99)).subarray(0, 20)]) {
      const answer = await call('POST', '/read-late', { body, headers });
      assert.deepEqual([answer.status, answer.body.errors[0].code], [400, 'invalid']);
    }
  });

  test('an address that is badly escaped is refused as every other fault', async () => {
    const answer = await call('GET', '/api/v1/entities/%zz/runs');
    assert.deepEqual([answer.status, answer.body.errors[0].code], [400, 'invalid']);
    assert.match(answer.body.errors[0].message, /%zz/);
  });

  test('bodies of 16 MiB are accepted', async () => {
    const text = 'x'.repeat(16 * 1024 * 1024);
    assert.equal((await call('POST', '/echo', { body: { text } })).body.text.length, text.length);
  });

  test('a body of more values than any request has is refused before they fill the memory', async () => {
    const headers = { 'content-type': 'application/json' };
    const answer = await call('POST', '/echo', { body: Buffer.from(`[${'{},'.repeat(500_000)}{}]`), headers });
    assert.equal(answer.status, 400);
    assert.match(answer.body.errors[0].message, /JSON of more than 1000000 values/);
  });

  test('strangers are answered before large bodies of theirs are read', async () => {
    const body = Buffer.from(`{${' '.repeat(20_000)}`);
    const headers = { 'content-type': 'application/json' };
    const post = async (url: string) => (await call('POST', url, { key: null, body, headers })).status;
    assert.equal(await post('/nowhere'), 404);
    assert.equal(await post('/api/v1/session'), 413);
    assert.equal(await post('/api/v1/organizations'), 401);
    const packed = { body: gzipSync(body), headers: { ...headers, 'content-encoding': 'gzip' } };
    assert.equal((await call('POST', '/api/v1/session', { key: null, ...packed })).status, 413);
  });

  test('forwarded headers count only from a trusted proxy', async () => {
    const headers = { host: 'tripline.test', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'public.test' };
    const from = async (remoteAddress: string) =>
      (await stage.app.inject({ method: 'GET', url: '/base', headers, remoteAddress })).body;
    assert.equal(await from('10.9.8.7'), 'https://public.test');
    assert.equal(await from('10.9.8.8'), 'http://tripline.test');
    assert.equal(createBaseUrlOf('https://set.test/')({} as never), 'https://set.test');
  });

  test('it is up at once and ready when the database is', async () => {
    assert.deepEqual((await call('GET', '/healthz')).body, { status: 'ok' });
    assert.deepEqual((await call('GET', '/ready')).body, { status: 'ready' });
    stage.hold('starting');
    const answer = await call('GET', '/ready');
    stage.hold(undefined);
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

  test('a stranger takes none of the memory for history: nothing of the body is waited for', async () => {
    const socket = await connected();
    socket.write('POST /files/a/p/r/file_stream HTTP/1.1\r\nHost: x\r\nContent-Length: 30000000\r\n\r\n{');
    const [answer] = await once(socket, 'data');
    assert.match(String(answer), /^HTTP\/1\.1 401/);
    socket.destroy();
  });

  test('over a real socket, a kept-alive connection survives a refused body', async () => {
    const socket = await connected();
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
