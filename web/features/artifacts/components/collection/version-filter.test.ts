import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultOfLine, versionFilter } from './version-filter.ts';

const none = { search: '', alias: undefined, tag: undefined, filter: undefined } as const;

test('an alias, a tag and all lines become one filter', () => {
  const filter = { $and: [{ 'metadata.a.b': { $lte: 0.5 } }, { size: { $gt: 10 } }] };
  assert.equal(versionFilter({ ...none, search: 'x' }), undefined);
  assert.deepEqual(JSON.parse(versionFilter({ ...none, alias: 'best', tag: 'old', filter }) ?? ''), {
    $and: [{ alias: 'best' }, { tag: 'old' }, filter],
  });
});

test('a line of a field that versions do not have says which it may mean', () => {
  const line = (field: string) => faultOfLine({ field, operator: '$lt', value: '1' });
  for (const field of ['version', 'size', 'alias', 'tag', 'metadata.eval.loss']) assert.equal(line(field), undefined);
  assert.match(line('eval.loss') ?? '', /write metadata\.eval\.loss/);
  assert.match(line('metadata.') ?? '', /no field/);
  assert.match(line('') ?? '', /no field yet/);
});
