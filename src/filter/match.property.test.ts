import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { casesOf } from '../../test/support/property-cases.ts';
import { RUN_FIELDS } from '../events/run-fields.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { matches } from './match.ts';
import { parseFilter } from './parse.ts';

const CASES = casesOf(10_000);

/** Every spelling that is tried of a field, with its canonical name. */
const SPELLINGS: Readonly<Record<string, string>> = {
  group: 'group',
  display_name: 'display_name',
  displayName: 'display_name',
  tags: 'tags',
  created_at: 'created_at',
  createdAt: 'created_at',
  'config.x': 'config.x',
  'config.x.value': 'config.x',
  'summary.d.x': 'summary.d.x',
  'summary_metrics.d.x': 'summary.d.x',
};

/** The grammar of section 2.3, row by row, as slowly as it reads. */
function naive(filter: JsonObject, run: JsonObject): boolean {
  return Object.entries(filter).every(([key, below]) => {
    const parts = below as readonly JsonObject[];
    if (key === '$and') return parts.every((part) => naive(part, run));
    if (key === '$or') return parts.some((part) => naive(part, run));
    if (key === '$nor') return parts.every((part) => !naive(part, run));
    if (key === '$not') return !naive(below as JsonObject, run);
    const name = SPELLINGS[key] as string;
    return meets(below, plain(run[name], name), name);
  });
}

/** Instants are numbers here. */
function plain(value: Json | undefined, name: string): Json | undefined {
  return name === 'created_at' && typeof value === 'string' ? Date.parse(value) : value;
}

function meets(condition: Json, value: Json | undefined, name: string): boolean {
  if (typeof condition !== 'object' || condition === null || Array.isArray(condition)) {
    return meets({ $eq: condition }, value, name);
  }
  return Object.entries(condition).every(([operator, operand]) => does(operator, operand, value, name));
}

function does(operator: string, written: Json, value: Json | undefined, name: string): boolean {
  const operand = Array.isArray(written)
    ? written.map((item: Json) => plain(item, name) ?? null)
    : plain(written, name);
  const held = value === undefined ? [] : Array.isArray(value) ? (value as Json[]) : [value];
  const list = Array.isArray(operand) ? (operand as Json[]) : [];
  switch (operator) {
    case '$eq':
      if (!Array.isArray(operand)) return held.some((item) => item === operand);
      if (!Array.isArray(value)) return list.length === 1 && held[0] === list[0] && value !== undefined;
      return held.every((item) => list.includes(item)) && list.every((item) => held.includes(item));
    case '$ne':
      return !does('$eq', written, value, name);
    case '$in':
      return held.some((item) => list.includes(item));
    case '$nin':
      return !does('$in', written, value, name);
    case '$all':
      return value !== undefined && list.every((item) => held.includes(item));
    case '$exists':
      return (value !== undefined && !(name === 'tags' && held.length === 0)) === operand;
    case '$size':
      return Array.isArray(value) && held.length === operand;
    case '$contains':
      return held.some((item) => typeof item === 'string' && item.split(operand as string).length > 1);
    case '$regex':
      return held.some((item) => typeof item === 'string' && new RegExp(operand as string, 'u').test(item));
    case '$not':
      return !meets(written, value, name);
    default:
      return held.some((item) => inOrder(operator, item, operand as Json));
  }
}

function inOrder(operator: string, left: Json, right: Json): boolean {
  if (typeof left !== typeof right || typeof left === 'object') return false;
  const [one, other] = typeof left === 'string' ? [codePoints(left), codePoints(right as string)] : [left, right];
  if (operator === '$gt') return one! > other!;
  if (operator === '$gte') return one! >= other!;
  if (operator === '$lt') return one! < other!;
  return one! <= other!;
}

/** A text that compares by UTF-16 units as the given one does by code points. */
const codePoints = (text: string) =>
  Array.from(text, (each) => each.codePointAt(0)!.toString(16).padStart(6, '0')).join();

const text = fc.constantFrom('', 'a', 'b', 'ab', 'a.b', 'A', '\uffff', '\u{1f600}');
const scalar = fc.oneof(fc.constantFrom(-1, 0, 1, 1.5), text, fc.boolean(), fc.constant(null));
const instant = fc.constantFrom('2026-01-02T03:04:05Z', '2026-01-02T04:04:05+01:00', '2026-01-02', '2026-03-01T00:00Z');
const list = (item: fc.Arbitrary<Json>, minLength = 0) => fc.array(item, { minLength, maxLength: 3 });

function operators(item: fc.Arbitrary<Json>) {
  return {
    $eq: fc.oneof(item, list(item)),
    $ne: fc.oneof(item, list(item)),
    $gt: item,
    $gte: item,
    $lt: item,
    $lte: item,
    $in: list(item, 1),
    $nin: list(item),
    $all: list(item),
    $exists: fc.boolean(),
    $size: fc.nat(3),
  };
}

function conditions(item: fc.Arbitrary<Json>, more: object = {}): fc.Arbitrary<Json> {
  const { condition } = fc.letrec<{ condition: Json }>((tie) => ({
    condition: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      item,
      fc
        .record({ ...operators(item), ...more, $not: tie('condition') }, { requiredKeys: [] })
        .filter((members) => Object.keys(members).length > 0) as fc.Arbitrary<JsonObject>,
    ),
  }));
  return condition;
}

const texts = { $contains: text, $regex: fc.constantFrom('', 'a', '^a', 'b$', '^(a|b)+$', '[^a]', '.') };
const comparison = fc.oneof(
  fc.tuple(
    fc.constantFrom(...Object.keys(SPELLINGS).filter((key) => !key.startsWith('created'))),
    conditions(scalar, texts),
  ),
  fc.tuple(fc.constantFrom('created_at', 'createdAt'), conditions(instant)),
);

const { filter } = fc.letrec<{ filter: JsonObject }>((tie) => {
  const parts = (minLength: number) => fc.array(tie('filter'), { minLength, maxLength: 3 });
  return {
    filter: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc.array(comparison, { maxLength: 2 }).map((members) => Object.fromEntries(members)),
      fc.record({ $and: parts(0) }),
      fc.record({ $or: parts(1) }),
      fc.record({ $nor: parts(0) }),
      fc.record({ $not: tie('filter') }),
    ),
  };
});

const run = fc.record(
  {
    group: text,
    display_name: text,
    tags: fc.uniqueArray(text, { maxLength: 3 }),
    created_at: instant,
    'config.x': fc.oneof(scalar, list(scalar), fc.constant(Number.NaN)),
    'summary.d.x': fc.oneof(scalar, fc.constantFrom(Number.POSITIVE_INFINITY, Number.NaN)),
  },
  { requiredKeys: [] },
);

test('AUT-040 to AUT-044: compiled filters say of any run what the grammar says', () => {
  const said = { true: 0, false: 0 };
  fc.assert(
    fc.property(filter, run, (tree, facts) => {
      const verdict = matches(parseFilter(tree, RUN_FIELDS, 'filter'), (field) => facts[field as keyof typeof facts]);
      assert.equal(verdict, naive(tree, facts as JsonObject));
      said[`${verdict}`] += 1;
    }),
    { numRuns: CASES },
  );
  assert.ok(Math.min(said.true, said.false) > CASES / 5, `both verdicts occur: ${JSON.stringify(said)}`);
});
