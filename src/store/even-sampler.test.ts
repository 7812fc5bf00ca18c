import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { EvenSampler, evenIndexes } from './even-sampler.ts';

function sample(length: number, samples: number): number[] {
  const sampler = new EvenSampler<number>(samples);
  for (let row = 0; row < length; row += 1)
    sampler.offer(
      () => row,
      () => 1,
    );
  return sampler.rows();
}

test('a stream that fits is kept whole', () => {
  assert.deepEqual(sample(5, 5), [0, 1, 2, 3, 4]);
  assert.deepEqual(sample(5, 500), [0, 1, 2, 3, 4]);
  assert.deepEqual(sample(5, Number.POSITIVE_INFINITY), [0, 1, 2, 3, 4]);
  assert.deepEqual(sample(0, 5), []);
  assert.deepEqual(sample(5, 0), []);
});

test('a sample of a long stream is full, in order, begins at the first row and leaves no large gap', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 2, max: 600 }), (length, samples) => {
      const rows = sample(length, samples);
      assert.equal(rows.length, Math.min(length, samples));
      assert.equal(rows[0], 0);
      const gaps = rows.slice(1).map((row, index) => row - (rows[index] as number));
      assert.ok(gaps.every((gap) => gap >= 1));
      assert.ok([...gaps, length - (rows.at(-1) as number)].every((gap) => gap <= Math.max(1, (4 * length) / samples)));
    }),
  );
});

test('the weight is that of the rows kept at the moment', () => {
  const sampler = new EvenSampler<number>(2);
  for (let row = 0; row < 3; row += 1)
    sampler.offer(
      () => row,
      (value) => value + 1,
    );
  assert.equal(sampler.weight, 1 + 2 + 3);
  sampler.offer(
    () => 3,
    (value) => value + 1,
  );
  assert.equal(sampler.weight, 1 + 3);
});

test('even indexes include both ends and each number once', () => {
  assert.deepEqual(evenIndexes(10, 4), [0, 3, 6, 9]);
  assert.deepEqual(evenIndexes(3, 10), [0, 1, 2]);
  assert.deepEqual(evenIndexes(7, 1), [0]);
  assert.deepEqual(evenIndexes(7, 0), []);
  assert.deepEqual(evenIndexes(0, 5), []);
});
