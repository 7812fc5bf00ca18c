import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { Leases } from '../src/delivery/leases.ts';
import { DEFAULT_LIMITS } from '../src/delivery/pressure.ts';
import { type ExecutionKey, executionId } from '../src/model/execution-id.ts';
import type { IntegrationId } from '../src/model/ids.ts';
import { cancelExecutions } from '../src/store/cancellations.ts';
import { cancelPendingOf } from '../src/store/deliveries.ts';
import { openDueCalls } from '../src/store/due-calls.ts';
import { updateIntegration } from '../src/store/integration-edits.ts';
import { openNodeLine } from '../src/store/node-line.ts';
import { queueHealth } from '../src/store/queue-health.ts';
import { reviveExecutions } from '../src/store/revivals.ts';
import { DeliveryScene } from './delivery-scene.ts';
import { type DatabaseName, forEachDatabase, onOneDatabase, withDatabase } from './support/databases.ts';
import { type Receiver, startReceiver } from './support/receiver.ts';
import { until } from './support/wait.ts';

/** Connections on which nodes call one another. */
const CALLING = `datname = current_database() and application_name = 'tripline calls'`;
const LISTENERS = `select count(*)::int as count from pg_stat_activity where ${CALLING}
  and query like 'listen %' and state = 'idle'`;

const SECOND = 1000;
const HOUR = 3600 * SECOND;

let receiver: Receiver;
before(async () => {
  receiver = await startReceiver();
});
after(() => receiver.close());

type Scenario = (title: string, play: (scene: DeliveryScene) => Promise<void>) => void;

const scenariosOn =
  (name: DatabaseName): Scenario =>
  (title, play) => {
    test(title, () =>
      withDatabase(name, async (database) => {
        const scene = await DeliveryScene.open(database);
        try {
          await play(scene);
        } finally {
          await scene.close();
        }
      }),
    );
  };

/** What rests on locks, leases and the queue. */
forEachDatabase((name) => {
  const scenario = scenariosOn(name);

  scenario(
    'what a node left to others it takes again only when nobody has delivered it for a minute',
    async (scene) => {
      const hook = await scene.webhook(receiver.inbox().url);
      const leasesOf = (owner: string) => new Leases(scene.database, owner, DEFAULT_LIMITS);
      const [blind, seeing] = [leasesOf(randomUUID()), leasesOf(randomUUID())];
      const [due, nothing] = [new Set([hook]), new Set<IntegrationId>()];
      let now = scene.clock.now();
      const takes = async (leases: Leases, busy: ReadonlySet<IntegrationId>) => {
        await leases.renew(now, busy);
        await leases.take(now, busy);
        return leases.holderOf(hook) !== undefined;
      };
      assert.equal(await takes(blind, due), true);
      blind.leave(hook);
      for (const busy of [nothing, due, nothing, due]) {
        now += HOUR;
        assert.equal(await takes(blind, busy), false);
      }
      assert.equal(await takes(seeing, due), true);
      for (let passed = 0; passed < 120; passed += 5) {
        now += 5 * SECOND;
        assert.deepEqual([await takes(seeing, due), await takes(blind, due)], [true, false]);
      }
      await seeing.release();
      assert.equal(await takes(blind, nothing), false);
      assert.equal(await takes(blind, due), false);
      now += 60 * SECOND;
      assert.equal(await takes(blind, due), true);
    },
  );

  test('a node that is called delivers without polling, and again after its connection was cut', () =>
    withDatabase(name, async (database, url) => {
      const scene = await DeliveryScene.open(database);
      const lost: string[] = [];
      const heard: IntegrationId[] = [];
      const loop = scene.start({ pollMs: HOUR });
      const open = (node: string, onCall: (ids: readonly IntegrationId[]) => void) => {
        const onLost = ({ message }: Error) => void lost.push(message);
        const line = openNodeLine({ connection: { connectionString: url }, node, onLost });
        return { line, ...openDueCalls(line, onCall) };
      };
      const caller = open('caller', (ids) => void heard.push(...ids));
      const called = open('called', (ids) => loop.wake(ids));
      const listening = (count: number) =>
        until(`${count} nodes to listen`, async () => {
          const [row] = await database.query<{ count: number }>(LISTENERS);
          return row?.count === count;
        });
      try {
        await listening(2);
        const inbox = receiver.inbox();
        const hook = await scene.webhook(inbox.url);
        const automation = await scene.automation(hook, null);
        await scene.fire(automation, hook);
        caller.tell([hook]);
        await inbox.exactly(1);
        assert.equal(loop.holds(hook), true);

        await database.query(`select pg_terminate_backend(pid) from pg_stat_activity where ${CALLING}`);
        await until('both to notice', () => lost.length === 2);
        await listening(2);
        await scene.fire(automation, hook);
        caller.tell([hook, hook]);
        await inbox.exactly(2);
        assert.deepEqual(heard, [], 'a node does not hear itself');
      } finally {
        await Promise.all([caller.line.close(), called.line.close()]);
        await scene.close();
      }
    }));

  scenario('what is due is delivered once, and its attempt is kept', async (scene) => {
    const inbox = receiver.inbox();
    inbox.reply({ status: 201, body: 'made\0', headers: { 'x-id': '1' } });
    const key = await scene.fired(inbox.url, { run: '${run_name}', state: '${run_status}' });
    scene.start();
    const ended = await scene.ended(key);
    assert.equal(ended.status, 'finished');
    assert.ok(ended.startedAt !== null && ended.endedAt !== null && ended.startedAt <= ended.endedAt);
    const [request] = await inbox.exactly(1);
    assert.deepEqual(JSON.parse(request!.body), { run: 'brave "run"', state: 'Finished' });
    assert.equal(request!.headers['webhook-id'], executionId(key));
    assert.equal(request!.headers['idempotency-key'], executionId(key));
    assert.equal(request!.headers['content-type'], 'application/json');
    assert.equal(request!.headers['user-agent'], 'Tripline/1.2.3');
    const [attempt] = await scene.attempts(key);
    assert.equal(attempt!.outcome, 'done');
    assert.equal(attempt!.status, 201);
    assert.equal(attempt!.address, '127.0.0.1');
    assert.equal((attempt!.response as { body: string }).body, 'made\ufffd');
    assert.ok(!JSON.stringify(attempt!.request).includes('/hook'), 'the path may be a credential');
    assert.equal(await scene.queued(), 0);
  });

  scenario('AUT-091: deleting an automation cancels what is pending, disabling does not', async (scene) => {
    const inbox = receiver.inbox();
    const deleted = await scene.fired(inbox.url);
    const tombstone = await scene.fired(inbox.url);
    const disabled = await scene.fired(inbox.url);
    await scene.database.execute('update automation set enabled = false where id = $1', [disabled.automationId]);
    await scene.database.execute('update automation set deleted_at = $2 where id = $1', [
      tombstone.automationId,
      new Date(),
    ]);
    const cancelled = await scene.database.transaction((tx) =>
      cancelPendingOf(tx, { automationId: deleted.automationId, rootId: scene.entityId }, scene.clock.now()),
    );
    assert.equal(cancelled, 1);
    scene.start();
    assert.equal((await scene.ended(disabled)).status, 'finished');
    for (const key of [deleted, tombstone]) {
      const { status, reason } = await scene.ended(key);
      assert.deepEqual([status, reason], ['cancelled', 'automation_deleted']);
    }
    await inbox.exactly(1);
    assert.equal(await scene.queued(), 0);
  });

  scenario('AUT-090: a second execution of one automation and event is impossible', async (scene) => {
    const key = await scene.fired(receiver.inbox().url);
    await assert.rejects(
      scene.database.execute(`insert into execution select * from execution where tenant_id = $1 and event_id = $2`, [
        key.tenantId,
        key.eventId,
      ]),
      { code: '23505' },
    );
  });

  scenario('AUT-088: two processes on one database deliver every id once', async (scene) => {
    const inboxes = [receiver.inbox(), receiver.inbox(), receiver.inbox()];
    const keys: ExecutionKey[] = [];
    for (const inbox of inboxes) {
      const integrationId = await scene.webhook(inbox.url);
      const automationId = await scene.automation(integrationId, {});
      for (let count = 0; count < 40; count += 1) keys.push(await scene.fire(automationId, integrationId));
    }
    const limits = { inFlight: 10, perSecond: 1000 };
    scene.start({ limits });
    scene.start({ limits });
    await until('an empty queue', async () => (await scene.queued()) === 0);
    const ids = inboxes.flatMap(({ received }) => received.map(({ headers }) => headers['webhook-id']));
    assert.deepEqual(ids.sort(), keys.map(executionId).sort());
  });

  scenario(
    'a webhook in trouble is sent one request at a time until one succeeds, by two processes too',
    async (scene) => {
      const inbox = receiver.inbox();
      inbox.reply(502);
      const answer = inbox.hold();
      const integrationId = await scene.webhook(inbox.url);
      const automationId = await scene.automation(integrationId, {});
      const first = await scene.fire(automationId, integrationId);
      scene.start();
      scene.start();
      await scene.attempted(first, 1);
      const more: ExecutionKey[] = [];
      while (more.length < 5) more.push(await scene.fire(automationId, integrationId));
      await until('a probe that hangs', () => inbox.received.length === 2);
      // the others are due, and wait for the probe
      assert.equal((await scene.ended(await scene.fired(receiver.inbox().url))).status, 'finished');
      assert.equal(inbox.received.length, 2);
      answer(503);
      for (const key of more) await scene.attempted(key, 1);
      scene.pass(10 * SECOND);
      for (const key of [first, ...more]) assert.equal((await scene.ended(key)).status, 'finished');
      await inbox.exactly(8);
    },
  );

  scenario('the rate and the requests at once of a webhook hold over two processes', async (scene) => {
    let [open, most] = [0, 0];
    const slow = await startReceiver(async () => {
      open += 1;
      most = Math.max(most, open);
      await delay(50);
      open -= 1;
      return 200;
    });
    try {
      const narrow = slow.inbox();
      const narrowId = await scene.webhook(narrow.url, { inFlight: 2, perSecond: 1000 });
      await scene.fireMany(await scene.automation(narrowId, {}), narrowId, 20);
      scene.start();
      scene.start();
      await narrow.exactly(20);
      assert.equal(most, 2);
      const begun = performance.now();
      const timed = receiver.inbox();
      const timedId = await scene.webhook(timed.url, { perSecond: 4 });
      await scene.fireMany(await scene.automation(timedId, {}), timedId, 12);
      await timed.exactly(12);
      assert.ok(performance.now() - begun > 1900, 'eight of them had to wait');
    } finally {
      await slow.close();
    }
  });

  scenario(
    'AUT-087: what was on the wire when its process died is repeated with the same id, in one execution',
    async (scene) => {
      const inbox = receiver.inbox();
      inbox.reply('hang');
      const key = await scene.fired(inbox.url);
      scene.start({ owner: '00000000-0000-4000-8000-000000000001' });
      await inbox.next();
      // the first owner still holds its lease and its request, but is not heard of any more
      await scene.database.execute('update destination set owner = $1, lease_until = $2', [
        '00000000-0000-4000-8000-00000000dead',
        new Date(0),
      ]);
      const heir = scene.start({ owner: '00000000-0000-4000-8000-000000000002' });
      heir.wake();
      assert.equal((await scene.ended(key)).status, 'finished');
      const [first, second] = await inbox.exactly(2);
      assert.equal(first!.headers['webhook-id'], second!.headers['webhook-id']);
      assert.equal(first!.body, second!.body);
      const attempts = await scene.attempts(key);
      assert.deepEqual(
        attempts.map(({ number }) => number),
        [2],
      );
    },
  );

  scenario('what was cancelled on the wire and retried has the outcome of the retry', async (scene) => {
    const answers: ((status: number) => void)[] = [];
    const inbox = receiver.inbox();
    inbox.react(() => new Promise((resolve) => answers.push(resolve)));
    const destinationId = await scene.webhook(inbox.url);
    const key = await scene.fire(await scene.automation(destinationId, {}), destinationId);
    const loop = scene.start();
    await until('the request', () => answers.length === 1);
    await scene.database.transaction(async (tx) => {
      const now = scene.clock.now();
      assert.equal((await cancelExecutions(tx, [key], 'ann', now)).length, 1);
      await reviveExecutions(tx, [{ ...key, destinationId }], { from: ['cancelled'], urgent: true, now });
    });
    await until('the request of the retry', () => answers.length === 2);
    answers[0]!(404);
    await until('the first answer to be settled', () => loop.state().unsettled === 1);
    assert.equal((await scene.execution(key)).status, 'pending');
    answers[1]!(201);
    assert.equal((await scene.ended(key)).status, 'finished');
    const attempts = await scene.attempts(key);
    assert.deepEqual(
      attempts.map(({ number, status }) => [number, status]),
      [[1, 201]],
    );
  });

  scenario('a process that stops hands back at once what it could not finish', async (scene) => {
    const inbox = receiver.inbox();
    inbox.reply('hang');
    const key = await scene.fired(inbox.url);
    const loop = scene.start();
    await inbox.next();
    await loop.stop(0);
    assert.equal((await scene.execution(key)).status, 'pending');
    scene.start();
    assert.equal((await scene.ended(key)).status, 'finished');
    await inbox.exactly(2);
  });

  scenario('a process that stops waits for what is on the wire', async (scene) => {
    const held: ServerResponse[] = [];
    const slow = createServer((_request, response) => held.push(response)).listen(0, '127.0.0.1');
    await once(slow, 'listening');
    const { port } = slow.address() as AddressInfo;
    const key = await scene.fired(`http://127.0.0.1:${port}/`);
    const loop = scene.start();
    await until('the request', () => held.length === 1);
    const stopped = loop.stop();
    held[0]!.end();
    await stopped;
    slow.close();
    assert.equal((await scene.execution(key)).status, 'finished');
    const [row] = await scene.database.query<{ owned: boolean }>('select owner is not null owned from destination');
    assert.equal(row!.owned, false);
  });

  scenario('the queue is looked at again when the database comes back', async (scene) => {
    const key = await scene.fired(receiver.inbox().url);
    await scene.database.execute('alter table delivery rename to elsewhere');
    const loop = scene.start();
    await until('a failing look', () => scene.errors.length > 0);
    await scene.database.execute('alter table elsewhere rename to delivery');
    loop.wake();
    assert.equal((await scene.ended(key)).status, 'finished');
  });
});

/** How answers are judged, and what is sent. */
onOneDatabase('oldest', (name) => {
  const scenario = scenariosOn(name);

  scenario('AUT-110: without a payload the default document is sent', async (scene) => {
    const inbox = receiver.inbox();
    const key = await scene.fired(inbox.url);
    scene.start();
    await scene.ended(key);
    const document = JSON.parse((await inbox.next()).body);
    assert.equal(document.id, executionId(key));
    assert.equal(document.sequence, key.eventId);
    assert.equal(document.type, 'RUN_STATE');
    assert.equal(document.entity, 'vision');
    assert.equal(document.scope.name, 'vision');
    assert.equal(document.automation.url, `http://tripline.example/automations/${key.automationId}`);
  });

  scenario(
    'AUT-113: nine attempts follow the schedule with equal ids and bodies and their own timestamps',
    async (scene) => {
      const inbox = receiver.inbox();
      inbox.reply(...Array<number>(9).fill(503));
      const key = await scene.fired(inbox.url, { a: '${run_name}' });
      scene.start();
      const delays: number[] = [];
      for (let number = 1; number <= 9; number += 1) {
        const attempts = await scene.attempted(key, number);
        const last = attempts[number - 1]!;
        assert.equal(last.number, number);
        if (last.nextAt === null) break;
        delays.push(Math.round((last.nextAt - (last.startedAt + last.durationMs)) / SECOND));
        scene.pass(last.nextAt - scene.clock.now());
      }
      assert.deepEqual(delays, [5, 30, 300, 1800, 7200, 18000, 36000, 36000]);
      assert.deepEqual(await scene.ended(key).then(({ status, reason }) => [status, reason]), [
        'failed',
        'attempts_exhausted: http_503',
      ]);
      const requests = await inbox.exactly(9);
      assert.equal(new Set(requests.map(({ headers }) => headers['webhook-id'])).size, 1);
      assert.equal(new Set(requests.map(({ body }) => body)).size, 1);
      assert.equal(new Set(requests.map(({ headers }) => headers['webhook-timestamp'])).size, 9);
      assert.equal(await scene.queued(), 0);
    },
  );

  scenario('AUT-114: Retry-After delays the next attempt and other deliveries to that webhook', async (scene) => {
    const inbox = receiver.inbox();
    inbox.reply({ status: 429, headers: { 'retry-after': '120' } });
    const integrationId = await scene.webhook(inbox.url);
    const automationId = await scene.automation(integrationId, {});
    const first = await scene.fire(automationId, integrationId);
    scene.start();
    const [attempt] = await scene.attempted(first, 1);
    assert.ok(attempt!.nextAt! >= attempt!.startedAt + 120 * SECOND);
    const second = await scene.fire(automationId, integrationId);
    const other = await scene.fired(receiver.inbox().url);
    assert.equal((await scene.ended(other)).status, 'finished');
    assert.equal(inbox.received.length, 1);
    assert.equal((await scene.execution(second)).status, 'pending');
    const waiting = await queueHealth(scene.database, scene.clock.now(), 0);
    assert.deepEqual([waiting.deliveriesQueued, waiting.deliveriesDue, waiting.oldestDue], [2, 0, null]);
    scene.pass(121 * SECOND);
    assert.equal((await scene.ended(first)).status, 'finished');
    assert.equal((await scene.ended(second)).status, 'finished');
  });

  scenario('AUT-114: what a 429 holds for a day goes out when an admin changes the webhook', async (scene) => {
    const inbox = receiver.inbox();
    inbox.reply({ status: 429, headers: { 'retry-after': '86400' } });
    const integrationId = await scene.webhook(inbox.url);
    const automationId = await scene.automation(integrationId, {});
    const first = await scene.fire(automationId, integrationId);
    scene.start();
    await scene.attempted(first, 1);
    const second = await scene.fire(automationId, integrationId);
    const mended = receiver.inbox();
    const settings = { name: 'mended', config: { url: mended.url }, now: scene.clock.now() };
    await scene.database.transaction((tx) => updateIntegration(tx, integrationId, settings));
    assert.equal((await scene.execution(second)).status, 'pending');
    scene.pass(6 * SECOND);
    assert.equal((await scene.ended(second)).status, 'finished');
    assert.equal((await scene.execution(first)).status, 'pending');
    assert.deepEqual([inbox.received.length, mended.received.length], [1, 1]);
  });

  scenario('AUT-111: a redirect fails the execution at once and is not followed', async (scene) => {
    const target = receiver.inbox();
    const inbox = receiver.inbox();
    inbox.reply({ status: 302, headers: { location: target.url } });
    const key = await scene.fired(inbox.url);
    scene.start();
    const { status, reason } = await scene.ended(key);
    assert.deepEqual([status, reason], ['failed', 'http_302']);
    assert.equal(target.received.length, 0);
  });

  scenario('AUT-112: a refused connection and a hanging receiver are retried', async (scene) => {
    const hanging = receiver.inbox();
    hanging.reply('hang');
    const hung = await scene.fired(hanging.url);
    const refused = await scene.fired('http://127.0.0.1:1/');
    scene.start({ totalTimeoutMs: 2_000 });
    const [timeout] = await scene.attempted(hung, 1);
    assert.deepEqual([timeout!.phase, timeout!.outcome, timeout!.status], ['wait', 'not_before', null]);
    const [refusal] = await scene.attempted(refused, 1);
    assert.deepEqual([refusal!.phase, refusal!.error], ['connect', 'connection refused']);
    scene.pass(6 * SECOND);
    assert.equal((await scene.ended(hung)).status, 'finished');
    await scene.attempted(refused, 2);
  });

  scenario('AUT-093: a webhook that hangs delays no other', async (scene) => {
    const hanging = receiver.inbox();
    hanging.reply(...Array<'hang'>(20).fill('hang'));
    const integrationId = await scene.webhook(hanging.url);
    const automationId = await scene.automation(integrationId, {});
    for (let count = 0; count < 20; count += 1) await scene.fire(automationId, integrationId);
    scene.start({ inFlight: 12 });
    await until('ten requests to hang', () => hanging.received.length === 10);
    assert.equal((await scene.ended(await scene.fired(receiver.inbox().url))).status, 'finished');
    assert.equal(hanging.received.length, 10);
  });

  scenario(
    'AUT-117: a metadata address fails the execution, and the attempt names address and setting',
    async (scene) => {
      const key = await scene.fired('http://169.254.169.254/latest/meta-data?token=s3cret');
      scene.start();
      const { status, reason } = await scene.ended(key);
      assert.deepEqual([status, reason], ['failed', 'address_blocked']);
      const [attempt] = await scene.attempts(key);
      assert.match(attempt!.error!, /169\.254\.169\.254 .*--delivery-allow/);
      assert.doesNotMatch(JSON.stringify(attempt), /s3cret/);
    },
  );

  scenario('a deleted integration fails the execution before anything is sent', async (scene) => {
    const inbox = receiver.inbox();
    const key = await scene.fired(inbox.url);
    await scene.database.execute('update integration set deleted_at = $1', [new Date()]);
    scene.start();
    const { status, reason } = await scene.ended(key);
    assert.deepEqual([status, reason], ['failed', 'integration_deleted']);
    assert.equal(inbox.received.length, 0);
  });

  scenario('an action that does nothing is finished at once, without a work row', async (scene) => {
    const integrationId = await scene.webhook(receiver.inbox().url);
    const key = await scene.fire(await scene.automation(integrationId, {}), undefined);
    assert.equal((await scene.execution(key)).status, 'finished');
    assert.equal(await scene.queued(), 0);
  });

  scenario('a retry that is due in ten hours is noticed when the clock jumps', async (scene) => {
    const inbox = receiver.inbox();
    const key = await scene.fired(inbox.url);
    await scene.database.execute('update delivery set due_at = $1', [new Date(scene.clock.now() + 10 * HOUR)]);
    scene.start();
    scene.pass(10 * HOUR + SECOND);
    assert.equal((await scene.ended(key)).status, 'finished');
  });
});
