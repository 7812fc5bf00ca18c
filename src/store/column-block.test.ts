import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { observations } from '../engine/observations.ts';
import { metricIn, parseRow } from '../model/history-row.ts';
import type { Json } from '../model/json.ts';
import { ColumnBlock } from './column-block.ts';

const lines = fc.array(
  fc.constantFrom(
    '{"_step":1,"d":{"x":1},"d.x":2}',
    '{"d.x":3,"d":{"x":4},"n":NaN}',
    '{"d":{"x":-Infinity},"n":null,"t":"text"}',
    '{"d.x":5,"n":6,"e":{},"l":[7]}',
    '{"n":{"_type":"histogram"},"d":8}',
    '{"n":9}',
    'no row',
  ),
  { maxLength: 20 },
);

test('columns hold what the engine observes, in its order; a plain one tells what a reader of rows finds', () => {
  fc.assert(
    fc.property(lines, (texts) => {
      const block = new ColumnBlock(100, 4096);
      for (const text of texts) block.add(parseRow(text));
      assert.equal(block.lines, texts.length);
      const columns = block.columns();
      for (const name of ['_step', 'd', 'd.x', 'n', 't', 'e', 'l']) {
        const column = columns.get(name);
        const observed: [number, number][] = [];
        const read: [number, Json][] = [];
        for (const [line, text] of texts.entries()) {
          const row = parseRow(text) ?? {};
          observations(row, (each, value) => {
            if (each === name) observed.push([line, value]);
          });
          const value = metricIn(row, name);
          if (value !== undefined && value !== null) read.push([line, value]);
        }
        const held = [...(column?.lines ?? [])].map((line, index): [number, number] => [line, column!.values[index]!]);
        assert.deepEqual(
          held.filter(([, value]) => !Number.isNaN(value)),
          observed,
        );
        if (column?.plain !== false) assert.deepEqual(held, read);
      }
    }),
  );
});

test('a block is full when it has its lines, or a great many numbers', () => {
  const narrow = new ColumnBlock(0, 2);
  narrow.add(undefined);
  assert.equal(narrow.full, false);
  narrow.add({ a: 1 });
  assert.equal(narrow.full, true);
  const wide = new ColumnBlock(0, 4096);
  const row = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`m${index}`, index]));
  for (let line = 0; line < 40; line += 1) {
    assert.equal(wide.full, false);
    wide.add(row);
  }
  assert.equal(wide.full, true);
});
