import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { metricIn, parseRow, stepOf, visitMetrics } from './history-row.ts';
import type { Json, JsonObject } from './json.ts';

test('a row is read in the dialect of the client, and anything but an object is no row', () => {
  assert.deepEqual(parseRow('{"_step":1,"loss":NaN}'), { _step: 1, loss: Number.NaN });
  assert.equal(parseRow('[1]'), undefined);
  assert.equal(parseRow('{"loss":'), undefined);
});

test('only an integer is a step', () => {
  assert.equal(stepOf({ _step: 3 }), 3);
  assert.equal(stepOf({ _step: 3.5 }), undefined);
  assert.equal(stepOf({ _step: '3' }), undefined);
  assert.equal(stepOf(undefined), undefined);
});

test('nested metrics are flattened with dots, media stays one value', () => {
  const row = { loss: 1, d: { x: 0, e: { y: 2 } }, img: { _type: 'image-file', size: 9 } };
  const seen: [string, Json][] = [];
  visitMetrics(row, (name, value) => seen.push([name, value]));
  assert.deepEqual(seen, [
    ['loss', 1],
    ['d.x', 0],
    ['d.e.y', 2],
    ['img', row.img],
  ]);
});

test('a row nested a hundred thousand deep is visited without exhausting the stack', () => {
  const row = JSON.parse(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`);
  let visited = 0;
  visitMetrics(row ?? {}, () => {
    visited += 1;
  });
  assert.equal(visited, 1);
});

test('a metric is found whether its dots were logged as such or as nesting, in every mix', () => {
  assert.equal(metricIn({ 'a.b.c': 1 }, 'a.b.c'), 1);
  assert.equal(metricIn({ a: { b: { c: 2 } } }, 'a.b.c'), 2);
  assert.equal(metricIn({ 'a.b': { c: 3 } }, 'a.b.c'), 3);
  assert.equal(metricIn({ a: { 'b.c': 4 } }, 'a.b.c'), 4);
  assert.equal(metricIn({ a: { x: 1 }, 'a.b': { c: 5 } }, 'a.b.c'), 5);
  assert.equal(metricIn({ a: { _type: 'histogram', b: 1 } }, 'a.b'), undefined);
  assert.equal(metricIn({ a: 1 }, 'toString'), undefined);
});

test('what is found by name is what is visited by that name, however nested', () => {
  const key = fc.constantFrom('a', 'b', 'a.b', 'a.', '', '_type', '__proto__');
  const { row } = fc.letrec<{ row: JsonObject }>((tie) => ({
    row: fc
      .array(fc.tuple(key, fc.oneof({ maxDepth: 4 }, fc.constantFrom<Json>(1, 2, null, 'x', [1]), tie('row'))), {
        maxLength: 4,
      })
      .map((members) => Object.fromEntries(members)),
  }));
  fc.assert(
    fc.property(row, (each) => {
      const visited = new Map<string, Json[]>();
      visitMetrics(each, (name, value) => visited.set(name, [...(visited.get(name) ?? []), value]));
      for (const [name, values] of visited) assert.ok(values.includes(metricIn(each, name)!), name);
      for (const name of ['a', 'b', 'a.b', 'a.a', 'a..b', 'a.b.a', '.', '']) {
        assert.equal(metricIn(each, name) === undefined, !visited.has(name), name);
      }
    }),
  );
});

test('a group nested too deep is one value, by its name too', () => {
  const row = JSON.parse(`${'{"a":'.repeat(80)}1${'}'.repeat(80)}`);
  visitMetrics(row, (name, value) => assert.equal(metricIn(row, name), value));
  assert.equal(metricIn(row, Array(80).fill('a').join('.')), undefined);
});
