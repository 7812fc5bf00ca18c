import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RETRY_SCHEDULES } from '../actions/retry-schedules.ts';
import { attemptsOf, nextAttempt } from './retry.ts';

const HOUR = 3_600_000;

test('AUT-113: the delays of the nine attempts lie within 20 % of the schedule', () => {
  assert.equal(attemptsOf('standard'), 9);
  RETRY_SCHEDULES.standard.forEach((delay, index) => {
    const at = (random: number) => nextAttempt('standard', index + 1, 1000, random);
    assert.deepEqual(
      [at(0), at(0.5), at(1)],
      [0.8, 1, 1.2].map((factor) => 1000 + Math.round(delay * factor)),
    );
  });
  assert.equal(nextAttempt('standard', 9, 0, 0.5), undefined);
  assert.equal(nextAttempt('none', 1, 0, 0.5), undefined);
});

test('AUT-114: the later of the schedule and Retry-After counts, at most 24 hours', () => {
  assert.equal(nextAttempt('standard', 1, 0, 0.5, 120_000), 120_000);
  assert.equal(nextAttempt('standard', 3, 0, 0.5, 120_000), 300_000);
  assert.equal(nextAttempt('standard', 1, 0, 0.5, 99 * HOUR), 24 * HOUR);
  assert.equal(nextAttempt('short', 4, 0, 0.5, 120_000), undefined);
});
