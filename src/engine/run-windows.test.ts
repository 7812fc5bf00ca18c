import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AutomationId } from '../model/ids.ts';
import { captureFiring } from './capture-firing.ts';
import { automation, bookOf, change, PLACE, planOf, threshold } from './fixtures.ts';
import type { Latch } from './latch.ts';
import { Observed } from './observe.ts';
import { DEFAULT_COOLDOWN_MS as COOLDOWN } from './policy.ts';
import type { RunPlan } from './run-plan.ts';
import { RunWindows } from './run-windows.ts';
import type { FoldContext } from './series-fold.ts';

function observed(plan: RunPlan, values: readonly (number | undefined)[], first = 0): Observed {
  const found = new Observed(plan);
  const lines = values.map((loss, index) => ({
    values: loss === undefined ? {} : { loss },
    step: first + index,
    timestamp: null,
  }));
  found.add('history', first, lines);
  return found;
}

const context = (fields: Partial<FoldContext> = {}): FoldContext => ({ latches: new Map(), now: 0, ...fields });

function lines(plan: RunPlan, values: readonly (number | undefined)[], fields: Partial<FoldContext> = {}): number[] {
  const rows = observed(plan, values);
  return RunWindows.ofNewRun(rows)
    .fold(rows, context(fields))
    .firings.map(({ line }) => line);
}

test('AUT-050: rows without the metric do not count in a window', () => {
  const plan = planOf(automation('1', threshold({ aggregation: 'AVERAGE', window: 5 })));
  assert.deepEqual(lines(plan, [11, undefined, 11, 11, undefined, 11]), []);
  assert.deepEqual(lines(plan, [11, undefined, 11, 11, undefined, 11, undefined, 11]), [7]);
});

test('AUT-051: ten values in one request, of which only the sixth meets the condition, fire once', () => {
  const plan = planOf(automation('1', threshold()));
  const rows = observed(plan, [1, 2, 3, 4, 5, 11, 7, 8, 9, 10]);
  const [firing, ...more] = RunWindows.ofNewRun(rows).fold(rows, context()).firings;
  assert.equal(more.length, 0);
  assert.deepEqual([firing?.line, firing?.verdict.current], [5, 11]);
});

test('AUT-055: an automation fires once for a run within 24 hours, and each run by itself', () => {
  const plan = planOf(automation('1', threshold()));
  assert.deepEqual(lines(plan, new Array(100).fill(11)), [0]);
  assert.deepEqual(lines(plan, new Array(100).fill(11)), [0]);
});

const latched = (conditionRevision = 1): ReadonlyMap<AutomationId, Latch> =>
  new Map([['1' as AutomationId, { conditionRevision, lastFiredAt: 1000, armed: false }]]);

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
  const plan = planOf(automation('1', threshold(), { policy: { kind: 'cooldown', seconds: 0 } }));
  assert.deepEqual(lines(plan, [11, 1, 12, 13]), [0, 2, 3]);
});

test('AUT-058: an automation made after nine of ten values fires on the tenth, not before', () => {
  const book = bookOf();
  const plan = book.plan(PLACE);
  const before = observed(plan, [11, 12, 13, 14, 15, 16, 17, 18, 19]);
  const windows = RunWindows.ofNewRun(before);
  assert.deepEqual(windows.fold(before, context()).firings, []);
  book.patch([change(automation('1', threshold({ aggregation: 'MIN', window: 10 })))]);
  const tenth = observed(plan, [20], 9);
  const [lack] = windows.lacking(tenth);
  assert.deepEqual([lack?.series, lack?.needs], ['loss', 10]);
  assert.throws(() => windows.fold(tenth, context()), /lacks stored values/);
  windows.refill(lack!, tenth, [11, 12, 13, 14, 15, 16, 17, 18, 19], true);
  assert.deepEqual(
    windows.fold(tenth, context()).firings.map(({ verdict }) => verdict.current),
    [11],
  );
});

test('a longer window asks for history only when the ring has dropped some', () => {
  const short = threshold({ aggregation: 'MAX', window: 3, threshold: 99 });
  const after = (values: number[]) => {
    const book = bookOf(automation('1', short));
    const plan = book.plan(PLACE);
    const windows = RunWindows.ofNewRun(plan);
    windows.fold(observed(plan, values), context());
    book.patch([change(automation('1', { ...short, window: 20 }))]);
    return windows.lacking(observed(plan, [0])).map(({ needs }) => needs);
  };
  assert.deepEqual(after([1, 2, 3]), []);
  assert.deepEqual(after([1, 2, 3, 4]), [20]);
});

test('windows survive an edit that does not concern them, and lack what went by unwatched', () => {
  const book = bookOf(automation('1', threshold({ window: 5, aggregation: 'MAX' })));
  const plan = book.plan(PLACE);
  const windows = RunWindows.ofNewRun(plan);
  windows.fold(observed(plan, [1, 2, 3]), context());
  book.patch([change(automation('2', threshold({ metric: 'acc' }))), change(automation('3', threshold()))]);
  assert.deepEqual(windows.lacking(observed(plan, [4])), []);
  const gone = ['1', '3'].map((id) => ({ id: id as AutomationId, automation: undefined }));
  book.patch(gone);
  windows.fold(observed(plan, [4]), context());
  book.patch([change(automation('1', threshold()))]);
  assert.equal(windows.lacking(observed(plan, [5])).length, 1);
});

test('windows of a stored run lack a series when it is first observed, and never what does not occur', () => {
  const plan = planOf(automation('1', threshold()), automation('2', threshold({ metric: 'acc' })));
  const windows = RunWindows.ofStoredRun();
  const rows = observed(plan, [1]);
  assert.deepEqual(
    windows.lacking(rows).map(({ series }) => series),
    ['loss'],
  );
  windows.refill(rows.watches[0]!, rows, [], true);
  assert.deepEqual(windows.lacking(rows), []);
});

test('an excluded automation is not judged until the record of the run changes', () => {
  const book = bookOf(automation('1', threshold()));
  const plan = book.plan(PLACE);
  const windows = RunWindows.ofNewRun(plan);
  const fires = () => windows.fold(observed(plan, [11]), context()).firings.map(({ automation: by }) => by);
  const [one] = fires();
  windows.exclude([one!]);
  book.patch([change(automation('2', threshold()))]);
  assert.deepEqual(
    fires().map(({ id }) => id),
    ['2'],
  );
  windows.includeAll();
  assert.deepEqual(
    fires().map(({ id }) => id),
    ['1', '2'],
  );
  windows.exclude([one!]);
  book.patch([change(automation('1', threshold({ threshold: 9 })))]);
  assert.equal(fires().length, 2, 'an edited automation is another one');
});

test('dropped windows give their memory back and are refilled when they are needed', () => {
  const plan = planOf(automation('1', threshold({ window: 100, aggregation: 'MIN' })));
  const windows = RunWindows.ofNewRun(plan);
  windows.fold(observed(plan, new Array(100).fill(1)), context());
  const before = windows.bytes;
  assert.deepEqual([windows.hasLongerThan(50), windows.hasLongerThan(1_000)], [true, false]);
  windows.dropLongerThan(50);
  assert.ok(windows.bytes < before - 700);
  assert.equal(windows.lacking(observed(plan, [1], 100)).length, 1);
});

test('a firing is captured with the texts that payloads ask for', () => {
  const record = automation('1', threshold({ aggregation: 'AVERAGE', window: 2 }));
  const plan = planOf(record);
  const rows = observed(plan, [1, 24]);
  const [firing] = RunWindows.ofNewRun(rows).fold(rows, context()).firings;
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
