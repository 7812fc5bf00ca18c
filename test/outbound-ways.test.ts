import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import type { OutgoingRequest } from '../src/model/exchange.ts';
import { NOTHING_ALLOWED } from '../src/outbound/allow-list.ts';
import { openOutbound } from '../src/outbound/client.ts';
import { parseBypass, parseProxy } from '../src/outbound/proxies.ts';
import { answering, certificateFile, hostileReceivers } from './support/hostile-receivers.ts';

const receivers = hostileReceivers();
const ends: (() => void)[] = [() => receivers.close()];
after(() => {
  for (const end of ends) end();
});

const policy = { allow: NOTHING_ALLOWED, loopbackAllowed: true };
const authorities = [readFileSync(certificateFile('authority'), 'utf8')];

const post = (url: string): OutgoingRequest => ({
  method: 'POST',
  url,
  headers: { 'x-a': 'b' },
  body: Buffer.from('{}'),
});

/** A proxy that notes what it is asked for and serves it from this machine; 407 without the right user. */
async function startProxy(credentials?: string): Promise<{ readonly port: number; readonly asked: string[] }> {
  const asked: string[] = [];
  const expected = credentials && `Basic ${Buffer.from(credentials).toString('base64')}`;
  const known = (request: http.IncomingMessage): boolean => request.headers['proxy-authorization'] === expected;
  const proxy = http.createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.host}`);
    request.resume();
    response.writeHead(known(request) ? 200 : 407).end('by the proxy');
  });
  proxy.on('connect', (request, socket) => {
    asked.push(`CONNECT ${request.url}`);
    if (!known(request)) return void socket.end('HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n');
    const inner = net.connect(Number(request.url?.split(':')[1]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Open\r\n\r\n');
      socket.pipe(inner).pipe(socket);
    });
    for (const end of [inner, socket]) end.on('error', () => {});
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  ends.push(() => {
    proxy.close();
    proxy.closeAllConnections();
  });
  return { port: (proxy.address() as AddressInfo).port, asked };
}

const lookup = async (host: string): Promise<string[]> => (host === 'inner.test' ? ['10.0.0.1'] : ['8.8.8.8']);

test('a proxy is asked in full for http and for a tunnel for https, and knows its user', async () => {
  const { port, asked } = await startProxy('me:p@ss');
  const proxy = parseProxy(`http://me:p%40ss@127.0.0.1:${port}`);
  const outbound = openOutbound({
    policy,
    lookup: async () => ['127.0.0.1'],
    proxies: { http: proxy, https: proxy, bypassed: () => false },
    authorities,
  });
  const plain = await outbound.send(post('http://hook.test:81/a?b=c'));
  assert.ok(plain.kind === 'response' && plain.body === 'by the proxy', JSON.stringify(plain));
  const secure = await receivers.listen(answering('200 OK', [], 'by the receiver'), { certificate: 'valid' });
  const tunnelled = await outbound.send(post(`https://hook.test:${secure}/secret`));
  assert.ok(tunnelled.kind === 'response' && tunnelled.body === 'by the receiver', JSON.stringify(tunnelled));
  const own = await receivers.listen(answering('200 OK', [], 'by this machine'));
  const direct = await outbound.send(post(`http://localhost:${own}/`));
  assert.ok(direct.kind === 'response' && direct.body === 'by this machine', JSON.stringify(direct));
  assert.deepEqual([plain.address, tunnelled.address], [undefined, undefined]);
  assert.deepEqual(asked, ['POST http://hook.test:81/a?b=c hook.test:81', `CONNECT hook.test:${secure}`]);
});

test('AUT-117: the target is resolved and judged before its proxy is asked', async () => {
  const { port, asked } = await startProxy();
  const proxy = parseProxy(`http://127.0.0.1:${port}`);
  const outbound = openOutbound({ policy, lookup, proxies: { http: proxy, https: proxy, bypassed: () => false } });
  for (const url of ['http://inner.test/', 'https://inner.test/', 'http://169.254.169.254/', 'https://10.0.0.1/']) {
    const answer = await outbound.send(post(url));
    assert.ok(answer.kind === 'failure' && answer.fault === 'blocked', `${url} ${JSON.stringify(answer)}`);
  }
  assert.deepEqual(asked, []);
});

test('a proxy that refuses is told with its status, never with its credentials', async () => {
  const { port } = await startProxy('me:right');
  const proxy = parseProxy(`http://me:wrong@127.0.0.1:${port}`);
  const outbound = openOutbound({ policy, lookup, proxies: { http: proxy, https: proxy, bypassed: () => false } });
  const refused = await outbound.send(post('https://hook.test/'));
  assert.ok(refused.kind === 'failure' && refused.text === 'the proxy answered 407', JSON.stringify(refused));
  assert.equal(refused.phase, 'connect');
});

test('what NO_PROXY lists is reached directly', () => {
  const bypassed = parseBypass(['localhost', '.corp.example', 'one.example:8080', '10.0.0.0/8', '::1']);
  const direct = [
    'localhost:80',
    'a.localhost:80',
    'corp.example:80',
    'a.corp.example:443',
    'one.example:8080',
    '10.1.2.3:80',
  ];
  for (const place of [...direct, 'CORP.example.:80']) assert.equal(ask(place), true, place);
  assert.equal(bypassed('[::1]', 80), true);
  for (const place of ['notcorp.example:80', 'one.example:80', '11.0.0.1:80']) assert.equal(ask(place), false, place);
  assert.equal(parseBypass(['*'])('any.example', 1), true);

  function ask(place: string): boolean {
    const [host = '', port] = place.split(':');
    return bypassed(host, Number(port));
  }
});

test('a proxy that cannot be one is refused without repeating it', () => {
  for (const text of ['', 'socks5://a:1', 'me:secret@host']) {
    assert.throws(
      () => parseProxy(text),
      (error: Error) => !error.message.includes('secret'),
      text,
    );
  }
});

test('a certificate is believed when its authority is in the settings, and only then', async () => {
  const port = await receivers.listen(answering('200 OK'), { certificate: 'valid' });
  const url = `https://localhost:${port}/`;
  const strange = await openOutbound({ policy }).send(post(url));
  assert.ok(strange.kind === 'failure' && strange.fault === 'certificate', JSON.stringify(strange));
  assert.equal((await openOutbound({ policy, authorities }).send(post(url))).kind, 'response');
});
