import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { casesOf } from '../../test/support/property-cases.ts';
import { artifactFacts, type CapturedArtifactEvent } from '../events/artifact-events.ts';
import { ARTIFACT_EVENTS, VERSION } from '../events/artifact-fixtures.ts';
import { type EventDefinition, filterOf } from '../events/index.ts';
import { parseEvent } from '../events/parse-event.ts';
import { matches } from '../filter/match.ts';
import { asId, type EntityId } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import { keysFor } from './artifact-keys.ts';
import { type CollectionPlace, firedAt } from './artifact-match.ts';
import type { AutomationRecord } from './automation.ts';
import { automation, bookOf, change, PLACE } from './fixtures.ts';
import { projectScopes } from './rulebook.ts';

const HERE: CollectionPlace = { ...PLACE, collectionId: asId('4') };
const [LINKED, ALIASED] = [ARTIFACT_EVENTS.LINK_MODEL, ARTIFACT_EVENTS.ADD_ARTIFACT_ALIAS];
const SCOPES = {
  collection: { kind: 'collection', id: HERE.collectionId },
  project: { kind: 'project', id: PLACE.projectId },
  team: { kind: 'entity', id: PLACE.tenantId },
  organization: { kind: 'entity', id: PLACE.rootId },
} as const;

function watching(id: string, event: EventDefinition, scope: AutomationRecord['scope'] = SCOPES.project) {
  return automation(id, event, { scope });
}

function fired(records: readonly AutomationRecord[], captured: CapturedArtifactEvent, place = HERE): string[] {
  return firedAt(bookOf(...records), place, captured).map(({ id }) => id);
}

/** Whether a filter holds for an event. */
function holds(filter: Json, captured: CapturedArtifactEvent = LINKED): boolean {
  return fired([watching('1', parseEvent(captured.type, filter))], captured).length === 1;
}

test('AUT-012: one event fires at collection, project, team and organization, each once, the oldest first', () => {
  const link = parseEvent('LINK_MODEL', {});
  const records = Object.values(SCOPES).map((scope, index) => watching(String(9 - index), link, scope));
  assert.deepEqual(fired(records, LINKED), ['6', '7', '8', '9']);
  const whole = { ...HERE, rootId: HERE.tenantId };
  assert.deepEqual(fired([watching('1', link, SCOPES.team)], LINKED, whole), ['1'], 'its own organization counts once');
});

test('an event fires nothing elsewhere, and no automation of another type', () => {
  const link = parseEvent('LINK_MODEL', {});
  const elsewhere = [
    watching('1', link, { kind: 'collection', id: '44' }),
    watching('2', link, { kind: 'project', id: '33' }),
    watching('3', link, { kind: 'entity', id: '22' }),
    watching('4', link, { kind: 'project', id: HERE.collectionId }),
    watching('5', parseEvent('UNLINK_ARTIFACT', {})),
  ];
  assert.deepEqual(fired(elsewhere, LINKED), []);
});

test('AUT-013, AUT-014: what happens in a registry is seen by the organization, not by its teams', () => {
  const link = parseEvent('LINK_MODEL', {});
  const registry = { ...HERE, tenantId: asId<EntityId>(PLACE.rootId), projectId: asId<never>('77') };
  const records = [watching('1', link, SCOPES.team), watching('2', link, SCOPES.organization)];
  assert.deepEqual(fired(records, LINKED, registry), ['2']);
  assert.deepEqual(fired(records, LINKED), ['1', '2']);
});

test('AUT-015: what is disabled or edited fires as it is now', () => {
  const book = bookOf(watching('1', parseEvent('LINK_MODEL', {})), watching('2', parseEvent('LINK_MODEL', {})));
  book.patch([{ id: asId('1'), automation: undefined }, change(watching('2', parseEvent('UNLINK_ARTIFACT', {})))]);
  assert.deepEqual(firedAt(book, HERE, LINKED), []);
  assert.equal(firedAt(book, HERE, ARTIFACT_EVENTS.UNLINK_ARTIFACT).length, 1);
});

test('AUT-021, AUT-041: an alias is matched by the one that was added, anywhere in it and by case', () => {
  const alias = (pattern: string) => holds({ alias: { $regex: pattern } }, { ...ALIASED, alias: 'my-prod-1' });
  assert.deepEqual(['prod', '^prod', 'PROD', '(?i)PROD'].map(alias), [true, false, false, true]);
  assert.equal(holds({ alias: 'latest' }, ALIASED), false, 'the version holds it already: it was not added');
});

test('AUT-027: a link is matched by any alias that the version has after it', () => {
  assert.equal(holds({ $or: [{ $and: [{ alias: { $eq: 'prod' } }] }] }), true);
  assert.equal(holds({ alias: { $eq: 'staging' } }), false);
  assert.equal(holds({ alias: { $all: ['prod', 'latest'] } }), true);
});

test('AUT-039: a collection filter selects by name, type, tag and metadata', () => {
  const filters: readonly (readonly [Json, boolean])[] = [
    [{ collection: { $regex: '^cat' } }, true],
    [{ collection: { $regex: '^dog' } }, false],
    [{ artifact_type: { $in: ['model', 'dataset'] } }, true],
    [{ collection_tag: 'public' }, true],
    [{ registry: 'model', project: { $regex: 'registry' } }, true],
    [{ 'metadata.auc': { $gt: 0.9 }, 'metadata.eval.loss': { $lt: 0.2 } }, true],
    [{ version: { $gte: 5 } }, false],
    [{ size: { $lt: 4096 } }, true],
    [{ 'source_run.config.lr.value': 0.1, 'source_run.name': 'fancy-moon-1' }, true],
  ];
  for (const [filter, expected] of filters) assert.equal(holds(filter), expected, JSON.stringify(filter));
});

test('AUT-042, AUT-043: text is looked for literally; a missing field is only ever not equal', () => {
  const aliased = (alias: string) => holds({ alias: { $contains: 'a.c' } }, { ...ALIASED, alias });
  assert.deepEqual([aliased('xa.cx'), aliased('abc')], [true, false]);
  const missing = (test: Json) => holds({ 'metadata.none': test });
  assert.deepEqual([missing({ $ne: 1 }), missing({ $nin: [1] })], [true, true]);
  assert.deepEqual([missing({ $eq: 1 }), missing({ $gt: 1 }), missing({ $regex: '' })], [false, false, false]);
  assert.equal(holds({ alias: { $exists: true } }, ARTIFACT_EVENTS.ADD_COLLECTION_TAG), false);
});

test('AUT-097: what the client logs by itself concerns its collection, and those who ask for its type', () => {
  const link = parseEvent('CREATE_ARTIFACT', {});
  const asked = parseEvent('CREATE_ARTIFACT', { artifact_type: { $exists: true } });
  const records = [
    ...Object.values(SCOPES).map((scope, index) => watching(String(index + 1), link, scope)),
    ...Object.values(SCOPES).map((scope, index) => watching(String(index + 5), asked, scope)),
  ];
  const made = (artifactType: string) => {
    const version = { ...VERSION, collection: { ...VERSION.collection, artifactType } };
    return fired(records, { ...ARTIFACT_EVENTS.CREATE_ARTIFACT, version }).length;
  };
  assert.deepEqual(['run_table', 'code', 'job', 'wandb-history'].map(made), [5, 5, 5, 5]);
  assert.deepEqual(['model', 'codes', 'wandb'].map(made), [8, 8, 8]);
});

test('whatever literal a filter asks for, and however, those fire whose filter matches', () => {
  const text = fc.constantFrom('prod', 'latest', 'staging', 'cat', 'public');
  const operand = fc.oneof(
    text,
    fc.record({ $in: fc.array(text, { minLength: 1, maxLength: 40 }) }),
    fc.record({ $all: fc.array(text, { maxLength: 2 }) }),
    fc.record({ $ne: text }),
    fc.record({ $not: fc.record({ $eq: text }) }),
    fc.record({ $eq: fc.array(text, { minLength: 1, maxLength: 3 }) }),
    fc.record({ $regex: text }),
  );
  const field = fc.constantFrom('alias', 'tag', 'collection', 'collection_tag', 'artifact_type');
  const one = fc.tuple(field, operand).map(([name, test]) => ({ [name]: test }));
  const { filter } = fc.letrec<{ filter: Json }>((tie) => ({
    filter: fc.oneof(
      { maxDepth: 3 },
      { weight: 3, arbitrary: one as fc.Arbitrary<Json> },
      fc.record({ $and: fc.array(tie('filter'), { minLength: 1, maxLength: 3 }) }) as fc.Arbitrary<Json>,
      fc.record({ $or: fc.array(tie('filter'), { minLength: 1, maxLength: 3 }) }) as fc.Arbitrary<Json>,
      fc.record({ $nor: fc.array(tie('filter'), { minLength: 1, maxLength: 2 }) }) as fc.Arbitrary<Json>,
    ),
  }));
  let matched = 0;
  fc.assert(
    fc.property(fc.array(filter, { minLength: 1, maxLength: 8 }), (filters) => {
      for (const captured of [LINKED, ALIASED, ARTIFACT_EVENTS.ADD_COLLECTION_TAG]) {
        const records = filters.map((each, at) => watching(String(at + 1), parseEvent(captured.type, each)));
        const facts = artifactFacts(captured);
        const expected = records.filter(({ event }) => matches(filterOf(event), facts)).map(({ id }) => id);
        assert.deepEqual(fired(records, captured), expected);
        matched += expected.length;
      }
    }),
    { numRuns: casesOf(500) },
  );
  assert.ok(matched > 100, `some match: ${matched}`);
});

test('what waits for another alias, tag or collection is not looked at', () => {
  const literals = ['alias', 'tag', 'collection'].flatMap((field) =>
    Array.from({ length: 200 }, (_, at) => parseEvent('LINK_MODEL', { $or: [{ $and: [{ [field]: `other-${at}` }] }] })),
  );
  const all = [...literals, parseEvent('LINK_MODEL', { $and: [{ alias: 'prod' }, { size: { $gt: 1 } }] })];
  const book = bookOf(...all.map((event, at) => watching(String(at + 1), event)));
  const found = keysFor('LINK_MODEL', artifactFacts(LINKED)).flatMap((key) =>
    book.artifacts.find(key, projectScopes(PLACE)),
  );
  assert.deepEqual(
    found.flatMap(({ list }) => list.map(({ id }) => id)),
    ['601'],
  );
  assert.deepEqual(
    firedAt(book, HERE, LINKED).map(({ id }) => id),
    ['601'],
  );
  book.patch(all.map((_, at) => ({ id: asId(String(at + 1)), automation: undefined })));
  assert.equal(book.artifacts.has(`project:${PLACE.projectId}`), false);
});
