import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { chosenRuns, groupOrder, groupOrderText, parseRunsSearch } from '../web/features/runs/api/runs-search.ts';
import { durationText } from '../web/features/runs/components/run-value-text.ts';
import { filterOf, linesOf } from '../web/lib/filter-lines.ts';
import { nextSort } from '../web/lib/sort-order.ts';
import { isTree, type Tree } from '../web/lib/trees.ts';

test('a filter of an address becomes lines, and what no line can say is kept as it was written', () => {
  const either = { $or: [{ state: 'failed' }, { tags: 'v1' }] };
  const filter = { $and: [{ 'config.lr': { $gt: 0.1 } }, either, { group: { $in: ['a', 'b'] } }] };
  const { conditions, rest } = linesOf(filter);
  assert.deepEqual(conditions, [
    { field: 'config.lr', operator: '$gt', value: '0.1' },
    { field: 'group', operator: '$in', value: 'a, b' },
  ]);
  assert.deepEqual(rest, [either]);
  assert.deepEqual(filterOf({ conditions, rest }), { $and: [filter.$and[0], filter.$and[2], either] });
  assert.deepEqual(filterOf({ conditions: conditions.slice(0, 1), rest: [] }), { 'config.lr': { $gt: 0.1 } });
  assert.equal(filterOf(linesOf(undefined)), undefined);
  assert.equal(linesOf({ state: 'failed', group: 'a' }).conditions.length, 2);
});

/** All that must hold by a filter, each as a text. */
function demandsOf(filter: Tree): string[] {
  return Object.entries(filter).flatMap(([field, asked]) => {
    if (field === '$and' && Array.isArray(asked) && asked.every(isTree)) return asked.flatMap(demandsOf);
    const isPlain = !field.startsWith('$') && (asked === null || typeof asked !== 'object');
    return JSON.stringify([field, isPlain ? { $eq: asked } : asked]);
  });
}

test('nothing of a filter is lost, whatever anybody wrote', () => {
  const key = fc.constantFrom('$and', '$or', '$gt', '$in', 'state', '__proto__');
  const { filter: written } = fc.letrec((tie) => ({
    filter: fc.dictionary(key, tie('value'), { minKeys: 1, maxKeys: 2 }),
    value: fc.oneof(
      { depthSize: 'small' },
      fc.jsonValue({ maxDepth: 0 }),
      fc.array(tie('value'), { maxLength: 3 }),
      tie('filter'),
    ),
  }));
  fc.assert(
    fc.property(written, (filter) => {
      assert.ok(isTree(filter));
      assert.deepEqual(demandsOf(filterOf(linesOf(filter)) ?? {}).sort(), demandsOf(filter).sort());
    }),
  );
});

test('an address that anybody may have written is read as far as it makes sense', () => {
  const whole = {
    search: 'x',
    filter: { state: 'failed' },
    sort: '-summary.loss',
    columns: ['state'],
    group: ['tags'],
  };
  assert.deepEqual(parseRunsSearch({ ...whole, groups: 'count', runs: 'a,b' }), {
    ...whole,
    groups: 'count',
    runs: 'a,b',
  });
  assert.deepEqual(parseRunsSearch({ search: {}, filter: [], sort: '', columns: 'x', group: [], groups: [1] }), {});
  assert.deepEqual([...chosenRuns(parseRunsSearch({ runs: 123 }))], ['123']);
  assert.deepEqual([...chosenRuns({ runs: 'a,,b,a' })], ['a', 'b']);
});

test('groups are ordered by what the address names, as far as they have it', () => {
  const orders = {
    '-count': ['count', false],
    tags: ['tags', true],
    '-tags': ['tags', false],
    created: ['created', true],
  };
  for (const [groups, [by, ascending]] of Object.entries(orders)) {
    const order = groupOrder({ group: ['state', 'tags'], groups });
    assert.deepEqual([order.by, order.ascending, groupOrderText(order)], [by, ascending, groups]);
  }
  const usual = { by: 'created', ascending: false };
  for (const search of [{}, { group: ['state'], groups: 'tags' }, { groups: '-created' }]) {
    assert.deepEqual(groupOrder(search), usual);
  }
  assert.equal(groupOrderText(usual), undefined);
});

test('the head of a column sorts downwards, then upwards, then no more', () => {
  const pressed = ['-created_at', '-summary.loss', 'summary.loss'].map((sort) => nextSort(sort, 'summary.loss'));
  assert.deepEqual(pressed, ['-summary.loss', 'summary.loss', undefined]);
});

test('a duration is told by its two largest units', () => {
  const told = [0, 12.4, 60, 125, 7_500, 90_000, 172_800].map(durationText);
  assert.deepEqual(told, ['0 s', '12 s', '1 min', '2 min 5 s', '2 h 5 min', '1 d 1 h', '2 d']);
});
