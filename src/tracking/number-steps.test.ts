import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../model/json.ts';
import { numberSteps } from './number-steps.ts';

const line = (values: JsonObject) => {
  const step = typeof values._step === 'number' ? values._step : null;
  return { raw: JSON.stringify(values), values, step, timestamp: null };
};

test('lines without a step follow the last step of the run, in their text as in their values', () => {
  const [first, second] = numberSteps([line({ loss: 1 }), line({})], 4);
  assert.deepEqual(JSON.parse(first!.raw), { _step: 5, loss: 1 });
  assert.deepEqual(first!.values, { _step: 5, loss: 1 });
  assert.deepEqual([second!.raw, second!.step], ['{"_step":6}', 6]);
});

test('the first line of a run has step 0', () => {
  assert.equal(numberSteps([line({ loss: 1 })], null)[0]!.step, 0);
});

test('a step that the client gave stays, and the next line follows it', () => {
  const lines = numberSteps([line({ _step: 9, loss: 1 }), line({ loss: 2 }), line({ _step: 3 })], 4);
  assert.deepEqual(
    lines.map(({ step }) => step),
    [9, 10, 3],
  );
});
