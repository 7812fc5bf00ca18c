import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TriplineError } from '../model/error.ts';
import { Gathered } from './gathered.ts';

test('what comes while a batch is under way makes up the next one, and everybody gets their own answer', async () => {
  const batches: (readonly number[])[] = [];
  const [begun, free] = [gate(), gate()];
  const doubled = new Gathered<number, number>(3, async (items) => {
    batches.push(items);
    begun.open();
    await free.opened;
    return items.map((item) => 2 * item);
  });
  const first = [1, 2].map((item) => doubled.ask(item));
  await begun.opened;
  const later = [3, 4, 5, 6].map((item) => doubled.ask(item));
  free.open();
  assert.deepEqual(await Promise.all([...first, ...later]), [2, 4, 6, 8, 10, 12]);
  assert.deepEqual(batches, [[1, 2], [3, 4, 5], [6]]);
});

test('an item that cannot be done fails alone', async () => {
  const positive = new Gathered<number, number>(3, async (items) => {
    if (items.some((item) => item < 0)) throw new RangeError('below zero');
    return items;
  });
  const outcomes = await Promise.allSettled([1, -2, 3].map((item) => positive.ask(item)));
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  );
  assert.equal(await positive.ask(4), 4);
});

test('what is not there for one is not asked for again by each', async () => {
  let asked = 0;
  const away = new Gathered<number, number>(3, async () => {
    asked += 1;
    throw new TriplineError('unavailable', 'the database cannot be reached');
  });
  await Promise.all([1, 2, 3].map((item) => assert.rejects(away.ask(item), { code: 'unavailable' })));
  assert.equal(asked, 1);
});

function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
