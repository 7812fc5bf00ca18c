import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { createAutomation } from '../support/automation.ts';
import type { Answer, Call } from '../support/http.ts';
import { type Received, type Reply, startReceiver } from '../support/receiver.ts';
import { openScene, type Scene } from '../support/scene.ts';
import { everyForm, searcherFor, searchFiles } from '../support/secret-search.ts';
import { type Server, startServer } from '../support/server.ts';
import { until } from '../support/wait.ts';
import { metric } from '../support/wire-events.ts';

const MASTER_KEY = Buffer.from('canary of the master key, 41 bytes long!!').toString('base64');
/** Its signs are written otherwise in every form. */
const canary = (word: string) => `cnry-${word} "q" <b>&amp+/é\n'${word}-9z`;
const VALUES = {
  TOKEN: canary('token'),
  KEY: canary('signing'),
  WHSEC: `whsec_${Buffer.from('canary of the standard webhooks').toString('base64')}`,
  EXTRA: canary('further'),
  ROTATED: canary('rotated'),
  GONE: canary('deleted'),
  MISPLACED: canary('misplaced'),
};
const SETTINGS = {
  accessTokenRef: 'TOKEN',
  secretRefs: ['EXTRA', 'GONE'],
  headers: { 'X-Extra': 'k=${EXTRA}', 'X-Upper': '${EXTRA | upper}' },
  schedule: 'none',
  timeoutSeconds: 1,
};
const PAYLOAD = { a: '${ACCESS_TOKEN}', b: '$TOKEN and $EXTRA', '${GONE}': ['${GONE}', '${EXTRA | json}'] };

const SOUGHT = { ...VALUES, 'the master key': MASTER_KEY };
const search = searcherFor(SOUGHT);
const isMaskedSafely = (text: string) => deepStrictEqual(search(text), []);

/** All that it got, in every form that it can think of; again and again past what is kept of a body. */
function echo({ headers, body }: Received): string {
  const texts = [JSON.stringify(headers), body, JSON.stringify({ headers, body }), ...everyForm(body)];
  return texts.join('\n');
}

/** What a receiver answers to the n-th request. */
function answerTo(received: Received, turn: number): Reply {
  const forms = [VALUES.TOKEN, VALUES.EXTRA, VALUES.GONE].flatMap(everyForm);
  const pad = '.'.repeat(64 * 1024 - 20);
  const location = `https://elsewhere.example/?token=${encodeURIComponent(VALUES.TOKEN)}`;
  const headers = { 'x-echo': String(received.headers['x-extra']), 'x-token': String(received.headers.authorization) };
  const replies: Reply[] = [
    { status: 200, headers, body: echo(received) },
    { status: 400, headers, body: forms.join('\n') },
    { status: 500, body: pad + VALUES.TOKEN },
    { status: 302, headers: { location } },
    { status: 422, body: pad + Buffer.from(VALUES.EXTRA).toString('base64') },
    'hang',
    'cut',
    { status: 410, headers, body: echo(received) },
  ];
  return replies[turn] ?? 200;
}

/** The turns that {@link answerTo} tells apart. */
const TURNS = 8;

class Mine {
  readonly answers: string[] = [];
  readonly #scene: Scene;

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  async call(path: string, call: Call = {}): Promise<Answer> {
    const answer = await this.#scene.server.call(path, { key: this.#scene.person.key, ...call });
    this.answers.push(`${answer.text}\n${JSON.stringify(answer.headers)}`);
    return answer;
  }

  entity(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<Answer> {
    const call = body === undefined ? { method } : { method, body };
    return this.call(`/api/v1/entities/${this.#scene.team}${path}`, call);
  }
}

async function makeSecrets(mine: Mine): Promise<void> {
  for (const name of ['TOKEN', 'KEY', 'WHSEC', 'EXTRA', 'GONE'] as const) {
    strictEqual((await mine.entity('POST', '/secrets', { name, value: VALUES[name] })).status, 201);
  }
}

/** One webhook for each way to answer, each with an automation. */
async function deliver(scene: Scene, mine: Mine): Promise<string[]> {
  const place = { ...scene, key: scene.person.key, entity: scene.team };
  const ids: string[] = [];
  for (let turn = 0; turn < TURNS; turn += 1) {
    const webhook = await scene.webhook();
    const id = await idOf(mine, webhook.name);
    const secretRef = turn % 2 === 0 ? 'KEY' : 'WHSEC';
    const changed = await mine.entity('PATCH', `/integrations/${id}`, { ...SETTINGS, secretRef });
    strictEqual(changed.status, 200, changed.text);
    await createAutomation(place, webhook, metric('loss', '$gt', 10), { payload: PAYLOAD });
    ids.push(id);
  }
  await (await scene.run()).log({ loss: 11 });
  await settled(mine, TURNS);
  return ids;
}

/** Of a webhook, as REST names it. */
async function idOf(mine: Mine, name: string): Promise<string> {
  const { items } = JSON.parse((await mine.entity('GET', '/integrations?limit=100')).text);
  return items.find((item: { name: string }) => item.name === name).id;
}

async function settled(mine: Mine, count: number): Promise<void> {
  await until(`${count} executions to end`, async () => {
    const { items } = JSON.parse((await mine.entity('GET', '/executions?limit=100')).text);
    return items.length >= count && items.every((item: { status: string }) => item.status !== 'pending');
  });
}

async function tryOut(mine: Mine, webhooks: readonly string[]): Promise<void> {
  for (const id of webhooks) {
    await mine.entity('POST', `/integrations/${id}/preview`, { payload: PAYLOAD });
    strictEqual((await mine.entity('POST', `/integrations/${id}/test`, { payload: PAYLOAD })).status, 200);
  }
}

/** A value where it does not belong is refused without being repeated. */
async function misplace(mine: Mine): Promise<void> {
  const value = VALUES.MISPLACED;
  const hook = { name: 'hook', url: 'https://example.com' };
  const bodies: readonly (readonly [string, unknown])[] = [
    ['/secrets', { name: value, value: 'x' }],
    ['/secrets', { name: 'WRONG', value: [value] }],
    ['/secrets', { name: 'WRONG', value: { value } }],
    ['/secrets', { name: 'WRONG', valeu: value }],
    ['/secrets', { name: 'WRONG', value: value.repeat(3000) }],
    ['/secrets', value],
    ['/integrations', { ...hook, url: value }],
    ['/integrations', { ...hook, url: `https://user:${encodeURIComponent(value)}@example.com` }],
    ['/integrations', { ...hook, name: value }],
    ['/integrations', { ...hook, accessTokenRef: value }],
    ['/integrations', { ...hook, secretRef: value }],
    ['/integrations', { ...hook, secretRefs: [value] }],
    ['/integrations', { ...hook, headers: { 'X-Token': value } }],
    ['/integrations', { ...hook, signatureEncoding: value }],
    ['/integrations', { ...hook, timeoutSeconds: value }],
    ['/integrations', { ...hook, headers: value }],
  ];
  for (const [path, body] of bodies) {
    const { status } = await mine.entity('POST', path, body);
    ok(status >= 400 && status < 500, `${path} answered ${status}`);
  }
  for (const text of [`{"name": "A", "value": ${JSON.stringify(value)}`, `{"value": ${value}}`]) {
    strictEqual((await mine.entity('POST', '/secrets', Buffer.from(text))).status, 400);
  }
  const input = { entityName: 'nobody', name: value, urlEndpoint: value, secretRef: value, [value]: value };
  const query =
    'mutation A($input: CreateGenericWebhookIntegrationInput!) { createGenericWebhookIntegration(input: $input) { integration { __typename } } }';
  for (const body of [{ query, variables: { input } }, { query, variables: value }, { query: value }]) {
    await mine.call('/graphql', { method: 'POST', body });
  }
  await mine.call('/api/v1/viewer', { headers: { authorization: `Bearer ${encodeURIComponent(value)}` } });
}

async function rotateAndDelete(scene: Scene, mine: Mine): Promise<void> {
  const rotated = await mine.entity('PUT', '/secrets/KEY', { value: VALUES.ROTATED, overlapHours: 1 });
  strictEqual(rotated.status, 200);
  await (await scene.run()).log({ loss: 11 });
  await settled(mine, 2 * TURNS - 1);
  strictEqual((await mine.entity('DELETE', '/secrets/GONE')).status, 409);
  strictEqual((await mine.entity('DELETE', '/secrets/GONE?force=true')).status, 204);
  await (await scene.run()).log({ loss: 11 });
  await settled(mine, 3 * TURNS - 2);
  const { items } = JSON.parse((await mine.entity('GET', '/executions?limit=100')).text);
  ok(items.some(({ reason }: { reason: string | null }) => reason === 'secret_missing: GONE'));
}

/** Every address that the description of the API has for reading, for all that there is to fill in. */
async function walk(scene: Scene, mine: Mine): Promise<number> {
  const { paths } = JSON.parse((await mine.call('/api/v1/openapi.json')).text) as { paths: Record<string, object> };
  const idsOf = async (list: string): Promise<string[]> => {
    const { items } = JSON.parse((await mine.entity('GET', `/${list}?limit=100`)).text);
    return items.map(({ id }: { id: string }) => id);
  };
  const fill: Record<string, readonly string[]> = {
    entity: [scene.team],
    organization: [scene.organization],
    username: [scene.person.username],
    secret: Object.keys(VALUES),
    integration: await idsOf('integrations'),
    automation: await idsOf('automations'),
    execution: await idsOf('executions'),
  };
  let read = 0;
  for (const [path, deeds] of Object.entries(paths)) {
    if (!('get' in deeds)) continue;
    const filled = [...path.matchAll(/\{(\w+)\}/g)].reduce<string[]>(
      (made, [hole, name = '']) => made.flatMap((each) => (fill[name] ?? ['1']).map((by) => each.replace(hole, by))),
      [path],
    );
    for (const address of filled) if ((await mine.call(address)).status === 200) read += 1;
  }
  await mine.call('/metrics');
  return read;
}

async function searchData(server: Server, key: string): Promise<void> {
  const { files, found } = searchFiles(server.data, searcherFor({ ...SOUGHT, 'an API key': key }));
  ok(files > 100);
  deepStrictEqual(found, []);
}

test('AUT-120, AUT-121: of a full run no secret is in a file, log line, answer, error or execution, in any form', async () => {
  let turns = 0;
  const kept = new Map<string, number>();
  const receiver = await startReceiver((received) => {
    const hook = String(received.headers['x-hook'] ?? received.headers['webhook-id']);
    if (!kept.has(hook)) kept.set(hook, turns++ % TURNS);
    return answerTo(received, kept.get(hook) ?? 0);
  });
  const env = { TRIPLINE_LOG_LEVEL: 'trace', TRIPLINE_MASTER_KEY: MASTER_KEY };
  const server = await startServer({ database: 'embedded', env });
  try {
    const scene = await openScene(server, receiver);
    const mine = new Mine(scene);
    await makeSecrets(mine);
    const webhooks = await deliver(scene, mine);
    await tryOut(mine, webhooks);
    await misplace(mine);
    await rotateAndDelete(scene, mine);
    ok((await walk(scene, mine)) > 3 * TURNS);
    for (const answer of mine.answers) isMaskedSafely(answer);
    ok(mine.answers.some((answer) => answer.includes('[masked]')));
    isMaskedSafely(server.log);
    await searchData(server, scene.person.key);
    await server.stop();
    await searchData(server, scene.person.key);
    deepStrictEqual(searcherFor({ ...SOUGHT, 'an API key': scene.person.key })(server.log), []);
  } finally {
    await server.dispose();
    await receiver.close();
  }
});

test('the search finds a value in every form that it promises, amid anything', () => {
  for (const form of everyForm(VALUES.TOKEN)) {
    ok(search(Buffer.concat([Buffer.alloc(5000, 7), Buffer.from(form), Buffer.alloc(9, 8)])).length > 0, form);
  }
  deepStrictEqual(search('nothing of the kind'), []);
});
