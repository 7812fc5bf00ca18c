import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { Webhook } from 'standardwebhooks';
import { executionId } from '../src/model/execution-id.ts';
import type { JsonObject } from '../src/model/json.ts';
import type { SecretAccess } from '../src/model/secret-access.ts';
import { masterKeyFrom } from '../src/secrets/master-key.ts';
import { MasterKeys } from '../src/secrets/master-keys.ts';
import { changeAccess } from '../src/store/secrets.ts';
import { DeliveryScene } from './delivery-scene.ts';
import { onOneDatabase, withDatabase } from './support/databases.ts';
import { type Received, type Receiver, startReceiver } from './support/receiver.ts';

const DAY = 24 * 3600 * 1000;
const TOKEN = 'token-of-the-receiver';
const KEY = 'schlüssel of the signatures';
const PREVIOUS = 'the key before the rotation';

let receiver: Receiver;
before(async () => {
  receiver = await startReceiver();
});
after(() => receiver.close());

/** The signature as a receiver's own shell makes it, over the bytes that arrived. */
function openssl(secret: string, body: string): string {
  return execFileSync('openssl', ['dgst', '-sha256', '-hmac', secret, '-binary'], { input: body }).toString('base64');
}

function verify(secret: string, { body, headers }: Received): unknown {
  const key = secret.startsWith('whsec_') ? secret : Buffer.from(secret).toString('base64');
  return new Webhook(key).verify(body, headers as Record<string, string>);
}

onOneDatabase('oldest', (name) => {
  const scenario = (title: string, play: (scene: DeliveryScene) => Promise<void>): void => {
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

  /** Fires one automation of a webhook with these settings. */
  const firedBy = async (
    scene: DeliveryScene,
    url: string,
    settings: JsonObject,
    payload: JsonObject | null = null,
  ) => {
    const integrationId = await scene.webhook(url, settings);
    return scene.fire(await scene.automation(integrationId, payload), integrationId);
  };

  scenario(
    'AUT-100, AUT-101, AUT-102: a request carries the token and signatures that openssl and the library confirm',
    async (scene) => {
      await scene.secret('TOKEN', TOKEN);
      await scene.secret('KEY', KEY, PREVIOUS);
      const inbox = receiver.inbox();
      const key = await firedBy(
        scene,
        inbox.url,
        { accessTokenRef: 'TOKEN', secretRef: 'KEY' },
        { ü: '${run_name} 🚀' },
      );
      scene.start();
      assert.equal((await scene.ended(key)).status, 'finished');
      const request = await inbox.next();
      assert.equal(request.headers.authorization, `Bearer ${TOKEN}`);
      assert.equal(request.headers['x-wandb-signature'], openssl(KEY, request.body));
      assert.deepEqual(verify(KEY, request), { ü: 'brave "run" 🚀' });
      assert.deepEqual(verify(PREVIOUS, request), { ü: 'brave "run" 🚀' });
      assert.throws(() => verify('another secret', request));
      assert.equal(request.headers['webhook-id'], executionId(key));
    },
  );

  scenario(
    'AUT-102: a whsec_ secret signs by the bytes that it encodes; hex is written when it is asked for',
    async (scene) => {
      const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
      await scene.secret('KEY', secret);
      const inbox = receiver.inbox();
      const key = await firedBy(scene, inbox.url, { secretRef: 'KEY', signatureEncoding: 'hex' });
      scene.start();
      await scene.ended(key);
      const request = await inbox.next();
      assert.doesNotThrow(() => verify(secret, request));
      const hex = Buffer.from(openssl(secret, request.body), 'base64').toString('hex');
      assert.equal(request.headers['x-wandb-signature'], hex);
      assert.equal(request.headers.authorization, undefined);
    },
  );

  scenario(
    'AUT-109: payload and headers hold the webhook’s secrets when sent, and nothing that is kept does',
    async (scene) => {
      await scene.secret('TOKEN', TOKEN);
      await scene.secret('SHORT', 'abc');
      await scene.secret('OTHER', 'of-another-webhook');
      const inbox = receiver.inbox();
      inbox.reply({ status: 400, body: `no: ${TOKEN}`, headers: { 'x-echo': `Bearer ${TOKEN}` } });
      const settings = {
        accessTokenRef: 'TOKEN',
        secretRefs: ['SHORT'],
        headers: { 'X-Run': '${run_name}', 'X-Key': 'k=${SHORT}' },
      };
      const payload = { a: '${ACCESS_TOKEN}', b: '$TOKEN $SHORT $OTHER ${OTHER}', c: '$${SHORT}' };
      const key = await firedBy(scene, inbox.url, settings, payload);
      scene.start();
      assert.equal((await scene.ended(key)).reason, 'http_400');
      const request = await inbox.next();
      assert.deepEqual(JSON.parse(request.body), { a: TOKEN, b: `${TOKEN} abc $OTHER \${OTHER}`, c: '${SHORT}' });
      assert.deepEqual([request.headers['x-run'], request.headers['x-key']], ['brave "run"', 'k=abc']);
      const [attempt] = await scene.attempts(key);
      const kept = JSON.stringify(attempt);
      assert.ok(!kept.includes(TOKEN) && !kept.includes('k=abc'), kept);
      assert.match(kept, /"X-Key":"k=\[masked\]"/);
      assert.match(kept, /no: \[masked\]/);
      const [row] = await scene.database.query<{ payload: string }>('select payload from execution_detail');
      assert.ok(!row!.payload.includes(TOKEN) && !row!.payload.includes('abc'), row!.payload);
    },
  );

  scenario(
    'AUT-124: a webhook whose secret is missing is not sent to; it is again when there is one',
    async (scene) => {
      const inbox = receiver.inbox();
      const integrationId = await scene.webhook(inbox.url, { secretRef: 'GONE' });
      const automationId = await scene.automation(integrationId, null);
      const first = await scene.fire(automationId, integrationId);
      scene.start();
      const ended = await scene.ended(first);
      assert.deepEqual([ended.status, ended.reason], ['failed', 'secret_missing: GONE']);
      await scene.secret('GONE', 'here it is');
      assert.equal((await scene.ended(await scene.fire(automationId, integrationId))).status, 'finished');
      assert.equal((await inbox.exactly(1))[0]!.headers['x-wandb-signature'] === undefined, false);
    },
  );

  scenario('a node that cannot open a secret leaves the execution to be sent later', async (scene) => {
    await scene.secret('KEY', KEY);
    const inbox = receiver.inbox();
    const key = await firedBy(scene, inbox.url, { secretRef: 'KEY' });
    const stranger = new MasterKeys(masterKeyFrom('a master key that this database never saw'));
    const blind = scene.start({ masters: stranger });
    const waiting = await scene.until('the execution to wait', async () => {
      const row = await scene.execution(key);
      return row.reason !== null && row;
    });
    assert.deepEqual([waiting.status, waiting.reason], ['pending', 'secret_locked: KEY']);
    await blind.stop();
    scene.pass(60_000);
    scene.start();
    assert.equal((await scene.ended(key)).status, 'finished');
    await inbox.exactly(1);
    assert.deepEqual(
      (await scene.attempts(key)).map(({ number }) => number),
      [1],
      'to wait is no attempt',
    );
  });

  scenario('a node that can open a secret takes over from one that cannot, while both run', async (scene) => {
    await scene.secret('KEY', KEY);
    const inbox = receiver.inbox();
    const integrationId = await scene.webhook(inbox.url, { secretRef: 'KEY' });
    const automationId = await scene.automation(integrationId, null);
    const first = await scene.fire(automationId, integrationId);
    scene.start({ masters: new MasterKeys(masterKeyFrom('a master key that this database never saw')) });
    await scene.until('the execution to wait', async () => (await scene.execution(first)).reason !== null);
    scene.start();
    // until the lease of the first node has ended and the execution is due
    scene.pass(31_000);
    assert.equal((await scene.ended(first)).status, 'finished');
    assert.equal((await scene.ended(await scene.fire(automationId, integrationId))).status, 'finished');
    await inbox.exactly(2);
  });

  scenario('access flags decide what a webhook may read of a secret, before anything is sent', async (scene) => {
    await scene.secret('KEY', KEY);
    const inbox = receiver.inbox();
    const plain = { secretRef: 'KEY' };
    const inHeader = { ...plain, headers: { 'X-Key': 'k=${KEY | upper}' } };
    const bare = { accessTokenRef: 'KEY', headers: { 'X-Key': '$KEY' } };
    const reasonOf = async (settings: JsonObject) =>
      (await scene.ended(await firedBy(scene, inbox.url, settings))).reason;
    const allow = (access: SecretAccess) =>
      scene.database.transaction((tx) => changeAccess(tx, { tenantId: scene.entityId, name: 'KEY' }, access));
    scene.start();
    await allow({ webhooks: true, headerTemplates: false });
    assert.equal(await reasonOf(inHeader), 'secret_forbidden: KEY');
    assert.equal(await reasonOf(bare), 'secret_forbidden: KEY');
    assert.equal(await reasonOf(plain), null);
    await allow({ webhooks: false, headerTemplates: true });
    for (const settings of [plain, inHeader, { secretRefs: ['KEY'] }]) {
      assert.equal(await reasonOf(settings), 'secret_forbidden: KEY');
    }
    await allow({ webhooks: true, headerTemplates: true });
    assert.equal(await reasonOf(inHeader), null);
    assert.match(String((await inbox.exactly(2))[1]?.headers['x-key']), /^k=SCHL.*OF THE SIGNATURES$/);
  });

  scenario('the schedule, the time and the limits of a webhook are its own', async (scene) => {
    const inbox = receiver.inbox();
    inbox.reply(503, 503, 503, 503);
    const none = await firedBy(scene, inbox.url, { schedule: 'none' });
    scene.start();
    assert.equal((await scene.ended(none)).reason, 'attempts_exhausted: http_503');
    const short = await firedBy(scene, receiver.inbox().url.replace(/\d+$/, 'nowhere'), { schedule: 'short' });
    assert.equal((await scene.ended(short)).reason, 'http_404');
    const hanging = receiver.inbox();
    hanging.reply('hang');
    const timed = await firedBy(scene, hanging.url, { schedule: 'none', timeoutSeconds: 1 });
    assert.equal((await scene.ended(timed)).reason, 'attempts_exhausted: timeout');
    const slow = receiver.inbox();
    const limited = await scene.webhook(slow.url, { perSecond: 2 });
    await scene.fireMany(await scene.automation(limited, null), limited, 3);
    await slow.exactly(3);
    await scene.until('the queue to be empty', async () => (await scene.queued()) === 0);
    // what the receiver saw when depends on the machine's load
    const [third, , first] = await scene.database.query<{ at: number }>(
      'select started_at as at from attempt order by started_at desc limit 3',
    );
    assert.ok(third!.at - first!.at > 900, 'the third waits until a second has passed since the first');
  });

  scenario('AUT-115: a 410 disables the webhook and says why; what comes later is skipped', async (scene) => {
    const inbox = receiver.inbox();
    inbox.reply(410);
    const integrationId = await scene.webhook(inbox.url);
    const automationId = await scene.automation(integrationId, null);
    scene.start();
    assert.equal((await scene.ended(await scene.fire(automationId, integrationId))).reason, 'http_410');
    const later = await scene.ended(await scene.fire(automationId, integrationId));
    assert.deepEqual([later.status, later.reason], ['skipped', 'webhook_disabled']);
    assert.match((await scene.disabled(integrationId))!, /410/);
    await inbox.exactly(1);
  });

  scenario(
    'AUT-116: five days without success and ten failures disable a webhook, and a success forgets them',
    async (scene) => {
      const inbox = receiver.inbox();
      const integrationId = await scene.webhook(inbox.url);
      const automationId = await scene.automation(integrationId, null);
      scene.start();
      const fail = async (count: number) => {
        for (let failed = 0; failed < count; failed += 1) {
          inbox.reply(400);
          await scene.ended(await scene.fire(automationId, integrationId));
        }
      };
      await fail(9);
      scene.pass(6 * DAY);
      assert.equal((await scene.ended(await scene.fire(automationId, integrationId))).status, 'finished');
      await fail(11);
      assert.equal(await scene.disabled(integrationId), undefined);
      scene.pass(5 * DAY - 60_000);
      await fail(1);
      assert.equal(await scene.disabled(integrationId), undefined);
      scene.pass(120_000);
      await fail(1);
      assert.match((await scene.disabled(integrationId))!, /13 executions have failed/);
      const later = await scene.ended(await scene.fire(automationId, integrationId));
      assert.deepEqual([later.status, later.reason], ['skipped', 'webhook_disabled']);
    },
  );
});
