import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { rowsToTest } from './rows-to-test.ts';

const last = fc.record({
  tested: fc.integer({ min: 100, max: 8_000 }),
  took: fc.double({ min: 0.1, max: 1_000, noNaN: true }),
});

test('rows that take as long as the last ones did never take longer than is left', () => {
  fc.assert(
    fc.property(last, fc.double({ min: -100, max: 1_000, noNaN: true }), ({ tested, took }, left) => {
      const next = rowsToTest({ tested, took }, left);
      assert.ok(next === 0 || next * (took / tested) <= left + 1e-6);
      assert.ok(next === 0 || (next >= 100 && next <= 8_000));
    }),
  );
});

test('where no time is given, ever more are tested', () => {
  const steps = [500];
  for (let turn = 0; turn < 4; turn += 1)
    steps.push(rowsToTest({ tested: steps.at(-1) ?? 0, took: 40 }, Number.POSITIVE_INFINITY));
  assert.deepEqual(steps, [500, 2_000, 8_000, 8_000, 8_000]);
});
