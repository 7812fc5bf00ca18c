import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Registry } from '../api/list-registries.ts';
import { draftOf, rebased } from './settings-draft.ts';

const FIRST: Registry = {
  ...{ id: '1', name: 'models', visibility: 'Team', description: 'ours', allowAllArtifactTypes: true },
  ...{
    artifactTypes: [],
    protectedAliases: ['prod', 'old'],
    revision: 'one',
    may: [],
    createdAt: '2026-01-01T00:00:00Z',
  },
};
const told = ({ changes }: ReturnType<typeof rebased>) => changes.map(({ setting, isTaken }) => [setting, isTaken]);

test('what somebody has not touched becomes what another saved, and what both changed stays theirs', () => {
  const draft = draftOf(FIRST);
  const mine = { ...draft.mine, description: 'of the road', protectedAliases: ['prod', 'old', 'mine'] };
  const saved: Registry = {
    ...FIRST,
    ...{ description: 'of the sea', visibility: 'Restricted', protectedAliases: ['prod', 'theirs'], revision: 'two' },
  };
  const next = rebased({ ...draft, mine }, saved);
  assert.deepEqual(next.mine, {
    ...{ name: 'models', description: 'of the road', visibility: 'Restricted', allowsAll: true },
    protectedAliases: ['prod', 'theirs', 'mine'],
  });
  assert.deepEqual(told(next), [
    ['description', false],
    ['visibility', true],
    ['protectedAliases', true],
  ]);
  assert.deepEqual([next.revision, next.base.description], ['two', 'of the sea']);

  const later = rebased(next, { ...saved, description: 'of the sky', allowAllArtifactTypes: false, revision: 'three' });
  assert.equal(later.mine.description, 'of the road');
  assert.deepEqual(told(later), [
    ['visibility', true],
    ['protectedAliases', true],
    ['description', false],
    ['allowsAll', true],
  ]);
});

test('an alias that somebody took away does not come back because another added one', () => {
  const draft = draftOf(FIRST);
  const mine = { ...draft.mine, protectedAliases: ['prod'] };
  const next = rebased({ ...draft, mine }, { ...FIRST, protectedAliases: ['prod', 'old', 'new'], revision: 'two' });
  assert.deepEqual(next.mine.protectedAliases, ['prod', 'new']);
});

test('what one saved oneself, or another did just so, is not told', () => {
  const draft = draftOf(FIRST);
  const mine = { ...draft.mine, description: ' of the road ', protectedAliases: ['old', 'prod', 'new'] };
  const saved = { ...FIRST, description: 'of the road', protectedAliases: ['new', 'old', 'prod'], revision: 'two' };
  const next = rebased({ ...draft, mine }, saved);
  assert.deepEqual([next.mine, next.changes], [mine, []]);
});
