import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { after, before } from 'node:test';
import { executionId } from '../src/model/execution-id.ts';
import { apiScenarios } from './delivery-api.ts';
import { onOneDatabase } from './support/databases.ts';
import { type Receiver, startReceiver } from './support/receiver.ts';

const HOUR = 3600 * 1000;
const TOKEN = 'token-of-the-receiver';
const HOOKS = '/entities/vision/integrations';
const EXECUTIONS = '/entities/vision/executions';

let receiver: Receiver;
before(async () => {
  receiver = await startReceiver();
});
after(() => receiver.close());

onOneDatabase('oldest', (name) => {
  const scenario = apiScenarios(name);

  scenario('a webhook is created, read and changed by admins; members see no path, query or settings', async (api) => {
    const made = await api.post(HOOKS, 'admin', {
      name: 'ci',
      url: 'https://host/path?token=abc#part',
      secretRef: 'NOT_YET',
      headers: { 'X-Team': 'vision' },
      schedule: 'short',
    });
    assert.equal(made.status, 201, JSON.stringify(made.body));
    const path = `${HOOKS}/${made.body.id}`;
    const { body } = await api.get(path, 'admin');
    assert.equal(body.url, 'https://host/path?token=abc');
    assert.deepEqual([body.secretRef, body.disabled, body.usedBy, body.redeliverable], ['NOT_YET', null, [], 0]);
    assert.deepEqual(
      [body.settings.schedule, body.settings.headers, body.settings.timeoutSeconds],
      ['short', { 'X-Team': 'vision' }, null],
    );
    const seen = (await api.get(path, 'member')).body;
    assert.deepEqual([seen.url, seen.settings, seen.secretRef], ['https://host/…', null, 'NOT_YET']);
    assert.equal((await api.get(path, 'viewer')).status, 404);
    assert.equal((await api.get(path, 'stranger')).status, 404);

    const patch = { name: 'ci 2', timeoutSeconds: 5, signatureEncoding: 'hex' };
    assert.equal((await api.patch(path, 'member', patch)).status, 403);
    const changed = await api.patch(path, 'admin', patch);
    assert.deepEqual([changed.status, changed.body.name, changed.body.url], [200, 'ci 2', body.url]);
    assert.deepEqual(changed.body.settings, { ...body.settings, timeoutSeconds: 5, signatureEncoding: 'hex' });
    await api.post(HOOKS, 'admin', { name: 'other', url: 'https://host/' });
    assert.equal((await api.patch(path, 'admin', { name: 'other' })).status, 409);
    for (const wrong of [
      { timeoutSeconds: 61 },
      { timeoutSeconds: 0 },
      { headers: { Host: 'x' } },
      { headers: 'X-Team: vision' },
      { schedule: 'forever' },
      { url: 'https://user:pass@host/' },
      { url: 'ftp://host/' },
      { secretRefs: ['not a name'] },
      { inFlight: 0 },
      { more: 1 },
    ]) {
      const { status, body } = await api.patch(path, 'admin', wrong);
      assert.equal(status, 400, JSON.stringify(wrong));
      assert.ok(!/record|pattern/.test(body.errors[0].message), body.errors[0].message);
    }
    assert.deepEqual((await api.get(path, 'admin')).body.settings, changed.body.settings);
  });

  scenario('what is saved although nothing can be sent to it is warned of, until it can', async (api) => {
    const body = { name: 'dead', url: 'http://169.254.169.254/latest', secretRef: 'LATER' };
    const made = await api.post(HOOKS, 'admin', body);
    assert.equal(made.status, 201);
    assert.match(
      made.body.warnings[0],
      /^169\.254\.169\.254 is a link-local or cloud metadata address: .*never reach it/,
    );
    assert.match(made.body.warnings[1], /no secret 'LATER' yet/);
    const path = `${HOOKS}/${made.body.id}`;
    const inner = (await api.patch(path, 'admin', { url: 'http://[::ffff:10.1.2.3]/' })).body.warnings;
    assert.match(inner[0], /private or reserved address: .*--delivery-allow/);
    await api.scene.secret('LATER', 'a value that is long');
    assert.deepEqual((await api.patch(path, 'admin', { url: 'http://localhost:9/' })).body.warnings, []);
    await api.patch('/entities/vision/secrets/LATER', 'admin', { access: { webhooks: false } });
    assert.match((await api.get(path)).body.warnings[0], /access of secret 'LATER' is closed/);
  });

  scenario('AUT-119: a webhook in use is deleted only by force, and its automations are disabled', async (api) => {
    const { scene } = api;
    const inbox = receiver.inbox();
    const integrationId = await scene.webhook(inbox.url);
    const automationId = await scene.automation(integrationId, null, { type: 'RUN_STATE', states: ['FINISHED'] });
    const path = `${HOOKS}/${integrationId}`;
    const { usedBy } = (await api.get(path, 'admin')).body;
    assert.deepEqual([usedBy[0].id, usedBy[0].enabled], [automationId, true]);
    assert.equal((await api.delete(path, 'member')).status, 403);
    const refused = await api.delete(path, 'admin');
    assert.equal(refused.status, 409);
    assert.ok(refused.body.errors[0].message.includes(usedBy[0].name), refused.body.errors[0].message);
    assert.equal((await api.delete(`${path}?force=true`, 'admin')).status, 204);
    assert.equal((await api.delete(`${path}?force=true`, 'admin')).status, 404);
    const automation = (await api.get(`/entities/vision/automations/${automationId}`, 'admin')).body;
    assert.deepEqual([automation.enabled, automation.problem, automation.revision], [false, 'webhook deleted', 2]);
    const enabled = await api.patch(`/entities/vision/automations/${automationId}`, 'admin', { enabled: true });
    assert.equal(enabled.status, 400);
    const key = await scene.fire(automationId, integrationId);
    scene.start();
    assert.equal((await scene.ended(key)).reason, 'integration_deleted');
    await inbox.exactly(0);
  });

  scenario(
    'AUT-141: Retry now sends the payload as first rendered with the same id, by a fresh schedule',
    async (api) => {
      const { scene } = api;
      await scene.secret('TOKEN', TOKEN);
      const inbox = receiver.inbox();
      inbox.reply(503, 503, 503, 503);
      const integrationId = await scene.webhook(inbox.url, { schedule: 'short', accessTokenRef: 'TOKEN' });
      const key = await scene.fire(
        await scene.automation(integrationId, { run: '${run_name}', key: '$TOKEN' }),
        integrationId,
      );
      const path = `${EXECUTIONS}/${executionId(key)}`;
      scene.start();
      for (let number = 1; number < 4; number += 1) {
        await scene.attempted(key, number);
        scene.pass(HOUR);
      }
      assert.equal((await scene.ended(key)).reason, 'attempts_exhausted: http_503');
      const detail = (await api.get(path)).body;
      assert.deepEqual(JSON.parse(detail.payload), { run: 'brave "run"', key: '[masked]' });
      assert.ok(!JSON.stringify(detail).includes(TOKEN));
      await scene.secret('TOKEN', 'the-token-of-today');
      inbox.reply(500);
      assert.equal((await api.post(`${path}/retry`, 'member')).status, 403);
      const retried = await api.post(`${path}/retry`, 'admin');
      assert.deepEqual([retried.status, retried.body.status], [200, 'pending']);
      await scene.attempted(key, 5);
      scene.pass(60_000);
      assert.equal((await scene.ended(key)).status, 'finished');
      const requests = await inbox.exactly(6);
      assert.equal(new Set(requests.map(({ headers }) => headers['webhook-id'])).size, 1);
      assert.deepEqual(JSON.parse(requests[3]!.body), { run: 'brave "run"', key: TOKEN });
      assert.deepEqual(JSON.parse(requests[5]!.body), { run: 'brave "run"', key: 'the-token-of-today' });
      const attempts = await scene.attempts(key);
      assert.deepEqual(
        attempts.map(({ number }) => number),
        [1, 2, 3, 4, 5, 6],
      );
      assert.ok(attempts[4]!.nextAt! - attempts[4]!.startedAt < 10_000, 'the schedule has begun anew');
      assert.equal((await api.post(`${path}/retry`, 'admin')).status, 409);
    },
  );

  scenario('AUT-107: answers about an automation name what no event and no secret of its webhook has', async (api) => {
    const { scene } = api;
    const integrationId = await scene.webhook('https://host/', { secretRefs: ['KEY'] });
    const payload = { a: '${run_name} ${KEY} ${OTHER}', b: '${run_nam}', '${tag | uper}': '' };
    const event = { type: 'RUN_STATE', states: ['FINISHED'] };
    const automationId = await scene.automation(integrationId, payload, event);
    const path = `/entities/vision/automations/${automationId}`;
    assert.deepEqual((await api.get(path)).body.unknown.toSorted(), ['${tag | uper}', 'OTHER', 'run_nam']);
    const action = { type: 'GENERIC_WEBHOOK', integrationId, payload: { a: '${run_name}', b: '$${run_nam}' } };
    assert.deepEqual((await api.patch(path, 'admin', { action })).body.unknown, []);
  });

  scenario('a secret is used by the webhooks that name it, not by settings that read like it', async (api) => {
    const { scene } = api;
    for (const secret of ['none', 'FURTHER']) await scene.secret(secret, 'a value that is long');
    await api.post(HOOKS, 'admin', { name: 'one', url: 'https://host/', schedule: 'none', secretRefs: ['FURTHER'] });
    const { items } = (await api.get('/entities/vision/secrets')).body;
    const usage = items.map(({ name, usedBy }: { name: string; usedBy: string[] }) => [name, usedBy]);
    assert.deepEqual(usage, [
      ['FURTHER', ['one']],
      ['none', []],
    ]);
  });

  scenario('Retry now hurries an execution that waits for its next attempt', async (api) => {
    const { scene } = api;
    const inbox = receiver.inbox();
    inbox.reply({ status: 503, headers: { 'retry-after': '7200' } });
    const answerRetry = inbox.hold();
    const key = await scene.fired(inbox.url);
    scene.start();
    await scene.attempted(key, 1);
    const retried = await scene.until('the attempt to be settled', async () => {
      const answer = await api.post(`${EXECUTIONS}/${executionId(key)}/retry`, 'admin');
      return answer.status === 200 && answer;
    });
    assert.equal(retried.body.status, 'pending');
    answerRetry(200);
    assert.equal((await scene.ended(key)).status, 'finished');
    await inbox.exactly(2);
  });

  scenario(
    'AUT-114: Retry now goes through what a 429 holds, once; the hold outlives its node and is told',
    async (api) => {
      const { scene } = api;
      const inbox = receiver.inbox();
      inbox.reply({ status: 429, headers: { 'retry-after': '7200' } });
      const answerSecond = inbox.hold();
      inbox.reply({ status: 503 });
      const integrationId = await scene.webhook(inbox.url);
      const automationId = await scene.automation(integrationId, {});
      const first = await scene.fire(automationId, integrationId);
      const former = scene.start();
      const nextAt = (await scene.attempted(first, 1))[0]?.nextAt;
      const [second, third] = [
        await scene.fire(automationId, integrationId),
        await scene.fire(automationId, integrationId),
      ];
      const next = async (key: typeof second) => {
        const { nextAttemptAt } = (await api.get(`${EXECUTIONS}/${executionId(key)}`)).body;
        return nextAttemptAt === null ? null : Date.parse(nextAttemptAt);
      };
      await scene.until('the hold to be told of the others', async () => (await next(second)) === nextAt);
      const retry = (key: typeof second) => api.post(`${EXECUTIONS}/${executionId(key)}/retry`, 'admin');
      const asked = (await retry(second)).body.nextAttemptAt;
      assert.ok(Date.parse(asked) <= scene.clock.now(), asked);
      answerSecond(200);
      assert.equal((await scene.ended(second)).status, 'finished');

      await former.stop();
      scene.start();
      assert.equal((await scene.ended(await scene.fired(receiver.inbox().url))).status, 'finished');
      assert.equal(await next(third), nextAt);
      await inbox.exactly(2);
      assert.equal((await retry(third)).status, 200);
      const [failed] = await scene.attempted(third, 1);
      assert.equal(failed!.status, 503);
      assert.equal(await next(third), nextAt, 'only one attempt goes through');
      scene.pass(2 * HOUR + 1000);
      for (const key of [first, third]) assert.equal((await scene.ended(key)).status, 'finished');
    },
  );

  scenario('AUT-116: enabling a webhook offers what was skipped, and run anyway delivers it by filter', async (api) => {
    const { scene } = api;
    const inbox = receiver.inbox();
    const integrationId = await scene.webhook(inbox.url);
    const other = await scene.webhook(receiver.inbox().url);
    const automationId = await scene.automation(integrationId, null);
    const path = `${HOOKS}/${integrationId}`;
    const disabled = (await api.patch(path, 'admin', { enabled: false })).body;
    assert.equal(disabled.disabled.reason, 'disabled by ann');
    scene.start();
    const early = await scene.fire(automationId, integrationId);
    assert.equal((await scene.ended(early)).reason, 'webhook_disabled');
    scene.pass(HOUR);
    const between = new Date(scene.clock.now()).toISOString();
    scene.pass(HOUR);
    const late = await scene.fire(automationId, integrationId);
    await scene.ended(late);
    assert.equal((await scene.ended(await scene.fire(await scene.automation(other, null), other))).status, 'finished');
    const run = await api.post(`${EXECUTIONS}/${executionId(early)}/run`, 'admin');
    assert.match(run.body.errors[0].message, /disabled/);
    assert.equal((await api.post(`${EXECUTIONS}/bulk`, 'admin', { deed: 'run', filter: {} })).body.count, 0);

    const enabled = (await api.patch(path, 'admin', { enabled: true })).body;
    assert.deepEqual([enabled.disabled, enabled.redeliverable], [null, 2]);
    const filter = { reason: 'webhook_disabled', integration: integrationId };
    const ask = (more: object, { dryRun = false, role = 'admin' as 'admin' | 'member' } = {}) =>
      api.post(`${EXECUTIONS}/bulk`, role, { deed: 'run', filter: { ...filter, ...more }, dryRun });
    const counted = async (more: object, how: Parameters<typeof ask>[1] = {}) => {
      const { status, body } = await ask(more, how);
      assert.deepEqual([status, body.nextCursor], [200, null], JSON.stringify(body));
      return body.count;
    };
    assert.equal(await counted({}, { dryRun: true }), 2);
    assert.equal(await counted({}, { role: 'member' }), 0);
    assert.equal(await counted({ from: between }, { dryRun: true }), 1);
    const elsewhere = new Date(Date.parse(between) + 2 * HOUR).toISOString().replace('Z', '+02:00');
    assert.equal(await counted({ from: elsewhere }, { dryRun: true }), 1);
    for (const [name, wrong] of Object.entries({ automation: 'nobody', integration: '999999' })) {
      for (const dryRun of [true, false]) {
        const refused = await ask({ [name]: wrong }, { dryRun });
        assert.deepEqual([refused.status, refused.body.errors[0].path], [400, name], JSON.stringify(refused.body));
      }
    }
    assert.equal((await ask({ status: 'failed' })).status, 400);
    assert.equal(await counted({ to: between }), 1);
    assert.equal((await scene.ended(early)).status, 'finished');
    assert.equal((await scene.execution(late)).status, 'skipped');
    assert.equal(await counted({}), 1);
    assert.equal((await scene.ended(late)).status, 'finished');
    const ids = (await inbox.exactly(2)).map(({ headers }) => headers['webhook-id']);
    assert.deepEqual(ids, [executionId(early), executionId(late)]);
    assert.equal(await counted({}), 0);
  });

  scenario('AUT-118: Test sends one request, shows status and body, and leaves no execution', async (api) => {
    const { scene } = api;
    await scene.secret('TOKEN', TOKEN);
    const inbox = receiver.inbox();
    inbox.reply({ status: 503, body: `${TOKEN} ${'x'.repeat(5000)}` });
    const integrationId = await scene.webhook(inbox.url, { accessTokenRef: 'TOKEN', secretRef: 'TOKEN' });
    const path = `${HOOKS}/${integrationId}/test`;
    const payload = { run: '${run_name}', key: '$TOKEN', typo: '${runname}' };
    assert.equal((await api.post(path, 'member', { payload })).status, 403);
    const { status, body } = await api.post(path, 'admin', { payload });
    assert.equal(status, 200, JSON.stringify(body));
    assert.deepEqual([body.status, body.event, body.unknown], [503, { id: null, type: 'RUN_STATE' }, ['runname']]);
    assert.equal(body.response.body.length, 4096);
    assert.equal(body.response.truncated, true);
    assert.equal(body.headers.Authorization, 'Bearer [masked]');
    assert.equal(body.payload, '{"run":"sample-run","key":"[masked]","typo":"${runname}"}');
    assert.ok(!JSON.stringify(body).includes(TOKEN));
    const [request] = await inbox.exactly(1);
    assert.equal(JSON.parse(request!.body).key, TOKEN);
    assert.equal(request!.headers.authorization, `Bearer ${TOKEN}`);
    assert.ok(request!.headers['webhook-signature']);
    assert.deepEqual((await api.get(EXECUTIONS)).body.items, []);
    assert.equal((await api.post(path, 'admin')).body.status, 200, 'without a body the default document goes out');
    for (let count = 2; count < 10; count += 1) await api.post(path, 'admin', {});
    assert.equal((await api.post(path, 'admin', {})).status, 429);
    scene.pass(61_000);
    assert.equal((await api.post(path, 'admin', {})).status, 200);
  });

  scenario('AUT-118: a test says in words why no answer came', async (api) => {
    const { scene } = api;
    const reset = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    await new Promise((resolve) => reset.once('listening', resolve));
    const { port } = reset.address() as { port: number };
    const tried = async (url: string) => {
      const { body } = await api.post(`${HOOKS}/${await scene.webhook(url, { timeoutSeconds: 5 })}/test`, 'admin', {});
      return [body.status, body.error.fault, body.error.phase, body.response];
    };
    try {
      assert.deepEqual(await tried(`http://127.0.0.1:${port}/`), [null, 'reset', 'wait', null]);
      assert.deepEqual(await tried(`https://127.0.0.1:${port}/`), [null, 'reset', 'tls', null]);
      assert.deepEqual(await tried('http://169.254.169.254/'), [null, 'blocked', 'connect', null]);
    } finally {
      reset.close();
    }
    assert.deepEqual(await tried(`http://127.0.0.1:${port}/`), [null, 'refused', 'connect', null]);
    const missing = await scene.webhook('http://127.0.0.1:9/', { secretRef: 'NOT_YET' });
    const refused = await api.post(`${HOOKS}/${missing}/test`, 'admin', {});
    assert.equal(refused.status, 409);
    assert.match(refused.body.errors[0].message, /NOT_YET.*missing/);
  });

  scenario('a payload is previewed for a chosen past event without its secrets, and nothing is sent', async (api) => {
    const { scene } = api;
    const inbox = receiver.inbox();
    const integrationId = await scene.webhook(inbox.url, { secretRefs: ['KEY'] });
    const { eventId } = await scene.fire(await scene.automation(integrationId, null), integrationId);
    const path = `${HOOKS}/${integrationId}/preview`;
    const payload = { run: '${run_name}', key: '${KEY}', other: '${OTHER}' };
    const { body } = await api.post(path, 'member', { payload, event: eventId });
    assert.deepEqual(body.event, { id: eventId, type: 'RUN_STATE' });
    assert.equal(body.payload, '{"run":"brave \\"run\\"","key":"[masked]","other":"${OTHER}"}');
    assert.deepEqual(body.unknown, ['OTHER']);
    assert.equal(JSON.parse((await api.post(path, 'member', {})).body.payload).sequence, eventId);
    assert.equal((await api.post(path, 'member', { event: '77' })).status, 404);
    assert.equal((await api.post(path, 'member', { payload: [1] })).status, 400);
    assert.equal((await api.post(path, 'viewer', { payload })).status, 404);
    await inbox.exactly(0);
  });

  scenario('AUT-110: the schemas of default documents are published, readable by everybody', async (api) => {
    const { events } = (await api.get('/schemas', 'stranger')).body;
    assert.equal(events.length, 12);
    for (const { type, path } of events as { type: string; path: string }[]) {
      const { status, body } = await api.get(path.replace('/api/v1', ''), 'stranger');
      assert.deepEqual([status, body.$id, body.properties.type.const], [200, path, type]);
    }
    assert.equal((await api.get('/schemas/events/NOTHING', 'stranger')).status, 404);
  });
});
