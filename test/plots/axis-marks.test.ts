import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { marksWithin } from '../../web/components/chart/axis-marks.ts';
import { axisText, valueTexts } from '../../web/components/chart/axis-words.ts';

const texts = (min: number, max: number, most: number, isLog = false) =>
  valueTexts(marksWithin([min, max], most, isLog)).join(' ');

test('an axis is marked at round numbers, however large or small they are', () => {
  for (const [min, max, most, words] of [
    [0, 1, 5, '0 0.2 0.4 0.6 0.8 1'],
    [-3, 7.2, 5, '-2.5 0 2.5 5'],
    [0, 48_000, 5, '0 10K 20K 30K 40K'],
    [0.92e300, 1.2e300, 4, '1e+300 1.1e+300 1.2e+300'],
    [-2e300, 2e300, 4, '-2e+300 -1e+300 0 1e+300 2e+300'],
    [1e-300, 3e-300, 4, '1e-300 1.5e-300 2e-300 2.5e-300 3e-300'],
    [0, 2e-20, 4, '0 5e-21 1e-20 1.5e-20 2e-20'],
    [-1.7e308, 1.7e308, 4, '-1e+308 0 1e+308'],
    [0, 4e-323, 4, '0 1e-323 2e-323 3e-323 4e-323'],
    [1e20, 3e20, 4, '1e+20 1.5e+20 2e+20 2.5e+20 3e+20'],
  ] as const)
    assert.equal(texts(min, max, most), words, `${min} to ${max}`);
});

test('a logarithmic axis is marked at powers of ten, and within them where there is room', () => {
  for (const [min, max, most, words] of [
    [1, 1_000, 4, '1 10 100 1K'],
    [1, 100, 8, '1 2 5 10 20 50 100'],
    [1e-300, 1e300, 5, '1e-240 1e-120 1 1e+120 1e+240'],
    [1e299, 1e301, 8, '1e+299 2e+299 5e+299 1e+300 2e+300 5e+300 1e+301'],
    [1e-30, 1e-20, 3, '1e-28 1e-24 1e-20'],
    [3.2, 3.9, 4, '3.2 3.4 3.6 3.8'],
  ] as const)
    assert.equal(texts(min, max, most, true), words, `${min} to ${max}`);
});

test('marks lie within the span, in order, no more than have room, and no two read the same', () => {
  const end = fc.double({ min: -1e308, max: 1e308, noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(end, end, fc.integer({ min: 1, max: 20 }), fc.boolean(), (one, other, most, isLog) => {
      const [min, max] = isLog
        ? [Math.min(Math.abs(one), Math.abs(other)), Math.max(Math.abs(one), Math.abs(other))]
        : [Math.min(one, other), Math.max(one, other)];
      const marks = marksWithin([min, max], most, isLog);
      assert.ok(marks.length <= most + 1, `${marks.length} marks`);
      for (const [index, mark] of marks.entries()) {
        assert.ok(mark >= min && mark <= max, `${mark} within ${min} and ${max}`);
        assert.ok(index === 0 || mark > (marks[index - 1] as number));
      }
      assert.equal(new Set(valueTexts(marks)).size, marks.length);
    }),
    { numRuns: 5_000 },
  );
});

test('spans that cannot be marked are not', () => {
  for (const span of [
    [1, 1],
    [2, 1],
    [Number.NaN, 1],
    [0, Number.POSITIVE_INFINITY],
    [1e300, 1.0000000000000002e300],
  ] as const)
    assert.deepEqual(marksWithin(span, 5, false), []);
});

test('numbers are told with as many digits as it takes', () => {
  assert.deepEqual([0, 0.1 + 0.2, 999, 1_500, 2.5e6, 1e15, -1e-9, 12_345].map(axisText), [
    ...['0', '0.3', '999', '1.5K', '2.5M', '1e+15', '-1e-9', '12.3K'],
  ]);
  assert.deepEqual(valueTexts([1_000, 1_000.5, 1_001]), ['1,000', '1,000.5', '1,001']);
  assert.deepEqual(valueTexts([1_000, 1_250, 1_500]), ['1K', '1.25K', '1.5K']);
  assert.deepEqual(valueTexts([0, 1_000.025, 2_000.05]), ['0', '1K', '2K']);
  assert.deepEqual(valueTexts([1_000, 1_000.025]), ['1,000', '1,000.025']);
  assert.deepEqual(valueTexts([1.0001e300, 1.0002e300]), ['1.0001e+300', '1.0002e+300']);
});
