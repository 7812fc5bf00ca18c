import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Json } from '../model/json.ts';
import { ARTIFACT_EVENT_KINDS, type ArtifactEventType } from './artifact-events.ts';
import { eventSchema, sentence } from './index.ts';
import { checkScope, parseEvent, toWireFilter } from './parse-event.ts';

const TYPES = Object.keys(ARTIFACT_EVENT_KINDS) as readonly ArtifactEventType[];

/** What the client builds of its two fields: every operator, joined and negated as it simplifies them. */
const scalar = fc.oneof(fc.string(), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean());
const list = fc.array(scalar, { minLength: 1, maxLength: 3 });
const condition = fc.oneof(
  fc
    .tuple(fc.constantFrom('$eq', '$ne', '$gt', '$gte', '$lt', '$lte'), scalar)
    .map(([op, operand]): Json => ({ [op]: operand })),
  fc.tuple(fc.constantFrom('$in', '$nin', '$eq', '$ne'), list).map(([op, operand]): Json => ({ [op]: operand })),
  fc.boolean().map((operand): Json => ({ $exists: operand })),
  fc.constantFrom('^prod', '(?i)a.b', 'x$', '[0-9]+').map((operand): Json => ({ $regex: operand })),
  fc.string().map((operand): Json => ({ $contains: operand })),
);
const { filter } = fc.letrec<{ filter: Json }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3 },
    fc.tuple(fc.constantFrom('alias', 'tag'), condition).map(([field, test]): Json => ({ [field]: test })),
    fc
      .tuple(fc.constantFrom('$and', '$or', '$nor'), fc.array(tie('filter'), { minLength: 1, maxLength: 3 }))
      .map(([op, parts]): Json => ({ [op]: parts })),
    tie('filter').map((part): Json => ({ $not: part })),
  ),
}));

test('AUT-040: every filter that the client can build is stored and given back wrapped, equal to what was sent', () => {
  fc.assert(
    fc.property(fc.constantFrom(...TYPES), fc.option(filter, { nil: undefined }), (type, built) => {
      const sent = JSON.stringify({ $or: [{ $and: built === undefined ? [] : [built] }] });
      const stored = eventSchema.parse(JSON.parse(JSON.stringify(parseEvent(type, sent))));
      assert.equal(stored.type, type);
      const { filter: back, ...rest } = JSON.parse(toWireFilter(stored));
      assert.deepEqual(rest, {});
      assert.deepEqual(JSON.parse(back), JSON.parse(sent));
    }),
    { numRuns: 300 },
  );
});

test('AUT-045: unknown fields and operators are refused, named with their place and what is known there', () => {
  const wrong: readonly (readonly [ArtifactEventType, Json, RegExp])[] = [
    ['LINK_MODEL', { $or: [{ $and: [{ colour: 'red' }] }] }, /'colour' at eventFilter\.\$or\[0\]\.\$and\[0\]\.colour/],
    ['LINK_MODEL', { alias: { $near: 'x' } }, /'\$near' at eventFilter\.alias\.\$near/],
    ['LINK_MODEL', { previous_alias_version: 1 }, /unknown field/],
    ['LINK_MODEL', { filter: '{}' }, /unknown field 'filter'/],
    ['LINK_MODEL', { 'source_run.config': 1 }, /unknown field/],
    ['ADD_COLLECTION_TAG', { 'metadata.auc': { $gt: 1 } }, /a collection whose tag changes has tag, alias/],
    ['ADD_ARTIFACT_ALIAS', [], /must be a filter/],
    ['CREATE_ARTIFACT', { alias: { $in: [] } }, /can never match/],
    ['CREATE_ARTIFACT', { alias: { $regex: '(?=a)' } }, /look/],
  ];
  for (const [type, sent, reason] of wrong) assert.throws(() => parseEvent(type, sent), reason);
  const faulty = eventSchema.safeParse({ type: 'LINK_MODEL', filter: { colour: 1 } });
  assert.match(faulty.error?.issues[0]?.message ?? '', /unknown field 'colour'/);
});

test('AUT-008: events of artifacts are accepted at every scope, but for AUT-009: what is created', () => {
  for (const type of TYPES) {
    for (const scope of ['sequence', 'project', 'entity'] as const) assert.doesNotThrow(() => checkScope(type, scope));
    for (const scope of ['portfolio', 'registry'] as const) {
      if (type === 'CREATE_ARTIFACT')
        assert.throws(() => checkScope(type, scope), /A new version is linked.*LINK_MODEL/);
      else assert.doesNotThrow(() => checkScope(type, scope));
    }
  }
});

test('events that are no longer made, or that no client could read, cannot be created', () => {
  for (const type of ['UPDATE_ARTIFACT_ALIAS', 'WEAVE_METRIC_THRESHOLD']) {
    assert.throws(() => parseEvent(type, {}), /cannot be used here/);
  }
});

test('a condition is said in words, and the filter only where there is one', () => {
  const label = 'An artifact alias is added';
  assert.equal(sentence(parseEvent('ADD_ARTIFACT_ALIAS', { $or: [{ $and: [] }] })), label);
  assert.equal(sentence(parseEvent('ADD_ARTIFACT_ALIAS', { alias: 'a' })), `${label}, where alias is "a"`);
});
