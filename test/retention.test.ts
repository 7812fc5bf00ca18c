import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { beginRetention, putAwayDue } from '../src/delivery/put-away.ts';
import { type ExecutionKey, executionId } from '../src/model/execution-id.ts';
import type { Database } from '../src/store/database.ts';
import { ensurePartitions } from '../src/store/partitions.ts';
import { DeliveryScene } from './delivery-scene.ts';
import { type DatabaseName, forEachDatabase, withDatabase } from './support/databases.ts';
import { type Receiver, startReceiver } from './support/receiver.ts';

const DAY = 86_400_000;

let receiver: Receiver;
before(async () => {
  receiver = await startReceiver();
});
after(() => receiver.close());

/** At the beginning of a June, so that a test knows how many months lie between two days. */
async function inJune(database: Database, play: (scene: DeliveryScene) => Promise<void>): Promise<void> {
  const scene = await DeliveryScene.open(database);
  try {
    scene.pass(Date.UTC(2027, 5, 2) - Date.now());
    await ensurePartitions(database, scene.clock.now());
    await play(scene);
  } finally {
    await scene.close();
  }
}

const scenario = (name: DatabaseName, play: (scene: DeliveryScene) => Promise<void>) =>
  withDatabase(name, (database) => inJune(database, play));

async function later(scene: DeliveryScene, days: number): Promise<void> {
  scene.pass(days * DAY);
  await ensurePartitions(scene.database, scene.clock.now());
}

async function idsIn(scene: DeliveryScene, table: string): Promise<string[]> {
  const rows = await scene.database.query<ExecutionKey>(
    `select tenant_id as "tenantId", event_id as "eventId", automation_id as "automationId", ask from ${table}
      order by event_id`,
  );
  return rows.map(executionId);
}

const events = (scene: DeliveryScene) =>
  scene.database.query<{ id: string }>('select event_id as id from event order by event_id');

forEachDatabase((name) => {
  test('months that are over for 90 days go, but for the newest of each automation and what still waits', () =>
    scenario(name, async (scene) => {
      const { database } = scene;
      const retention = { days: 90, newest: 3 };
      const ground = { database, clock: scene.clock };
      await beginRetention(ground);
      const webhook = await scene.webhook(receiver.inbox().url);
      const [busy, rare] = [await scene.automation(webhook, null), await scene.automation(webhook, null)];
      const old: ExecutionKey[] = [];
      for (let count = 0; count < 5; count += 1) old.push(await scene.fire(busy, undefined));
      const seldom = [await scene.fire(rare, undefined), await scene.fire(rare, undefined)];
      const waiting = await scene.fire(busy, webhook);
      await scene.database.execute(
        `insert into latch (tenant_id, run_id, automation_id, condition_revision, last_fired_at, last_line)
         values ($1, 77, $2, 1, $3, 1)`,
        [scene.entityId, busy, new Date(scene.clock.now())],
      );
      assert.equal((await putAwayDue(ground, retention))?.kept, 0);
      assert.equal(await putAwayDue(ground, retention), undefined);

      await later(scene, 100);
      const young = await scene.fire(busy, undefined);
      // 92 days after June ended it is gone as a whole
      await later(scene, 22);
      const done = await putAwayDue(ground, retention);
      assert.ok(done?.dropped.includes('execution_2027_06'), JSON.stringify(done));
      const [, , , , newest] = old as [ExecutionKey, ExecutionKey, ExecutionKey, ExecutionKey, ExecutionKey];
      // of `busy` the newest three are one young one, the one that waits and one more
      const kept = [newest, ...seldom, waiting, young].map(executionId);
      assert.deepEqual(await idsIn(scene, 'execution'), kept);
      assert.deepEqual(await idsIn(scene, 'execution_detail'), kept);
      assert.deepEqual(
        (await events(scene)).map(({ id }) => id),
        [newest, ...seldom, waiting, young].map(({ eventId }) => eventId),
      );
      assert.equal((await database.query('select from latch')).length, 1);

      // what waited is delivered out of the rest, and its attempt goes with it later
      scene.start();
      assert.equal((await scene.ended(waiting)).status, 'finished');
      assert.equal((await idsIn(scene, 'attempt')).length, 1);
      for (let count = 0; count < 3; count += 1) await scene.fire(busy, undefined);
      await later(scene, 60);
      await putAwayDue(ground, retention);
      assert.deepEqual(await idsIn(scene, 'attempt'), []);
      assert.equal((await idsIn(scene, 'execution')).filter((id) => seldom.map(executionId).includes(id)).length, 2);
    }));

  test('while months are put away executions go on being made and delivered, and none is lost', () =>
    scenario(name, async (scene) => {
      const { database } = scene;
      const inbox = receiver.inbox();
      const ground = { database, clock: scene.clock };
      await beginRetention(ground);
      const webhook = await scene.webhook(inbox.url);
      const automation = await scene.automation(webhook, null);
      const waiting: ExecutionKey[] = [];
      for (let count = 0; count < 200; count += 1) waiting.push(await scene.fire(automation, webhook));
      await later(scene, 125);
      scene.start({ limits: { inFlight: 4, perSecond: 10_000 } });
      const fired: ExecutionKey[] = [];
      const firing = (async () => {
        for (let count = 0; count < 100; count += 1) fired.push(await scene.fire(automation, webhook));
      })();
      const both = await Promise.all([1, 2].map(() => putAwayDue(ground, { days: 90, newest: 0 })));
      assert.equal(both.filter((done) => done !== undefined).length, 1);
      await firing;
      for (const key of [...waiting.filter((_, place) => place % 20 === 0), ...fired]) {
        const held = await database.query('select from execution where event_id = $1', [key.eventId]);
        if (held.length > 0) assert.equal((await scene.ended(key)).status, 'finished');
      }
      await scene.until('every execution to arrive', async () => inbox.received.length >= 300);
      const left = await database.query(`select from execution where status = 'pending'`);
      assert.deepEqual(left, []);
    }));
});
