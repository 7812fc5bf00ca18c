import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { z } from 'zod';
import { TriplineError } from '../../model/error.ts';
import { cutPage, decodeCursor, encodeCursor } from './page.ts';

const KEY = z.tuple([z.string(), z.string()]);

describe('pages', () => {
  test('a page ends at the limit and tells where the next begins', () => {
    const page = cutPage(['a', 'b', 'c'], 2, (row) => [row, row]);
    assert.deepEqual(page.items, ['a', 'b']);
    assert.deepEqual(decodeCursor(page.nextCursor ?? '', KEY), ['b', 'b']);
  });

  test('the last page has no next one', () => {
    assert.equal(cutPage(['a', 'b'], 2, (row) => [row]).nextCursor, null);
    assert.equal(cutPage([], 2, () => []).nextCursor, null);
  });

  test('the first page has no cursor', () => assert.equal(decodeCursor(undefined, KEY), null));

  test('a cursor of another list or of nowhere is refused', () => {
    for (const cursor of ['', 'x', '%%%', encodeCursor(['one'])]) {
      assert.throws(() => decodeCursor(cursor, KEY), TriplineError);
    }
  });
});
