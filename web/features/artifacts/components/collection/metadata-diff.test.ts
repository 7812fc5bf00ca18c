import assert from 'node:assert/strict';
import { test } from 'node:test';
import { metadataDiff } from './metadata-diff.ts';

test('two trees are compared path by path: what is the same, what differs, and what only one has', () => {
  const before = { eval: { loss: 0.5, steps: [1, 2] }, epochs: 3, old: null };
  const after = { eval: { loss: 0.4, steps: [1, 2] }, epochs: '3', fresh: true };
  assert.deepEqual(metadataDiff(before, after), [
    { path: 'epochs', before: 3, after: '3', isSame: false },
    { path: 'eval.loss', before: 0.5, after: 0.4, isSame: false },
    { path: 'eval.steps', before: [1, 2], after: [1, 2], isSame: true },
    { path: 'fresh', before: undefined, after: true, isSame: false },
    { path: 'old', before: null, after: undefined, isSame: false },
  ]);
  assert.deepEqual(metadataDiff({}, {}), []);
});
