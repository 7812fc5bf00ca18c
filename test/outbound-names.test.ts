import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { NOTHING_ALLOWED, parseAllowList } from '../src/outbound/allow-list.ts';
import { openOutbound } from '../src/outbound/client.ts';
import { nameServerLookup } from '../src/outbound/lookup.ts';
import { systemLookup } from '../src/outbound/system-lookup.ts';
import { answering, hanging, hostileReceivers } from './support/hostile-receivers.ts';
import { type Records, startNameServer } from './support/name-server.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const POLICY = { allow: NOTHING_ALLOWED, loopbackAllowed: true };

/** So many addresses that their answer fits into no datagram. */
const MANY = Array.from({ length: 500 }, (_, nth) => `8.8.${nth >> 8}.${nth & 255}`);

const ZONE: Readonly<Record<string, Records>> = {
  'both.test': ['1.2.3.4', '2606:4700::1'],
  'six.test': ['2606:4700::1'],
  'alias.test': ['-> second.test'],
  'second.test': ['-> third.test'],
  'third.test': ['-> both.test'],
  'nowhere.alias.test': ['-> missing.test'],
  'huge.test': MANY,
  'huge-and-inner.test': [...MANY, '10.0.0.7'],
  'inner.alias.test': ['-> inner.test'],
  'inner.test': ['10.0.0.7'],
  'empty.test': [],
  'refused.test': 'refused',
  'broken.test': 'server failure',
  'silent.test': 'no answer',
  'listed.test': ['8.8.8.8'],
};

const server = await startNameServer((name, nth) => {
  if (name === 'changing.test') return [`8.8.8.${nth}`];
  if (name === 'own.test') return ['127.0.0.1'];
  return name.endsWith('.silent.test') ? 'no answer' : (ZONE[name] ?? 'no such name');
});
const receivers = hostileReceivers();
after(() => {
  server.close();
  receivers.close();
});
const find = nameServerLookup([server.address]);

const send = (url: string, options: Partial<Parameters<typeof openOutbound>[0]> = {}) =>
  openOutbound({ policy: POLICY, lookup: find, ...options }).send({
    method: 'POST',
    url,
    headers: {},
    body: Buffer.from('{}'),
  });

test('a name server is asked anew for every look-up; aliases are followed, long answers asked for over TCP', async () => {
  assert.deepEqual(await find('both.test'), ['1.2.3.4', '2606:4700::1']);
  assert.deepEqual(await find('six.test'), ['2606:4700::1']);
  assert.deepEqual(await find('alias.test'), ['1.2.3.4', '2606:4700::1']);
  assert.deepEqual([await find('changing.test'), await find('changing.test')], [['8.8.8.1'], ['8.8.8.2']]);
  assert.deepEqual(new Set(await find('huge.test')), new Set(MANY));
});

test('what a name server answers has words that name no address', async () => {
  for (const [name, told] of [
    ['empty.test', /^the host name has no address$/],
    ['missing.test', /^the host name has no address$/],
    ['nowhere.alias.test', /^the host name has no address$/],
    ['refused.test', /^the host name could not be looked up \(EREFUSED\)$|^the name server did not answer$/],
    ['broken.test', /^the host name could not be looked up \(ESERVFAIL\)$|^the name server did not answer$/],
    ['inner.alias.test', /^inner\.alias\.test resolves to a private or reserved address: .*--delivery-allow/],
    ['huge-and-inner.test', /^huge-and-inner\.test resolves to a private or reserved address/],
  ] as const) {
    const answer = await send(`http://${name}/`);
    assert.ok(answer.kind === 'failure' && answer.phase === 'dns', JSON.stringify(answer));
    assert.match(answer.text, told, name);
    assert.doesNotMatch(JSON.stringify(answer), /10\.0\.0\.7/);
  }
  const none = await send('http://none.test/', { lookup: async () => [] });
  assert.ok(none.kind === 'failure' && none.text === 'the host name has no address', JSON.stringify(none));
});

test('an address that does not answer is given up, and the next one is connected to', async (context) => {
  const port = await receivers.listen(answering('200 OK'));
  const connect = net.connect;
  context.mock.method(net, 'connect', (options: net.NetConnectOpts) =>
    // as a host behind a firewall that drops what comes: nothing ever happens
    'host' in options && options.host === '127.0.0.2' ? new net.Socket() : connect(options),
  );
  const begun = performance.now();
  const answer = await send(`http://two.test:${port}/`, {
    lookup: async () => ['127.0.0.2', '127.0.0.1'],
    connectTimeoutMs: 300,
  });
  assert.ok(answer.kind === 'response' && answer.status === 200, JSON.stringify(answer));
  assert.ok(performance.now() - begun >= 290, 'the first address was waited for');
  const alone = await send(`http://one.test:${port}/`, { lookup: async () => ['127.0.0.2'], connectTimeoutMs: 300 });
  assert.ok(alone.kind === 'failure' && alone.phase === 'connect' && alone.fault === 'timeout', JSON.stringify(alone));
});

test('an inner address that is allowed is told of only where the address itself was given', async () => {
  const port = await receivers.listen(answering('200 OK'));
  const policy = { allow: parseAllowList(['own.test', '127.0.0.1']), loopbackAllowed: false };
  const named = await send(`http://own.test:${port}/`, { policy });
  const given = await send(`http://127.0.0.1:${port}/`, { policy });
  assert.ok(named.kind === 'response' && given.kind === 'response', JSON.stringify([named, given]));
  assert.deepEqual([named.address, given.address], [undefined, '127.0.0.1']);
  const hung = await receivers.listen(hanging);
  const late = await openOutbound({ policy, lookup: find, totalTimeoutMs: 300 }).send({
    method: 'POST',
    url: `http://own.test:${hung}/`,
    headers: {},
    body: Buffer.from('{}'),
  });
  assert.doesNotMatch(JSON.stringify(late), /127\.0\.0\.1/);
});

const hostsFile = join(temporaryFolder(), 'hosts');
writeFileSync(
  hostsFile,
  '# 1.1.1.1 commented.test\n127.0.0.1\tlocalhost Localhost.Listed\n\n1.2.3.4 other # late.test\n',
);

test('without a name server of its own, a machine’s hosts file goes first and its other ways last', async () => {
  const elsewhere: string[] = [];
  const resolve = systemLookup({
    hostsFile,
    nameServers: [server.address],
    elsewhere: async (name) => {
      elsewhere.push(name);
      return ['192.168.0.9'];
    },
  });
  assert.ok((await resolve('localhost')).includes('127.0.0.1'));
  assert.ok(!server.asked.includes('localhost'), 'the hosts file has it');
  assert.deepEqual(await resolve('listed.test'), ['8.8.8.8']);
  assert.deepEqual(await resolve('huge.test').then(({ length }) => length), MANY.length);
  for (const name of ['refused.test', 'broken.test']) await assert.rejects(resolve(name));
  assert.deepEqual(elsewhere, []);
  for (const name of ['commented.test', 'late.test', 'printer', 'empty.test']) {
    assert.deepEqual(await resolve(name), ['192.168.0.9']);
  }
  assert.deepEqual(elsewhere, ['commented.test', 'late.test', 'printer', 'empty.test']);
  const blind = systemLookup({ hostsFile, nameServers: ['127.0.0.1:1'], elsewhere: async () => ['192.168.0.9'] });
  assert.deepEqual(await blind('printer'), ['192.168.0.9'], 'a machine without a name server');
});

test('twenty names whose servers are silent delay no other, and those only elsewhere known go one by one', async () => {
  let [asking, most] = [0, 0];
  const resolve = systemLookup({
    hostsFile,
    nameServers: [server.address],
    elsewhere: async (name) => {
      asking += 1;
      most = Math.max(most, asking);
      await delay(20);
      asking -= 1;
      if (name === 'wrong') throw new Error('no such name');
      return ['192.168.0.9'];
    },
  });
  const silent = Array.from({ length: 20 }, (_, nth) => resolve(`${nth}.silent.test`));
  const begun = performance.now();
  const unknown = ['a', 'a', 'wrong', 'b'].map((name) => resolve(name));
  assert.equal((await resolve('both.test')).length, 2);
  assert.ok((await resolve('localhost')).includes('127.0.0.1'));
  assert.ok(performance.now() - begun < 1000, `${performance.now() - begun} ms`);
  const known = await Promise.allSettled(unknown);
  assert.deepEqual(
    known.map(({ status }) => status),
    ['fulfilled', 'fulfilled', 'rejected', 'fulfilled'],
  );
  assert.equal(most, 1);
  for (const { status } of await Promise.allSettled(silent)) assert.equal(status, 'rejected');
});
