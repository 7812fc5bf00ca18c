import assert from 'node:assert/strict';
import { test } from 'node:test';
import { valueAt } from './value-at.ts';

test('a path is followed to any depth, through keys that hold dots', () => {
  const tree = { a: { b: { c: 1 } }, 'x.y': { z: 2 }, 'a.b': { d: 3 } };
  assert.equal(valueAt(tree, 'a.b.c'), 1);
  assert.equal(valueAt(tree, 'x.y.z'), 2);
  assert.equal(valueAt(tree, 'a.b.d'), 3);
  assert.deepEqual(valueAt(tree, 'x.y'), { z: 2 });
});

test('what is not there, or is not the object’s own, is undefined', () => {
  assert.equal(valueAt({ a: 1 }, 'a.b'), undefined);
  assert.equal(valueAt({ a: [1] }, 'a.0'), undefined);
  assert.equal(valueAt({}, 'constructor.name'), undefined);
});
