import assert from 'node:assert/strict';
import { test } from 'node:test';
import { automation, planOf, threshold } from '../engine/fixtures.ts';
import { Observed } from '../engine/observe.ts';
import { RunWindows } from '../engine/run-windows.ts';
import { asId } from '../model/ids.ts';
import type { RunHead } from '../store/run-heads.ts';
import { type CachedWindows, WindowCache } from './window-cache.ts';

const plan = planOf(automation('1', threshold({ window: 10_000, aggregation: 'MIN' })));

function windowsOf(values: number): RunWindows {
  const observed = new Observed(plan);
  const line = { values: { loss: 1 }, step: null, timestamp: null };
  observed.add('history', 0, new Array(values).fill(line));
  const windows = RunWindows.ofNewRun(observed);
  windows.fold(observed, { latches: new Map(), now: 0 });
  return windows;
}

function cached(values: number, fields: Partial<CachedWindows> = {}): CachedWindows {
  return { epoch: 0, metaVersion: 0, historyLines: values, eventsLines: 0, windows: windowsOf(values), ...fields };
}

const key = (run: number) => ({ tenantId: asId<never>('1'), runId: asId<never>(String(run)) });
const head = (run: number, fields: Partial<RunHead> = {}) =>
  ({ ...key(run), epoch: 0, metaVersion: 0, historyLines: 20_000, eventsLines: 20_000, ...fields }) as RunHead;

test('what is taken belongs to this very history, at this point or an earlier one, and is taken once', () => {
  const cache = new WindowCache(1_000_000);
  const put = (fields: Partial<CachedWindows>) => cache.put(key(1), cached(1, fields));
  put({ epoch: 1 });
  assert.equal(cache.take(head(1)), undefined);
  put({ eventsLines: 20_001 });
  assert.equal(cache.take(head(1)), undefined);
  put({ historyLines: 19_999 });
  assert.equal(cache.take(head(1))?.historyLines, 19_999);
  assert.equal(cache.take(head(1)), undefined);
  assert.equal(cache.bytes, 0);
});

test('an earlier point never replaces a later one', () => {
  const cache = new WindowCache(1_000_000);
  cache.put(key(1), cached(1, { historyLines: 30 }));
  cache.put(key(1), cached(1, { historyLines: 20 }));
  assert.equal(cache.take(head(1))?.historyLines, 30);
});

test('the longest unused windows make room', () => {
  const one = new WindowCache(1_000_000);
  one.put(key(1), cached(100));
  const cache = new WindowCache(one.bytes * 3);
  for (const run of [1, 2, 3]) cache.put(key(run), cached(100));
  cache.put(key(1), cache.take(head(1)) as CachedWindows);
  cache.put(key(4), cached(100));
  assert.deepEqual(
    [1, 2, 3, 4].map((run) => cache.take(head(run)) !== undefined),
    [true, false, true, true],
  );
});

test('long windows make room before short ones go, however lately they were used', () => {
  const cache = new WindowCache(60_000);
  for (const run of [1, 2, 3, 4]) cache.put(key(run), cached(100));
  cache.put(key(5), cached(5_000));
  assert.ok(cache.bytes < 60_000);
  const held = [1, 2, 3, 4, 5].map((run) => cache.take(head(run)));
  assert.ok(held.every((entry) => entry !== undefined));
  const next = new Observed(plan);
  next.add('history', 5_000, [{ values: { loss: 1 }, step: null, timestamp: null }]);
  assert.deepEqual(
    held.map((entry) => entry?.windows.lacking(next).length),
    [0, 0, 0, 0, 1],
  );
});

test('nothing is kept beyond the budget', () => {
  const cache = new WindowCache(500);
  cache.put(key(1), cached(100));
  assert.equal(cache.bytes, 0);
});
