import assert from 'node:assert/strict';
import { once } from 'node:events';
import { before, describe, test } from 'node:test';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { findProject } from '../src/directory/find-project.ts';
import { observations } from '../src/engine/observations.ts';
import { parseRow } from '../src/model/history-row.ts';
import type { JsonObject } from '../src/model/json.ts';
import { printLooseJson } from '../src/model/loose-json.ts';
import { BLOCK_LINES } from '../src/store/column-block.ts';
import { endReachLease, findReaches, leaseReach, type Reach } from '../src/store/history-reach.ts';
import { type SampledKeys, sampleKeys } from '../src/store/history-reads.ts';
import type { MetricFacts } from '../src/store/metric-fold.ts';
import { newestValues } from '../src/store/newest-values.ts';
import { findRunHead, type RunKey, saveRunHeads } from '../src/store/run-heads.ts';
import { RunMetrics } from '../src/store/run-metrics.ts';
import { removeRun } from '../src/store/run-removals.ts';
import { ColumnMaker } from '../src/tracking/column-maker.ts';
import { makeColumns } from '../src/tracking/make-columns.ts';
import { UncoveredRuns } from '../src/tracking/uncovered-runs.ts';
import { type InProcess, openInProcess } from './support/in-process.ts';
import { type SeededRun, type SeedPlace, seedLines, seedRun } from './support/seeded-runs.ts';

let here: InProcess;
let place: SeedPlace;

before(async () => {
  here = await openInProcess();
  await here.user('ann');
  await here.organization('acme', { ann: 'admin' });
  await here.team('acme', 'vision', { ann: 'admin' });
  await here.as('ann', 'mutation C($input: UpsertModelInput!) { upsertModel(input: $input) { inserted } }', {
    input: { name: 'p', entityName: 'vision' },
  });
  const viewer = await here.viewer('ann');
  const project = (await findProject(here.ground, viewer, 'vision', 'p'))!;
  place = { tenantId: project.tenantId, projectId: project.id, userId: viewer.userId };
});

let runs = 0;

function freshRun(run: Partial<SeededRun> = {}): Promise<RunKey> {
  runs += 1;
  return seedRun(here.ground, place, { name: `run${runs}`, ...run });
}

const METRICS = ['_step', 'a', 'd.x', 'd', 't', 'never', 'nul\0'] as const;
const NONE = (): void => {};
const refuse = (error: unknown): void => assert.ifError(error);

/** Lines that readers could disagree about: one metric twice, groups beside values, texts, NaN, no row at all. */
const line = fc.oneof(
  fc.constantFrom(
    '{"a":1,"d":{"x":2},"d.x":3}',
    '{"d.x":4,"d":{"x":5},"a":NaN}',
    '{"d":{"x":-Infinity},"a":null,"t":"text"}',
    '{"d":6,"a":Infinity,"nul\\u0000":7,"nul\ufffd":8}',
    '{"a":[1],"d":{},"_step":"9"}',
    'no row',
  ),
  fc
    .tuple(fc.nat(60), fc.oneof(fc.double({ noDefaultInfinity: true, noNaN: true }), fc.integer()))
    .map(([step, value]) => `{"_step":${step},"a":${value},"d":{"x":${value}}}`),
);

async function lease(reach: Reach): Promise<boolean> {
  const now = here.ground.clock.now();
  return here.ground.database.transaction((tx) => leaseReach(tx, reach, now, now + 60_000));
}

/** Makes columns in this thread. @param ended whether the run counts as ended */
async function make(key: RunKey, blockLines: number, ended: boolean): Promise<void> {
  for (const found of await findReaches(here.ground.database, key)) {
    const reach: Reach = { ...found, state: ended ? 'finished' : 'running' };
    assert.equal(await lease(reach), true);
    await makeColumns(here.ground.database, reach, blockLines);
    await endReachLease(here.ground.database, reach);
  }
}

async function dropColumns(): Promise<void> {
  await here.ground.database.execute('truncate history_reach, run_metric, history_column');
}

async function covered(key: RunKey): Promise<number> {
  const [history] = await findReaches(here.ground.database, key);
  return history!.covered;
}

function naiveNewest(lines: readonly string[], metric: string, count: number) {
  const values: number[] = [];
  for (const text of lines) {
    observations(
      parseRow(text) ?? {},
      (name) => name === metric,
      (_, value) => values.push(value),
    );
  }
  return { values: values.slice(Math.max(0, values.length - count)), complete: values.length <= count };
}

async function factsOf(key: RunKey, lines: number): Promise<unknown> {
  const query = { ...key, stream: 'history', epoch: 0, lines } as const;
  return plain(await new RunMetrics(here.ground.database, NONE).read(query));
}

function plain({ lines, lastStep, metrics }: MetricFacts): unknown {
  const facts = [...metrics].map(([name, { typeCounts, monotonic, lastValue }]) => {
    return [name, [...typeCounts], monotonic, printLooseJson(lastValue)];
  });
  return { lines, lastStep, facts };
}

const chunk = fc.record({
  lines: fc.array(line, { minLength: 1, maxLength: 12 }),
  /** Columns made behind it. */
  columns: fc.constantFrom('none', 'whole blocks', 'all'),
});

describe('columns and the lines that follow them', () => {
  test('tell what all raw lines tell: the newest values, the rows of keys, the facts of metrics', async () => {
    const { database } = here.ground;
    const spec = fc.record({
      keys: fc.uniqueArray(fc.constantFrom(...METRICS), { minLength: 1, maxLength: 3 }),
      samples: fc.constantFrom(3, 1000),
      minStep: fc.constantFrom(undefined, 20),
      maxStep: fc.constantFrom(undefined, 40),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(chunk, { minLength: 1, maxLength: 8 }),
        fc.array(spec, { minLength: 3, maxLength: 3 }),
        fc.array(fc.nat(12), { minLength: METRICS.length, maxLength: METRICS.length }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (chunks, specs, wanted, part) => {
          const key = await freshRun();
          const lines: string[] = [];
          for (const { lines: some, columns } of chunks) {
            await seedLines(here.ground, key, 'history', some.map(rowIfPlain));
            lines.push(...some);
            if (columns !== 'none') await make(key, 5, columns === 'all');
          }
          const counts = new Map(METRICS.map((metric, index): [string, number] => [metric, wanted[index]!]));
          for (const end of [lines.length, Math.floor(part * lines.length)]) {
            const found = await newestValues(database, key, 'history', METRICS, end, counts);
            for (const metric of METRICS) {
              assert.deepEqual(
                found.get(metric),
                naiveNewest(lines.slice(0, end), metric, counts.get(metric)!),
                metric,
              );
            }
          }
          const answers = async () => ({
            rows: await Promise.all(specs.map((each: SampledKeys) => sampleKeys(database, key, each, NONE))),
            facts: await factsOf(key, lines.length),
          });
          const fromColumns = await answers();
          await dropColumns();
          assert.deepEqual(fromColumns, await answers());
        },
      ),
      { numRuns: 60, includeErrorInReport: true },
    );
  });

  test('answer for long runs as their lines do, from the thread that makes them', async () => {
    const { database } = here.ground;
    const key = await freshRun({ state: 'finished' });
    const count = 7 * BLOCK_LINES + 1500;
    const rows: JsonObject[] = [];
    for (let step = 0; step < count; step += 1) {
      rows.push({ _step: step, loss: Math.sin(step), ...(step % 5000 === 7 ? { rare: step } : {}) });
    }
    for (let at = 0; at < count; at += 999) await seedLines(here.ground, key, 'history', rows.slice(at, at + 999));
    const counts = new Map([
      ['loss', 20_000],
      ['rare', 4],
      ['none', 1],
    ]);
    const spec = { keys: ['loss', '_step'], samples: 200, minStep: undefined, maxStep: undefined };
    const read = async () => ({
      newest: await newestValues(database, key, 'history', ['loss', 'rare', 'none'], count - 100, counts),
      sampled: await sampleKeys(database, key, spec, NONE),
      facts: await factsOf(key, count),
    });
    const fromLines = await read();
    const maker = new ColumnMaker(here.ground, here.connection, refuse);
    maker.want(key);
    await maker.settled();
    assert.equal(await covered(key), count);
    assert.deepEqual(await read(), fromLines);
    assert.deepEqual(fromLines.newest.get('rare')?.values, [15_007, 20_007, 25_007, 30_007]);
    await maker.stop();
  });
});

/** Rows of objects are stored with their steps, so that chunks are left out by them. */
function rowIfPlain(text: string): JsonObject | string {
  const row = text.includes('_step') ? parseRow(text) : undefined;
  return row === undefined || typeof row._step !== 'number' ? text : row;
}

describe('columns', () => {
  const twoBlocks = () => Array.from({ length: 10 }, (_, step): JsonObject => ({ _step: step, a: step }));

  async function storedColumns(key: RunKey): Promise<unknown[]> {
    return here.ground.database.query(
      `select metric, first_line::int as first, lines from history_column
       where tenant_id = $1 and run_id = $2 order by metric, first_line`,
      [key.tenantId, key.runId],
    );
  }

  async function newest(key: RunKey, lines: number): Promise<readonly number[]> {
    const found = await newestValues(here.ground.database, key, 'history', ['a'], lines, new Map([['a', 100]]));
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
    const key = await freshRun();
    await seedLines(here.ground, key, 'history', twoBlocks());
    const [history] = await findReaches(here.ground.database, key);
    assert.equal(await lease(history!), true);
    assert.equal(await lease(history!), false, 'one node at a time');
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
    const key = await freshRun();
    await seedLines(here.ground, key, 'history', twoBlocks());
    const [history] = await findReaches(here.ground.database, key);
    const { database, clock } = here.ground;
    const now = clock.now();
    const leaseAt = (instant: number) => database.transaction((tx) => leaseReach(tx, history!, instant, instant + 10));
    assert.deepEqual([await leaseAt(now), await leaseAt(now + 9), await leaseAt(now + 10)], [true, false, true]);
  });

  test('of a run that goes on end with a whole block; what is left over comes when it ends', async () => {
    const key = await freshRun();
    await seedLines(here.ground, key, 'history', twoBlocks());
    await make(key, 4, false);
    assert.equal(await covered(key), 8);
    await make(key, 4, true);
    assert.equal(await covered(key), 10);
  });

  test('count no more once the run is rewound, and are made anew', async () => {
    const key = await freshRun();
    await seedLines(here.ground, key, 'history', twoBlocks().slice(0, 5));
    await seedLines(here.ground, key, 'history', twoBlocks().slice(5));
    const [stale] = await findReaches(here.ground.database, key);
    await make(key, 5, true);
    await rewind(key, 5);
    await seedLines(here.ground, key, 'history', [{ a: 50 }, { a: 51 }]);
    assert.equal(await covered(key), 0);
    assert.deepEqual(await newest(key, 7), [0, 1, 2, 3, 4, 50, 51]);
    assert.equal(await lease(stale!), false);
    await make(key, 5, true);
    await makeColumns(here.ground.database, { ...stale!, state: 'finished' }, 5);
    assert.equal(await covered(key), 7);
    assert.deepEqual(await newest(key, 7), [0, 1, 2, 3, 4, 50, 51]);
  });

  test('go with their run, and nobody who was about to make some brings them back', async () => {
    const key = await freshRun();
    await seedLines(here.ground, key, 'history', twoBlocks());
    const [history] = await findReaches(here.ground.database, key);
    await make(key, 5, true);
    await here.ground.database.transaction((tx) => removeRun(tx, key, here.ground.clock.now()));
    assert.equal(await lease(history!), false);
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
    const key = await freshRun();
    await seedLines(here.ground, key, 'history', twoBlocks());
    await make(key, 5, true);
    const { database } = here.ground;
    const losing = {
      ...database,
      query: async <Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]> => {
        if (sql.includes('history_column')) await dropColumns();
        return database.query<Row>(sql, parameters);
      },
    };
    const found = await newestValues(losing, key, 'history', ['a'], 10, new Map([['a', 3]]));
    assert.deepEqual(found.get('a')?.values, [7, 8, 9]);
    await make(key, 5, true);
    const spec = { keys: ['a'], samples: 3, minStep: undefined, maxStep: undefined };
    assert.deepEqual(await sampleKeys(losing, key, spec, NONE), [{ a: 0 }, { a: 4 }, { a: 8 }]);
  });
});

describe('the making of columns', () => {
  const many = (count: number) => Array.from({ length: count }, (_, step): JsonObject => ({ _step: step, a: step }));

  test('is asked for by readers of many bare lines, not of few', async () => {
    const { database } = here.ground;
    const key = await freshRun();
    const asked: string[] = [];
    const wanted = ({ runId }: RunKey) => asked.push(runId);
    const read = async (lines: number) => {
      await sampleKeys(database, key, { keys: ['a'], samples: 2, minStep: undefined, maxStep: undefined }, wanted);
      await new RunMetrics(database, wanted).read({ ...key, stream: 'history', epoch: 0, lines });
    };
    await seedLines(here.ground, key, 'history', many(20_000));
    await read(20_000);
    assert.deepEqual(asked, []);
    await seedLines(here.ground, key, 'history', many(1));
    await read(20_001);
    assert.deepEqual(asked, [key.runId, key.runId]);
    await make(key, BLOCK_LINES, false);
    await read(20_001);
    assert.equal(asked.length, 2);
  });

  test('comes to every run that lacks enough of them, though nobody asks', async () => {
    await here.ground.database.execute('update run_head set history_lines = 0');
    const ended = await freshRun({ state: 'crashed' });
    const going = await freshRun();
    const short = await freshRun({ state: 'finished' });
    await seedLines(here.ground, ended, 'history', many(1024));
    await seedLines(here.ground, going, 'events', many(BLOCK_LINES));
    await seedLines(here.ground, short, 'history', many(1023));
    const uncovered = new UncoveredRuns(here.ground.database);
    const found = new Set<string>();
    // more turns than there are tenants and pages
    for (let turn = 0; turn < 30; turn += 1) for (const { runId } of await uncovered.look()) found.add(runId);
    assert.deepEqual(found, new Set([ended.runId, going.runId]));
  });

  test('that fails is told; the run is left alone for a while, and others are not', async () => {
    const [broken, whole] = [await freshRun({ state: 'finished' }), await freshRun({ state: 'finished' })];
    for (const key of [broken, whole]) await seedLines(here.ground, key, 'history', many(1500));
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
    assert.deepEqual([await covered(broken), await covered(whole)], [0, 1500]);
    await wantBoth();
    assert.equal(failures.length, 1);
    here.pass(15 * 60_000);
    await wantBoth();
    assert.equal(failures.length, 2);
    await maker.stop();
  });

  test('that is broken off leaves whole blocks, and whoever comes next makes the rest', async () => {
    const key = await freshRun({ state: 'finished' });
    const lines = 12 * BLOCK_LINES;
    await seedLines(here.ground, key, 'history', many(lines));
    const first = new ColumnMaker(here.ground, here.connection, refuse);
    first.want(key);
    while ((await covered(key)) === 0) await new Promise((resolve) => setImmediate(resolve));
    await first.stop();
    assert.equal((await covered(key)) % BLOCK_LINES, 0);
    const second = new ColumnMaker(here.ground, here.connection, refuse);
    second.want(key);
    await second.settled();
    assert.equal(await covered(key), lines);
    await second.stop();
  });

  test('works in the thread of the built program', async () => {
    const key = await freshRun({ state: 'finished' });
    await seedLines(here.ground, key, 'history', many(1500));
    const [history] = await findReaches(here.ground.database, key);
    assert.equal(await lease(history!), true);
    const thread = new Worker(new URL('../dist/make-columns-thread.js', import.meta.url), {
      workerData: { connection: here.connection },
    });
    thread.postMessage(history);
    assert.deepEqual(await once(thread, 'message'), [{ kind: 'made' }]);
    thread.postMessage(null);
    assert.deepEqual(await once(thread, 'exit'), [0]);
    assert.equal(await covered(key), 1500);
  });
});
