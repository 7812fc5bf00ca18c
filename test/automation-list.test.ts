import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { findProject } from '../src/directory/find-project.ts';
import type { CapturedEvent } from '../src/events/index.ts';
import { type AutomationId, asId, type EventId, type TenantId } from '../src/model/ids.ts';
import { insertExecutions } from '../src/store/executions.ts';
import { ensurePartitions } from '../src/store/partitions.ts';
import { type InProcess, openInProcess } from './support/in-process.ts';
import { seedCollection } from './support/seeded-artifacts.ts';

interface Listed {
  readonly id: string;
  readonly name: string;
}

const METRIC = { type: 'RUN_METRIC', metric: 'val/loss', comparison: '$gt', threshold: 10 };
const ALIAS = { type: 'ADD_ARTIFACT_ALIAS', filter: { alias: 'production' } };
const CATS = { kind: 'project', project: 'cats' };

let here: InProcess;
const ids = new Map<string, string>();

async function make(
  by: string,
  entity: string,
  body: { readonly name: string } & Readonly<Record<string, unknown>>,
): Promise<void> {
  const made = await here.rest(by, 'POST', `/entities/${entity}/automations`, { action: { type: 'NO_OP' }, ...body });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  ids.set(body.name, made.body.id);
}

async function names(query = '', by = 'ann'): Promise<string[]> {
  const { status, body } = await here.rest(by, 'GET', `/automations?${query}`);
  assert.equal(status, 200, JSON.stringify(body));
  return body.items.map(({ name }: Listed) => name);
}

/** Executions of an automation in a row, with these statuses. */
async function executed(name: string, ...statuses: readonly string[]): Promise<void> {
  const { database, clock, ids: large } = here.ground;
  const automationId = asId<AutomationId>(ids.get(name) ?? '');
  const [row] = await database.query<{ id: TenantId }>('select tenant_id as id from automation where id = $1', [
    automationId,
  ]);
  const tenantId = row!.id;
  for (const status of statuses) {
    here.pass(1_000);
    const now = clock.now();
    const key = { tenantId, eventId: large.next<EventId>(now) };
    const about = { subjectKind: 'run', subjectId: '1', author: 'ann', occurredAt: now, captured: {} as CapturedEvent };
    const event = { ...key, ...about, type: 'RUN_METRIC', projectId: undefined };
    const execution = { ...key, automationId, revision: 1, actionType: 'NO_OP', explanation: null, createdAt: now };
    await database.transaction((tx) =>
      insertExecutions(tx, { events: [event], executions: [{ ...execution, destinationId: undefined }] }),
    );
    await database.execute('update execution set status = $1 where event_id = $2', [status, key.eventId]);
  }
}

before(async () => {
  here = await openInProcess();
  for (const name of ['ann', 'bob', 'eve']) await here.user(name);
  await here.organization('acme', { ann: 'admin' });
  await here.team('acme', 'vision', { ann: 'admin', bob: 'member' });
  await here.team('acme', 'language', { ann: 'admin' });
  for (const [project, entity] of [
    ['cats', 'vision'],
    ['dogs', 'vision'],
    ['words', 'language'],
  ])
    await here.as('ann', `mutation { upsertModel(input: {name: "${project}", entityName: "${entity}"}) { inserted } }`);
  await ensurePartitions(here.ground.database, here.ground.clock.now());
  await make('ann', 'vision', { name: 'B loss', scope: CATS, event: METRIC });
  await make('ann', 'vision', { name: 'a alias', scope: { kind: 'project', project: 'dogs' }, event: ALIAS });
  await make('ann', 'vision', { name: 'C team', scope: { kind: 'entity' }, event: METRIC, enabled: false });
  await make('ann', 'language', { name: 'd words', scope: { kind: 'project', project: 'words' }, event: METRIC });
  await make('ann', 'acme', { name: 'E all', scope: { kind: 'entity' }, event: METRIC });
  await make('eve', 'eve', { name: 'f own', scope: { kind: 'entity' }, event: METRIC });
  await executed('B loss', 'failed', 'failed', 'finished');
  await executed('E all', 'failed');
  await executed('a alias', 'failed', 'skipped');
});

describe('the list of all automations', () => {
  test('holds what somebody may see in all their entities, by name, and says what they may change', async () => {
    assert.deepEqual(await names(), ['a alias', 'B loss', 'C team', 'd words', 'E all']);
    assert.deepEqual(await names('', 'bob'), ['a alias', 'B loss', 'C team', 'E all']);
    assert.deepEqual(await names('', 'eve'), ['f own']);
    const { body } = await here.rest('bob', 'GET', '/automations');
    assert.ok(body.items.every(({ mayManage }: { mayManage: boolean }) => !mayManage));
  });

  test('is narrowed by each condition, and by all together', async () => {
    const found: readonly [query: string, names: readonly string[]][] = [
      ['search=LOSS', ['B loss', 'C team', 'd words', 'E all']],
      ['search=dogs', ['a alias']],
      ['entity=language', ['d words']],
      ['entity=language&entity=acme', ['d words', 'E all']],
      ['project=vision/cats', ['B loss', 'C team', 'E all']],
      ['scope=entity', ['C team', 'E all']],
      ['event=ADD_ARTIFACT_ALIAS', ['a alias']],
      ['action=NO_OP&enabled=false', ['C team']],
      ['creator=bob', []],
      ['last=failed', ['a alias', 'E all']],
      ['last=never', ['C team', 'd words']],
      ['project=vision/cats&enabled=true&last=finished', ['B loss']],
    ];
    for (const [query, expected] of found) assert.deepEqual([query, await names(query)], [query, expected]);
  });

  test('is sorted by last execution and by failures, and pages are cut between any two', async () => {
    const orders: Readonly<Record<string, readonly string[]>> = {
      'sort=name&order=desc': ['E all', 'd words', 'C team', 'B loss', 'a alias'],
      'sort=created': ['B loss', 'a alias', 'C team', 'd words', 'E all'],
      'sort=last_execution': ['a alias', 'E all', 'B loss', 'd words', 'C team'],
      'sort=last_execution&order=asc': ['B loss', 'E all', 'a alias', 'C team', 'd words'],
      'sort=failures': ['B loss', 'E all', 'a alias', 'd words', 'C team'],
    };
    for (const [query, expected] of Object.entries(orders)) {
      const walked: string[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page = `${query}&limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`;
        const { body } = await here.rest('ann', 'GET', `/automations?${page}`);
        walked.push(...body.items.map(({ name }: Listed) => name));
        cursor = body.nextCursor;
      }
      assert.deepEqual([query, walked], [query, expected]);
    }
  });

  test('names of what nobody may see, and cursors of another order, are refused', async () => {
    const refused: readonly [query: string, status: number, said: RegExp][] = [
      ['entity=eve', 404, /entity 'eve' not found/],
      ['project=cats', 400, /ENTITY\/PROJECT/],
      ['project=eve/cats', 404, /project 'eve\/cats' not found/],
      ['creator=nobody', 400, /no user is called 'nobody'/],
      ['event=ARIA', 400, /event/],
    ];
    for (const [query, status, said] of refused) {
      const answer = await here.rest('ann', 'GET', `/automations?${query}`);
      assert.deepEqual([query, answer.status], [query, status]);
      assert.match(answer.body.errors[0].message, said);
    }
    const { body } = await here.rest('ann', 'GET', '/automations?limit=1');
    const other = await here.rest('ann', 'GET', `/automations?sort=created&cursor=${body.nextCursor}`);
    assert.match(other.body.errors[0].message, /sorted by name/);
  });

  test('what watches a collection is found at each height above it', async () => {
    const ann = await here.viewer('ann');
    const dogs = await findProject(here.ground, ann, 'vision', 'dogs');
    assert.ok(dogs);
    const place = { tenantId: dogs.tenantId, projectId: dogs.id, userId: ann.userId };
    for (const name of ['net', 'other net']) await seedCollection(here.ground, place, { name });
    for (const collection of ['net', 'other net']) {
      const scope = { kind: 'collection', project: 'dogs', collection };
      await make('ann', 'vision', { name: `g ${collection}`, scope, event: ALIAS });
    }
    assert.deepEqual(await names('collection=vision/dogs/net'), ['a alias', 'C team', 'E all', 'g net']);
    const only = 'collection=vision/dogs/other%20net&event=ADD_ARTIFACT_ALIAS';
    assert.deepEqual(await names(only), ['a alias', 'g other net']);
    for (const [path, status] of [
      ['vision/dogs/none', 404],
      ['vision/dogs', 400],
    ] as const)
      assert.equal((await here.rest('ann', 'GET', `/automations?collection=${path}`)).status, status);
  });
});
