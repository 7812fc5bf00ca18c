import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Change, changeWord, parseChange, RUN_PARTS, topicsOf } from './change.ts';
import {
  type AutomationId,
  asId,
  type CollectionId,
  type EventId,
  type ProjectId,
  type RunId,
  type TenantId,
  type UserId,
} from './ids.ts';

const tenantId = asId<TenantId>('7');
const automationId = asId<AutomationId>('5');
const RUN = { kind: 'run', tenantId, projectId: asId<ProjectId>('3'), runId: asId<RunId>('99') } as const;
const EXECUTION = { kind: 'execution', key: { tenantId, eventId: asId<EventId>('8'), automationId, ask: 1 } } as const;
const CHANGES: readonly Change[] = [
  ...RUN_PARTS.map((part) => ({ ...RUN, part })),
  EXECUTION,
  { kind: 'automation', tenantId, automationId },
  { kind: 'collection', tenantId, collectionId: asId<CollectionId>('6') },
  { kind: 'project', tenantId, projectId: asId<ProjectId>('3'), visibility: 'Restricted' },
  { kind: 'client', userId: asId<UserId>('4') },
];

test('a change is read from its word as it was, and every kind has its own word', () => {
  assert.deepEqual(CHANGES.map(changeWord).map(parseChange), CHANGES);
  assert.equal(new Set(CHANGES.map(changeWord)).size, CHANGES.length);
  for (const word of [
    '',
    'run',
    'run:7:3:99:colour',
    'run:7:3:x:record',
    'exe_1',
    'client:',
    'automation:7:',
    'collection:7:',
    'project:7:3:Secret',
  ]) {
    assert.equal(parseChange(word), undefined, word);
  }
});

test('what a run logs is told where its project or itself is watched, and not to all who watch its entity', () => {
  assert.deepEqual(topicsOf({ ...RUN, part: 'history' }), ['project:3', 'run:99']);
  assert.deepEqual(topicsOf({ ...RUN, part: 'record' }), ['entity:7', 'project:3', 'run:99']);
  assert.deepEqual(topicsOf(EXECUTION), ['entity:7', 'automation:5', 'execution:exe_7_8_5_1']);
});
