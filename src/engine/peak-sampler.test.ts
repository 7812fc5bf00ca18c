import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { PeakSampler } from './peak-sampler.ts';

const series = fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 400 });

test('a drawing keeps the lowest, the highest, the first and the last of any series, in order, in bounded room', () => {
  fc.assert(
    fc.property(series, fc.integer({ min: 4, max: 60 }), (values, most) => {
      const sampler = new PeakSampler(most);
      values.forEach((value, x) => void sampler.offer(x, value));
      const points = sampler.points();
      assert.equal(sampler.count, values.length);
      assert.ok(points.length <= most);
      if (values.length < most) assert.equal(points.length, values.length);
      for (const { x, value } of points) assert.equal(value, values[x]);
      const drawn = points.map(({ value }) => value);
      const [low, high] = [Math.min(...values), Math.max(...values)];
      assert.ok(drawn.includes(low) && drawn.includes(high));
      assert.equal(points.at(-1)?.x, values.length - 1);
      assert.deepEqual(
        points.map(({ x }) => x),
        points.map(({ x }) => x).toSorted((one, other) => one - other),
      );
    }),
  );
});

test('a spike between many equal values stays, whatever surrounds it', () => {
  const sampler = new PeakSampler(100);
  for (let x = 0; x < 100_000; x += 1) sampler.offer(x, x === 77_777 ? 9 : x === 50_000 ? Number.NaN : 1);
  assert.equal(sampler.count, 99_999);
  assert.deepEqual(
    sampler.points().filter(({ value }) => value !== 1),
    [{ x: 77_777, value: 9 }],
  );
});

test('the means of stretches are there once points are left out, and weigh every finite point alike', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 1, maxLength: 400 }), (values) => {
      const sampler = new PeakSampler(16);
      for (const [x, value] of values.entries()) {
        sampler.offer(x, value);
        sampler.offer(x, Number.POSITIVE_INFINITY);
      }
      const means = sampler.means();
      if (2 * values.length < 16) return assert.equal(means, undefined);
      assert.ok(means !== undefined && means.length <= 16);
      const [low, high] = [Math.min(...values), Math.max(...values)];
      for (const { value } of means) assert.ok(value >= low - 1e-9 && value <= high + 1e-9);
      const order = means.map(({ x }) => x);
      assert.deepEqual(
        order,
        order.toSorted((one, other) => one - other),
      );
    }),
  );
  const sampler = new PeakSampler(16);
  for (let x = 0; x < 1_024; x += 1) sampler.offer(x, x % 128 === 5 ? 129 : 1);
  for (const { value } of sampler.means() ?? []) assert.equal(value, 2);
});
