import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { smoothed } from '../../web/components/chart/smoothing.ts';

const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 60 });
const weight = fc.double({ min: 0, max: 0.99, noNaN: true });
const stepsOf = (of: readonly unknown[]) => of.map((_, index) => index);

test('smoothing stays between the lowest and the highest, keeps every place, and does nothing at nought', () => {
  fc.assert(
    fc.property(values, weight, (all, smoothing) => {
      const x = stepsOf(all);
      const line = smoothed({ x, values: all }, smoothing, all.length - 1);
      assert.deepEqual(line.x, x);
      const [low, high] = [Math.min(...all), Math.max(...all)];
      const slack = 1e-6 * Math.max(1, Math.abs(low), Math.abs(high));
      for (const value of line.values) assert.ok(value >= low - slack && value <= high + slack);
      // a nought has no sign here
      const same = smoothed({ x, values: all }, 0, all.length - 1).values;
      assert.ok(same.length === all.length && same.every((value, index) => value === all[index]));
    }),
  );
});

test('smoothing is the debiased exponential moving average, forgotten along the axis as W&B documents it', () => {
  const line = smoothed({ x: [0, 1, 2], values: [1, 2, 4] }, 0.25, 1_000);
  // one unit apart, half of what was is remembered
  assert.deepEqual(line.values, [1, (0.5 + 2) / 1.5, (0.25 + 1 + 4) / 1.75]);
  const far = smoothed({ x: [0, 1, 3], values: [1, 2, 4] }, 0.25, 1_000);
  assert.equal(far.values[2], ((0.5 + 2) * 0.25 + 4) / (1.5 * 0.25 + 1));
});

test('a constant stays what it is from its first point on, and gaps are left out', () => {
  fc.assert(
    fc.property(fc.double({ min: -1e3, max: 1e3, noNaN: true }), weight, (constant, smoothing) => {
      const all = [constant, Number.POSITIVE_INFINITY, constant, Number.NaN, constant];
      const line = smoothed({ x: stepsOf(all), values: all }, smoothing, 4);
      assert.deepEqual(line.x, [0, 2, 4]);
      for (const value of line.values) assert.ok(Math.abs(value - constant) <= 1e-9 * Math.max(1, Math.abs(constant)));
    }),
  );
});
