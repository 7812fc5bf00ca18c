import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import { after, describe } from 'node:test';
import { startNameServer } from '../support/name-server.ts';
import { type Fate, OUTBOUND_PATHS } from '../support/outbound-paths.ts';
import { untilSaid } from '../support/said.ts';
import type { Scene } from '../support/scene.ts';
import { corpusRecords, ssrfCorpus } from '../support/ssrf-corpus.ts';
import { stage } from '../support/stage.ts';

/** Allowed in the setting, alone in its neighbourhood. */
const ALLOWED = '127.0.0.77';

/** Answers any request that reaches it, and notes which local address it came to. */
async function listen(host: string, reached: string[], answer: () => string): Promise<[Server, number]> {
  const server = createServer((socket) => {
    reached.push(socket.localAddress?.replace('::ffff:', '') ?? '');
    socket.on('error', () => {});
    socket.once('data', () => socket.end(answer()));
  });
  server.listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  return [server, typeof address === 'object' && address !== null ? address.port : 0];
}

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok';

describe('embedded', async () => {
  const canary: string[] = [];
  const own = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  const [inner, port] = await listen('::', canary, () => OK);
  let redirect = '';
  const [redirector, redirectPort] = await listen(ALLOWED, [], () => redirect);
  const names = await startNameServer((name, nth) => {
    if (name === 'allowed.ssrf.test') return ['127.0.0.1'];
    if (name.endsWith('allowed.ssrf.test')) return ['127.0.0.1'];
    if (name === 'rebinding.ssrf.test') return nth === 1 ? [ALLOWED] : ['127.0.0.1'];
    return corpusRecords(name);
  });
  after(() => {
    names.close();
    inner.close();
    redirector.close();
  });
  const allowed = [ALLOWED, '127.7.0.0/16', 'allowed.ssrf.test'].join(',');
  const scenario = stage('embedded', {
    args: ['--name-server', names.address, '--delivery-allow', allowed, '--public-url', 'https://tripline.example'],
  });

  const corpus = [
    ...ssrfCorpus(port),
    ...own.map(({ address, family }) => ({
      name: `this machine's ${address}`,
      url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}/`,
    })),
  ];

  for (const path of OUTBOUND_PATHS) {
    scenario(`none of ${corpus.length} tricks reaches an inner address through ${path.name}`, async (scene) => {
      ok(corpus.length >= 300);
      const fates = await path.send(
        scene,
        corpus.map(({ url }) => url),
      );
      for (const [index, { name, url }] of corpus.entries()) judge(fates[index], name, url);
      ok(fates.filter((fate) => fate.kind === 'failed' && /--delivery-allow/.test(fate.text)).length > 200);
      deepStrictEqual(canary.splice(0), []);
    });

    scenario(`what is allowed is reached through ${path.name}, its neighbours are not`, async (scene) => {
      const at = (host: string) => `http://${host}:${port}/`;
      const open = [at(ALLOWED), at('127.7.1.2'), at('allowed.ssrf.test'), at('ALLOWED.ssrf.test.')];
      const closed = [
        at('127.0.0.76'),
        at('127.0.0.78'),
        at('127.6.255.255'),
        at('127.8.0.0'),
        at('not-allowed.ssrf.test'),
      ];
      const fates = await path.send(scene, [...open, ...closed, at('sub.allowed.ssrf.test')]);
      deepStrictEqual(
        fates.map(({ kind }) => kind),
        [...open.map(() => 'answered'), ...closed.map(() => 'failed'), 'failed'],
      );
      deepStrictEqual(canary.splice(0).toSorted(), ['127.0.0.1', '127.0.0.1', ALLOWED, '127.7.1.2']);
    });

    scenario(`no redirect is followed through ${path.name}`, async (scene) => {
      for (const status of [301, 302, 303, 307, 308]) {
        for (const location of [`http://${ALLOWED}:${port}/`, `//127.0.0.1:${port}/`, 'http://169.254.169.254/']) {
          redirect = `HTTP/1.1 ${status} Elsewhere\r\nLocation: ${location}\r\nConnection: close\r\n\r\n`;
          const [fate] = await path.send(scene, [`http://${ALLOWED}:${redirectPort}/`]);
          deepStrictEqual(fate, { kind: 'answered', status });
        }
      }
      deepStrictEqual(canary.splice(0), []);
    });
  }

  scenario('AUT-117: a name that resolves inwards the second time is refused before a byte is sent', async (scene) => {
    redirect = OK;
    const path = OUTBOUND_PATHS[0]!;
    const urls = [`http://rebinding.ssrf.test:${redirectPort}/`];
    strictEqual((await path.send(scene, urls))[0]?.kind, 'answered');
    const [second] = await path.send(scene, [`http://rebinding.ssrf.test:${port}/`]);
    ok(second?.kind === 'failed' && second.phase === 'dns', JSON.stringify(second));
    match(second.text, /^rebinding\.ssrf\.test resolves to a loopback address.*--delivery-allow/);
    deepStrictEqual(canary.splice(0), []);
    await untilSaid(scene.server, /"address":"127\.0\.0\.1"/);
  });

  scenario('a further header cannot change where a request goes or how it is framed', async (scene) => {
    for (const headers of [
      { Host: 'inner' },
      { 'Transfer-Encoding': 'chunked' },
      { 'Content-Length': '0' },
      { 'Proxy-Authorization': 'x' },
      { 'X-A': 'a\r\nHost: inner' },
      { 'X-A\r\nHost': 'inner' },
      { Connection: 'upgrade' },
    ]) {
      strictEqual(await statusOf(scene, { url: `http://${ALLOWED}:${port}/`, headers }), 400, JSON.stringify(headers));
    }
  });
});

function judge(fate: Fate | undefined, name: string, url: string): void {
  const told = `${name}: ${JSON.stringify(fate)}`;
  if (fate?.kind === 'refused at saving') {
    ok(fate.status >= 400 && fate.status < 500, told);
    ok(fate.text.length > 10, told);
    return;
  }
  const refusedAt = /^[\d.]+$|^\[/.test(new URL(url).hostname) ? 'connect' : 'dns';
  ok(fate?.kind === 'failed' && fate.phase === refusedAt && fate.address === null, told);
  // what a name resolved to is told to nobody but the operator
  const said = fate.text.match(/\d+\.\d+\.\d+\.\d+/g) ?? [];
  for (const address of said) ok(new URL(url).hostname.includes(address), told);
}

async function statusOf({ server, person, team }: Scene, settings: object): Promise<number> {
  const body = { name: `hook-${crypto.randomUUID()}`, ...settings };
  return (await server.call(`/api/v1/entities/${team}/integrations`, { method: 'POST', key: person.key, body })).status;
}
