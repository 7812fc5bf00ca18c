import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Aggregation } from '../events/metric-event.ts';
import type { RunMetric } from '../events/run-metric.ts';
import type { RunMetricChange } from '../events/run-metric-change.ts';
import type { RunMetricZScore } from '../events/run-metric-zscore.ts';
import { judgeMetric, type MetricEvent, mayHold, mustHold, requiredValues, type Verdict } from './judge.ts';
import { mean } from './statistics.ts';
import { ValueRing } from './value-ring.ts';

const base = { runFilter: { $and: [] }, metric: 'loss' } as const;

function threshold(fields: Partial<RunMetric>): RunMetric {
  return { ...base, type: 'RUN_METRIC', aggregation: null, window: 1, comparison: '$gt', threshold: 0, ...fields };
}

function change(fields: Partial<RunMetricChange>): RunMetricChange {
  return {
    ...base,
    type: 'RUN_METRIC_CHANGE',
    aggregation: null,
    currentWindow: 1,
    priorWindow: 1,
    changeType: 'ABSOLUTE',
    direction: 'INCREASE',
    amount: 2,
    ...fields,
  };
}

function zscore(fields: Partial<RunMetricZScore>): RunMetricZScore {
  return { ...base, type: 'RUN_METRIC_ZSCORE', window: 5, threshold: 2, direction: 'ANY', ...fields };
}

function judge(event: MetricEvent, values: readonly number[]): Verdict {
  const ring = new ValueRing(requiredValues(event));
  for (const value of values) ring.push(value);
  return judgeMetric(event, ring);
}

const fires = (event: MetricEvent, values: readonly number[]) => judge(event, values).fires;

test('AUT-053: an average over 5 does not fire at four values and can fire at the fifth', () => {
  const event = threshold({ aggregation: 'AVERAGE', window: 5 });
  assert.equal(judge(event, [9, 9, 9, 9]).reason, 'window_not_full');
  assert.deepEqual(judge(event, [9, 9, 9, 9, 9]), {
    fires: true,
    reason: 'holds',
    current: 9,
    values: [9, 9, 9, 9, 9],
  });
});

test('AUT-054: without aggregation the first value can fire and the window is ignored', () => {
  assert.equal(fires(threshold({ window: 50 }), [1]), true);
  assert.equal(fires(threshold({ window: 50 }), [1, -1]), false);
});

test('AUT-059: Infinity fires "> 10", minus Infinity fires "< 0"', () => {
  assert.equal(fires(threshold({ threshold: 10 }), [Number.POSITIVE_INFINITY]), true);
  assert.equal(fires(threshold({ comparison: '$lt' }), [Number.NEGATIVE_INFINITY]), true);
  const average = threshold({ aggregation: 'AVERAGE', window: 2, threshold: 10 });
  assert.equal(judge(average, [1, Number.POSITIVE_INFINITY]).current, Number.POSITIVE_INFINITY);
  assert.equal(judge(average, [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]).reason, 'not_a_number');
  const unequal = threshold({ aggregation: 'AVERAGE', window: 2, comparison: '$ne' });
  assert.equal(fires(unequal, [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]), false);
});

test('AUT-060: the mean of 10,000 times 0.1 equals 0.1', () => {
  const values = new Array<number>(10_000).fill(0.1);
  const event = { aggregation: 'AVERAGE', window: 10_000, threshold: 0.1 } as const;
  assert.equal(fires(threshold({ ...event, comparison: '$gt' }), values), false);
  assert.equal(fires(threshold({ ...event, comparison: '$gte' }), values), true);
  assert.equal(fires(threshold({ ...event, comparison: '$eq' }), values), true);
});

test('AUT-062: an absolute change fires at exactly its amount, in its direction', () => {
  assert.equal(fires(change({}), [1, 3]), true);
  assert.equal(fires(change({}), [1, 2.9]), false);
  assert.equal(fires(change({ direction: 'ANY' }), [3, 1]), true);
  assert.equal(fires(change({ direction: 'DECREASE' }), [1, 3]), false);
  assert.equal(fires(change({ direction: 'DECREASE' }), [3, 1]), true);
});

test('AUT-063: from −2 to −1 is a relative increase of 0.5', () => {
  const verdict = judge(change({ changeType: 'RELATIVE', amount: 0.5 }), [-2, -1]);
  assert.deepEqual([verdict.fires, verdict.change, verdict.prior], [true, 0.5, -2]);
});

test('AUT-064: relative to 0, nothing is no change and something is any change', () => {
  const relative = (direction: RunMetricChange['direction']) =>
    change({ changeType: 'RELATIVE', direction, amount: 100 });
  assert.equal(fires(relative('ANY'), [0, 0]), false);
  assert.equal(fires(relative('INCREASE'), [0, 1]), true);
  assert.equal(fires(relative('ANY'), [0, 1]), true);
  assert.equal(fires(relative('DECREASE'), [0, 1]), false);
  assert.equal(fires(relative('DECREASE'), [-0, -1]), true);
});

test('AUT-065: a change of the last 10 against the 50 before needs 60 values', () => {
  const event = change({ aggregation: 'AVERAGE', currentWindow: 10, priorWindow: 50, amount: 1 });
  const values = [...new Array<number>(50).fill(0), ...new Array<number>(10).fill(1)];
  assert.equal(judge(event, values.slice(1)).reason, 'window_not_full');
  const verdict = judge(event, values);
  assert.deepEqual([verdict.fires, verdict.current, verdict.prior, verdict.values.length], [true, 1, 0, 10]);
});

test('AUT-066: the z-score’s baseline leaves out the current value', () => {
  const verdict = judge(zscore({}), [1, 2, 1, 2, 1, 100]);
  assert.equal(verdict.fires, true);
  assert.equal(verdict.mean, 1.4);
  assert.ok(Math.abs((verdict.deviation ?? 0) - Math.sqrt(0.24)) < 1e-15);
  assert.equal(judge(zscore({}), [1, 2, 1, 2, 100]).reason, 'window_not_full');
  assert.equal(fires(zscore({ direction: 'DECREASE' }), [1, 2, 1, 2, 1, 100]), false);
  assert.equal(fires(zscore({ direction: 'DECREASE' }), [1, 2, 1, 2, 1, -100]), true);
});

test('AUT-067: a constant baseline never fires: there is no variation', () => {
  assert.equal(judge(zscore({}), [3, 3, 3, 3, 3, 1e9]).reason, 'no_variation');
  assert.equal(judge(zscore({}), [0, 0, 0, 0, 0, 1]).reason, 'no_variation');
  assert.equal(judge(zscore({ window: 1 }), [3, 9]).reason, 'no_variation');
  const jitter = 1e6;
  assert.equal(judge(zscore({}), [jitter, jitter, jitter, jitter, jitter + 1e-9, 9e9]).reason, 'no_variation');
});

test('an infinite value lies infinitely far from a finite baseline, and an infinite baseline compares with nothing', () => {
  assert.equal(fires(zscore({ direction: 'INCREASE' }), [1, 2, 1, 2, 1, Number.POSITIVE_INFINITY]), true);
  assert.equal(judge(zscore({}), [1, 2, Number.POSITIVE_INFINITY, 2, 1, 5]).reason, 'not_a_number');
});

test('at most 50 values of the window are kept, newest last', () => {
  const event = threshold({ aggregation: 'MAX', window: 60 });
  const { values } = judge(
    event,
    Array.from({ length: 60 }, (_, index) => index),
  );
  assert.deepEqual([values.length, values[0], values.at(-1)], [50, 10, 59]);
});

const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true });

test('AUT-061: minimum, maximum and mean of a sliding window agree with a naive recomputation', () => {
  fc.assert(
    fc.property(
      fc.array(finite, { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 1, max: 12 }),
      (values, window) => {
        const ring = new ValueRing(window);
        values.forEach((value, index) => {
          ring.push(value);
          const last = values.slice(Math.max(0, index + 1 - window), index + 1);
          if (last.length < window) return;
          const current = (aggregation: Aggregation) => judgeMetric(threshold({ aggregation, window }), ring).current;
          assert.equal(current('MIN'), Math.min(...last));
          assert.equal(current('MAX'), Math.max(...last));
          const naive = last.reduce((sum, item) => sum + item, 0) / window;
          assert.ok(Math.abs((current('AVERAGE') ?? Number.NaN) - naive) <= 1e-9 * Math.max(1, ...last.map(Math.abs)));
        });
      },
    ),
    { numRuns: 300 },
  );
});

test('what bounds alone say of a condition is never another answer than that of the values', () => {
  const value = fc.oneof(
    fc.integer({ min: -4, max: 4 }),
    fc.constantFrom(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
  );
  const event = fc
    .record({
      aggregation: fc.constantFrom('AVERAGE' as const, 'MIN' as const, 'MAX' as const, null),
      window: fc.integer({ min: 1, max: 4 }),
      comparison: fc.constantFrom('$gt', '$gte', '$lt', '$lte', '$eq', '$ne'),
      threshold: fc.integer({ min: -4, max: 4 }),
    })
    .map((fields) => threshold(fields));
  let certain = 0;
  fc.assert(
    fc.property(event, fc.array(value, { minLength: 1, maxLength: 9 }), (some, values) => {
      const ring = new ValueRing(4);
      for (const each of values) ring.push(each);
      const { fires } = judgeMetric(some, ring);
      if (mustHold(some, ring)) certain += 1;
      assert.ok(fires || !mustHold(some, ring));
      assert.ok(!fires || mayHold(some, ring));
    }),
    { numRuns: 2000 },
  );
  assert.ok(certain > 100, `bounds are sometimes enough: ${certain}`);
});

test('the mean is compensated: it keeps what plain addition loses', () => {
  const meanOf = (values: readonly number[]) => mean(Float64Array.from(values));
  assert.equal(meanOf([1e16, 1, -1e16, 1]), 0.5);
  assert.equal(meanOf([1.7e308, 1.7e308, 1.6e308]) > 1.6e308, true);
  assert.equal(meanOf([1.7e308, 1.7e308, -1.7e308, -1.7e308]), 0);
});
