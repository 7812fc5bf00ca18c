import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { RUN_FIELDS } from '../events/run-fields.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { matches } from './match.ts';
import { parseFilter } from './parse.ts';

function holds(filter: Json, facts: JsonObject): boolean {
  return matches(parseFilter(filter, RUN_FIELDS, 'filter'), (field) => facts[field]);
}

test('AUT-041: $regex is found anywhere, anchors anchor, case counts unless (?i) says otherwise', () => {
  const named = { display_name: 'my-prod-1' };
  assert.equal(holds({ display_name: { $regex: 'prod' } }, named), true);
  assert.equal(holds({ display_name: { $regex: '^prod' } }, named), false);
  assert.equal(holds({ display_name: { $regex: 'PROD' } }, named), false);
  assert.equal(holds({ display_name: { $regex: '(?i)PROD' } }, named), true);
  assert.equal(holds({ display_name: { $regex: '' } }, named), true);
});

test('AUT-042: $contains is a literal substring', () => {
  assert.equal(holds({ display_name: { $contains: 'a.c' } }, { display_name: 'xa.cx' }), true);
  assert.equal(holds({ display_name: { $contains: 'a.c' } }, { display_name: 'abc' }), false);
  assert.equal(holds({ tags: { $contains: 'pro' } }, { tags: ['x', 'a-prod'] }), true);
});

test('AUT-043: of a missing field only $ne, $nin and "$exists: false" hold', () => {
  for (const condition of [{ $ne: 1 }, { $nin: [1] }, { $exists: false }, { $not: { $eq: 1 } }]) {
    assert.equal(holds({ 'config.lr': condition }, {}), true, JSON.stringify(condition));
  }
  const never: JsonObject[] = [{ $eq: 1 }, { $eq: null }, { $in: [null, 1] }, { $gt: 0 }, { $lte: 9 }, { $regex: '' }];
  never.push({ $contains: '' }, { $size: 0 }, { $all: [] }, { $exists: true });
  for (const condition of never) assert.equal(holds({ 'config.lr': condition }, {}), false, JSON.stringify(condition));
});

test('AUT-044: several operators on one field all have to hold', () => {
  const filter = { 'config.lr': { $gte: 0.1, $lt: 0.3 } };
  assert.deepEqual(
    [0.1, 0.2, 0.3].map((lr) => holds(filter, { 'config.lr': lr })),
    [true, true, false],
  );
});

test('AUT-048: {"$and": []} and {} match everything', () => {
  assert.equal(holds({ $and: [] }, {}), true);
  assert.equal(holds({}, {}), true);
  assert.equal(holds({ $nor: [] }, {}), true);
});

test('types are never converted: "1" is not 1, 1 is 1.0, and an order needs one type', () => {
  assert.equal(holds({ 'config.n': '1' }, { 'config.n': 1 }), false);
  assert.equal(holds({ 'config.n': 1.0 }, { 'config.n': 1 }), true);
  assert.equal(holds({ 'config.n': { $gt: '0' } }, { 'config.n': 1 }), false);
  assert.equal(holds({ 'config.n': { $gt: 0 } }, { 'config.n': Number.NaN }), false);
  assert.equal(holds({ 'config.n': null }, { 'config.n': null }), true);
});

test('texts are ordered by code point, also above U+FFFF', () => {
  assert.equal(holds({ notes: { $gt: '\uffff' } }, { notes: '\u{1f600}' }), true);
  assert.equal(holds({ notes: { $lt: '\u{1f601}' } }, { notes: '\u{1f600}' }), true);
  assert.equal(holds({ notes: { $gt: 'ab' } }, { notes: 'abc' }), true);
});

test('a set contains what equals one of its elements, and equals an array in any order', () => {
  const tagged = { tags: ['a', 'b'] };
  assert.equal(holds({ tags: 'a' }, tagged), true);
  assert.equal(holds({ tags: { $ne: 'a' } }, tagged), false);
  assert.equal(holds({ tags: { $eq: ['b', 'a'] } }, tagged), true);
  assert.equal(holds({ tags: { $eq: ['a'] } }, tagged), false);
  assert.equal(holds({ tags: { $in: ['c', 'b'] } }, tagged), true);
  assert.equal(holds({ tags: { $all: ['a', 'b'] } }, tagged), true);
  assert.equal(holds({ tags: { $all: ['a', 'c'] } }, tagged), false);
  assert.equal(holds({ tags: { $size: 2 } }, tagged), true);
  assert.equal(holds({ tags: { $regex: '^b$' } }, tagged), true);
});

test('an empty set counts as absent, null as present', () => {
  assert.equal(holds({ tags: { $exists: true } }, { tags: [] }), false);
  assert.equal(holds({ 'config.x': { $exists: true } }, { 'config.x': null }), true);
});

test('a scalar equals an array of its one value only', () => {
  assert.equal(holds({ group: { $eq: ['g'] } }, { group: 'g' }), true);
  assert.equal(holds({ group: { $eq: ['g', 'h'] } }, { group: 'g' }), false);
  assert.equal(holds({ group: { $all: ['g', 'g'] } }, { group: 'g' }), true);
  assert.equal(holds({ group: { $size: 1 } }, { group: 'g' }), false);
});

test('instants are compared as instants, whatever their spelling', () => {
  const run = { created_at: '2026-01-02T03:04:05.500Z' };
  assert.equal(holds({ createdAt: { $eq: '2026-01-02T04:04:05.500+01:00' } }, run), true);
  assert.equal(holds({ created_at: { $gt: '2026-01-02T03:04:05' } }, run), true);
  assert.equal(holds({ created_at: { $lt: '2026-01-03' } }, run), true);
  assert.equal(holds({ created_at: { $in: ['2026-01-02 03:04:05.5'] } }, run), true);
  assert.equal(holds({ created_at: { $regex: '^2026' } }, run), true);
});

test('$not stands before a filter and inside a condition', () => {
  assert.equal(holds({ $not: { display_name: { $regex: '^a' } } }, { display_name: 'b' }), true);
  assert.equal(holds({ display_name: { $not: { $regex: '^a' } } }, { display_name: 'a' }), false);
  assert.equal(holds({ display_name: { $not: 'a' } }, { display_name: 'a' }), false);
  assert.equal(holds({ display_name: { $not: { $gte: 'a', $lt: 'c' } } }, { display_name: 'c' }), true);
});

test('a config path is found with and without the client’s `.value`, and a key of that name too', () => {
  const lr = { 'config.lr': 0.1, 'config.optimizer.lr': 0.2 };
  assert.equal(holds({ 'config.lr.value': 0.1 }, lr), true);
  assert.equal(holds({ 'config.optimizer.value.lr': 0.2 }, lr), true);
  assert.equal(holds({ 'config.lr.value': 3 }, { 'config.lr': { value: 3 }, 'config.lr.value': 3 }), true);
});

const scalar = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.constantFrom('a', 'b', ''), fc.boolean());
const condition: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.record({ $eq: scalar }),
  fc.record({ $in: fc.array(scalar, { minLength: 1, maxLength: 3 }) }),
  fc.record({ $gt: scalar }),
  fc.record({ $lte: scalar }),
  fc.record({ $exists: fc.boolean() }),
);
const { filter } = fc.letrec<{ filter: Json }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3 },
    fc.tuple(fc.constantFrom('group', 'tags', 'config.x'), condition).map(([field, tests]) => ({ [field]: tests })),
    fc.array(tie('filter'), { maxLength: 3 }).map((parts) => ({ $and: parts })),
    fc.array(tie('filter'), { minLength: 1, maxLength: 3 }).map((parts) => ({ $or: parts })),
    tie('filter').map((part) => ({ $not: part })),
  ),
}));
const subject = fc.record(
  { group: scalar, tags: fc.array(scalar, { maxLength: 2 }), 'config.x': scalar },
  { requiredKeys: [] },
);

test('AUT-040: a filter is kept exactly as received, and negation is the opposite', () => {
  fc.assert(
    fc.property(filter, subject, (tree, facts) => {
      const parsed = parseFilter(tree, RUN_FIELDS, 'filter');
      assert.deepEqual(parsed.source, tree);
      assert.equal(holds({ $not: tree }, facts), !holds(tree, facts));
      assert.equal(holds({ $nor: [tree] }, facts), !holds(tree, facts));
      assert.equal(holds({ $and: [tree, { $or: [tree] }] }, facts), holds(tree, facts));
    }),
    { numRuns: 300 },
  );
});
