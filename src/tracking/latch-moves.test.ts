import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AutomationId, EntityId, EventId, RunId } from '../model/ids.ts';
import type { Latch } from '../store/latches.ts';
import { heldCounts, type LatchMove, movedLatch, retiredCounts, type SkippedFirings } from './latch-moves.ts';

const NOW = 5000;
const event = (number: number) => String(number) as EventId;
const key = { tenantId: '1' as EntityId, runId: '2' as RunId, automationId: '3' as AutomationId };
const stored: Latch = {
  ...key,
  conditionRevision: 1,
  lastFiredAt: 1000,
  lastLine: 4,
  armed: false,
  eventId: event(10),
  held: 7,
  lastHeldAt: 2000,
};

const move = (more: Partial<LatchMove>): LatchMove => ({
  ...key,
  conditionRevision: 1,
  at: NOW,
  stored,
  firings: [],
  armed: false,
  held: [0],
  ownEvents: true,
  ...more,
});
const firings = [
  { eventId: event(11), line: 5 },
  { eventId: event(12), line: 9 },
];
const without = (...numbers: number[]): SkippedFirings => ({
  has: ({ eventId }) => numbers.map(event).includes(eventId),
});

test('the last firing that found room makes the latch, and what was counted before goes to the firing before', () => {
  const fired = { ...stored, lastFiredAt: NOW, held: 0, lastHeldAt: null };
  const latch = movedLatch(move({ firings }), without());
  assert.deepEqual(latch, { ...fired, lastLine: 9, eventId: event(12), armed: false });
  assert.deepEqual(retiredCounts(stored, latch!), [
    { tenantId: key.tenantId, automationId: key.automationId, eventId: event(10), count: 7, at: 2000 },
  ]);
  // the second found no room: the next match fires when there is some
  assert.deepEqual(movedLatch(move({ firings }), without(12)), {
    ...fired,
    lastLine: 5,
    eventId: event(11),
    armed: true,
  });
});

test('a latch without a firing that found room stays, or is armed', () => {
  assert.equal(movedLatch(move({ held: [3] }), without()), undefined);
  assert.deepEqual(movedLatch(move({ armed: true }), without()), { ...stored, armed: true });
  assert.equal(movedLatch(move({ stored: undefined, firings }), without(11, 12)), undefined);
  assert.equal(movedLatch(move({ conditionRevision: 2, armed: true }), without()), undefined);
});

test('what is held back counts on the firing before it that found room', () => {
  const counted = (some: LatchMove, skipped = without()) =>
    heldCounts(some, skipped).map(({ eventId, held }) => [eventId, held]);
  const held = [2, 0, 4];
  assert.deepEqual(counted(move({ firings, held })), [
    [event(10), 2],
    [event(12), 4],
  ]);
  assert.deepEqual(counted(move({ firings, held }), without(12)), [
    [event(10), 2],
    [event(11), 4],
  ]);
  assert.deepEqual(counted(move({ stored: undefined, held: [1] })), [[null, 1]]);
});
