import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { countDelivery } from '../src/server/metrics/count-delivery.ts';
import { createMetrics } from '../src/wire/metrics/metrics.ts';
import { DeliveryScene } from './delivery-scene.ts';
import { onOneDatabase, withDatabase } from './support/databases.ts';
import { type Receiver, startReceiver } from './support/receiver.ts';

let receiver: Receiver;
before(async () => {
  receiver = await startReceiver();
});
after(() => receiver.close());

onOneDatabase('oldest', (name) => {
  const scenario = (
    title: string,
    play: (scene: DeliveryScene, told: () => Promise<string>) => Promise<void>,
  ): void => {
    test(title, () =>
      withDatabase(name, async (database) => {
        const scene = await DeliveryScene.open(database);
        const metrics = createMetrics(false);
        try {
          scene.start({ watch: countDelivery(metrics), totalTimeoutMs: 2_000 });
          await play(scene, () => metrics.registry.metrics());
        } finally {
          await scene.close();
        }
      }),
    );
  };

  scenario('what is cancelled without a request is counted as ended, not as an attempt', async (scene, told) => {
    const integrationId = await scene.webhook(receiver.inbox().url);
    const automationId = await scene.automation(integrationId, {});
    await scene.database.execute('update automation set deleted_at = $1', [new Date()]);
    await scene.ended(await scene.fire(automationId, integrationId));
    const text = await scene.until('the count', async () => (await told()).includes('cancelled') && (await told()));
    assert.match(text, /executions_ended_total\{status="cancelled",reason="automation_deleted"\} 1\n/);
    assert.doesNotMatch(text, /delivery_attempts_total\{/);
  });

  scenario(
    'a receiver that hangs is counted as a timeout; the second attempt is no second delay',
    async (scene, told) => {
      const inbox = receiver.inbox();
      inbox.reply('hang');
      const key = await scene.fired(inbox.url);
      await scene.attempted(key, 1);
      scene.pass(3_600_000);
      await scene.ended(key);
      const text = await scene.until('the count', async () => (await told()).includes('"finished"') && (await told()));
      assert.match(text, /delivery_attempts_total\{verdict="not_before",answer="timeout"\} 1\n/);
      assert.match(text, /delivery_attempts_total\{verdict="done",answer="2xx"\} 1\n/);
      assert.match(text, /delivery_delay_seconds_count 1\n/);
      assert.match(text, /delivery_attempt_duration_seconds_count 2\n/);
    },
  );
});
