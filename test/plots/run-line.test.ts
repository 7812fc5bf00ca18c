import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { appended, type RunLine, spanToAsk, spliced } from '../../web/features/plots/api/run-line.ts';

const MOST = 40;

function lineOf(from: number, values: readonly number[]): RunLine {
  const x = values.map((_, index) => from + index);
  return { x, values, means: undefined, count: values.length, lines: from + values.length, epoch: 0 };
}

test('a line that grows bit by bit keeps its ends, its lowest and its highest, and stays small', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 1, maxLength: 30 }), {
        minLength: 1,
        maxLength: 30,
      }),
      (parts) => {
        let line = lineOf(0, []);
        const all: number[] = [];
        for (const part of parts) {
          line = appended(line, lineOf(all.length, part), MOST);
          all.push(...part);
        }
        assert.equal(line.count, all.length);
        assert.equal(line.lines, all.length);
        assert.ok(line.x.length <= 2 * MOST);
        assert.deepEqual([line.x.at(-1), line.values.at(-1)], [all.length - 1, all.at(-1)]);
        const [low, high] = [Math.min(...all), Math.max(...all)];
        assert.ok(line.values.includes(low) && line.values.includes(high));
        for (const [index, x] of line.x.entries()) assert.equal(line.values[index], all[x]);
      },
    ),
  );
});

test('what came long ago keeps its resolution while a run goes on', () => {
  let line: RunLine = {
    ...lineOf(
      0,
      Array.from({ length: MOST }, (_, at) => at),
    ),
    count: 1_000_000,
  };
  line = { ...line, x: line.x.map((x) => x * 25_000) };
  for (let at = 0; at < 500; at += 1) {
    const news = { ...lineOf(0, [at % 7]), x: [1_000_000 + at], lines: 1_000_001 + at };
    line = appended(line, news, MOST);
  }
  assert.ok(line.x.filter((x) => x < 1_000_000).length >= MOST / 2, 'a million lines are not drawn by a few points');
  assert.ok(line.means !== undefined, 'and what is thinned out has its means');
});

test('along another metric, what comes later takes its place in between', () => {
  const before = { ...lineOf(0, [1, 2, 3]), x: [0, 10, 20] };
  const line = appended(before, { ...lineOf(3, [4]), x: [5] }, MOST);
  assert.deepEqual(
    [line.x, line.values],
    [
      [0, 5, 10, 20],
      [1, 4, 2, 3],
    ],
  );
});

test('nothing new costs nothing but the count of lines', () => {
  const before = lineOf(0, [1, 2]);
  const line = appended(before, { ...lineOf(0, []), lines: 9 }, MOST);
  assert.equal(line.x, before.x);
  assert.equal(line.lines, 9);
});

test('a part that was read closely replaces the rough points of that part and no others', () => {
  const rough = { ...lineOf(0, [0, 1, 2, 3, 4]), x: [0, 100, 200, 300, 400] };
  const detail = { ...lineOf(0, [7, 8, 9]), x: [150, 200, 250] };
  const line = spliced(rough, detail, [128, 384]);
  assert.deepEqual(line.x, [0, 100, 150, 200, 250, 300, 400], 'what came after it was read stays');
  assert.deepEqual(line.values, [0, 1, 7, 8, 9, 3, 4]);
  assert.equal(spliced(rough, lineOf(0, []), [128, 384]), rough);
});

test('what is asked for holds what is looked at, and is the same for whoever moves a little', () => {
  const place = fc.integer({ min: -1e9, max: 1e9 }).map((thousandths) => thousandths / 1_000);
  fc.assert(
    fc.property(place, fc.double({ min: 1e-3, max: 1e6, noNaN: true }), (min, width) => {
      const span = [min, min + width] as const;
      const [from, to] = spanToAsk(span);
      assert.ok(from <= span[0] && to >= span[1]);
      assert.ok(to - from <= 4 * (span[1] - span[0]) + 1e-6);
    }),
  );
  assert.deepEqual(spanToAsk([100, 200]), spanToAsk([105, 205]));
});
