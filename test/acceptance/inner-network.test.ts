import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { after, describe } from 'node:test';
import { nodeId } from '../../src/model/wire-id.ts';
import { createAutomation } from '../support/automation.ts';
import { answering, hostileReceivers } from '../support/hostile-receivers.ts';
import { startNameServer } from '../support/name-server.ts';
import { rest } from '../support/rest.ts';
import { untilSaid } from '../support/said.ts';
import { type Person, type Scene, signUp } from '../support/scene.ts';
import { stage } from '../support/stage.ts';
import { until } from '../support/wait.ts';
import { metric } from '../support/wire-events.ts';

const PASSWORD = 'the-password-of-the-proxy';
const HIDDEN = [PASSWORD, Buffer.from(`me:${PASSWORD}`).toString('base64'), '10.9.8.7', '127.0.0.1'];

describe('embedded', async () => {
  const receivers = hostileReceivers();
  const proxy = await receivers.listen(answering('407 Who are you'));
  const own = await receivers.listen(answering('200 OK'));
  const names = await startNameServer((name) => {
    if (name === 'allowed.hook.test') return ['127.0.0.1'];
    return name === 'inner.hook.test' ? ['10.9.8.7'] : ['8.8.8.8'];
  });
  after(() => {
    names.close();
    receivers.close();
  });
  const address = `http://me:${PASSWORD}@127.0.0.1:${proxy}`;
  const scenario = stage('embedded', {
    args: [
      ...['--name-server', names.address, '--delivery-allow', 'allowed.hook.test'],
      ...['--public-url', 'https://tripline.example'],
    ],
    env: { HTTP_PROXY: address, HTTPS_PROXY: address, NO_PROXY: 'allowed.hook.test' },
  });

  /** Where a webhook sends to, and what the first attempt comes to. */
  const cases: readonly (readonly [url: string, RegExp])[] = [
    [`http://allowed.hook.test:${own}/`, /^200$/],
    ['http://inner.hook.test/', /^dns: inner\.hook\.test resolves to a private or reserved address/],
    ['http://outside.hook.test/', /^407$/],
    ['https://outside.hook.test/', /^connect: the proxy answered 407$/],
  ];

  scenario('no attempt and no test shows an inner address or the credentials of a proxy to anybody', async (scene) => {
    const { server, person, teammate, team } = scene;
    const viewer = await signUp(server);
    const body = { username: viewer.username, role: 'viewer' };
    await rest(server, person.key, `/entities/${team}/members`, { method: 'POST', body });
    const watched = [];
    for (const [url, told] of cases) watched.push({ told, ...(await automationTo(scene, url)) });
    await (await scene.run()).log({ loss: 11 });
    for (const { told, id, executions } of watched) {
      const [execution] = await until('an execution', async () => {
        const found = await executions();
        return found.length > 0 && found;
      });
      for (const who of [person, teammate, viewer]) {
        const shown = await until('an attempt', () => firstAttempt(scene, who, execution?.id ?? ''));
        hides(shown.text);
        strictEqual(shown.address, null);
        match(shown.told, told);
      }
      const test = await server.call(`/api/v1/entities/${team}/integrations/${id}/test`, {
        method: 'POST',
        key: person.key,
        body: {},
      });
      strictEqual(test.status, 200);
      hides(test.text);
      strictEqual((JSON.parse(test.text) as { address: string | null }).address, null);
    }
    deepStrictEqual([server.log.includes(PASSWORD), server.log.includes(HIDDEN[1] ?? '')], [false, false]);
    // the operator learns what was refused
    await untilSaid(server, /"address":"10\.9\.8\.7"/);
  });
});

function hides(text: string): void {
  for (const hidden of HIDDEN) ok(!text.includes(hidden), `${hidden} in ${text}`);
}

async function automationTo(scene: Scene, url: string) {
  const { server, person, team } = scene;
  const name = `hook-${crypto.randomUUID()}`;
  const { id } = await rest<{ id: string }>(server, person.key, `/entities/${team}/integrations`, {
    method: 'POST',
    body: { name, url },
  });
  const place = { server, key: person.key, entity: team, project: scene.project, projectId: scene.projectId };
  const webhook = { id: nodeId('GenericWebhookIntegration', id), name, inbox: (await scene.webhook()).inbox };
  const { executions } = await createAutomation(place, webhook, metric('loss', '$gt', 10), {});
  return { id, executions };
}

interface Details {
  readonly attempts: readonly {
    readonly status: number | null;
    readonly phase: string | null;
    readonly error: string | null;
    readonly address: string | null;
  }[];
}

/** As somebody sees it. */
async function firstAttempt({ server, team }: Scene, { key }: Person, id: string) {
  const { status, text } = await server.call(`/api/v1/entities/${team}/executions/${id}`, { key });
  strictEqual(status, 200, text);
  const [attempt] = (JSON.parse(text) as Details).attempts;
  if (attempt === undefined) return undefined;
  const { error, phase, address } = attempt;
  return { text, address, told: error === null ? String(attempt.status) : `${phase}: ${error}` };
}
