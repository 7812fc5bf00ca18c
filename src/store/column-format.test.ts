import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { COLUMN_FORMAT, type Column, decodeColumn, encodeColumn } from './column-format.ts';

const BLOCK = 4096;

function columnOf(pairs: readonly (readonly [line: number, value: number])[]): Column {
  return { lines: Uint16Array.from(pairs, ([line]) => line), values: Float64Array.from(pairs, ([, value]) => value) };
}

const pairsOf = ({ lines, values }: Column) => [...lines].map((line, index) => [line, values[index]]);

/** Any double, and those that JSON texts seldom hold. */
const value = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(-0, Number.NaN, Infinity, -Infinity, 5e-324));

test('a column comes back as it went in: gaps, repeated lines, NaN, infinities and the sign of zero', () => {
  const pairs = fc
    .array(fc.tuple(fc.nat(BLOCK - 1), value), { maxLength: 300 })
    .map((all) => all.toSorted(([left], [right]) => left - right));
  fc.assert(
    fc.property(pairs, (all) => {
      const column = columnOf(all);
      assert.deepEqual(pairsOf(decodeColumn(encodeColumn(column, BLOCK), COLUMN_FORMAT)), all);
    }),
  );
});

/** Numbers that are evenly apart, or nearly. */
const even = fc
  .tuple(value, fc.oneof(fc.integer(), fc.double()), fc.integer({ min: 1, max: 300 }), fc.nat(300), value)
  .map(([first, each, count, odd, other]) =>
    Array.from({ length: count }, (_, index) => (index === odd ? other : first + index * each)),
  );

test('a column with a number on every line comes back as well', () => {
  fc.assert(
    fc.property(fc.oneof(fc.array(value, { minLength: 1, maxLength: 300 }), even), (values) => {
      const column = columnOf(values.map((each, line) => [line, each]));
      const body = encodeColumn(column, values.length);
      assert.deepEqual(pairsOf(decodeColumn(body, COLUMN_FORMAT)), pairsOf(column));
    }),
  );
});

test('a counter and what does not change take a few bytes, however many lines they have', () => {
  const counter = columnOf(Array.from({ length: BLOCK }, (_, line) => [line, 100_000 + line]));
  const constant = columnOf(Array.from({ length: BLOCK }, (_, line) => [line, 0.1]));
  for (const column of [counter, constant]) assert.ok(encodeColumn(column, BLOCK).length < 40);
});

test('what an earlier version wrote is read', () => {
  const column = columnOf([1, 2, 4].map((each, line) => [line, each]));
  assert.deepEqual(pairsOf(decodeColumn(encodeColumn(column, 3), 1)), pairsOf(column));
});

test('an unknown format is refused, not guessed', () => {
  assert.throws(() => decodeColumn(encodeColumn(columnOf([[0, 1]]), 1), 3), TypeError);
});
