import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import type { OutgoingRequest } from '../src/model/exchange.ts';
import { NOTHING_ALLOWED, parseAllowList } from '../src/outbound/allow-list.ts';
import { openOutbound } from '../src/outbound/client.ts';

const open: (net.Server | http.Server)[] = [];
after(() => {
  for (const server of open) {
    server.close();
    if (server instanceof http.Server) server.closeAllConnections();
  }
});

async function listen(server: net.Server): Promise<number> {
  open.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const serve = (handler: http.RequestListener): Promise<number> => listen(http.createServer(handler));

const post = (url: string): OutgoingRequest => ({
  method: 'POST',
  url,
  headers: { 'content-type': 'application/json' },
  body: new TextEncoder().encode('{"a":1}'),
});

const LOOPBACK = { allow: NOTHING_ALLOWED, loopbackAllowed: true };

test('a request arrives as prepared, and its answer tells the address connected to', async () => {
  const seen: string[] = [];
  const port = await serve((request, response) => {
    request.on('data', (chunk) => seen.push(`${request.method} ${request.url} ${chunk}`));
    request.on('end', () => response.writeHead(201, { 'X-Two': ['a', 'b'] }).end('yes'));
  });
  const answer = await openOutbound({ policy: LOOPBACK }).send(post(`http://localhost:${port}/a?b=c`));
  assert.ok(answer.kind === 'response', JSON.stringify(answer));
  assert.deepEqual(seen, ['POST /a?b=c {"a":1}']);
  assert.equal(answer.status, 201);
  assert.equal(answer.body, 'yes');
  assert.equal(answer.headers['x-two'], 'a, b');
  assert.equal(answer.address, '127.0.0.1');
});

test('AUT-117: a name is checked again at every attempt, and refused before a byte is sent', async () => {
  let connections = 0;
  const port = await listen(net.createServer(() => (connections += 1)));
  const refused: string[] = [];
  const onRefused = (host: string, address: string) => refused.push(`${host} ${address}`);
  const answers = [['127.0.0.2'], ['127.0.0.1'], ['8.8.8.8', '169.254.169.254']];
  const policy = { allow: parseAllowList(['127.0.0.2']), loopbackAllowed: false };
  const outbound = openOutbound({
    policy,
    lookup: async () => answers.shift() ?? [],
    connectTimeoutMs: 1000,
    onRefused,
  });
  const first = await outbound.send(post(`http://hook.example:${port}/`));
  assert.ok(first.kind === 'failure' && first.fault === 'refused', JSON.stringify(first));
  for (const address of ['127.0.0.1', '169.254.169.254']) {
    const answer = await outbound.send(post(`http://hook.example:${port}/`));
    assert.ok(
      answer.kind === 'failure' && answer.fault === 'blocked' && answer.phase === 'dns',
      JSON.stringify(answer),
    );
    assert.match(answer.text, /^hook\.example resolves to .*--delivery-allow/);
    assert.ok(!answer.text.includes(address), answer.text);
    assert.equal(answer.address, undefined);
  }
  assert.equal(connections, 0);
  assert.deepEqual(refused, ['hook.example 127.0.0.1', 'hook.example 169.254.169.254']);
});

test('odd literal forms of loopback in a URL are refused', async () => {
  const outbound = openOutbound({ policy: { allow: NOTHING_ALLOWED, loopbackAllowed: false } });
  for (const host of ['127.0.0.1', '2130706433', '0x7f.1', '0177.1', '[::1]', '[::ffff:127.0.0.1]', '0.0.0.0', '0']) {
    const answer = await outbound.send(post(`http://${host}:9/`));
    assert.ok(answer.kind === 'failure' && answer.fault === 'blocked', `${host}: ${JSON.stringify(answer)}`);
  }
});

test('the next address is tried when one refuses', async () => {
  const port = await serve((_request, response) => response.end());
  const outbound = openOutbound({ policy: LOOPBACK, lookup: async () => ['127.0.0.3', '127.0.0.1'] });
  const answer = await outbound.send(post(`http://two.example:${port}/`));
  assert.equal(answer.kind, 'response');
  assert.equal(answer.address, '127.0.0.1');
});

test('a redirect is an answer, not a way on', async () => {
  let reached = 0;
  const target = await serve((_request, response) => {
    reached += 1;
    response.end();
  });
  const port = await serve((_request, response) =>
    response.writeHead(302, { location: `http://127.0.0.1:${target}/` }).end(),
  );
  const answer = await openOutbound({ policy: LOOPBACK }).send(post(`http://127.0.0.1:${port}/`));
  assert.ok(answer.kind === 'response' && answer.status === 302);
  assert.equal(reached, 0);
});

test('a body beyond 64 KiB is cut and the rest discarded, also when it never ends', async () => {
  const port = await serve((_request, response) => {
    response.writeHead(200);
    const more = (): void => {
      while (!response.destroyed && response.write('é'.repeat(10_000)));
    };
    response.on('drain', more);
    more();
  });
  const answer = await openOutbound({ policy: LOOPBACK }).send(post(`http://127.0.0.1:${port}/`));
  assert.ok(answer.kind === 'response' && answer.truncated);
  assert.equal(answer.body, 'é'.repeat(32 * 1024));
});

test('each way to fail has its phase and its kind', async () => {
  const silent = await listen(net.createServer(() => {}));
  const hangingBody = await serve((_request, response) => void response.writeHead(200).write('a'));
  const closing = await listen(net.createServer((socket) => socket.once('data', () => socket.destroy())));
  const notHttp = await listen(
    net.createServer((socket) => socket.once('data', () => socket.end('SSH-2.0-x\r\n\r\n'))),
  );
  const hugeHeader = await serve((_request, response) => response.writeHead(200, { a: 'x'.repeat(20_000) }).end());
  const outbound = openOutbound({ policy: LOOPBACK, totalTimeoutMs: 2_000, lookup: lookUp });
  const cases = [
    [`http://127.0.0.1:${silent}/`, 'wait', 'timeout'],
    [`http://127.0.0.1:${hangingBody}/`, 'read', 'timeout'],
    [`http://127.0.0.1:${closing}/`, 'wait', 'reset'],
    [`http://127.0.0.1:${notHttp}/`, 'wait', 'malformed'],
    [`http://127.0.0.1:${hugeHeader}/`, 'wait', 'malformed'],
    [`https://127.0.0.1:${silent}/`, 'tls', 'timeout'],
    [`https://127.0.0.1:${closing}/`, 'tls', 'reset'],
    ['http://nowhere.example/', 'dns', 'dns'],
    ['http://slow.example/', 'dns', 'timeout'],
    ['http://127.0.0.1:1/', 'connect', 'refused'],
  ] as const;
  const judged = cases.map(async ([url, phase, fault]) => {
    const answer = await outbound.send(post(url));
    assert.ok(answer.kind === 'failure', `${url}: ${JSON.stringify(answer)}`);
    assert.deepEqual([answer.phase, answer.fault], [phase, fault], `${url}: ${JSON.stringify(answer)}`);
  });
  await Promise.all(judged);
});

test('a request that is given up says so', async () => {
  const port = await listen(net.createServer(() => {}));
  const giveUp = new AbortController();
  const answer = openOutbound({ policy: LOOPBACK }).send(post(`http://127.0.0.1:${port}/`), giveUp.signal);
  giveUp.abort();
  const given = await answer;
  assert.ok(given.kind === 'failure' && given.fault === 'stopped');
});

test('the connection of an earlier request is used again, and its host is not looked up for that', async () => {
  let [connections, lookUps] = [0, 0];
  const server = http.createServer((request, response) => {
    request.resume().on('end', () => response.end('yes'));
  });
  server.on('connection', () => (connections += 1));
  const port = await listen(server);
  const outbound = openOutbound({
    policy: LOOPBACK,
    lookup: async () => {
      lookUps += 1;
      return ['127.0.0.1'];
    },
  });
  for (let count = 0; count < 3; count += 1) {
    const answer = await outbound.send(post(`http://kept.example:${port}/${count}`));
    assert.ok(answer.kind === 'response' && answer.address === '127.0.0.1', JSON.stringify(answer));
  }
  assert.deepEqual([connections, lookUps], [1, 1]);
  outbound.close();
});

test('AUT-117: what connects anew is checked anew', async () => {
  const port = await serve((_request, response) => response.setHeader('connection', 'close').end());
  const answers = [['127.0.0.1'], ['169.254.169.254']];
  const outbound = openOutbound({ policy: LOOPBACK, lookup: async () => answers.shift() ?? [] });
  assert.equal((await outbound.send(post(`http://hook.example:${port}/`))).kind, 'response');
  const second = await outbound.send(post(`http://hook.example:${port}/`));
  assert.ok(second.kind === 'failure' && second.fault === 'blocked', JSON.stringify(second));
});

test('a request that meets a kept connection just closed goes out once more, with the same bytes', async () => {
  const seen: string[] = [];
  const port = await listen(
    net.createServer((socket) => {
      let answered = false;
      socket.on('data', (chunk) => {
        seen.push(String(chunk));
        if (answered) socket.destroy();
        else socket.write('HTTP/1.1 204 No Content\r\n\r\n');
        answered = true;
      });
    }),
  );
  const outbound = openOutbound({ policy: LOOPBACK });
  const first = await outbound.send(post(`http://127.0.0.1:${port}/`));
  const second = await outbound.send(post(`http://127.0.0.1:${port}/`));
  assert.ok(first.kind === 'response' && second.kind === 'response', JSON.stringify(second));
  assert.equal(seen.length, 3);
  assert.equal(new Set(seen).size, 1);
  outbound.close();
});

test('a failure over a connection used again counts its own bytes only', async () => {
  let served = 0;
  const port = await serve((request, response) => {
    served += 1;
    if (served === 1) request.resume().on('end', () => response.end());
  });
  const outbound = openOutbound({ policy: LOOPBACK, totalTimeoutMs: 1_000 });
  await outbound.send(post(`http://127.0.0.1:${port}/`));
  const hung = await outbound.send(post(`http://127.0.0.1:${port}/`));
  assert.ok(hung.kind === 'failure' && hung.phase === 'wait' && hung.fault === 'timeout', JSON.stringify(hung));
  assert.equal(hung.address, '127.0.0.1');
});

/** A resolver that knows one name it never answers, and none else. */
async function lookUp(host: string): Promise<string[]> {
  if (host === 'slow.example') await new Promise(() => {});
  throw Object.assign(new Error(), { code: 'ENOTFOUND' });
}
