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

test('a column with a number on every line comes back as well', () => {
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 300 }), (values) => {
      const column = columnOf(values.map((each, line) => [line, each]));
      const body = encodeColumn(column, values.length);
      assert.deepEqual(pairsOf(decodeColumn(body, COLUMN_FORMAT)), pairsOf(column));
    }),
  );
});

test('a rising counter of 4,096 lines deflates to less than a third of its doubles', () => {
  const column = columnOf(Array.from({ length: BLOCK }, (_, line) => [line, 100_000 + line]));
  assert.ok(encodeColumn(column, BLOCK).length < (BLOCK * 8) / 3);
});

test('an unknown format is refused, not guessed', () => {
  assert.throws(() => decodeColumn(encodeColumn(columnOf([[0, 1]]), 1), 2), TypeError);
});
