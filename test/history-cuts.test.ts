import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import fc from 'fast-check';
import type { JsonObject } from '../src/model/json.ts';
import { readBlocks } from '../src/store/history-chunks.ts';
import { copyHistory, cutHistory, firstChunkBeyond, lastStepOf, newestMembers } from '../src/store/history-cuts.ts';
import type { RunKey } from '../src/store/run-heads.ts';
import { type ColumnStage, openColumnStage } from './column-stage.ts';
import { seedLines } from './support/seeded-runs.ts';

let stage: ColumnStage;

before(async () => {
  stage = await openColumnStage();
});

/** Steps as several writers of one run send them, request by request; a row may have none. */
const requests = fc.array(
  fc.array(fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined }), { minLength: 1, maxLength: 5 }),
  { minLength: 1, maxLength: 6 },
);

const stepsOf = (rows: readonly JsonObject[]) =>
  rows.flatMap(({ _step }) => (typeof _step === 'number' ? [_step] : []));

/** Rows with these steps, each with one of three metrics, all of their values different. */
function rowsWith(sent: readonly (readonly (number | undefined)[])[]): JsonObject[][] {
  return sent.map((steps, request) =>
    steps.map((_step, at) => {
      const number = request * 10 + at;
      return { ...(_step === undefined ? {} : { _step }), [`m${number % 3}`]: number };
    }),
  );
}

/** The rows that stay: one without a step goes with those around it. */
function staying(sent: readonly (readonly JsonObject[])[], step: number): JsonObject[] {
  const first = sent.findIndex((rows) => stepsOf(rows).some((each) => each > step));
  if (first === -1) return sent.flat();
  const later = sent.slice(first).flatMap((rows) => {
    if (!stepsOf(rows).some((each) => each <= step)) return [];
    let last = -1;
    return rows.filter(({ _step }) => {
      last = (_step as number | undefined) ?? last;
      return last <= step;
    });
  });
  return [...sent.slice(0, first).flat(), ...later];
}

async function rowsOf(key: RunKey): Promise<JsonObject[]> {
  const rows: JsonObject[] = [];
  for await (const { firstLine, lines } of readBlocks(stage.here.ground.database, key, { stream: 'history' })) {
    assert.equal(firstLine, rows.length, 'lines are numbered without a gap');
    rows.push(...lines.map((line) => JSON.parse(line) as JsonObject));
  }
  return rows;
}

test('AUT-082, AUT-083: what is left of a history, and what a fork copies of it, are the rows up to the step', async () => {
  const { database } = stage.here.ground;
  await fc.assert(
    fc.asyncProperty(requests, fc.integer({ min: -1, max: 10 }), async (sent, step) => {
      const rows = rowsWith(sent);
      const [run, fork] = [await stage.freshRun(), await stage.freshRun()];
      for (const part of rows) await seedLines(stage.here.ground, run, 'history', part);
      const left = staying(rows, step);
      assert.equal(await database.transaction((tx) => copyHistory(tx, run, fork, step)), left.length);
      await database.transaction(async (tx) => {
        const first = await firstChunkBeyond(tx, run, step);
        if (first !== undefined) assert.equal(await cutHistory(tx, run, step, first), left.length);
        const steps = stepsOf(left);
        assert.equal(await lastStepOf(tx, run), steps.length === 0 ? null : Math.max(...steps));
        const newest = await newestMembers(tx, run, { from: 0, before: left.length }, ['m0', 'm1', 'm2']);
        assert.deepEqual(Object.fromEntries(newest), withoutStep(Object.assign({}, ...left)));
      });
      assert.deepEqual([await rowsOf(run), await rowsOf(fork)], [left, left]);
    }),
    { numRuns: 60 },
  );
});

function withoutStep({ _step, ...members }: JsonObject): JsonObject {
  return members;
}
