import assert from 'node:assert/strict';
import { test } from 'node:test';
import { versionRanges } from './version-ranges.ts';

test('versions that follow one another are told together, in the order of their numbers', () => {
  for (const [versions, words] of [
    [[], ''],
    [['v3'], 'v3'],
    [['v10', 'v9'], 'v9, v10'],
    [['v7', 'v3', 'v5', 'v4', 'v6', 'v1'], 'v1, v3 to v7'],
    [['v2', 'v0', 'v4'], 'v0, v2, v4'],
  ] as const)
    assert.equal(versionRanges(versions), words);
});
