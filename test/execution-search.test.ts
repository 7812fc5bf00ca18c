import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import type { AuditedDeed } from '../src/model/audit.ts';
import { type ExecutionKey, executionId } from '../src/model/execution-id.ts';
import { type DeliveryApi, serveDeliveries } from './delivery-api.ts';
import { DeliveryScene } from './delivery-scene.ts';
import { type DatabaseName, forEachDatabase, withDatabase } from './support/databases.ts';
import { type Receiver, startReceiver } from './support/receiver.ts';

const STATUSES = ['pending', 'finished', 'failed', 'skipped', 'cancelled'];
const AUTHORS = ['ann', 'bob', null];
const TYPES = ['RUN_STATE', 'RUN_METRIC'];
const LIST = '/entities/vision/executions';
const COUNT = 60;

interface Held {
  readonly id: string;
  readonly automation: string;
  readonly status: string;
  readonly author: string | null;
  readonly event: string;
  readonly subject: string;
  readonly ended: number | null;
}

let receiver: Receiver;
before(async () => {
  receiver = await startReceiver();
});
after(() => receiver.close());

const scenario = (name: DatabaseName, play: (api: DeliveryApi) => Promise<void>) =>
  withDatabase(name, async (database) => {
    const scene = await DeliveryScene.open(database);
    const api = await serveDeliveries(scene);
    try {
      await play(api);
    } finally {
      await scene.close();
      await api.close();
    }
  });

/** Executions of three automations, of all kinds. @returns newest first */
async function history({ scene }: DeliveryApi): Promise<Held[]> {
  const { database } = scene;
  await database.execute(`insert into app_user (username, created_at) values ('bob', $1)`, [new Date()]);
  const webhook = await scene.webhook(receiver.inbox().url);
  const automations = [];
  for (let made = 0; made < 3; made += 1) automations.push(await scene.automation(webhook, null));
  const held: Held[] = [];
  for (let made = 0; made < COUNT; made += 1) {
    const key = await scene.fire(automations[made % 3]!, webhook);
    const status = STATUSES[(made * 7) % 5]!;
    const row = {
      id: executionId(key),
      automation: key.automationId,
      status,
      author: AUTHORS[(made >> 1) % 3] ?? null,
      event: TYPES[(made >> 2) % 2]!,
      subject: String(100 + (made % 4)),
      ended: status === 'pending' ? null : scene.clock.now() - made * 1000,
    };
    await store(scene, key, row);
    held.unshift(row);
  }
  return held;
}

async function store(scene: DeliveryScene, key: ExecutionKey, row: Held): Promise<void> {
  await scene.database.execute(
    `update execution set status = $2, author = $3, event_type = $4, subject_id = $5, ended_at = $6 where event_id = $1`,
    [key.eventId, row.status, row.author, row.event, row.subject, row.ended === null ? null : new Date(row.ended)],
  );
  if (row.status !== 'pending') await scene.database.execute('delete from delivery where event_id = $1', [key.eventId]);
}

/** Of every page. */
async function idsOf({ get }: DeliveryApi, query: string): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { status, body } = await get(`${LIST}?limit=7&${query}${cursor === '' ? '' : `&cursor=${cursor}`}`);
    assert.equal(status, 200, JSON.stringify(body));
    ids.push(...body.items.map(({ id }: Held) => id));
    cursor = body.nextCursor;
  }
  return ids;
}

/** Ended executions by when, those without at the end; ties newest first. */
function byEnd(rows: readonly Held[], sign: 1 | -1): string[] {
  const sorted = rows.toSorted((one, other) => {
    if (one.ended === null || other.ended === null) return Number(one.ended === null) - Number(other.ended === null);
    return sign * (one.ended - other.ended);
  });
  return sorted.map(({ id }) => id);
}

forEachDatabase((name) => {
  test('any filters together find what meets them all, once and in order, page by page and sorted', () =>
    scenario(name, async (api) => {
      const held = await history(api);
      const some = (values: readonly string[]) => fc.option(fc.subarray([...values], { minLength: 1 }), { nil: null });
      const asked = fc.record({
        automation: some([...new Set(held.map(({ automation }) => automation))]),
        status: some(STATUSES),
        author: some(['ann', 'bob']),
        event: some(TYPES),
        subject: some(['100', '101', '102', '103', '999']),
      });
      await fc.assert(
        fc.asyncProperty(asked, async (filter) => {
          const conditions = Object.entries(filter).flatMap(([key, values]) =>
            values === null ? [] : [[key, values]],
          );
          const matching = held.filter((row) =>
            conditions.every(([key, values]) => values!.includes(row[key as keyof Held] as string)),
          );
          const query = conditions.flatMap(([key, values]) => [...values!].map((each) => `${key}=${each}`)).join('&');
          const ids = matching.map(({ id }) => id);
          assert.deepEqual(await idsOf(api, query), ids);
          assert.deepEqual(await idsOf(api, `order=asc&${query}`), ids.toReversed());
          assert.deepEqual(await idsOf(api, `sort=ended&${query}`), byEnd(matching, -1));
          assert.deepEqual(await idsOf(api, `sort=ended&order=asc&${query}`), byEnd(matching, 1));
        }),
        { numRuns: 40 },
      );
    }));

  test('a reason is found by its kind, also that of a dry run, and a range that ends before it begins is refused', () =>
    scenario(name, async (api) => {
      const held = await history(api);
      const reasons = [
        'secret_missing: A',
        'dry_run: secret_missing: B',
        'secret_missing',
        'secret_missingness',
        'dry_run',
      ];
      for (const [at, reason] of reasons.entries()) {
        const [, eventId] = held[at]!.id.split('_').slice(1);
        await api.scene.database.execute('update execution set reason = $2 where event_id = $1', [eventId, reason]);
      }
      const found = async (reason: string) =>
        (await idsOf(api, `reason=${encodeURIComponent(reason)}`)).map((id) =>
          held.findIndex((each) => each.id === id),
        );
      assert.deepEqual(await found('secret_missing'), [0, 1, 2]);
      assert.deepEqual(await found('secret_missing: B'), [1]);
      assert.deepEqual(await found('dry_run'), [1, 4]);
      assert.deepEqual(await found('secret'), []);
      for (const path of [LIST, `${LIST}/export`, '/entities/vision/audit']) {
        const answer = await api.get(`${path}?from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z`, 'admin');
        assert.deepEqual([answer.status, answer.body.errors?.[0].path], [400, 'from'], path);
      }
    }));

  test('a deed over a filter is counted first, done once to each that allows it, and leaves one entry', () =>
    scenario(name, async (api) => {
      const { post, scene } = api;
      const held = await history(api);
      const many = async (deed: string, filter: object, dryRun = false) => {
        const { status, body } = await post(`${LIST}/bulk`, 'admin', { deed, filter, dryRun, cursor: null });
        assert.equal(status, 200, JSON.stringify(body));
        return body.count;
      };
      const count = (...statuses: string[]) => held.filter(({ status }) => statuses.includes(status)).length;
      assert.equal(await many('cancel', {}, true), count('pending'));
      assert.equal(await many('retry', { status: ['failed', 'cancelled'] }, true), count('failed', 'cancelled'));
      assert.equal(await many('run', {}, true), count('skipped'));
      assert.deepEqual(await deeds(scene), []);

      assert.equal(await many('cancel', {}), count('pending'));
      assert.equal(await many('cancel', {}), 0);
      assert.equal(await many('run', {}), count('skipped'));
      assert.equal(await many('retry', { status: 'failed' }), count('failed'));
      assert.deepEqual(await deeds(scene), [
        ['executions.cancelled', count('pending')],
        ['executions.run_anyway', count('skipped')],
        ['executions.retried', count('failed')],
      ]);
      const ids = await idsOf(api, 'status=pending');
      assert.equal(ids.length, count('skipped', 'failed'));
      const [work] = await scene.database.query<{ rows: number }>('select count(*)::int as rows from delivery');
      assert.equal(work?.rows, ids.length);
      const cancelled = await api.get(`${LIST}?reason=cancelled_by_person&limit=200`);
      const by = cancelled.body.items.map((item: { cancelledBy: string }) => item.cancelledBy);
      assert.deepEqual(by, Array(count('pending')).fill('ann'));
    }));

  test('only one of two people who cancel and retry at once has their way, and the other is told', () =>
    scenario(name, async (api) => {
      const { post, scene } = api;
      const key = await scene.fired(receiver.inbox().url);
      const path = `${LIST}/${executionId(key)}`;
      for (let turn = 0; turn < 5; turn += 1) {
        const answers = await Promise.all([post(`${path}/cancel`, 'admin'), post(`${path}/cancel`, 'admin')]);
        assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
        const retried = await Promise.all([post(`${path}/retry`, 'admin'), post(`${path}/retry`, 'admin')]);
        assert.ok(retried.some(({ status }) => status === 200));
        assert.equal((await scene.execution(key)).status, 'pending');
      }
    }));
});

async function deeds({ database }: DeliveryScene): Promise<[AuditedDeed, number][]> {
  const rows = await database.query<{ deed: AuditedDeed; count: number }>(
    `select deed, (after ->> 'count')::int as count from audit_entry order by id`,
  );
  return rows.map(({ deed, count }) => [deed, count]);
}
