import assert from 'node:assert/strict';
import { test } from 'node:test';
import { versionFilter } from './version-filter.ts';

const none = { search: '', alias: undefined, tag: undefined, path: undefined, is: '$eq', value: undefined } as const;
const filterOf = (conditions: object) => {
  const text = versionFilter({ ...none, ...conditions });
  return text === undefined ? undefined : JSON.parse(text);
};

test('conditions become one filter, values are what they look like, and half a condition is none', () => {
  assert.equal(filterOf({ search: 'x' }), undefined);
  assert.equal(filterOf({ path: 'eval.loss' }), undefined);
  assert.deepEqual(filterOf({ alias: 'best', tag: 'old' }), { $and: [{ alias: 'best' }, { tag: 'old' }] });
  for (const [value, typed] of [
    ['0.5', 0.5],
    ['1e3', 1000],
    ['true', true],
    ['adam', 'adam'],
  ]) {
    assert.deepEqual(filterOf({ path: 'a.b', is: '$lte', value }), { $and: [{ 'metadata.a.b': { $lte: typed } }] });
  }
});
