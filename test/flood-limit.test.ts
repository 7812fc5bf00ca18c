import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_FLOOD_LIMITS } from '../src/engine/flood-limit.ts';
import type { AutomationId } from '../src/model/ids.ts';
import { LargeIds } from '../src/model/large-id.ts';
import { insertExecutions, type NewFirings } from '../src/store/executions.ts';
import { meterFirings } from '../src/tracking/meter-firings.ts';
import { DeliveryScene } from './delivery-scene.ts';
import { forEachDatabase, withDatabase } from './support/databases.ts';

const SECOND = 1000;

interface Row {
  readonly status: string;
  readonly reason: string | null;
  /** Milliseconds after the match. */
  readonly wait: number | null;
}

forEachDatabase((name) => {
  const scenario = (title: string, play: (scene: DeliveryScene) => Promise<void>): void => {
    test(title, () => withDatabase(name, async (database) => play(await DeliveryScene.open(database))));
  };

  /** An automation, and what becomes of matches that all come at one instant. */
  async function atOneInstant(scene: DeliveryScene) {
    const instant = Date.now();
    scene.clock.now = () => instant;
    const room = {
      ground: { database: scene.database, clock: scene.clock, ids: new LargeIds(2) },
      floodLimits: DEFAULT_FLOOD_LIMITS,
    };
    const integrationId = await scene.webhook('http://127.0.0.1:1/');
    const automationId = await scene.automation(integrationId, {});
    const save = (firings: NewFirings) =>
      scene.database.transaction(async (tx) =>
        insertExecutions(tx, await meterFirings(room, tx, { ...firings, moves: [] })),
      );
    return {
      save,
      firings: (count: number) => scene.firings(automationId, integrationId, count),
      rows: () => rowsOf(scene, automationId, instant),
    };
  }

  async function rowsOf({ database }: DeliveryScene, automationId: AutomationId, instant: number): Promise<Row[]> {
    const rows = await database.query<Omit<Row, 'wait'> & { dueAt: number | null }>(
      `select status, reason, due_at as "dueAt" from execution
         left join delivery using (tenant_id, event_id, automation_id, ask)
        where automation_id = $1 order by event_id`,
      [automationId],
    );
    return rows.map(({ dueAt, ...row }) => ({ ...row, wait: dueAt === null ? null : dueAt - instant }));
  }

  const atOnce: Row = { status: 'pending', reason: null, wait: 0 };
  const turn = (place: number): Row => ({ status: 'pending', reason: 'waits_its_turn', wait: (place + 1) * SECOND });
  const skipped: Row = { status: 'skipped', reason: 'rate_limited', wait: null };
  const repeated = (row: Row, count: number) => Array<Row>(count).fill(row);

  scenario('AUT-089: of 200 matches at one instant 80 are due over the next 80 seconds', async (scene) => {
    const { save, firings, rows } = await atOneInstant(scene);
    await save(firings(200));
    assert.deepEqual(await rows(), [...repeated(atOnce, 120), ...Array.from({ length: 80 }, (_, at) => turn(at))]);
  });

  scenario('AUT-089: of 2,000 matches at one instant 880 are skipped', async (scene) => {
    const { save, firings, rows } = await atOneInstant(scene);
    for (let batch = 0; batch < 4; batch += 1) await save(firings(500));
    assert.deepEqual(await rows(), [
      ...repeated(atOnce, 120),
      ...Array.from({ length: 1000 }, (_, at) => turn(at)),
      ...repeated(skipped, 880),
    ]);
  });

  scenario('matches of transactions that run together share one meter', async (scene) => {
    const { save, firings, rows } = await atOneInstant(scene);
    await Promise.all([save(firings(100)), save(firings(100)), save(firings(100))]);
    const waits = (await rows()).map(({ wait }) => wait ?? Number.NaN).toSorted((one, other) => one - other);
    assert.deepEqual(waits, [...Array(120).fill(0), ...Array.from({ length: 180 }, (_, at) => (at + 1) * SECOND)]);
  });
});
