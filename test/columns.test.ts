import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import fc from 'fast-check';
import { observations } from '../src/engine/observations.ts';
import { parseRow } from '../src/model/history-row.ts';
import type { JsonObject } from '../src/model/json.ts';
import { printLooseJson } from '../src/model/loose-json.ts';
import { BLOCK_LINES } from '../src/store/column-block.ts';
import { type SampledKeys, sampleKeys } from '../src/store/history-reads.ts';
import type { MetricFacts } from '../src/store/metric-fold.ts';
import { newestValues } from '../src/store/newest-values.ts';
import type { RunKey } from '../src/store/run-heads.ts';
import { RunMetrics } from '../src/store/run-metrics.ts';
import { sampleSeries } from '../src/store/sampled-series.ts';
import { valuesAt } from '../src/store/values-at.ts';
import { ColumnMaker } from '../src/tracking/column-maker.ts';
import { type ColumnStage, openColumnStage, refuse } from './column-stage.ts';
import type { InProcess } from './support/in-process.ts';
import { seedLines } from './support/seeded-runs.ts';

let stage: ColumnStage;
let here: InProcess;

before(async () => {
  stage = await openColumnStage();
  ({ here } = stage);
});

const METRICS = ['_step', 'a', 'd.x', 'd', 't', 'never', 'nul\0'] as const;
const NONE = (): void => {};
const ALONG_A = { along: 'a', carried: false } as const;

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

function naiveNewest(lines: readonly string[], metric: string, count: number) {
  const values: number[] = [];
  for (const text of lines) {
    observations(parseRow(text) ?? {}, (name, value) => {
      if (name === metric) values.push(value);
    });
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
  test('tell what all raw lines tell: the newest values, the last ones at a line, the rows of keys, the facts of metrics, what is drawn', async () => {
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
          const key = await stage.freshRun();
          const lines: string[] = [];
          for (const { lines: some, columns } of chunks) {
            await seedLines(here.ground, key, 'history', some.map(rowIfPlain));
            lines.push(...some);
            if (columns !== 'none') await stage.make(key, 5, columns === 'all');
          }
          const counts = new Map(METRICS.map((metric, index): [string, number] => [metric, wanted[index]!]));
          const middle = Math.floor(part * lines.length);
          for (const [from, end] of [
            [0, lines.length],
            [0, middle],
            [middle, lines.length],
          ] as const) {
            const found = await newestValues(database, key, 'history', end, counts, undefined, from);
            for (const metric of METRICS) {
              const naive = naiveNewest(lines.slice(from, end), metric, counts.get(metric)!);
              assert.deepEqual(found.get(metric), naive, metric);
            }
          }
          const asked = lines.map((_, index) => index).filter((index) => index % 3 === 0);
          const lastValues = await valuesAt(database, { ...key, stream: 'history' }, 'a', asked);
          for (const line of asked)
            assert.equal(lastValues.get(line), naiveNewest(lines.slice(0, line + 1), 'a', 1).values[0]);
          const everywhere = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
          const ends = { points: 9, beforeLine: lines.length - 1 };
          const metrics = ['a', 'd.x', 'never'];
          const drawing = { metrics, along: '_step', carried: true, ...everywhere, ...ends };
          const joined = { metrics, ...ALONG_A, from: -1, to: 30, ...ends, fromLine: 0 };
          const close = { ...drawing, from: 20, to: 20 + 15 * part, fromLine: 0 };
          const answers = async () => ({
            rows: await Promise.all(specs.map((each: SampledKeys) => sampleKeys(database, key, each, NONE))),
            facts: await factsOf(key, lines.length),
            drawn: await sampleSeries(database, { ...key, stream: 'history' }, { ...drawing, fromLine: middle }, NONE),
            all: await sampleSeries(database, { ...key, stream: 'history' }, { ...drawing, fromLine: 0 }, NONE),
            joined: await sampleSeries(database, { ...key, stream: 'history' }, joined, NONE),
            close: await sampleSeries(database, { ...key, stream: 'history' }, close, NONE),
            closeJoined: await sampleSeries(database, { ...key, stream: 'history' }, { ...close, ...ALONG_A }, NONE),
          });
          const fromColumns = await answers();
          await stage.dropColumns();
          assert.deepEqual(fromColumns, await answers());
        },
      ),
      { numRuns: 60, includeErrorInReport: true },
    );
  });

  test('answer for long runs as their lines do, from the thread that makes them', async () => {
    const { database } = here.ground;
    const key = await stage.freshRun({ state: 'finished' });
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
    const drawing = {
      ...{ metrics: ['loss', 'rare'], along: '_step', carried: true, points: 200, fromLine: 0, beforeLine: count },
      ...{ from: 10, to: count - 10 },
    };
    const read = async () => ({
      newest: await newestValues(database, key, 'history', count - 100, counts),
      sampled: await sampleKeys(database, key, spec, NONE),
      drawn: await sampleSeries(database, { ...key, stream: 'history' }, drawing, NONE),
      facts: await factsOf(key, count),
    });
    const fromLines = await read();
    const maker = new ColumnMaker(here.ground, here.connection, refuse);
    maker.want(key);
    await maker.settled();
    assert.equal(await stage.covered(key), count);
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
