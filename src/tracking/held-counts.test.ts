import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AutomationId, EntityId, EventId, RunId } from '../model/ids.ts';
import { type HeldCount, HeldCounts } from './held-counts.ts';

const MINUTE = 60_000;

const count = (held: number, at: number): HeldCount => ({
  tenantId: '1' as EntityId,
  runId: '2' as RunId,
  automationId: '3' as AutomationId,
  conditionRevision: 1,
  eventId: '4' as EventId,
  held,
  at,
});

test('counts are given out to be saved at once, then at most once a minute, and none twice', () => {
  const counts = new HeldCounts();
  counts.add([count(2, 10), count(3, 20)]);
  assert.deepEqual(counts.take(100, 10), [count(5, 20)]);
  counts.add([count(1, 200)]);
  assert.deepEqual(counts.take(100 + MINUTE - 1, 10), []);
  counts.add([count(1, 300)]);
  assert.deepEqual(counts.take(100 + MINUTE, 10), [count(2, 300)]);
  assert.deepEqual(counts.take(100 + 3 * MINUTE, 10), []);
});

test('what could not be saved is put back, and all is given out at the end', () => {
  const counts = new HeldCounts();
  counts.add([count(2, 10)]);
  counts.putBack(counts.take(100, 10));
  counts.add([count(1, 150)]);
  counts.putBack(counts.take(200, 10));
  assert.deepEqual(counts.takeAll(), [count(3, 150)]);
  assert.deepEqual(counts.takeAll(), []);
});
