import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json, JsonObject } from '../model/json.ts';
import { observations } from './observations.ts';

function observed(line: JsonObject): [string, number][] {
  const found: [string, number][] = [];
  observations(line, (name, value) => found.push([name, value]));
  return found;
}

test('AUT-069: d.x is the member x of d; texts and booleans are no values', () => {
  const line = { loss: 1, d: { x: 2, e: { y: 3 } }, text: '4', flag: true, none: null, list: [5] };
  assert.deepEqual(observed(line), [
    ['loss', 1],
    ['d.x', 2],
    ['d.e.y', 3],
  ]);
});

test('media objects are not looked into', () => {
  assert.deepEqual(observed({ image: { _type: 'image-file', width: 3 }, n: 1 }), [['n', 1]]);
});

test('AUT-059: NaN is no observation, infinities are', () => {
  assert.deepEqual(observed({ a: Number.NaN, b: Number.NEGATIVE_INFINITY }), [['b', Number.NEGATIVE_INFINITY]]);
});

test('internal keys and keys with dots and slashes are names like others', () => {
  assert.deepEqual(observed({ _runtime: 1, 'a.b': 2, 'val/acc top 1': 3 }).length, 3);
});

test('absurd nesting ends without harm', () => {
  let deep: Json = 1;
  for (let level = 0; level < 100_000; level += 1) deep = { d: deep };
  assert.deepEqual(observed({ deep, n: 1 }), [['n', 1]]);
});
