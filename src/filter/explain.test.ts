import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { RUN_FIELDS } from '../events/run-fields.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { decidingNode, type Explanation, explain } from './explain.ts';
import { matches } from './match.ts';
import { parseFilter } from './parse.ts';
import { explanationWords } from './words.ts';

const parsed = (filter: Json) => parseFilter(filter, RUN_FIELDS, 'filter');
const explained = (filter: Json, facts: JsonObject) => explain(parsed(filter), (field) => facts[field]);
const decided = (filter: Json, facts: JsonObject) => explanationWords(decidingNode(explained(filter, facts)));

test('the first node that decided is named, with what it saw', () => {
  const run = { group: 'b', tags: ['x'], 'config.lr': 0.1 };
  assert.equal(decided({ 'config.lr': { $gte: 0.3 } }, run), 'config.lr is 0.1: not at least 0.3');
  assert.equal(
    decided({ $and: [{ group: 'b' }, { tags: 'y' }, { group: 'c' }] }, run),
    'tags is ["x"]: not equal to "y"',
  );
  assert.equal(decided({ $or: [{ group: 'a' }, { group: 'b' }, { tags: 'x' }] }, run), 'group is "b": equal to "b"');
  assert.equal(decided({ $nor: [{ group: 'a' }, { group: { $regex: '^b' } }] }, run), 'group is "b": matched by /^b/');
  assert.equal(decided({ $not: { 'config.x': 1 } }, run), 'config.x is missing: not equal to 1');
  assert.equal(decided({ 'config.lr': { $gte: 0.1, $lt: 0.1 } }, run), 'config.lr is 0.1: not below 0.1');
});

test('where all parts had to agree the joint is named', () => {
  assert.equal(decided({ $or: [{ group: 'a' }, { group: 'c' }] }, { group: 'b' }), 'none of 2 conditions holds');
  assert.equal(decided({ group: 'b', tags: 'x' }, { group: 'b', tags: ['x'] }), 'all of 2 conditions hold');
  assert.equal(decided({}, {}), 'there is no condition: everything matches');
});

const scalar = fc.oneof(
  fc.integer({ min: -2, max: 2 }),
  fc.constantFrom('a', 'ab', ''),
  fc.boolean(),
  fc.constant(null),
);
const list = fc.array(scalar, { minLength: 1, maxLength: 3 });
const operators: fc.Arbitrary<JsonObject> = fc.record(
  {
    $eq: fc.oneof(scalar, list),
    $ne: fc.oneof(scalar, list),
    $gt: scalar,
    $gte: scalar,
    $lt: scalar,
    $lte: scalar,
    $in: list,
    $nin: list,
    $all: list,
    $exists: fc.boolean(),
    $regex: fc.constantFrom('a', '^b', '(?i)A$', ''),
    $contains: fc.constantFrom('a', 'b', ''),
    $size: fc.nat(2),
  },
  { requiredKeys: [] },
);
const someOperators = fc
  .tuple(
    operators,
    fc.subarray(['$eq', '$ne', '$gt', '$lt', '$in', '$nin', '$all', '$exists', '$regex', '$contains', '$size'], {
      minLength: 1,
      maxLength: 3,
    }),
  )
  .map(([all, kept]) => Object.fromEntries(Object.entries(all).filter(([key]) => kept.includes(key))))
  .filter((some) => Object.keys(some).length > 0);
const condition = fc.oneof(
  scalar,
  someOperators,
  someOperators.map((some) => ({ $not: some })),
);
const { filter } = fc.letrec<{ filter: Json }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 4 },
    fc
      .tuple(fc.constantFrom('group', 'tags', 'config.x', 'notes'), condition)
      .map(([field, tests]) => ({ [field]: tests })),
    fc.array(tie('filter'), { maxLength: 3 }).map((parts) => ({ $and: parts })),
    fc.array(tie('filter'), { minLength: 1, maxLength: 3 }).map((parts) => ({ $or: parts })),
    fc.array(tie('filter'), { maxLength: 3 }).map((parts) => ({ $nor: parts })),
    tie('filter').map((part) => ({ $not: part })),
  ),
}));
const subject = fc.record(
  {
    group: scalar,
    tags: fc.array(fc.constantFrom('a', 'b', 'ab'), { maxLength: 2 }),
    'config.x': fc.oneof(scalar, list),
  },
  { requiredKeys: [] },
);

test('an explanation has the verdict of the compiled matcher, and so has what it says decided', () => {
  let held = 0;
  fc.assert(
    fc.property(filter, subject, (tree, facts) => {
      const compiled = parsed(tree);
      const explanation = explain(compiled, (field) => facts[field as keyof typeof facts]);
      assert.equal(
        explanation.holds,
        matches(compiled, (field) => facts[field as keyof typeof facts]),
      );
      assert.equal(verdictOf(explanation), explanation.holds);
      held += Number(explanation.holds);
      // what is said to decide settles the verdict, whatever the nodes beside it say
      const node = decidingNode(explanation);
      assert.equal(verdictOf(explanation, node), explanation.holds);
      assert.ok(explanationWords(node).length < 2_000);
    }),
    { numRuns: 2_000 },
  );
  assert.ok(held > 200 && held < 1_800, `both verdicts occur: ${held}`);
});

/** The verdict as the parts have it; `known` leaves only that node known, the rest undecided. */
function verdictOf(explanation: Explanation, known?: Explanation): boolean | undefined {
  if (known !== undefined && explanation === known) return explanation.holds;
  if (explanation.kind === 'condition') return known === undefined ? explanation.holds : undefined;
  const verdicts = explanation.parts.map((part) => verdictOf(part, known));
  const some = verdicts.includes(true) ? true : verdicts.includes(undefined) ? undefined : false;
  const every = verdicts.includes(false) ? false : verdicts.includes(undefined) ? undefined : true;
  if (explanation.kind === '$and') return every;
  return explanation.kind === '$or' || some === undefined ? some : !some;
}
