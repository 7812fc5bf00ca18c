import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RUN_FIELDS } from '../events/run-fields.ts';
import { TriplineError } from '../model/error.ts';
import type { Json } from '../model/json.ts';
import { matches } from './match.ts';
import { parseFilter } from './parse.ts';

const parse = (filter: Json) => parseFilter(filter, RUN_FIELDS, 'filter');

function refusal(filter: Json): TriplineError {
  try {
    parse(filter);
  } catch (error) {
    assert.ok(error instanceof TriplineError);
    return error;
  }
  assert.fail(`accepted ${JSON.stringify(filter)}`);
}

test('AUT-045: an unknown operator is refused, named with its path', () => {
  const { status, path, message } = refusal({ $or: [{ $and: [{ group: { $like: 'x' } }] }] });
  assert.equal(status, 400);
  assert.equal(path, 'filter.$or[0].$and[0].group.$like');
  assert.match(message, /'\$like'.*\$regex/);
  assert.match(refusal({ $xor: [] }).message, /unknown operator '\$xor'/);
});

test('AUT-045: an unknown field is refused with the fields there are', () => {
  const { path, message } = refusal({ $and: [{ alias: { $eq: 'prod' } }] });
  assert.equal(path, 'filter.$and[0].alias');
  assert.match(message, /unknown field 'alias'.*display_name.*config\.<path>/);
  assert.match(refusal({ 'config.': 1 }).message, /unknown field/);
  assert.match(refusal({ __proto__: 1, constructor: 1 }).message, /unknown field 'constructor'/);
});

test('AUT-046: look-arounds and back-references are refused by name', () => {
  const constructs: Record<string, RegExp> = {
    'a(?=b)': /look-ahead/,
    'a(?!b)': /negative look-ahead/,
    '(?<=a)b': /look-behind/,
    '(?<!a)b': /negative look-behind/,
    '(a)\\1': /back-reference \\1/,
    '(?P<n>a)(?P=n)': /back-reference/,
    '(?P<n>a)\\k<n>': /back-reference \\k/,
    '(?>a)': /atomic group/,
  };
  for (const [pattern, named] of Object.entries(constructs)) {
    const { message } = refusal({ group: { $regex: pattern } });
    assert.match(message, named);
    assert.match(message, /at filter\.group\.\$regex /);
  }
});

test('text that only looks like a look-around is no look-around', () => {
  for (const pattern of ['[(?=]', '\\(\\?=', '\\Q(?=\\E', '[](?!]', '(?P<n>a)', '(?<n>a)', '\\\\1']) {
    assert.doesNotThrow(() => parse({ group: { $regex: pattern } }), pattern);
  }
});

test('other faults of a regular expression are refused with the engine’s reason', () => {
  assert.match(refusal({ group: { $regex: '(' } }).message, /missing closing \)/);
  assert.match(refusal({ group: { $regex: 'a'.repeat(1001) } }).message, /1001 characters/);
});

test('AUT-048: $or: [] and $in: [] are refused where they can never match', () => {
  assert.match(refusal({ $or: [] }).message, /can never match/);
  assert.match(refusal({ $and: [{ group: { $in: [] } }] }).message, /can never match/);
  assert.match(refusal({ $not: { $nor: [{ $or: [] }] } }).message, /can never match/);
  assert.match(refusal({ group: { $not: { $not: { $in: [] } } } }).message, /can never match/);
  assert.doesNotThrow(() => parse({ $not: { $or: [] } }));
  assert.doesNotThrow(() => parse({ group: { $not: { $in: [] } } }));
  assert.doesNotThrow(() => parse({ $and: [] }));
  assert.doesNotThrow(() => parse({}));
});

test('AUT-049: a hostile pattern takes linear time', () => {
  const filter = parse({ display_name: { $regex: '(a+)+$' } });
  const name = `${'a'.repeat(100_000)}b`;
  const started = performance.now();
  assert.equal(
    matches(filter, () => name),
    false,
  );
  assert.ok(performance.now() - started < 2000);
});

test('operands are of the kind their operator takes', () => {
  for (const condition of [
    { $gt: [1] },
    { $eq: { a: 1 } },
    { $in: 'a' },
    { $exists: 1 },
    { $regex: 1 },
    { $contains: null },
    { $size: 1.5 },
    { $size: -1 },
    { $gt: Number.POSITIVE_INFINITY },
    {},
    { lr: 1 },
  ]) {
    assert.throws(() => parse({ 'config.x': condition }), TriplineError, JSON.stringify(condition));
  }
  assert.throws(() => parse({ created_at: { $gt: 'yesterday' } }), /ISO 8601/);
  assert.throws(() => parse([]), /JSON object/);
});

test('depth, number of nodes, elements and bytes are bounded', () => {
  const deep = (levels: number): Json => (levels === 0 ? { group: 'g' } : { $not: deep(levels - 1) });
  assert.doesNotThrow(() => parse(deep(17)));
  assert.throws(() => parse(deep(20)), /deeper than 20/);
  assert.throws(() => parse(deep(5000)), /deeper than 20/);
  assert.throws(() => parse({ $and: Array.from({ length: 300 }, () => ({ group: 'g' })) }), /more than 500/);
  assert.throws(() => parse({ group: { $in: Array.from({ length: 1001 }, () => 'g') } }), /1001 elements/);
  assert.throws(() => parse({ group: 'g'.repeat(70_000) }), /bytes/);
});

test('a filter knows which fields its verdict depends on, by canonical name', () => {
  const { fields } = parse({ $and: [{ user: 'a' }, { 'summary_metrics.acc': { $gt: 1 } }, { jobType: 'x' }] });
  assert.deepEqual([...fields].sort(), ['job_type', 'summary.acc', 'username']);
});
