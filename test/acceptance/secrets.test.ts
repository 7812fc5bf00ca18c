import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  type FreshDatabase,
  forEachDatabase,
  forEachSharedDatabase,
  freshDatabase,
  onOneDatabase,
} from '../support/databases.ts';
import type { Answer } from '../support/http.ts';
import { spawnTripline } from '../support/node-process.ts';
import { type PushedRun, pushRun } from '../support/pushed-run.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { untilSaid } from '../support/said.ts';
import { openScene, type Scene } from '../support/scene.ts';
import { type Server, startServer } from '../support/server.ts';
import { stage } from '../support/stage.ts';
import { HOUR, MINUTE } from '../support/test-clock.ts';
import { until } from '../support/wait.ts';
import type { Watch } from '../support/watch.ts';
import { metric } from '../support/wire-events.ts';

const VALUE = 'the value of the secret';
const NEW_VALUE = 'the value after that';
/** What the servers of these tests start with. */
const MASTER_KEY = Buffer.alloc(32, 7).toString('base64');
const WRONG_KEY = 'a key that belongs to another database '.repeat(2);
const NEW_KEY = 'the master key that is to come '.repeat(2);

/** A secret, as REST lists it. */
interface Listed {
  readonly usedBy: readonly string[];
  readonly automations: readonly { readonly name: string }[];
  readonly automationsElsewhere: number;
  readonly access: object;
}

/** An entry of the audit log. */
interface Recorded {
  readonly before: { readonly access: object };
  readonly after: { readonly access: object };
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Asks a node of the scene, as the admin of its team. */
function ask(scene: Scene, method: Method, path: string, body?: object, node = scene.server): Promise<Answer> {
  const call = { method, key: scene.person.key, ...(body === undefined ? {} : { body }) };
  return node.call(`/api/v1/entities/${scene.team}${path}`, call);
}

async function well(answer: Promise<Answer>): Promise<unknown> {
  const { status, text } = await answer;
  ok(status >= 200 && status < 300, `${status}: ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

const EVERYTHING = { webhooks: true, headerTemplates: true };
const KEY = { accessTokenRef: 'KEY', secretRef: 'KEY' };

/** An automation whose webhook sends the secret `KEY` and signs with it. */
async function signing(scene: Scene, settings: object = KEY): Promise<Watch> {
  const watch = await scene.automation(metric('loss', '$gt', 10));
  await well(ask(scene, 'POST', '/secrets', { name: 'KEY', value: VALUE }));
  const { items } = (await well(ask(scene, 'GET', '/integrations'))) as { items: { id: string }[] };
  await well(ask(scene, 'PATCH', `/integrations/${items[0]?.id}`, settings));
  return watch;
}

/** A run whose client speaks to this node. */
function runAt(scene: Scene, server: Server): Promise<PushedRun> {
  const { person, team, project } = scene;
  return pushRun({ server, key: person.key, entity: team, project });
}

/** Waits until the newest execution waits, or has ended, for this reason. */
async function reasoned(watch: Watch, reason: string): Promise<{ readonly id: string; readonly status: string }> {
  return until(`an execution to say ${reason}`, async () => {
    const [newest] = await watch.executions();
    return newest?.reason === reason && newest;
  });
}

onOneDatabase('server', (database) => {
  const scenario = stage(database, { nodes: database === 'embedded' ? 1 : 2 });

  scenario('AUT-124: what failed for want of a secret is sent by Retry now once there is one again', async (scene) => {
    const watch = await signing(scene);
    await well(ask(scene, 'DELETE', '/secrets/KEY?force=true'));
    await (await scene.run()).log({ loss: 11 });
    const { id, status } = await reasoned(watch, 'secret_missing: KEY');
    strictEqual(status, 'failed');
    await well(ask(scene, 'POST', `/executions/${id}/retry`));
    await reasoned(watch, 'secret_missing: KEY');
    strictEqual(watch.inbox.received.length, 0, 'nothing was sent');
    await well(ask(scene, 'POST', '/secrets', { name: 'KEY', value: NEW_VALUE }));
    await well(ask(scene, 'POST', `/executions/${id}/retry`));
    await watch.fires(1);
    const [request] = await watch.inbox.exactly(1);
    deepStrictEqual([request?.headers.authorization, request?.headers['webhook-id']], [`Bearer ${NEW_VALUE}`, id]);
  });

  scenario('AUT-122: the next attempt of an execution that waits is made with the rotated value', async (scene) => {
    const watch = await signing(scene);
    watch.inbox.reply(503);
    await (await scene.run()).log({ loss: 11 });
    await watch.attempted(1);
    await well(ask(scene, 'PUT', '/secrets/KEY', { value: NEW_VALUE }));
    scene.server.clock.move(MINUTE);
    const tokens = (await watch.inbox.exactly(2)).map(({ headers }) => headers.authorization);
    deepStrictEqual(tokens, [`Bearer ${VALUE}`, `Bearer ${NEW_VALUE}`]);
  });

  scenario('a secret in use names its webhooks and automations to admins only, and asks', async (scene) => {
    const watch = await signing(scene);
    const { items } = (await well(ask(scene, 'GET', '/integrations'))) as { items: { name: string }[] };
    const [hook] = items.map(({ name }) => name);
    const listed = async (key: string): Promise<Listed | undefined> => {
      const answer = scene.server.call(`/api/v1/entities/${scene.team}/secrets`, { key });
      return ((await well(answer)) as { items: Listed[] }).items[0];
    };
    const shown = await listed(scene.person.key);
    deepStrictEqual([shown?.usedBy, shown?.automationsElsewhere, shown?.access], [[hook], 0, EVERYTHING]);
    deepStrictEqual(
      shown?.automations.map(({ name }) => name),
      [watch.name],
    );
    const toMember = await listed(scene.teammate.key);
    deepStrictEqual([toMember?.usedBy, toMember?.automations, toMember?.automationsElsewhere], [[hook], [], 0]);
    const refused = await ask(scene, 'DELETE', '/secrets/KEY');
    strictEqual(refused.status, 409);
    ok(
      [hook, watch.name].every((name) => refused.text.includes(`'${name}'`)),
      refused.text,
    );
    const byMember = { method: 'PATCH', key: scene.teammate.key, body: { access: { webhooks: false } } } as const;
    strictEqual((await scene.server.call(`/api/v1/entities/${scene.team}/secrets/KEY`, byMember)).status, 403);
    strictEqual((await ask(scene, 'PATCH', '/secrets/NONE', { access: {} })).status, 404);
    strictEqual((await ask(scene, 'PATCH', '/secrets/KEY', { access: { clients: true } })).status, 400);
    deepStrictEqual((await listed(scene.person.key))?.access, EVERYTHING, 'refusals changed nothing');
  });

  scenario('a secret that webhooks may not read is not sent, and the execution says so', async (scene) => {
    const watch = await signing(scene, { ...KEY, headers: { 'X-Key': '${ACCESS_TOKEN}' } });
    const run = await scene.run();
    for (const access of [{ headerTemplates: false }, { webhooks: false, headerTemplates: true }]) {
      const changed = await well(ask(scene, 'PATCH', '/secrets/KEY', { access }));
      deepStrictEqual((changed as { access: object }).access, { ...EVERYTHING, ...access });
      await (await scene.run()).log({ loss: 11 });
      strictEqual((await reasoned(watch, 'secret_forbidden: KEY')).status, 'failed');
    }
    await well(ask(scene, 'PATCH', '/secrets/KEY', { access: { webhooks: true } }));
    const { items } = (await well(ask(scene, 'GET', '/audit?deed=secret.access_changed'))) as { items: Recorded[] };
    deepStrictEqual(
      items.map(({ before, after }) => [before.access, after.access]),
      [
        [{ webhooks: false, headerTemplates: true }, EVERYTHING],
        [
          { webhooks: true, headerTemplates: false },
          { webhooks: false, headerTemplates: true },
        ],
        [EVERYTHING, { webhooks: true, headerTemplates: false }],
      ],
    );
    await run.log({ loss: 11 });
    const [request] = await watch.inbox.exactly(1);
    strictEqual(request?.headers['x-key'], VALUE);
  });
});

forEachDatabase((database) => {
  test('AUT-126: rotating the master key interrupts no signed delivery', async () => {
    const external = database === 'embedded' ? undefined : await freshDatabase(database);
    const receiver = await startReceiver();
    const env = { TRIPLINE_NEW_MASTER_KEY: NEW_KEY };
    const server = await startServer({ database: external ?? 'embedded', env });
    try {
      const others = [await server.join()].filter((node) => node !== undefined);
      const scene = await openScene(server, receiver, [server, ...others]);
      await rotateUnderLoad(scene, external);
      await server.stop();
      await server.start({ TRIPLINE_MASTER_KEY: NEW_KEY, TRIPLINE_NEW_MASTER_KEY: '' });
      ok(!server.log.includes('locked') && !server.log.includes('does not know'), 'it knows every key');
    } finally {
      await server.dispose();
      await receiver.close();
    }
  });
});

/** Runs log, one after the other, before, while and after the command runs: each makes a signed delivery. */
async function rotateUnderLoad(scene: Scene, external: FreshDatabase | undefined): Promise<void> {
  const watch = await signing(scene);
  let fired = 0;
  let over = false;
  const load = scene.nodes.map(async (node) => {
    while (!over) {
      await (await runAt(scene, node)).log({ loss: 11 });
      fired += 1;
    }
  });
  const more = async (count: number) => {
    const goal = fired + count;
    await until('more deliveries', () => fired >= goal);
  };
  await more(10);
  const url = external === undefined ? {} : { DATABASE_URL: external.url };
  const command = spawnTripline(['secrets', 'rotate-master-key', '--data', scene.server.data], {
    TRIPLINE_MASTER_KEY: MASTER_KEY,
    TRIPLINE_NEW_MASTER_KEY: NEW_KEY,
    TRIPLINE_TEST_CLOCK: scene.server.clock.file,
    ...url,
  });
  const before = fired;
  await until('the command to end', () => command.outcome, { within: 60_000 });
  strictEqual(command.outcome, '0', command.log);
  ok(fired > before, 'runs logged while it ran');
  await more(10);
  over = true;
  await Promise.all(load);
  await watch.fires(fired);
  const tokens = new Set(watch.inbox.received.map(({ headers }) => headers.authorization));
  deepStrictEqual([...tokens], [`Bearer ${VALUE}`]);
}

onOneDatabase('embedded', (database) => {
  let receiver: Receiver;
  before(async () => {
    receiver = await startReceiver();
  });
  after(() => receiver.close());

  for (const [what, key] of [
    ['wrong', WRONG_KEY],
    ['missing', ''],
  ] as const) {
    test(`with a ${what} master key all is listed, nothing is stored or lost, and all goes on when it is back`, async () => {
      const server = await startServer({ database });
      try {
        const scene = await openScene(server, receiver);
        const watch = await signing(scene);
        await (await scene.run()).log({ loss: 11 });
        await watch.fires(1);
        await server.stop();
        await server.start({ TRIPLINE_MASTER_KEY: key });
        await untilSaid(server, /"level":50.*"entities":1.*secrets are locked at this node: The master key/);
        await untilSaid(server, /SECRETS ARE LOCKED: The master key/);
        ok(!server.log.includes(WRONG_KEY.trim()));
        await lists(scene);
        await storesNothing(scene);
        await (await scene.run()).log({ loss: 11 });
        await waits(scene, watch);
        await server.stop();
        await server.start();
        await watch.fires(2);
        deepStrictEqual(
          watch.inbox.received.map(({ headers }) => headers.authorization),
          [`Bearer ${VALUE}`, `Bearer ${VALUE}`],
        );
        const [{ id } = { id: '' }] = await watch.executions();
        const { attempts } = (await well(ask(scene, 'GET', `/executions/${id}`))) as { attempts: object[] };
        strictEqual(attempts.length, 1, 'to wait is no attempt');
      } finally {
        await server.dispose();
      }
    });
  }
});

async function lists(scene: Scene): Promise<void> {
  for (const list of ['secrets', 'integrations', 'executions', 'automations', 'notices']) {
    const { items } = (await well(ask(scene, 'GET', `/${list}`))) as { items: unknown[] };
    ok(list === 'notices' || items.length > 0, list);
  }
}

async function storesNothing(scene: Scene): Promise<void> {
  const before = (await ask(scene, 'GET', '/secrets')).text;
  const refused = [
    ask(scene, 'PUT', '/secrets/KEY', { value: NEW_VALUE }),
    ask(scene, 'POST', '/secrets', { name: 'OTHER', value: NEW_VALUE }),
    // of an entity that has no key yet
    scene.server.call(`/api/v1/entities/${scene.person.username}/secrets`, {
      method: 'POST',
      key: scene.person.key,
      body: { name: 'OTHER', value: NEW_VALUE },
    }),
  ];
  for (const answer of refused) {
    const { status, text } = await answer;
    strictEqual(status, 503, text);
    match(text, /does not know the master key/);
  }
  strictEqual((await ask(scene, 'GET', '/secrets')).text, before);
}

/** Longer than any schedule lasts. */
async function waits(scene: Scene, watch: Watch): Promise<void> {
  await reasoned(watch, 'secret_locked: KEY');
  for (let turn = 0; turn < 12; turn += 1) {
    scene.server.clock.move(6 * HOUR);
    const [newest] = await watch.executions();
    strictEqual(newest?.status, 'pending');
  }
  strictEqual(watch.inbox.received.length, 1);
}

forEachSharedDatabase((database) => {
  test('what a node without the key cannot send another node sends, while both run', async () => {
    const receiver = await startReceiver();
    const server = await startServer({ database });
    try {
      const scene = await openScene(server, receiver);
      const watch = await signing(scene);
      const blind = await server.join({ TRIPLINE_MASTER_KEY: WRONG_KEY });
      ok(blind !== undefined);
      await server.stop();
      await (await runAt(scene, blind)).log({ loss: 11 });
      await until('the node to find that it cannot send', async () =>
        (await ask(scene, 'GET', '/executions', undefined, blind)).text.includes('secret_locked: KEY'),
      );
      await server.start();
      server.clock.move(MINUTE / 2);
      await watch.fires(1);
      // within the minute for which the other node leaves them alone
      for (let turn = 0; turn < 3; turn += 1) await (await runAt(scene, blind)).log({ loss: 11 });
      await watch.fires(4);
    } finally {
      await server.dispose();
      await receiver.close();
    }
  });
});
