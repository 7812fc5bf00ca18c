import assert from 'node:assert/strict';
import { test } from 'node:test';
import { roundedIn, valueRange } from './value-range.ts';

test('a chart shows thresholds that lie near, one that is moved however far it is, and its values in any case', () => {
  const inside = (range: readonly [number, number], value: number) => value > range[0] && value < range[1];
  assert.ok(inside(valueRange(0, 1, [1.8], []), 1.8));
  assert.ok(!inside(valueRange(0, 1, [50], []), 50));
  assert.ok(inside(valueRange(0, 1, [], [50]), 50));
  assert.ok(inside(valueRange(3, 3, [], []), 3));
  assert.ok(inside(valueRange(0, 0, [], []), 0));
});

test('a value chosen by hand has no more digits than a hand can mean', () => {
  assert.equal(roundedIn(0.123456, [0, 1]), 0.12);
  assert.equal(roundedIn(1234.56, [0, 5000]), 1230);
  assert.equal(roundedIn(0.00123456, [0, 0.002]), 0.00123);
});
