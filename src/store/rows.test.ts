import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { doublingSlices } from './rows.ts';

test('a list of any length is written once, in order, by statements of at most seven lengths', () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { maxLength: 1000 }), (rows) => {
      const slices = doublingSlices(rows);
      assert.deepEqual(slices.flat(), rows);
      for (const { length } of slices) assert.ok([1, 2, 4, 8, 16, 32, 64].includes(length), `${length} rows`);
    }),
  );
});
