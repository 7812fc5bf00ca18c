import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { rotateMasterKey } from '../src/directory/rotate-master-key.ts';
import { executionId } from '../src/model/execution-id.ts';
import { asId, type IntegrationId } from '../src/model/ids.ts';
import { masterKeyFrom } from '../src/secrets/master-key.ts';
import { MasterKeys } from '../src/secrets/master-keys.ts';
import { apiScenarios, type DeliveryApi } from './delivery-api.ts';
import { onOneDatabase } from './support/databases.ts';
import { type SlackHook, type SlackServer, startSlackServer } from './support/slack-server.ts';

const HOUR = 3600 * 1000;
const CHANNELS = '/entities/vision/slack-channels';
const INTEGRATIONS = '/entities/vision/integrations';

let slack: SlackServer;
before(async () => {
  slack = await startSlackServer();
});
after(() => slack.close());

onOneDatabase('oldest', (name) => {
  const scenario = apiScenarios(name, () => slack);

  /** A channel made from an address, as its id. */
  const paste = async (api: DeliveryApi, hook: SlackHook, channelName = '#alerts'): Promise<IntegrationId> => {
    const made = await api.post(CHANNELS, 'admin', { teamName: 'Acme', channelName, url: hook.url });
    assert.equal(made.status, 201, JSON.stringify(made.body));
    return asId<IntegrationId>(made.body.id);
  };

  scenario('a channel is made from an address by admins; members see its names, viewers nothing', async (api) => {
    const hook = slack.hook();
    const body = { teamName: 'Acme', channelName: '#alerts', url: hook.url };
    assert.equal((await api.post(CHANNELS, 'member', body)).status, 403);
    assert.equal((await api.post(CHANNELS, 'stranger', body)).status, 404);
    const made = await api.post(CHANNELS, 'admin', body);
    assert.equal(made.status, 201);
    assert.deepEqual(
      [made.body.kind, made.body.name, made.body.url, made.body.settings],
      ['slack', '#alerts (Acme)', null, null],
    );
    assert.deepEqual(made.body.slack, { teamName: 'Acme', channelName: '#alerts', configurationUrl: null });
    assert.equal((await api.post(CHANNELS, 'admin', body)).status, 409);
    assert.equal((await api.post(CHANNELS, 'admin', { ...body, name: 'second' })).status, 201);

    const path = `${INTEGRATIONS}/${made.body.id}`;
    const seen = await api.get(INTEGRATIONS, 'member');
    assert.deepEqual(
      seen.body.items.map((item: { name: string }) => item.name),
      ['#alerts (Acme)', 'second'],
    );
    assert.deepEqual((await api.get(INTEGRATIONS, 'viewer')).body.items, []);
    assert.equal((await api.get(path, 'viewer')).status, 404);
    const all = JSON.stringify([made.body, seen.body, (await api.get(path, 'admin')).body]);
    assert.ok(!all.includes(hook.url) && !all.includes('/services/'), all);
  });

  scenario('an address that is no incoming webhook of Slack is refused, and not repeated', async (api) => {
    const wrong = [
      'https://hooks.slack.com.evil.example/services/T/B/token-1',
      'http://hooks.slack.com/services/T/B/token-1',
      'https://hooks.slack.com@evil.example/services/T/B/token-1',
      'https://user:token-1@hooks.slack.com/services/T',
      'https://hooks.slack.com/',
      'https://slack.com/services/T/B/token-1',
      'http://127.0.0.1:1/services/T/B/token-1',
      'token-1',
      `https://hooks.slack.com/token-1${'x'.repeat(2048)}`,
    ];
    for (const url of wrong) {
      const refused = await api.post(CHANNELS, 'admin', { teamName: 'A', channelName: 'c', url });
      assert.equal(refused.status, 400, url);
      assert.ok(!JSON.stringify(refused.body).includes('token-1'), url);
    }
    const own = 'https://hooks.slack.com/services/T/B/token-1';
    assert.equal((await api.post(CHANNELS, 'admin', { teamName: 'A', channelName: 'c', url: own })).status, 201);
    assert.equal((await api.post(CHANNELS, 'admin', { teamName: ' ', channelName: 'c', url: own })).status, 400);
  });

  scenario('a channel is renamed, disabled and enabled; what only webhooks have is refused', async (api) => {
    const hook = slack.hook();
    const id = await paste(api, hook);
    const path = `${INTEGRATIONS}/${id}`;
    assert.equal((await api.patch(path, 'member', { name: 'x' })).status, 403);
    const renamed = await api.patch(path, 'admin', { name: 'Für alle: #alerts', enabled: false });
    assert.deepEqual([renamed.status, renamed.body.name], [200, 'Für alle: #alerts']);
    assert.equal(renamed.body.disabled.reason, 'disabled by ann');
    for (const patch of [{ url: hook.url }, { schedule: 'none' }, { name: '' }]) {
      assert.equal((await api.patch(path, 'admin', patch)).status, 400, JSON.stringify(patch));
    }
    assert.equal((await api.post(`${path}/preview`, 'admin', {})).status, 400);

    const { scene } = api;
    const key = await scene.fire(await scene.notification(id), id);
    scene.start();
    assert.deepEqual(
      [(await scene.ended(key)).status, (await scene.ended(key)).reason],
      ['skipped', 'channel_disabled'],
    );
    const enabled = await api.patch(path, 'admin', { enabled: true });
    assert.deepEqual([enabled.body.disabled, enabled.body.redeliverable], [null, 1]);
    const redelivery = { deed: 'run', filter: { integration: id } };
    assert.equal((await api.post('/entities/vision/executions/bulk', 'admin', redelivery)).body.count, 1);
    assert.match((await hook.exactly(1))[0]!.shown, /brave "run"/);
  });

  scenario('AUT-119: a channel in use is deleted only by force, and its automations say so', async (api) => {
    const { scene } = api;
    const hook = slack.hook();
    const id = await paste(api, hook);
    const automationId = await scene.notification(id);
    const path = `${INTEGRATIONS}/${id}`;
    const refused = await api.delete(path, 'admin');
    assert.equal(refused.status, 409);
    assert.match(refused.body.errors[0].message, /^Slack channel '#alerts \(Acme\)' is used by 'automation-/);
    assert.equal((await api.delete(`${path}?force=true`, 'member')).status, 403);
    assert.equal((await api.delete(`${path}?force=true`, 'admin')).status, 204);
    const automation = (await api.get(`/entities/vision/automations/${automationId}`, 'admin')).body;
    assert.deepEqual([automation.enabled, automation.problem], [false, 'Slack channel deleted']);
    const key = await scene.fire(automationId, id);
    scene.start();
    assert.equal((await scene.ended(key)).reason, 'integration_deleted');
    await hook.exactly(0);
    const [row] = await scene.database.query<{ sealed: unknown }>('select sealed from integration where id = $1', [id]);
    assert.equal(row?.sealed, null, 'its address is kept no longer');
  });

  scenario('an action and an integration of another kind do not go together', async (api) => {
    const { scene } = api;
    const channel = await paste(api, slack.hook());
    const webhook = await scene.webhook('https://host/');
    const event = { type: 'RUN_STATE', states: ['FINISHED'] };
    const automation = (action: object) =>
      api.post('/entities/vision/automations', 'admin', { name: 'a', scope: { kind: 'entity' }, event, action });
    const toWebhook = await automation({ type: 'NOTIFICATION', integrationId: webhook });
    assert.equal(toWebhook.status, 400);
    assert.match(toWebhook.body.errors[0].message, /is a webhook: this action needs a Slack channel integration/);
    assert.equal((await automation({ type: 'GENERIC_WEBHOOK', integrationId: channel })).status, 400);
    const unknown = await automation({ type: 'NOTIFICATION', integrationId: '999' });
    assert.match(unknown.body.errors[0].message, /no Slack channel integration that you may use/);
    const made = await automation({ type: 'NOTIFICATION', integrationId: channel, title: '${run_nam} of ${run_name}' });
    assert.deepEqual([made.status, made.body.unknown, made.body.action.severity], [201, ['run_nam'], 'INFO']);

    const key = await scene.fire(await scene.automation(channel, {}), channel);
    scene.start();
    assert.equal((await scene.ended(key)).reason, 'integration_of_another_kind');
  });

  scenario('a test message shows what Slack answered, ten times a minute, and is in no history', async (api) => {
    const hook = slack.hook();
    const id = await paste(api, hook);
    const path = `${INTEGRATIONS}/${id}/test`;
    assert.equal((await api.post(path, 'member', {})).status, 403);
    assert.equal((await api.post(path, 'admin', { payload: { a: 1 } })).status, 400);
    const tested = await api.post(path, 'admin', {});
    assert.deepEqual([tested.status, tested.body.status, tested.body.response.body], [200, 200, 'ok']);
    assert.equal(tested.body.url, `${slack.url}/…`);
    assert.ok(!JSON.stringify(tested.body).includes('/services/'));
    const [post] = await hook.exactly(1);
    assert.match(post!.shown, /INFO \*Test message\*/);
    assert.match(post!.shown, /sample-run/);
    hook.reply({ status: 404, word: 'no_service' });
    assert.equal((await api.post(path, 'admin', {})).body.status, 404);
    assert.equal((await api.get(`${INTEGRATIONS}/${id}`, 'member')).body.broken.reason, 'no_service');
    for (let count = 2; count < 10; count += 1) assert.equal((await api.post(path, 'admin', {})).status, 200);
    assert.equal((await api.get(`${INTEGRATIONS}/${id}`, 'member')).body.broken, null);
    assert.equal((await api.post(path, 'admin', {})).status, 429);
    assert.deepEqual((await api.get('/entities/vision/executions', 'admin')).body.items, []);
  });

  scenario('a refused message is tried again as Slack says, and its address stands nowhere', async (api) => {
    const { scene } = api;
    const hook = slack.hook();
    const id = await paste(api, hook);
    hook.reply(
      {
        status: 429,
        word: `wait, ${hook.url}`,
        headers: { 'retry-after': '3600', 'x-token': hook.url.split('/').at(-1)! },
      },
      { status: 500, word: 'rollup_error' },
    );
    const key = await scene.fire(await scene.notification(id, { severity: 'WARN' }), id);
    const other = await scene.fire(await scene.notification(id, { title: 'the other' }), id);
    scene.start();
    const [first] = await scene.attempted(key, 1);
    assert.deepEqual([first!.outcome, first!.status], ['not_before', 429]);
    assert.ok(first!.nextAt! - first!.startedAt >= HOUR, 'Retry-After counts');
    await hook.exactly(1);
    assert.equal((await scene.execution(other)).status, 'pending', 'and for all messages to that channel');
    scene.pass(HOUR + 60_000);
    const attempts = async () => (await scene.attempts(key)).length + (await scene.attempts(other)).length;
    await scene.until('one of the two to meet the fault', async () => (await attempts()) >= 2);
    scene.pass(HOUR);
    assert.equal((await scene.ended(key)).status, 'finished');
    assert.equal((await scene.ended(other)).status, 'finished');
    const details = (await api.get(`/entities/vision/executions/${executionId(key)}`, 'admin')).body;
    const token = hook.url.split('/').at(-1)!;
    const text = JSON.stringify(details);
    assert.ok(!text.includes(token) && !text.includes('/services/'), text);
    assert.equal(details.attempts[0].request.url, `${slack.url}/…`);
    assert.match(JSON.parse(details.payload).text, /WARN/);
  });

  scenario(
    'AUT-133: an archived channel fails at once and is marked as broken, until a message arrives',
    async (api) => {
      const { scene } = api;
      const hook = slack.hook();
      const id = await paste(api, hook);
      const automation = await scene.notification(id);
      const broken = async () => (await api.get(`${INTEGRATIONS}/${id}`, 'member')).body.broken?.reason;
      scene.start();
      for (const word of ['channel_is_archived', 'action_prohibited']) {
        hook.reply({ status: 410, word });
        const ended = await scene.ended(await scene.fire(automation, id));
        assert.deepEqual([ended.status, ended.reason], ['failed', word]);
        assert.equal(await broken(), word);
        scene.pass(2000);
      }
      const listed = (await api.get(INTEGRATIONS, 'admin')).body.items[0];
      assert.deepEqual([listed.broken.reason, listed.disabled], ['action_prohibited', null]);
      const { lastDelivery: refused, ...standing } = listed.standing;
      assert.deepEqual([refused.outcome, refused.status, refused.fault], ['never', 410, null]);
      assert.deepEqual([standing.automations, standing.alerts, standing.failing.executions], [1, 0, 2]);
      assert.equal((await scene.ended(await scene.fire(automation, id))).status, 'finished');
      assert.equal(await broken(), undefined);
      const well = (await api.get(`${INTEGRATIONS}/${id}`, 'member')).body.standing;
      assert.deepEqual([well.lastDelivery.outcome, well.lastDelivery.status, well.failing], ['done', 200, null]);
      assert.ok(well.lastDelivery.at > refused.at);

      scene.pass(2000);
      hook.reply({ status: 400, word: 'invalid_payload' }, { status: 404, word: 'channel_not_found' });
      assert.equal((await scene.ended(await scene.fire(automation, id))).reason, 'invalid_payload');
      assert.equal(await broken(), undefined, 'that is no fault of the channel');
      scene.pass(2000);
      await scene.ended(await scene.fire(automation, id));
      assert.equal(await broken(), 'channel_not_found');
      await api.patch(`${INTEGRATIONS}/${id}`, 'admin', { name: 'looked after' });
      assert.equal(await broken(), undefined, 'an edit forgets it');
    },
  );

  scenario('one channel is sent one message a second, and another one does not wait for it', async (api) => {
    const { scene } = api;
    const [hook, other] = [slack.hook(), slack.hook()];
    const id = await paste(api, hook, '#busy');
    const otherId = await paste(api, other, '#idle');
    await scene.fireMany(await scene.notification(id), id, 3);
    await scene.fire(await scene.notification(otherId), otherId);
    const begun = performance.now();
    scene.start();
    await other.exactly(1);
    const posts = await hook.exactly(3);
    // by when each is taken up, which is before it arrives
    for (const [index, post] of posts.entries())
      assert.ok(post.at - begun >= 990 * index, `message ${index} came early`);
  });

  scenario('a rotated master key opens the addresses that the old one sealed', async (api) => {
    const { scene } = api;
    const hook = slack.hook();
    const id = await paste(api, hook);
    const old = scene.masters.all[0];
    const next = masterKeyFrom('the master key after the rotation, long too');
    const key = await scene.fire(await scene.notification(id), id);
    await rotateMasterKey(scene, { old, next });
    const stale = scene.start({ masters: new MasterKeys(old) });
    await scene.until('a node without the new key to give up', async () => scene.errors.length > 0);
    await stale.stop();
    await hook.exactly(0);
    scene.pass(HOUR);
    scene.start({ masters: new MasterKeys(next) });
    assert.equal((await scene.ended(key)).status, 'finished');
    await hook.exactly(1);
  });
});
