import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ValueRing } from './value-ring.ts';

test('a ring holds the newest values in order, also when its capacity grows midway', () => {
  const step = fc.oneof(
    { weight: 9, arbitrary: fc.record({ push: fc.double() }) },
    { weight: 1, arbitrary: fc.record({ ensure: fc.integer({ min: 1, max: 60 }) }) },
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.array(step, { maxLength: 150 }), (capacity, steps) => {
      const ring = new ValueRing(capacity);
      let held: number[] = [];
      let pushed = 0;
      for (const action of steps) {
        if ('push' in action) {
          ring.push(action.push);
          pushed += 1;
          held = [...held, action.push].slice(-ring.capacity);
        } else ring.ensure(action.ensure);
        assert.deepEqual([...ring.stretch(0, held.length)], held);
        for (let skip = 1; skip < held.length; skip += 3) {
          assert.deepEqual([...ring.stretch(skip, 1)], [held.at(-1 - skip)]);
          assert.deepEqual([...ring.stretch(skip, held.length - skip)], held.slice(0, -skip));
        }
        assert.deepEqual([ring.size, ring.pushed, ring.at(0)], [held.length, pushed, held.at(-1) ?? Number.NaN]);
      }
    }),
    { numRuns: 200 },
  );
});

test('memory grows with the values, not with the capacity', () => {
  const ring = new ValueRing(10_000);
  ring.push(1);
  assert.equal(ring.allocated, 8);
});

test('a third of the memory at most is spare, however many values have gone by', () => {
  const ring = new ValueRing(100);
  for (let at = 0; at < 1_000; at += 1) ring.push(at);
  assert.deepEqual([ring.allocated, ring.size, ring.stretch(0, 100)[0]], [150, 100, 900]);
});
