import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Arguments, queriesOfSchema } from '../support/graphql-walk.ts';
import type { Answer, Call } from '../support/http.ts';
import { startReceiver } from '../support/receiver.ts';
import { openScene, type Scene } from '../support/scene.ts';
import { searcherFor, searchFiles } from '../support/secret-search.ts';
import { type Server, startServer } from '../support/server.ts';
import { type SlackServer, startSlackServer } from '../support/slack-server.ts';
import { until } from '../support/wait.ts';

const PASSWORD = 'canary "of" <the> password+/é';
const CHANNEL = { team: { id: 'T1', name: 'Acme' }, channel: { id: 'C1', name: '#alerts' } };

const UPLOAD = `mutation CreateRunFiles($entity: String!, $project: String!, $run: String!) {
  createRunFiles(input: { entityName: $entity, projectName: $project, runName: $run, files: ["notes.txt"] }) {
    files { name uploadUrl } } }`;

/** What is sought, and where it may be: in the one answer that hands it out. */
class Hunt {
  readonly sought: Record<string, string> = {};
  readonly answers: string[] = [];
  readonly server: Server;

  constructor(server: Server) {
    this.server = server;
  }

  /** Asks, and keeps the answer for the search. */
  async call(path: string, call: Call): Promise<Answer> {
    const answer = await this.server.call(path, call);
    this.answers.push(`${path}\n${answer.text}\n${JSON.stringify(answer.headers)}`);
    return answer;
  }

  /** Asks for a credential, which this answer alone may hold. */
  async made(what: string, path: string, call: Call): Promise<string> {
    const { status, text } = await this.server.call(`/api/v1${path}`, { method: 'POST', ...call });
    ok(status < 300, text);
    const { key } = JSON.parse(text) as { key: string };
    this.sought[what] = key;
    return key;
  }

  /** @returns what was found in what was answered and logged */
  found(): readonly string[] {
    const search = searcherFor(this.sought);
    return [...this.answers, this.server.log].flatMap((text) =>
      search(text).map((hit) => `${hit}: ${text.slice(0, 120)}`),
    );
  }
}

test('AUT-120: no credential but secrets is in a file, log line or answer either, in any form', async () => {
  const [slack, receiver] = [await startSlackServer(), await startReceiver()];
  const env = {
    TRIPLINE_LOG_LEVEL: 'trace',
    // made in the data folder
    TRIPLINE_MASTER_KEY: '',
    TRIPLINE_SLACK_URL: slack.url,
    TRIPLINE_SLACK_CLIENT_ID: slack.app.clientId,
    TRIPLINE_SLACK_CLIENT_SECRET: slack.app.clientSecret,
  };
  const server = await startServer({ database: 'embedded', env });
  try {
    const hunt = new Hunt(server);
    const scene = await openScene(server, receiver);
    Object.assign(hunt.sought, {
      'the master key': readFileSync(join(server.data, 'master.key'), 'utf8').trim(),
      'the client secret of Slack': slack.app.clientSecret,
      'a password': PASSWORD,
      'the key of a user': scene.person.key,
      'the key of the admin': server.adminKey,
    });
    await makeKeys(hunt, scene);
    await connectSlack(hunt, scene, slack);
    const signature = await uploadFile(hunt, scene);
    await readAll(hunt, scene);
    deepStrictEqual(hunt.found(), []);
    ok(!server.log.includes(signature), 'signed addresses are not logged');
    await searchData(hunt, signature);
    await server.stop();
    await searchData(hunt, signature);
    deepStrictEqual(hunt.found(), []);
  } finally {
    await server.dispose();
    await receiver.close();
    await slack.close();
  }
});

async function makeKeys(hunt: Hunt, { person, team, server }: Scene): Promise<void> {
  const accounts = `/entities/${team}/service-accounts`;
  await hunt.made('the key of a service account', accounts, { key: person.key, body: { description: 'ci' } });
  const { items } = JSON.parse((await hunt.call(`/api/v1${accounts}`, { key: person.key })).text);
  const rotate = `${accounts}/${items[0].username}/rotate-key`;
  await hunt.made('the rotated key of a service account', rotate, { key: person.key });
  await hunt.made('a further key of a user', '/viewer/api-keys', { key: person.key, body: {} });
  const body = { username: 'canary', email: 'canary@example.com', password: PASSWORD };
  strictEqual((await hunt.call('/api/v1/users', { method: 'POST', key: server.adminKey, body })).status, 201);
  for (const wrong of [
    { ...body, password: [PASSWORD] },
    { ...body, password: PASSWORD.repeat(100) },
  ]) {
    strictEqual((await hunt.call('/api/v1/users', { method: 'POST', key: server.adminKey, body: wrong })).status, 400);
  }
}

/** By hand and through Slack; Slack's answers repeat the address. */
async function connectSlack(hunt: Hunt, scene: Scene, slack: SlackServer): Promise<void> {
  const { key } = scene.person;
  const entity = `/api/v1/entities/${scene.team}`;
  const hook = slack.hook();
  hunt.sought['the address of a channel'] = new URL(hook.url).pathname;
  const pasted = { teamName: 'Acme', channelName: '#alerts', url: hook.url };
  const { id } = JSON.parse(
    (await hunt.call(`${entity}/slack-channels`, { method: 'POST', key, body: pasted })).text,
  ) as { id: string };
  const wrong = { ...pasted, url: `https://example.com${new URL(hook.url).pathname}` };
  ok((await hunt.call(`${entity}/slack-channels`, { method: 'POST', key, body: wrong })).status >= 400);
  hook.reply({ status: 400, word: `no ${hook.url}` }, { status: 400, word: `no ${hook.url}` });
  await hunt.call(`${entity}/integrations/${id}/test`, { method: 'POST', key, body: {} });
  await notify(hunt, scene, id);
  await (await scene.run()).log({ loss: 11 });
  await until('the message to fail', async () =>
    (await hunt.call(`${entity}/executions`, { key })).text.includes('"failed"'),
  );

  const begun = await scene.server.call(`${entity}/slack-channels/connect`, { method: 'POST', key });
  const back = new URL(slack.authorize(JSON.parse(begun.text).authorizeUrl, CHANNEL));
  hunt.sought['the code of Slack'] = back.searchParams.get('code') ?? '';
  hunt.sought['the token of Slack'] = 'xoxb-the-token-that-nobody-needs';
  // the path that is asked for holds the code: the answer alone is searched
  const page = await scene.server.call(back.pathname + back.search, {});
  strictEqual(page.status, 200, page.text);
  hunt.answers.push(page.text, (await scene.server.call(back.pathname + back.search, {})).text);
  hunt.sought['the address that Slack gave'] = new URL(slack.hookOf('C1').url).pathname;
}

async function notify(hunt: Hunt, scene: Scene, integrationId: string): Promise<void> {
  const body = {
    name: 'watch',
    scope: { kind: 'project', project: scene.project },
    event: { type: 'RUN_METRIC', metric: 'loss', aggregation: 'AVERAGE', window: 1, comparison: '$gt', threshold: 10 },
    action: { type: 'NOTIFICATION', integrationId },
  };
  const call = { method: 'POST', key: scene.person.key, body } as const;
  const { status, text } = await hunt.call(`/api/v1/entities/${scene.team}/automations`, call);
  strictEqual(status, 201, text);
}

/** @returns what proves that an address was signed */
async function uploadFile(hunt: Hunt, scene: Scene): Promise<string> {
  const run = await scene.run();
  const names = { entity: scene.team, project: scene.project, run: run.id };
  const data = await scene.graphql<{ createRunFiles: { files: { uploadUrl: string }[] } }>(UPLOAD, names);
  const url = new URL(data.createRunFiles.files[0]?.uploadUrl ?? '');
  const body = Buffer.from('notes');
  strictEqual((await hunt.call(url.pathname + url.search, { method: 'PUT', body })).status, 200);
  const forged = `${url.pathname}${url.search.slice(0, -3)}abc`;
  strictEqual((await hunt.call(forged, { method: 'PUT', body })).status, 403);
  return (url.searchParams.get('signature') ?? '').slice(0, 30);
}

/** Everything that can be read: by the team's admin, who made the credentials, over REST; by others over GraphQL too. */
async function readAll(hunt: Hunt, { person, teammate, team, project, organization, server }: Scene): Promise<void> {
  const { paths } = JSON.parse((await server.call('/api/v1/openapi.json')).text) as { paths: Record<string, object> };
  const fill: Record<string, string> = { entity: team, organization, username: person.username };
  const audit = [`/api/v1/entities/${team}/audit/export?format=csv`, '/api/v1/audit/export?format=csv'];
  const read = Object.entries(paths).flatMap(([path, deeds]) => ('get' in deeds ? [path] : []));
  let answered = 0;
  for (const key of [person.key, teammate.key, server.adminKey]) {
    for (const path of [...read, ...audit]) {
      const address = path.replace(/\{(\w+)\}/g, (_hole, name: string) => fill[name] ?? '1');
      answered += (await hunt.call(address, { key })).status === 200 ? 1 : 0;
    }
  }
  ok(answered > 30, `${answered} answers`);
  const sets: readonly Arguments[] = [
    { name: team, entityName: team, query: person.username, first: 5 },
    { name: project, entityName: team, query: person.username, first: 5 },
    { name: organization, entityName: organization, query: 'canary', first: 5 },
  ];
  let graphs = 0;
  for (const key of [teammate.key, server.adminKey]) {
    for (const query of sets.flatMap((values) => queriesOfSchema(values, 4))) {
      const { text } = await hunt.call('/graphql', { method: 'POST', key, body: { query } });
      graphs += 'data' in JSON.parse(text) ? 1 : 0;
    }
  }
  ok(graphs > 20, `${graphs} graphs`);
}

async function searchData(hunt: Hunt, signature: string): Promise<void> {
  const search = searcherFor({ ...hunt.sought, 'a signature': signature });
  const { files, found } = searchFiles(hunt.server.data, search);
  ok(files > 100);
  const key = join(hunt.server.data, 'master.key');
  deepStrictEqual(
    found.filter((hit) => !hit.startsWith(`${key}: the master key `)),
    [],
  );
}
