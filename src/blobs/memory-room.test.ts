import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryRoom } from './memory-room.ts';

test('what is taken of a room is free again when it is left, and never more', () => {
  const room = new MemoryRoom(10);
  const leave = room.take(6);
  assert.equal(room.take(5), undefined);
  assert.ok(room.take(4));
  leave?.();
  assert.equal(room.take(7), undefined);
  assert.ok(room.take(6));
});

test('who waits for a room enters in the order of coming, and nobody passes by', async () => {
  const room = new MemoryRoom(10);
  const entered: string[] = [];
  const waitsFor = (name: string, bytes: number) =>
    room.enter(bytes).then((leave) => {
      entered.push(name);
      return leave;
    });
  const first = await waitsFor('first', 8);
  const others = [waitsFor('second', 7), waitsFor('third', 3), waitsFor('fourth', 1)];
  assert.equal(room.take(1), undefined, 'there is room for it, but others wait');
  first();
  const [second] = await Promise.all(others.slice(0, 2));
  assert.deepEqual(entered, ['first', 'second', 'third']);
  second?.();
  await Promise.all(others);
  assert.deepEqual(entered, ['first', 'second', 'third', 'fourth']);
});
