import assert from 'node:assert/strict';
import { once } from 'node:events';
import { before, describe, test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { BLOCK_LINES } from '../src/store/column-block.ts';
import { findReaches, leaseReach } from '../src/store/history-reach.ts';
import { sampleKeys } from '../src/store/history-reads.ts';
import { newestValues } from '../src/store/newest-values.ts';
import { findRunHead, type RunKey, saveRunHeads } from '../src/store/run-heads.ts';
import { RunMetrics } from '../src/store/run-metrics.ts';
import { removeRun } from '../src/store/run-removals.ts';
import { ColumnMaker } from '../src/tracking/column-maker.ts';
import { makeColumns } from '../src/tracking/make-columns.ts';
import { UncoveredRuns } from '../src/tracking/uncovered-runs.ts';
import { type ColumnStage, manyRows, openColumnStage, refuse } from './column-stage.ts';
import type { InProcess } from './support/in-process.ts';
import { seedLines } from './support/seeded-runs.ts';

let stage: ColumnStage;
let here: InProcess;

before(async () => {
  stage = await openColumnStage();
  ({ here } = stage);
});

const NONE = (): void => {};

describe('columns', () => {
  async function storedColumns(key: RunKey): Promise<unknown[]> {
    return here.ground.database.query(
      `select metric, first_line::int as first, lines from history_column
       where tenant_id = $1 and run_id = $2 order by metric, first_line`,
      [key.tenantId, key.runId],
    );
  }

  async function newest(key: RunKey, lines: number): Promise<readonly number[]> {
    const found = await newestValues(here.ground.database, key, 'history', lines, new Map([['a', 100]]));
    return found.get('a')!.values;
  }

  /** Throws away the lines from one on, as a rewind does. */
  async function rewind(key: RunKey, line: number): Promise<void> {
    await here.ground.database.transaction(async (tx) => {
      const head = (await findRunHead(tx, key))!;
      await saveRunHeads(tx, [{ ...head, epoch: head.epoch + 1, historyLines: line }]);
      await tx.execute('delete from history_chunk where tenant_id = $1 and run_id = $2 and first_line >= $3', [
        key.tenantId,
        key.runId,
        line,
      ]);
    });
  }

  test('are made once, also by two who begin at the same moment', async () => {
    const key = await stage.freshRun();
    await seedLines(here.ground, key, 'history', manyRows(10));
    const [history] = await findReaches(here.ground.database, key);
    assert.equal(await stage.lease(history!), true);
    assert.equal(await stage.lease(history!), false, 'one node at a time');
    await Promise.all([1, 2, 3].map(() => makeColumns(here.ground.database, history!, 5)));
    const columns = [
      { metric: 0, first: 0, lines: 5 },
      { metric: 0, first: 5, lines: 5 },
      { metric: 1, first: 0, lines: 5 },
      { metric: 1, first: 5, lines: 5 },
    ];
    assert.deepEqual(await storedColumns(key), columns);
    await makeColumns(here.ground.database, history!, 5);
    assert.deepEqual(await storedColumns(key), columns);
  });

  test('of a lease that ran out are made by somebody else', async () => {
    const key = await stage.freshRun();
    await seedLines(here.ground, key, 'history', manyRows(10));
    const [history] = await findReaches(here.ground.database, key);
    const { database, clock } = here.ground;
    const now = clock.now();
    const leaseAt = (instant: number) => database.transaction((tx) => leaseReach(tx, history!, instant, instant + 10));
    assert.deepEqual([await leaseAt(now), await leaseAt(now + 9), await leaseAt(now + 10)], [true, false, true]);
  });

  test('of a run that goes on end with a whole block; what is left over comes when it ends', async () => {
    const key = await stage.freshRun();
    await seedLines(here.ground, key, 'history', manyRows(10));
    await stage.make(key, 4, false);
    assert.equal(await stage.covered(key), 8);
    await stage.make(key, 4, true);
    assert.equal(await stage.covered(key), 10);
  });

  test('count no more once the run is rewound, and are made anew', async () => {
    const key = await stage.freshRun();
    await seedLines(here.ground, key, 'history', manyRows(10).slice(0, 5));
    await seedLines(here.ground, key, 'history', manyRows(10).slice(5));
    const [stale] = await findReaches(here.ground.database, key);
    await stage.make(key, 5, true);
    await rewind(key, 5);
    await seedLines(here.ground, key, 'history', [{ a: 50 }, { a: 51 }]);
    assert.equal(await stage.covered(key), 0);
    assert.deepEqual(await newest(key, 7), [0, 1, 2, 3, 4, 50, 51]);
    assert.equal(await stage.lease(stale!), false);
    await stage.make(key, 5, true);
    await makeColumns(here.ground.database, { ...stale!, state: 'finished' }, 5);
    assert.equal(await stage.covered(key), 7);
    assert.deepEqual(await newest(key, 7), [0, 1, 2, 3, 4, 50, 51]);
  });

  test('go with their run, and nobody who was about to make some brings them back', async () => {
    const key = await stage.freshRun();
    await seedLines(here.ground, key, 'history', manyRows(10));
    const [history] = await findReaches(here.ground.database, key);
    await stage.make(key, 5, true);
    await here.ground.database.transaction((tx) => removeRun(tx, key, here.ground.clock.now()));
    assert.equal(await stage.lease(history!), false);
    await makeColumns(here.ground.database, history!, 5);
    for (const table of ['history_reach', 'run_metric', 'history_column']) {
      const rows = await here.ground.database.query(`select 1 from ${table} where tenant_id = $1 and run_id = $2`, [
        key.tenantId,
        key.runId,
      ]);
      assert.deepEqual(rows, [], table);
    }
  });

  test('that are gone while someone reads them are made up for by the lines', async () => {
    const key = await stage.freshRun();
    await seedLines(here.ground, key, 'history', manyRows(10));
    await stage.make(key, 5, true);
    const { database } = here.ground;
    const losing = {
      ...database,
      query: async <Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]> => {
        if (sql.includes('history_column')) await stage.dropColumns();
        return database.query<Row>(sql, parameters);
      },
    };
    const found = await newestValues(losing, key, 'history', 10, new Map([['a', 3]]));
    assert.deepEqual(found.get('a')?.values, [7, 8, 9]);
    await stage.make(key, 5, true);
    const spec = { keys: ['a'], samples: 3, minStep: undefined, maxStep: undefined };
    assert.deepEqual(await sampleKeys(losing, key, spec, NONE), [{ a: 0 }, { a: 4 }, { a: 8 }]);
  });
});

describe('the making of columns', () => {
  test('is asked for by readers of many bare lines, not of few', async () => {
    const { database } = here.ground;
    const key = await stage.freshRun();
    const asked: string[] = [];
    const wanted = ({ runId }: RunKey) => asked.push(runId);
    const read = async (lines: number) => {
      await sampleKeys(database, key, { keys: ['a'], samples: 2, minStep: undefined, maxStep: undefined }, wanted);
      await new RunMetrics(database, wanted).read({ ...key, stream: 'history', epoch: 0, lines });
    };
    await seedLines(here.ground, key, 'history', manyRows(20_000));
    await read(20_000);
    assert.deepEqual(asked, []);
    await seedLines(here.ground, key, 'history', manyRows(1));
    await read(20_001);
    assert.deepEqual(asked, [key.runId, key.runId]);
    await stage.make(key, BLOCK_LINES, false);
    await read(20_001);
    assert.equal(asked.length, 2);
  });

  test('comes to every run that lacks enough of them, though nobody asks', async () => {
    await here.ground.database.execute('update run_head set history_lines = 0');
    const ended = await stage.freshRun({ state: 'crashed' });
    const going = await stage.freshRun();
    const short = await stage.freshRun({ state: 'finished' });
    await seedLines(here.ground, ended, 'history', manyRows(128));
    await seedLines(here.ground, going, 'events', manyRows(BLOCK_LINES));
    await seedLines(here.ground, short, 'history', manyRows(127));
    const uncovered = new UncoveredRuns(here.ground.database);
    const found = new Set<string>();
    // more turns than there are tenants and pages
    for (let turn = 0; turn < 30; turn += 1) for (const { runId } of await uncovered.look()) found.add(runId);
    assert.deepEqual(found, new Set([ended.runId, going.runId]));
  });

  test('that fails is told; the run is left alone for a while, and others are not', async () => {
    const [broken, whole] = [await stage.freshRun({ state: 'finished' }), await stage.freshRun({ state: 'finished' })];
    for (const key of [broken, whole]) await seedLines(here.ground, key, 'history', manyRows(1500));
    await here.ground.database.execute(
      "update history_chunk set body = 'not deflated' where tenant_id = $1 and run_id = $2",
      [broken.tenantId, broken.runId],
    );
    const failures: unknown[] = [];
    const maker = new ColumnMaker(here.ground, here.connection, (error) => failures.push(error));
    const wantBoth = async () => {
      for (const key of [broken, whole]) maker.want(key);
      await maker.settled();
    };
    await wantBoth();
    assert.equal(failures.length, 1);
    assert.match(String(failures[0]), /Error/);
    assert.deepEqual([await stage.covered(broken), await stage.covered(whole)], [0, 1500]);
    await wantBoth();
    assert.equal(failures.length, 1);
    here.pass(15 * 60_000);
    await wantBoth();
    assert.equal(failures.length, 2);
    await maker.stop();
  });

  test('that is broken off leaves whole blocks, and whoever comes next makes the rest', async () => {
    const key = await stage.freshRun({ state: 'finished' });
    const lines = 12 * BLOCK_LINES;
    await seedLines(here.ground, key, 'history', manyRows(lines));
    const first = new ColumnMaker(here.ground, here.connection, refuse);
    first.want(key);
    while ((await stage.covered(key)) === 0) await new Promise((resolve) => setImmediate(resolve));
    await first.stop();
    assert.equal((await stage.covered(key)) % BLOCK_LINES, 0);
    const second = new ColumnMaker(here.ground, here.connection, refuse);
    second.want(key);
    await second.settled();
    assert.equal(await stage.covered(key), lines);
    await second.stop();
  });

  test('works in the thread of the built program', async () => {
    const key = await stage.freshRun({ state: 'finished' });
    await seedLines(here.ground, key, 'history', manyRows(1500));
    const [history] = await findReaches(here.ground.database, key);
    assert.equal(await stage.lease(history!), true);
    const thread = new Worker(new URL('../dist/make-columns-thread.js', import.meta.url), {
      workerData: { connection: here.connection },
    });
    thread.postMessage(history);
    assert.deepEqual(await once(thread, 'message'), [{ kind: 'made' }]);
    thread.postMessage(null);
    assert.deepEqual(await once(thread, 'exit'), [0]);
    assert.equal(await stage.covered(key), 1500);
  });
});
