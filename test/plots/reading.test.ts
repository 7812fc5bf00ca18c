import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { indexesIn, nearestTo } from '../../web/components/chart/nearest.ts';
import { nextPlace, readAt } from '../../web/components/chart/reading.ts';

const ascending = fc
  .array(fc.integer({ min: -50, max: 50 }), { maxLength: 40 })
  .map((x) => x.toSorted((one, other) => one - other));

test('the nearest point and the points of a part are those that a look at each of them finds', () => {
  fc.assert(
    fc.property(ascending, fc.integer({ min: -60, max: 60 }), fc.nat(40), (x, place, width) => {
      const index = nearestTo(x, place);
      if (x.length === 0) return assert.equal(index, -1);
      const least = Math.min(...x.map((each) => Math.abs(each - place)));
      assert.equal(Math.abs((x[index] ?? Number.NaN) - place), least);
      const [from, before] = indexesIn(x, [place, place + width]);
      assert.deepEqual(
        x.slice(from, before),
        x.filter((each) => each >= place && each <= place + width),
      );
    }),
  );
});

const drawn = (name: string, x: readonly number[], values: readonly number[]) => {
  const line = { key: name, name, x, values };
  return { line, raw: line, shown: line };
};

test('a cursor reads every line that reaches there, the highest first, and goes from point to point', () => {
  const lines = [drawn('long', [0, 10, 20, 30], [1, 2, 3, 4]), drawn('short', [0, 5], [9, 8])];
  const read = (place: number) => readAt(lines, place, [0, 30])?.values.map(({ line, value }) => [line.name, value]);
  assert.deepEqual(read(4), [
    ['short', 8],
    ['long', 2],
  ]);
  assert.deepEqual(read(19), [['long', 3]], 'a line that has ended says nothing');
  assert.equal(readAt([], 3, [0, 30]), undefined);
  assert.deepEqual([nextPlace(lines, 0, 1), nextPlace(lines, 5, 1), nextPlace(lines, 10, -1)], [5, 10, 5]);
  assert.equal(nextPlace(lines, 30, 1), 30);
});
