import assert from 'node:assert/strict';
import { test } from 'node:test';
import { invalid } from '../model/error.ts';
import { Group } from './group.ts';

test('one item waits for nothing; what comes meanwhile is written together', async () => {
  const written: (readonly number[])[] = [];
  const releases: (() => void)[] = [];
  const group = new Group<number>(3, (items) => {
    written.push(items);
    return new Promise((resolve) => releases.push(resolve));
  });
  const all = Promise.all([1, 2, 3, 4, 5].map((item) => group.add(item)));
  assert.deepEqual(written, [[1]]);
  for (let turn = 0; turn < 3; turn += 1) {
    releases[turn]!();
    await new Promise(setImmediate);
  }
  await all;
  assert.deepEqual(written, [[1], [2, 3, 4], [5]]);
});

test('an item that is refused fails alone; any other failure fails its whole group', async () => {
  const group = new Group<string>(10, async (items) => {
    if (items.includes('bad')) throw invalid('no');
    if (items.includes('down')) throw new Error('no database');
  });
  const settle = async (items: readonly string[]) => {
    const settled = await Promise.allSettled(items.map((item) => group.add(item)));
    return settled.map(({ status }) => status);
  };
  assert.deepEqual(await settle(['a', 'b', 'bad', 'c']), ['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  assert.deepEqual(await settle(['a', 'b', 'down']), ['fulfilled', 'rejected', 'rejected']);
});
