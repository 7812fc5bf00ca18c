import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AutomationId } from '../model/ids.ts';
import type { AutomationRecord } from './automation.ts';
import { captureFiring } from './capture-firing.ts';
import { automation, PLACE, threshold } from './fixtures.ts';
import { COOLDOWN, type Latch } from './latch.ts';
import { Rulebook } from './rulebook.ts';
import type { RunPlan } from './run-plan.ts';
import { type FoldContext, type ObservedRow, RunWindows } from './run-windows.ts';

function planOf(...records: readonly AutomationRecord[]): RunPlan {
  const book = new Rulebook();
  assert.deepEqual(book.patch(records, '1'), []);
  return book.plan(PLACE);
}

function rows(values: readonly (number | undefined)[], first = 0): ObservedRow[] {
  return values.map((value, index) => ({
    line: first + index,
    step: first + index,
    timestamp: null,
    values: value === undefined ? [] : [['loss', value]],
  }));
}

const context = (fields: Partial<FoldContext> = {}): FoldContext => ({
  latches: new Map(),
  matchesRun: () => true,
  now: 0,
  ...fields,
});

function lines(plan: RunPlan, values: readonly (number | undefined)[], fields: Partial<FoldContext> = {}): number[] {
  return RunWindows.ofNewRun(plan)
    .fold(rows(values), plan, context(fields))
    .map(({ line }) => line);
}

test('AUT-050: rows without the metric do not count in a window', () => {
  const plan = planOf(automation('1', threshold({ aggregation: 'AVERAGE', window: 5 })));
  assert.deepEqual(lines(plan, [11, undefined, 11, 11, undefined, 11]), []);
  assert.deepEqual(lines(plan, [11, undefined, 11, 11, undefined, 11, undefined, 11]), [7]);
});

test('AUT-051: ten values in one request, of which only the sixth meets the condition, fire once', () => {
  const plan = planOf(automation('1', threshold()));
  const windows = RunWindows.ofNewRun(plan);
  const [firing, ...more] = windows.fold(rows([1, 2, 3, 4, 5, 11, 7, 8, 9, 10]), plan, context());
  assert.equal(more.length, 0);
  assert.deepEqual([firing?.line, firing?.verdict.current], [5, 11]);
});

test('AUT-055: an automation fires once for a run within 24 hours, and each run by itself', () => {
  const plan = planOf(automation('1', threshold()));
  assert.deepEqual(lines(plan, new Array(100).fill(11)), [0]);
  assert.deepEqual(lines(plan, new Array(100).fill(11)), [0]);
});

const latched = (conditionRevision = 1): ReadonlyMap<AutomationId, Latch> =>
  new Map([['1' as AutomationId, { conditionRevision, lastFiredAt: 1000 }]]);

test('AUT-056: 24 hours after a firing the next value that meets the condition fires', () => {
  const plan = planOf(automation('1', threshold()));
  assert.deepEqual(lines(plan, [11], { latches: latched(), now: 1000 + COOLDOWN - 1 }), []);
  assert.deepEqual(lines(plan, [9, 11], { latches: latched(), now: 1000 + COOLDOWN }), [1]);
});

test('AUT-084: an edited condition starts the 24 hours anew, another edit does not', () => {
  const edited = automation('1', threshold({ threshold: 9 }), { revision: 3, conditionRevision: 2 });
  assert.deepEqual(lines(planOf(edited), [11], { latches: latched(), now: 2000 }), [0]);
  const described = automation('1', threshold(), { revision: 3 });
  assert.deepEqual(lines(planOf(described), [11], { latches: latched(), now: 2000 }), []);
});

test('a cooldown of 0 fires at every value', () => {
  assert.deepEqual(lines(planOf(automation('1', threshold())), [11, 1, 12], { cooldown: 0 }), [0, 2]);
});

test('AUT-058: an automation made after nine of ten values fires on the tenth, not before', () => {
  const before = planOf();
  const windows = RunWindows.ofNewRun(before);
  const stored = [11, 12, 13, 14, 15, 16, 17, 18, 19];
  assert.deepEqual(windows.fold(rows(stored), before, context()), []);
  const after = planOf(automation('1', threshold({ aggregation: 'MIN', window: 10 })));
  assert.deepEqual(windows.lacking(after), [{ metric: 'loss', need: 10 }]);
  assert.throws(() => windows.fold(rows([20], 9), after, context()), /lacks stored values/);
  windows.refill('loss', stored, true);
  assert.deepEqual(
    windows.fold(rows([20], 9), after, context()).map(({ verdict }) => verdict.current),
    [11],
  );
});

test('a longer window asks for history only when the ring has dropped some', () => {
  const short = planOf(automation('1', threshold({ aggregation: 'MAX', window: 3, threshold: 99 })));
  const long = planOf(automation('1', threshold({ aggregation: 'MAX', window: 20, threshold: 99 })));
  const after = (values: number[]) => {
    const windows = RunWindows.ofNewRun(short);
    windows.fold(rows(values), short, context());
    return windows.lacking(long);
  };
  assert.deepEqual(after([1, 2, 3]), []);
  assert.deepEqual(after([1, 2, 3, 4]), [{ metric: 'loss', need: 20 }]);
});

test('windows of a stored run lack everything that is watched, also what was never logged', () => {
  const plan = planOf(automation('1', threshold()), automation('2', threshold({ metric: 'acc' })));
  const windows = RunWindows.ofStoredRun();
  assert.deepEqual(
    windows.lacking(plan).map(({ metric }) => metric),
    ['loss', 'acc'],
  );
  windows.refill('loss', [1], false);
  windows.refill('acc', [], true);
  assert.deepEqual(windows.lacking(plan), []);
});

test('whether the run matches is asked only when the condition holds', () => {
  const plan = planOf(automation('1', threshold()));
  let asked = 0;
  const matchesRun = () => {
    asked += 1;
    return asked > 1;
  };
  assert.deepEqual(lines(plan, [1, 11, 2, 12], { matchesRun }), [3]);
  assert.equal(asked, 2);
});

test('a firing is captured with the texts that payloads ask for', () => {
  const record = automation('1', threshold({ aggregation: 'AVERAGE', window: 2 }));
  const plan = planOf(record);
  const [firing] = RunWindows.ofNewRun(plan).fold(rows([1, 24]), plan, context());
  assert.ok(firing);
  const captured = captureFiring(firing, {} as Parameters<typeof captureFiring>[1]);
  assert.ok(captured.type === 'RUN_METRIC');
  assert.deepEqual(captured.metric, {
    current: 12.5,
    name: 'loss',
    values: [1, 24],
    line: 1,
    step: 1,
    timestamp: null,
    filter: 'AVERAGE(loss) over the last 2 values > 10',
    filterShort: 'AVERAGE(loss) > 10',
    status: 'AVERAGE(loss) = 12.5',
  });
});
