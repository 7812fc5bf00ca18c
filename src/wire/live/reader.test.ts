import assert from 'node:assert/strict';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { TriplineError } from '../../model/error.ts';
import { type AutomationId, asId, type EntityId, type ProjectId, type UserId } from '../../model/ids.ts';
import type { Viewer } from '../../model/viewer.ts';
import type { PlacedChange } from '../../store/change-places.ts';
import { type Identity, Reader } from './reader.ts';

const TEAM = asId<EntityId>('7');
const SUBJECT = { topics: ['entity:7'], roots: new Map([[TEAM, TEAM]]) } as const;
const ANN: Viewer = {
  userId: asId<UserId>('1'),
  username: 'ann',
  email: undefined,
  admin: false,
  entityId: asId<EntityId>('2'),
  defaultEntity: 'ann',
  roles: new Map([[TEAM, 'viewer']]),
  registryRoles: new Map(),
};
const SIGNED_IN: Identity = { viewer: async () => ANN, subject: async () => SUBJECT };

const changes = (count: number): PlacedChange[] =>
  Array.from({ length: count }, (_, at) => ({
    change: { kind: 'automation', tenantId: TEAM, automationId: asId<AutomationId>(String(at)) },
    project: null,
    subjectId: null,
  }));

/** Reads everything to the end, as messages. */
async function messagesOf(reader: Reader): Promise<string[]> {
  return (await text(reader.stream)).split('\n\n').filter((message) => message !== '');
}

test('a slow reader is not waited for: what it had no room for becomes one "reload"', async () => {
  const reader = new Reader(SIGNED_IN, ANN, SUBJECT);
  for (let at = 0; at < 50; at += 1) await reader.tell(changes(50));
  assert.ok(reader.stream.readableLength < 20_000, `${reader.stream.readableLength} bytes wait`);
  const reading = messagesOf(reader);
  await new Promise(setImmediate);
  reader.end('stopping');
  const messages = await reading;
  const kinds = messages.map((message) => message.split('\n')[0]?.replace('event: ', ''));
  assert.deepEqual(kinds.slice(-2), ['reload', 'end']);
  assert.ok(messages.at(-2)?.endsWith('{"reason":"slow"}'));
  assert.ok(kinds.slice(0, -2).every((kind) => kind === 'changed') && kinds.length > 3 && kinds.length < 15);
});

test('a reader that reads nothing for two rounds is cut off', async () => {
  const reader = new Reader(SIGNED_IN, ANN, SUBJECT);
  for (let at = 0; at < 20; at += 1) await reader.tell(changes(50));
  await reader.round();
  assert.equal(reader.stream.destroyed, false);
  await reader.round();
  assert.equal(reader.stream.destroyed, true);
});

test('more changes than a page can make use of are told as everything', async () => {
  const reader = new Reader(SIGNED_IN, ANN, SUBJECT);
  await reader.tell(changes(101));
  reader.end('stopping');
  assert.equal((await messagesOf(reader))[0], 'event: reload\ndata: {"reason":"much"}');
});

test('a round ends what the viewer may not see any more, and lets a database that is away come back', async () => {
  let fault = new TriplineError('unavailable', 'the database is away');
  const reader = new Reader({ ...SIGNED_IN, subject: () => Promise.reject(fault) }, ANN, SUBJECT);
  await assert.rejects(reader.round(), { code: 'unavailable' });
  fault = new TriplineError('not_found', 'project not found');
  await reader.round();
  assert.deepEqual(await messagesOf(reader), ['event: end\ndata: {"reason":"hidden"}']);
});

test('a change is told to those only who see where it was', async () => {
  const stranger = { ...ANN, roles: new Map() };
  const reader = new Reader({ ...SIGNED_IN, viewer: async () => stranger }, ANN, SUBJECT);
  await reader.tell(changes(1));
  reader.end('stopping');
  assert.equal((await messagesOf(reader)).length, 1);
});

test('whoever was given or taken a role reads everything again, once', async () => {
  let viewer = ANN;
  const reader = new Reader({ ...SIGNED_IN, viewer: async () => viewer }, ANN, SUBJECT);
  await reader.recheck();
  viewer = { ...ANN, registryRoles: new Map([[asId<ProjectId>('3'), 'admin']]) };
  await reader.recheck();
  await reader.recheck();
  reader.end('stopping');
  const messages = await messagesOf(reader);
  assert.deepEqual(messages[0], 'event: reload\ndata: {"reason":"roles"}');
  assert.equal(messages.length, 2);
});
