import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { NOTHING_ALLOWED } from '../src/outbound/allow-list.ts';
import { openOutbound } from '../src/outbound/client.ts';
import { parseProxy } from '../src/outbound/proxies.ts';
import * as hostile from './support/hostile-receivers.ts';

const { answering, breakingOff, goingOn, hanging, resetting, saying } = hostile;
const proxies = hostile.hostileReceivers();
after(() => proxies.close());

const USER = 'the-user';
const PASSWORD = 'the-p@ssword';
const CREDENTIALS = [PASSWORD, encodeURIComponent(PASSWORD), Buffer.from(`${USER}:${PASSWORD}`).toString('base64')];

/** One request through a proxy on a port of this machine. */
async function through(port: number, target: 'http' | 'https', manner: { readonly secure?: true } = {}) {
  const scheme = manner.secure ? 'https' : 'http';
  const proxy = parseProxy(`${scheme}://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}`);
  const outbound = openOutbound({
    policy: { allow: NOTHING_ALLOWED, loopbackAllowed: true },
    lookup: async () => ['8.8.8.8'],
    proxies: { http: proxy, https: proxy, bypassed: () => false },
    authorities: [readFileSync(hostile.certificateFile('authority'), 'utf8')],
    connectTimeoutMs: 500,
    totalTimeoutMs: 1_000,
  });
  const body = Buffer.from('{}');
  const answer = await outbound.send({ method: 'POST', url: `${target}://hook.test/a`, headers: {}, body });
  outbound.close();
  const told = JSON.stringify(answer);
  for (const credential of CREDENTIALS) assert.ok(!told.includes(credential), told);
  assert.equal(answer.address, undefined, 'the address of a proxy is told to nobody');
  return answer.kind === 'response' ? String(answer.status) : `${answer.phase} ${answer.fault}: ${answer.text}`;
}

/** What a proxy does, what that means for a tunnel, and for a request that it forwards. */
const CASES: readonly (readonly [string, hostile.Behaviour, tunnel: RegExp, forwarded: RegExp])[] = [
  ['wants other credentials', answering('407 No'), /^connect unreachable: the proxy answered 407$/, /^407$/],
  ['reaches nothing', answering('502 Bad Gateway'), /^connect unreachable: the proxy answered 502$/, /^502$/],
  [
    'redirects',
    answering('302 Found', ['Location: http://169.254.169.254/']),
    /^connect unreachable: the proxy answered 302$/,
    /^302$/,
  ],
  ['hangs', hanging, /timeout: no answer within 1 s$/, /^wait timeout: no answer within 1 s$/],
  ['closes', breakingOff(''), /reset: the connection was/, /reset: the connection was/],
  ['resets', resetting, /reset: the connection was/, /reset: the connection was/],
  [
    'speaks something else',
    saying('SSH-2.0-OpenSSH_9.6\r\n\r\n'),
    /malformed: the answer is not HTTP$/,
    /malformed: the answer is not HTTP$/,
  ],
  [
    'drips its headers',
    goingOn('HTTP/1.1 200 Open\r\nA: ', 'a', 50),
    /timeout: no answer within 1 s$/,
    /timeout: no answer within 1 s$/,
  ],
  [
    'sends headers without end',
    goingOn('HTTP/1.1 200 Open\r\n', 'A: b\r\n'.repeat(100)),
    /malformed: the headers of the answer are too large$/,
    /malformed: the headers of the answer are too large$/,
  ],
  ['opens a tunnel and closes it', breakingOff('HTTP/1.1 200 Open\r\n\r\n'), /^tls (reset|tls): /, /^200$/],
  [
    'opens a tunnel that hangs',
    saying('HTTP/1.1 200 Open\r\n\r\n'),
    /^tls timeout: no connection within 0.5 s$/,
    /timeout: no answer within 1 s$/,
  ],
  [
    'sends bytes before the tunnel is used',
    saying('HTTP/1.1 200 Open\r\n\r\nearly'),
    /^connect malformed: /,
    /timeout: no answer within 1 s$/,
  ],
];

for (const [secure, what] of [
  [false, 'a proxy'],
  [true, 'a proxy over TLS'],
] as const) {
  test(`${what} that misbehaves leads to words that hold no credentials`, async () => {
    for (const [name, behaviour, tunnel, forwarded] of CASES) {
      const port = await proxies.listen(behaviour, secure ? { certificate: 'valid' } : {});
      const manner = secure ? ({ secure } as const) : {};
      assert.match(await through(port, 'https', manner), tunnel, `${name}, https`);
      assert.match(await through(port, 'http', manner), forwarded, `${name}, http`);
    }
  });
}

test('a proxy over TLS must have a certificate that is believed', async () => {
  for (const [certificate, told] of [
    ['self-signed', /certificate: the certificate was not accepted \(DEPTH_ZERO_SELF_SIGNED_CERT\)/],
    ['expired', /certificate: the certificate was not accepted \(CERT_HAS_EXPIRED\)/],
    ['other-name', /certificate: the certificate was not accepted \(ERR_TLS_CERT_ALTNAME_INVALID\)/],
  ] as const) {
    const port = await proxies.listen(answering('200 OK'), { certificate });
    for (const target of ['http', 'https'] as const) assert.match(await through(port, target, { secure: true }), told);
  }
  const plain = await proxies.listen(answering('200 OK'));
  assert.match(await through(plain, 'https', { secure: true }), /^connect tls: the TLS handshake failed/);
});

test('a proxy that does not listen is told as a target that does not', async () => {
  assert.match(await through(1, 'https'), /^connect refused: connection refused$/);
});
