import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, describe } from 'node:test';
import { type Records, startNameServer } from '../support/name-server.ts';
import { mapSome } from '../support/outbound-paths.ts';
import { executionsIn, rest } from '../support/rest.ts';
import { untilSaid } from '../support/said.ts';
import type { Scene } from '../support/scene.ts';
import { corpusRecords, INWARD_NAMES, ssrfCorpus } from '../support/ssrf-corpus.ts';
import { stage } from '../support/stage.ts';
import { until } from '../support/wait.ts';

/** Where the operator's Slack is, allowed in the setting. */
const SLACK = '127.0.0.77';
const NAME = 'slack.ssrf.test';
const REDIRECTS = [301, 302, 303, 307, 308];

/** Addresses that are none of Slack, though Slack's name stands in them. */
const disguised = (port: number): readonly string[] => [
  'https://hooks.slack.com.evil.example/services/x',
  'https://hooks.slack.com@127.0.0.1/services/x',
  'https://hooks.slack.com:pass@127.0.0.1/services/x',
  'https://hooks.slack.com%2f@127.0.0.1/services/x',
  'https://127.0.0.1/services/x?https://hooks.slack.com/',
  'https://127.0.0.1/services/x#https://hooks.slack.com/',
  'https://127.0.0.1\\hooks.slack.com/services/x',
  'https://hooks.slack.com:8443/services/x',
  'http://hooks.slack.com/services/x',
  'https://user:pass@hooks.slack.com/services/x',
  'https://hooks.slack.com./services/x',
  'https://slack.com/services/x',
  'https://evil.hooks.slack.com/services/x',
  'https://hooks.slack.com/',
  `http://${NAME}:${port + 1}/services/x`,
  `http://evil.${NAME}:${port}/services/x`,
  `http://${NAME}.:${port}/services/x`,
  `https://${NAME}:${port}/services/x`,
  `http://${NAME}@127.0.0.1:${port}/services/x`,
];

interface SlackAnswer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body: unknown;
}

const OK: SlackAnswer = { status: 200, body: 'ok' };

describe('embedded', async () => {
  /** Local addresses, other than Slack's, that a request came to. */
  const canary: string[] = [];
  const posted: string[] = [];
  /** How Slack answers the exchange of a code. */
  let answer: (code: string) => SlackAnswer = () => OK;
  const server = createServer(async (request, response) => {
    const at = request.socket.localAddress?.replace('::ffff:', '') ?? '';
    if (at === SLACK) posted.push(request.url ?? '');
    else canary.push(at);
    const code = new URLSearchParams(await text(request)).get('code') ?? '';
    const { status, headers = {}, body } = request.url === '/api/oauth.v2.access' ? answer(code) : OK;
    response.writeHead(status, { connection: 'close', ...headers }).end(JSON.stringify(body));
  });
  server.listen(0, '::');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  let records: Records = [SLACK];
  const names = await startNameServer((name) =>
    name === NAME || name === `hooks.${NAME}` ? records : corpusRecords(name),
  );
  after(() => {
    names.close();
    server.close();
    server.closeAllConnections();
  });
  const scenario = stage('embedded', {
    args: [
      ...['--name-server', names.address, '--delivery-allow', SLACK, '--public-url', 'https://tripline.example'],
      ...['--slack-url', `http://${NAME}:${port}`],
    ],
    env: { TRIPLINE_SLACK_CLIENT_ID: '1.2', TRIPLINE_SLACK_CLIENT_SECRET: 'the-secret-of-the-app' },
  });

  const tricks = [...ssrfCorpus(port).map(({ url }) => url), ...disguised(port)];

  const paste = ({ server, person, team }: Scene, url: string) =>
    server.call(`/api/v1/entities/${team}/slack-channels`, {
      method: 'POST',
      key: person.key,
      body: { name: `channel-${crypto.randomUUID()}`, teamName: 'Acme', channelName: '#a', url },
    });
  /** A channel with an address below that of the operator's Slack. */
  const channel = async (scene: Scene): Promise<string> => {
    const made = await paste(scene, `http://hooks.${NAME}:${port}/services/T/B/the-token`);
    strictEqual(made.status, 201, made.text);
    return (JSON.parse(made.text) as { id: string }).id;
  };
  /** Connects a channel as a browser does; what the page at the end says. */
  const connect = async (scene: Scene, code = 'the-code') => {
    const begin = `/entities/${scene.team}/slack-channels/connect`;
    const { authorizeUrl } = await rest<{ authorizeUrl: string }>(scene.server, scene.person.key, begin, {
      method: 'POST',
    });
    const state = encodeURIComponent(new URL(authorizeUrl).searchParams.get('state') ?? '');
    return scene.server.call(`/slack/callback?state=${state}&code=${code}`);
  };
  const testMessage = async ({ server, person, team }: Scene, id: string) => {
    const path = `/entities/${team}/integrations/${id}/test`;
    const call = { method: 'POST', body: {} } as const;
    return rest<{ status: number | null; address: string | null; error: { phase: string; message: string } | null }>(
      server,
      person.key,
      path,
      call,
    );
  };
  const channels = async ({ server, person, team }: Scene) =>
    (await rest<{ items: unknown[] }>(server, person.key, `/entities/${team}/integrations`)).items.length;

  scenario(`none of ${tricks.length} tricks is taken for the address of an incoming webhook`, async (scene) => {
    ok(tricks.length >= 300);
    await mapSome(tricks, async (url) => {
      const { status, text } = await paste(scene, url);
      ok(status >= 400 && status < 500, `${url}: ${status} ${text}`);
    });
    strictEqual(await channels(scene), 0);
    deepStrictEqual(canary, []);
  });

  scenario(`none of ${tricks.length} tricks is believed when the answer of OAuth names it`, async (scene) => {
    answer = (code) => ({ status: 200, body: access(tricks[Number(code)] ?? '') });
    await mapSome([...tricks.keys()], async (code) => {
      const page = await connect(scene, String(code));
      ok(page.status >= 400 && page.status < 500, `${tricks[code]}: ${page.status} ${page.text}`);
      match(page.text, /^Slack was not connected: /);
      ok(!page.text.includes('xoxb-'), page.text);
    });
    strictEqual(await channels(scene), 0);
    deepStrictEqual(canary, []);
    answer = () => ({ status: 200, body: access(`http://hooks.${NAME}:${port}/services/T/B/the-token`) });
    match((await connect(scene)).text, /^Connected: /);
    strictEqual(await channels(scene), 1);
  });

  scenario('no redirect from the exchange of a code is followed', async (scene) => {
    for (const status of REDIRECTS) {
      for (const location of [`http://127.0.0.1:${port}/`, `//127.0.0.1:${port}/`, 'http://169.254.169.254/']) {
        answer = () => ({ status, headers: { location }, body: access(`http://hooks.${NAME}:${port}/services/x`) });
        const before = posted.length;
        const page = await connect(scene);
        deepStrictEqual([page.status, posted.length - before], [409, 1], page.text);
      }
    }
    deepStrictEqual(canary, []);
  });

  scenario('a Slack that leads inwards is refused wherever something goes to it', async (scene) => {
    ok(INWARD_NAMES.length >= 80);
    for (const name of INWARD_NAMES) {
      records = corpusRecords(name);
      const { status, address, error } = await testMessage(scene, await channel(scene));
      deepStrictEqual([status, address, error?.phase], [null, null, 'dns'], name);
      judge(error?.message ?? '');
    }
    const page = await connect(scene);
    strictEqual(page.status, 409, page.text);
    judge(page.text);
    deepStrictEqual(canary, []);
    await untilSaid(scene.server, /"address":"10\.0\.0\.1"/);
    records = [SLACK];
    strictEqual((await testMessage(scene, await channel(scene))).status, 200);
  });

  scenario('an automation and an alert reach no Slack that leads inwards', async (scene) => {
    const { server, person, team, project } = scene;
    const id = await channel(scene);
    const call = (method: 'POST' | 'PATCH', path: string, body: object) =>
      rest<unknown>(server, person.key, `/entities/${team}${path}`, { method, body });
    await call('PATCH', '/alerts', { runAlert: [id] });
    await call('POST', '/automations', {
      name: 'watch',
      scope: { kind: 'project', project },
      event: { type: 'RUN_STATE', states: ['FINISHED'] },
      action: { type: 'NOTIFICATION', integrationId: id },
    });
    const play = async (ended: number) => {
      const run = await scene.run();
      await scene.graphql(ALERT, { entity: team, project, run: run.id });
      await run.finish();
      return until(`${ended} executions to end`, async () => {
        const rows = await executionsIn(server, person.key, team);
        const over = rows.filter(({ status }) => status === 'failed' || status === 'finished');
        return over.length === ended && over;
      });
    };
    records = ['8.8.8.8', '127.0.0.1'];
    for (const { id, status, reason } of await play(2)) {
      deepStrictEqual([status, reason], ['failed', 'address_blocked']);
      const found = await rest<{ attempts: { error: string; phase: string; address: null }[] }>(
        server,
        person.key,
        `/entities/${team}/executions/${id}`,
      );
      const [attempt, ...others] = found.attempts;
      deepStrictEqual([attempt?.phase, attempt?.address, others], ['dns', null, []]);
      judge(attempt?.error ?? '');
    }
    deepStrictEqual(canary, []);
    records = [SLACK];
    const all = await play(4);
    strictEqual(all.filter(({ status }) => status === 'finished').length, 2);
  });
});

/** The host and the setting are named, and nothing that a name resolved to. */
function judge(text: string): void {
  match(text, /slack\.ssrf\.test resolves to a .*: deliveries (never )?reach it/);
  strictEqual(/\d+\.\d+\.\d+\.\d+/.test(text), false, text);
}

const ALERT = `mutation Alert($entity: String!, $project: String!, $run: String!) {
  notifyScriptableRunAlert(input: { entityName: $entity, projectName: $project, runName: $run, title: "t", text: "x" }) {
    success
  }
}`;

function access(url: string) {
  return {
    ok: true,
    access_token: 'xoxb-the-token-that-nobody-needs',
    team: { id: 'T1', name: 'Acme' },
    incoming_webhook: { channel: '#a', channel_id: 'C1', configuration_url: 'https://acme.slack.com/services/B1', url },
  };
}
