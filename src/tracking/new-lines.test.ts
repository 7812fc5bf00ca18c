import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { newLines } from './new-lines.ts';

test('a block that continues the stream is taken whole', () => {
  assert.deepEqual(newLines({ offset: 2, lines: ['c', 'd'] }, 2), { lines: ['c', 'd'], nextOffset: 4, gap: 0 });
});

test('a repeated block adds nothing', () => {
  assert.deepEqual(newLines({ offset: 0, lines: ['a', 'b'] }, 2), { lines: [], nextOffset: 2, gap: 0 });
});

test('a block that begins before the end of the stream adds its tail', () => {
  assert.deepEqual(newLines({ offset: 1, lines: ['b', 'c'] }, 2), { lines: ['c'], nextOffset: 3, gap: 0 });
});

test('a gap is accepted and the offset moves over it', () => {
  assert.deepEqual(newLines({ offset: 5, lines: ['f'] }, 2), { lines: ['f'], nextOffset: 6, gap: 3 });
});

test('whatever blocks repeat, each line of a gapless stream is taken once and in order', () => {
  const stream = Array.from({ length: 30 }, (_, index) => index);
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(29), fc.nat(10)), { maxLength: 40 }), (asks) => {
      const taken: number[] = [];
      let stored = 0;
      for (const [from, length] of asks) {
        const offset = Math.min(from, stored);
        const result = newLines({ offset, lines: stream.slice(offset, offset + length) }, stored);
        taken.push(...result.lines);
        stored = result.nextOffset;
      }
      assert.deepEqual(taken, stream.slice(0, stored));
    }),
  );
});
