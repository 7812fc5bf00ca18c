import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blockChart } from './block-chart.ts';

test('values become blocks, from the lowest to the highest', () => {
  assert.equal(blockChart([0, 1, 2, 3, 4, 5, 6, 7]), '▁▂▃▄▅▆▇█');
  assert.equal(blockChart([3, -3, 0]), '█▁▅');
});

test('equal values stand in the middle, what is no number is marked', () => {
  assert.equal(blockChart([2, 2, 2]), '▄▄▄');
  assert.equal(blockChart([1, Number.NaN, 2, Number.POSITIVE_INFINITY]), '▁×█×');
});

test('the greatest distance there is has its place too', () => {
  assert.equal(blockChart([-Number.MAX_VALUE, 0, Number.MAX_VALUE]), '▁▅█');
});

test('one value makes no chart', () => {
  assert.equal(blockChart([]), undefined);
  assert.equal(blockChart([1, Number.NaN]), undefined);
});
