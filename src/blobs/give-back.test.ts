import assert from 'node:assert/strict';
import { test } from 'node:test';
import { giveBack } from './give-back.ts';

test('memory of its own is gone at once, that of a larger buffer stays', () => {
  const own = [Buffer.alloc(65_536, 1), new Uint8Array(10)];
  const larger = Buffer.alloc(65_536, 2);
  const pooled = Buffer.from('short');
  giveBack([...own, larger.subarray(0, 1_000), pooled]);
  assert.deepEqual(
    own.map(({ length }) => length),
    [0, 0],
  );
  assert.equal(larger[65_535], 2);
  assert.equal(String(pooled), 'short');
});

test('nothing to give back is no fault', () => {
  giveBack([]);
  giveBack([Buffer.alloc(0)]);
});
