import assert from 'node:assert/strict';
import { test } from 'node:test';
import { automation, threshold } from './fixtures.ts';
import { type Latch, restOf } from './latch.ts';
import { DEFAULT_COOLDOWN_MS, type Policy } from './policy.ts';

const FIRED: Latch = { conditionRevision: 1, lastFiredAt: 1000, armed: false };
const ended = { type: 'RUN_STATE' as const, runFilter: { $and: [] }, states: ['FINISHED' as const] };

const rest = (
  policy: Policy,
  latch: Latch = FIRED,
  now = 2000,
  event: Parameters<typeof automation>[1] = threshold(),
) => restOf(automation('1', event, { policy }), latch, now);

test('a policy decides by the firing that was, so that a changed one counts at once', () => {
  assert.deepEqual(rest({ kind: 'default' }), { kind: 'until', at: 1000 + DEFAULT_COOLDOWN_MS });
  assert.deepEqual(rest({ kind: 'cooldown', seconds: 2 }), { kind: 'until', at: 3000 });
  assert.equal(rest({ kind: 'cooldown', seconds: 1 }), undefined);
  assert.equal(rest({ kind: 'cooldown', seconds: 0 }, FIRED, 1000), undefined);
  assert.deepEqual(rest({ kind: 'once_per_run' }, FIRED, Number.MAX_SAFE_INTEGER), { kind: 'for_good' });
  assert.deepEqual(rest({ kind: 'every_crossing' }), { kind: 'until_crossing' });
  assert.equal(rest({ kind: 'every_crossing' }, { ...FIRED, armed: true }), undefined);
});

test('nothing rests that has not fired under its present condition, and by default no state does', () => {
  for (const kind of ['default', 'once_per_run', 'every_crossing'] as const) {
    assert.equal(restOf(automation('1', threshold(), { policy: { kind } }), undefined, 2000), undefined);
    assert.equal(rest({ kind }, { ...FIRED, conditionRevision: 0 }), undefined);
    assert.equal(rest({ kind }, { ...FIRED, lastFiredAt: null }), undefined);
  }
  assert.equal(rest({ kind: 'default' }, FIRED, 1000, ended), undefined);
  assert.deepEqual(rest({ kind: 'cooldown', seconds: 2 }, FIRED, 1000, ended), { kind: 'until', at: 3000 });
});
