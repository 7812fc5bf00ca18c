import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MetricFold } from './metric-fold.ts';

function foldOf(lines: readonly string[], cuts: readonly number[] = []): MetricFold {
  const fold = new MetricFold();
  const ends = [...new Set(cuts.filter((cut) => cut > 0 && cut < lines.length))].sort((a, b) => a - b);
  let firstLine = 0;
  for (const end of [...ends, lines.length]) {
    fold.add({ firstLine, lines: lines.slice(firstLine, end) });
    firstLine = end;
  }
  return fold;
}

test('types are counted, the last value is kept, rising numbers are monotonic', () => {
  const fold = foldOf([
    '{"_step":0,"loss":1,"d":{"x":1},"tag":"a","img":{"_type":"image-file"}}',
    '{"_step":5,"loss":0.5,"d":{"x":1},"tag":null,"ok":true,"xs":[1]}',
    'not a line',
    '{"_step":3,"loss":NaN}',
  ]);
  const plain = [...fold.metrics].map(([name, summary]) => [
    name,
    Object.fromEntries(summary.typeCounts),
    summary.monotonic,
    summary.lastValue,
  ]);
  assert.deepEqual(plain, [
    ['_step', { number: 3 }, false, 3],
    ['loss', { number: 3 }, false, Number.NaN],
    ['d.x', { number: 2 }, true, 1],
    ['tag', { string: 1, nil: 1 }, false, null],
    ['img', { 'image-file': 1 }, false, { _type: 'image-file' }],
    ['ok', { boolean: 1 }, false, true],
    ['xs', { list: 1 }, false, [1]],
  ]);
  assert.equal(fold.lastStep, 5);
  assert.equal(fold.lines, 4);
});

test('the summary never depends on how the lines were cut into chunks, on a chunk read twice, nor on a pause', () => {
  const line = fc
    .record({ _step: fc.nat(9), a: fc.nat(9), b: fc.constantFrom(1, 'x', null) })
    .map((row) => JSON.stringify(row));
  fc.assert(
    fc.property(fc.array(line), fc.array(fc.nat(20)), (lines, cuts) => {
      const whole = foldOf(lines);
      const cut = foldOf(lines, cuts);
      cut.add({ firstLine: 0, lines });
      const half = Math.floor(lines.length / 2);
      const resumed = new MetricFold(foldOf(lines.slice(0, half), cuts));
      resumed.add({ firstLine: 0, lines });
      assert.deepEqual(resumed.metrics, whole.metrics);
      assert.deepEqual([resumed.lastStep, resumed.lines], [whole.lastStep, whole.lines]);
      assert.deepEqual(cut.metrics, whole.metrics);
      assert.equal(cut.lastStep, whole.lastStep);
      assert.equal(cut.lines, whole.lines);
    }),
  );
});
