import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, describe } from 'node:test';
import { nodeId } from '../../src/model/wire-id.ts';
import { createAutomation } from '../support/automation.ts';
import * as hostile from '../support/hostile-receivers.ts';
import { startNameServer } from '../support/name-server.ts';
import { mapSome } from '../support/outbound-paths.ts';
import { rest } from '../support/rest.ts';
import type { Scene } from '../support/scene.ts';
import { stage } from '../support/stage.ts';
import { MINUTE, SECOND } from '../support/test-clock.ts';
import { until } from '../support/wait.ts';
import { metric } from '../support/wire-events.ts';

const { answering, breakingOff, goingOn, hanging, inTurn, resetting, saying } = hostile;

/** What the first attempt must come to: how the execution stands, and what the attempt says. */
type Expected = readonly [status: 'finished' | 'failed' | 'pending', told: string | RegExp];

interface Case {
  readonly behaviour: hostile.Behaviour;
  readonly manner?: hostile.Manner;
  /** Default: `http`, or `https` where it has a certificate. */
  readonly scheme?: 'https';
  readonly host?: string;
  /** Of the webhook; default 30, so that only what has to be late is late on a busy machine. */
  readonly timeoutSeconds?: 1;
  readonly expected: Expected;
}

const OK = 'HTTP/1.1 200 OK\r\n';
const LATE = /no answer within 1 s/;
const CLOSED: Expected = ['pending', /read: the connection was closed/];
const NOT_HTTP: Expected = ['pending', /wait: the answer is not HTTP/];
const MISCOUNTED: Expected = ['pending', /wait: the body of the answer has another length/];
const TOO_LARGE: Expected = ['pending', /wait: the headers of the answer are too large/];

/** Receivers that misbehave, each with the outcome that docs/webhooks.md names. */
const CASES: Readonly<Record<string, Case>> = {
  'no answer': { behaviour: hanging, timeoutSeconds: 1, expected: ['pending', LATE] },
  'headers, drop by drop': { behaviour: goingOn(OK, 'a', 50), timeoutSeconds: 1, expected: ['pending', LATE] },
  'a body, drop by drop': {
    behaviour: goingOn(`${OK}\r\n`, 'a', 50),
    timeoutSeconds: 1,
    expected: ['pending', /read: no answer within/],
  },
  'an endless body': {
    behaviour: goingOn(`${OK}\r\n`, Buffer.alloc(65_536, 'a')),
    expected: ['finished', '200 65536 cut'],
  },
  'an endless chunked body': {
    behaviour: goingOn(`${OK}Transfer-Encoding: chunked\r\n\r\n`, `ffff\r\n${'a'.repeat(65_535)}\r\n`),
    expected: ['finished', '200 65536 cut'],
  },
  'a body that announces more than all memory': {
    behaviour: goingOn(`${OK}Content-Length: 999999999999999\r\n\r\n`, Buffer.alloc(65_536, 'a')),
    expected: ['finished', '200 65536 cut'],
  },
  'a reset at once': { behaviour: resetting, expected: ['pending', /wait: the connection was/] },
  'a reset inside the headers': {
    behaviour: breakingOff(`${OK}A: b`),
    expected: ['pending', /wait: the connection was/],
  },
  'a close inside the body': { behaviour: breakingOff(`${OK}Content-Length: 9\r\n\r\nabc`), expected: CLOSED },
  'a close inside a chunk': {
    behaviour: breakingOff(`${OK}Transfer-Encoding: chunked\r\n\r\n9\r\nabc`),
    expected: CLOSED,
  },
  'plain HTTP on the port of https': {
    behaviour: answering('200 OK'),
    scheme: 'https',
    expected: ['pending', /^tls: /],
  },
  'a certificate of its own': {
    behaviour: answering('200 OK'),
    manner: { certificate: 'self-signed' },
    expected: ['pending', /^tls: the certificate was not accepted \(DEPTH_ZERO_SELF_SIGNED_CERT\)/],
  },
  'an expired certificate': {
    behaviour: answering('200 OK'),
    manner: { certificate: 'expired' },
    expected: ['pending', /^tls: the certificate was not accepted \(CERT_HAS_EXPIRED\)/],
  },
  'a certificate of another name': {
    behaviour: answering('200 OK'),
    manner: { certificate: 'other-name' },
    expected: ['pending', /^tls: the certificate was not accepted \(ERR_TLS_CERT_ALTNAME_INVALID\)/],
  },
  'a certificate of the authority in the settings': {
    behaviour: answering('200 OK'),
    manner: { certificate: 'valid' },
    expected: ['finished', '200 0'],
  },
  'HTTP/2 only': { behaviour: saying(Buffer.from('000012040000000000', 'hex')), expected: NOT_HTTP },
  'HTTP/2 only, over TLS': {
    behaviour: hanging,
    manner: { certificate: 'valid', protocols: ['h2'] },
    expected: ['pending', /^tls: the TLS handshake failed/],
  },
  'a redirect to itself': {
    behaviour: answering('302 Found', ['Location: /']),
    expected: ['failed', '302 0'],
  },
  'the wrong kind of content': {
    behaviour: answering('200 OK', ['Content-Type: image/png'], Buffer.from([0, 255, 254, 0])),
    expected: ['finished', '200 4'],
  },
  'a gzip bomb': {
    behaviour: answering('200 OK', ['Content-Encoding: gzip'], hostile.BOMB),
    expected: ['finished', /^200 \d+( cut)?$/],
  },
  'a broken gzip': {
    behaviour: answering('200 OK', ['Content-Encoding: gzip'], 'no gzip'),
    expected: ['finished', '200 7'],
  },
  'one header too long': { behaviour: saying(`${OK}A: ${'a'.repeat(20_000)}\r\n\r\n`), expected: TOO_LARGE },
  'headers without end': { behaviour: goingOn(OK, 'A: b\r\n'.repeat(100)), expected: TOO_LARGE },
  'something that is not HTTP': { behaviour: saying('SSH-2.0-OpenSSH_9.6\r\n\r\n'), expected: NOT_HTTP },
  'two lengths': { behaviour: saying(`${OK}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`), expected: MISCOUNTED },
  'a length and chunks': {
    behaviour: saying(`${OK}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`),
    expected: MISCOUNTED,
  },
  'early hints before the answer': {
    behaviour: breakingOff(
      `${'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'.repeat(20)}${OK}Content-Length: 0\r\n\r\n`,
    ),
    expected: ['finished', '200 0'],
  },
  'early hints without end': {
    behaviour: goingOn('', 'HTTP/1.1 103 Early Hints\r\n\r\n', 20),
    timeoutSeconds: 1,
    expected: ['pending', LATE],
  },
  'a 100 that nobody asked for': {
    behaviour: saying(`HTTP/1.1 100 Continue\r\n\r\n${OK}Content-Length: 0\r\n\r\n`),
    expected: ['pending', /wait: the connection was/],
  },
  'an answer before the request': {
    behaviour: saying(`${OK}Content-Length: 0\r\n\r\n`),
    manner: { early: true },
    expected: ['finished', '200 0'],
  },
  'a name server that does not answer': {
    behaviour: hanging,
    host: 'silent.hook.test',
    timeoutSeconds: 1,
    expected: ['pending', /^dns: no answer within 1 s/],
  },
  'a name that does not exist': {
    behaviour: hanging,
    host: 'unknown.hook.test',
    expected: ['pending', /^dns: the host name has no address/],
  },
  'a name that leads inwards': {
    behaviour: hanging,
    host: 'inner.hook.test',
    expected: ['failed', /^dns: .*metadata/],
  },
};

describe('embedded', async () => {
  const receivers = hostile.hostileReceivers();
  const names = await startNameServer((name, nth) => {
    if (/^(\d+\.)?silent\.hook\.test$/.test(name)) return 'no answer';
    if (name === 'own.hook.test') return ['127.0.0.1'];
    if (name === 'inner.hook.test') return ['169.254.169.254'];
    if (name === 'changing.hook.test') return [nth === 1 ? '127.0.0.1' : '10.0.0.1'];
    return 'no such name';
  });
  after(() => {
    names.close();
    receivers.close();
  });
  const scenario = stage('embedded', {
    args: ['--name-server', names.address, '--delivery-ca', hostile.certificateFile('authority')],
  });

  scenario('each of them leads to the outcome that is documented, and nothing is lost', async (scene) => {
    const watched = [];
    for (const [
      name,
      { behaviour, manner = {}, scheme, host = '127.0.0.1', timeoutSeconds, expected },
    ] of Object.entries(CASES)) {
      const port = await receivers.listen(behaviour, manner);
      const secure = scheme === 'https' || manner.certificate !== undefined;
      const webhook = await automationOf(scene, `http${secure ? 's' : ''}://${host}:${port}/`, timeoutSeconds);
      watched.push({ name, expected, webhook });
    }
    await (await scene.run()).log({ loss: 11 });
    const wrong: string[] = [];
    for (const { name, expected, webhook } of watched) {
      const { status, told } = await until(`an attempt at ${name}`, () => firstAttempt(scene, webhook));
      const [due, saying] = expected;
      const fits = typeof saying === 'string' ? saying === told : saying.test(told);
      if (status !== due || !fits) wrong.push(`${name}: ${status}, ${told}`);
    }
    deepStrictEqual(wrong, []);
  });

  scenario(
    'a receiver that recovers gets what it missed, at the times that it and the schedule name',
    async (scene) => {
      const port = await receivers.listen(
        inTurn(
          answering('429 Slow down', ['Retry-After: 120']),
          answering('500 Oops'),
          resetting,
          answering('204 None'),
        ),
      );
      const webhook = await automationOf(scene, `http://127.0.0.1:${port}/`);
      await (await scene.run()).log({ loss: 11 });
      for (const [count, wait] of [
        [1, 2 * MINUTE],
        [2, 40 * SECOND],
        [3, 7 * MINUTE],
      ] as const) {
        const { next } = await until(`attempt ${count}`, async () => {
          const found = await firstAttempt(scene, webhook);
          return found?.count === count && found;
        });
        ok(next > 0 && next <= wait + MINUTE, `attempt ${count}: next in ${next} ms`);
        if (count === 1) ok(next >= 119 * SECOND, `${next}`);
        scene.server.clock.move(wait + MINUTE);
      }
      const last = await until('success', async () => {
        const found = await firstAttempt(scene, webhook);
        return found?.status === 'finished' && found;
      });
      strictEqual(last.count, 4);
    },
  );

  scenario('a name that changes its answer between two attempts is refused at the second', async (scene) => {
    const port = await receivers.listen(answering('503 Not now'));
    const webhook = await automationOf(scene, `http://changing.hook.test:${port}/`);
    await (await scene.run()).log({ loss: 11 });
    await until('the first attempt', () => firstAttempt(scene, webhook));
    scene.server.clock.move(MINUTE);
    const { told } = await until('the second', async () => {
      const found = await firstAttempt(scene, webhook);
      return found?.status === 'failed' && found;
    });
    match(told, /^dns: changing\.hook\.test resolves to a private/);
  });

  scenario(
    'AUT-093: forty receivers that hang and ten endless bodies neither delay others nor fill the memory',
    async (scene) => {
      const silent = hostile.hostileReceivers();
      const hung = await silent.listen(hanging);
      let taken = 0;
      const endless = await receivers.listen((socket, nth) => {
        socket.on('close', () => (taken += socket.bytesWritten));
        return goingOn(`${OK}\r\n`, Buffer.alloc(65_536, 'a'))(socket, nth);
      });
      const bad = [...Array(40).fill(hung), ...Array(10).fill(endless)];
      await mapSome(bad, (port) => automationOf(scene, `http://127.0.0.1:${port}/`, 60));
      const other = await scene.automation(metric('loss', '$gt', 10));
      const round = async (nth: number): Promise<void> => {
        await (await scene.run()).log({ loss: 11 });
        await other.fires(nth);
        await until(`${40 * nth} that hang`, () => silent.open.size === 40 * nth);
      };
      const [warm, rounds] = [2, 8];
      for (let nth = 1; nth <= warm; nth += 1) await round(nth);
      const before = residentBytes(scene.server.pid);
      for (let nth = warm + 1; nth <= rounds; nth += 1) await round(nth);
      const grown = residentBytes(scene.server.pid) - before;
      ok(grown < 64 * 1024 ** 2, `the server grew by ${grown} bytes`);
      await until('the end of the endless', () => taken > 0);
      ok(taken < 10 * rounds * 16 * 1024 ** 2, `${taken} bytes were taken`);
      const waits = await startedAfter(scene, other);
      ok(median(waits) < SECOND && Math.max(...waits) < 10 * SECOND, `deliveries started after ${waits} ms`);
      silent.close();
    },
  );

  scenario('twenty names whose servers are silent delay no other webhook', async (scene) => {
    for (let nth = 0; nth < 20; nth += 1) await automationOf(scene, `http://${nth}.silent.hook.test/`, 60);
    const port = await receivers.listen(answering('200 OK'));
    const named = await automationOf(scene, `http://own.hook.test:${port}/`);
    const other = await scene.automation(metric('loss', '$gt', 10));
    for (let nth = 1; nth <= 5; nth += 1) {
      await (await scene.run()).log({ loss: 11 });
      await other.fires(nth);
    }
    await until('the silent names to be asked for', () => names.asked.includes('19.silent.hook.test'));
    const waits = [...(await startedAfter(scene, other)), ...(await startedAfter(scene, named))];
    strictEqual(waits.length, 10);
    ok(median(waits) < SECOND && Math.max(...waits) < 10 * SECOND, `deliveries started after ${waits} ms`);
  });
});

/** Of a process. */
function residentBytes(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) * 1024;
}

function median(values: readonly number[]): number {
  return values.toSorted((one, next) => one - next)[values.length >> 1] ?? Number.NaN;
}

/** How long after their events the executions of an automation began to be sent and were answered, in milliseconds. */
async function startedAfter({ server, person, team }: Scene, { executions }: Watched): Promise<number[]> {
  return mapSome(await executions(), async ({ id }) => {
    const { event, attempts } = await until(`execution ${id} to end`, async () => {
      const found = await rest<Details>(server, person.key, `/entities/${team}/executions/${id}`);
      return found.status === 'finished' && found;
    });
    return Date.parse(attempts[0]?.startedAt ?? '') - Date.parse(event.occurredAt);
  });
}

interface Watched {
  readonly executions: () => Promise<readonly { readonly id: string; readonly status: string }[]>;
}

/** An automation with a webhook at an address. */
async function automationOf(scene: Scene, url: string, timeoutSeconds = 30): Promise<Watched> {
  const { server, person, team } = scene;
  const name = `hook-${crypto.randomUUID()}`;
  const path = `/entities/${team}/integrations`;
  const body = { name, url, timeoutSeconds };
  const { id } = await rest<{ id: string }>(server, person.key, path, { method: 'POST', body });
  const place = { server, key: person.key, entity: team, project: scene.project, projectId: scene.projectId };
  const webhook = { id: nodeId('GenericWebhookIntegration', id), name, inbox: (await scene.webhook()).inbox };
  return createAutomation(place, webhook, metric('loss', '$gt', 10), {});
}

interface Details {
  readonly status: string;
  readonly event: { readonly occurredAt: string };
  readonly attempts: readonly {
    readonly status: number | null;
    readonly phase: string | null;
    readonly error: string | null;
    readonly nextAt: string | null;
    readonly startedAt: string;
    readonly response: { readonly body: string; readonly truncated: boolean } | null;
  }[];
}

/** The last attempt of its only execution in words; `undefined` while there is none. */
async function firstAttempt({ server, person, team }: Scene, { executions }: Watched) {
  const [execution] = await executions();
  if (execution === undefined) return undefined;
  const found = await rest<Details>(server, person.key, `/entities/${team}/executions/${execution.id}`);
  const last = found.attempts.at(-1);
  if (last === undefined) return undefined;
  const { phase, error, status, response, nextAt, startedAt } = last;
  const answer = `${status} ${response?.body.length}${response?.truncated ? ' cut' : ''}`;
  const next = nextAt === null ? 0 : Date.parse(nextAt) - Date.parse(startedAt);
  return {
    status: found.status,
    told: error === null ? answer : `${phase}: ${error}`,
    next,
    count: found.attempts.length,
  };
}
