import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { CapturedEvent } from '../src/events/index.ts';
import type { AutomationId, EventId, IntegrationId, TenantId } from '../src/model/ids.ts';
import { insertExecutions } from '../src/store/executions.ts';
import { ensurePartitions } from '../src/store/partitions.ts';
import { type InProcess, openInProcess, type Rested } from './support/in-process.ts';

const EVENT = { type: 'RUN_METRIC', metric: 'loss', comparison: '$gt', threshold: 10 };
const PATH = '/entities/vision/automations';

let here: InProcess;
let integrationId: string;
let made = 0;

function fresh(kind = 'automation'): string {
  made += 1;
  return `${kind} ${made}`;
}

const body = (more: object = {}): object => ({
  name: fresh(),
  scope: { kind: 'project', project: 'cats' },
  event: EVENT,
  action: { type: 'NO_OP' },
  ...more,
});

async function created(more: object = {}) {
  const answer = await here.rest('ann', 'POST', PATH, body(more));
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return answer.body;
}

before(async () => {
  here = await openInProcess();
  for (const name of ['ann', 'bob', 'vic', 'eve']) await here.user(name);
  await here.organization('acme', { ann: 'admin' });
  await here.team('acme', 'vision', { ann: 'admin', bob: 'member', vic: 'viewer' });
  await here.as('ann', 'mutation { upsertModel(input: {name: "cats", entityName: "vision"}) { inserted } }');
  const url = 'https://example.com/hook?key=s3cret';
  const hook = await here.rest('ann', 'POST', '/entities/vision/integrations', { name: 'hook', url });
  integrationId = hook.body.id;
});

describe('automations over REST', () => {
  test('an automation is answered as it was defined, with defaults filled in, and read back equal', async () => {
    const action = { type: 'GENERIC_WEBHOOK', integrationId, payload: { text: '${metric_name}' } };
    const automation = await created({ action, description: 'why' });
    assert.deepEqual(automation.event, { ...EVENT, aggregation: null, window: 1, runFilter: { $and: [] } });
    assert.deepEqual(automation.action, action);
    assert.deepEqual(automation.scope, { kind: 'project', project: 'cats' });
    assert.equal(automation.enabled, true);
    assert.equal(automation.mayManage, true);
    const seen = { ...automation, mayManage: false };
    assert.deepEqual((await here.rest('vic', 'GET', `${PATH}/${automation.id}`)).body, seen);
    const list = await here.rest('vic', 'GET', `${PATH}?name=${encodeURIComponent(automation.name)}`);
    assert.deepEqual(list.body, { items: [seen], nextCursor: null });
  });

  test('options are kept by every other edit, and those that mean nothing to the event are refused', async () => {
    const defaults = {
      policy: { kind: 'default' },
      settleSeconds: 0,
      backfill: { kind: 'fire' },
      dryRun: false,
      floodLimits: null,
    };
    const optionsOf = (automation: object) =>
      Object.fromEntries(Object.entries(automation).filter(([name]) => name in defaults));
    assert.deepEqual(optionsOf(await created()), defaults);

    const state = { type: 'RUN_STATE', states: ['FINISHED'] };
    const options = { policy: { kind: 'once_per_run' }, settleSeconds: 600, floodLimits: { atOnce: 5 } };
    const { id } = await created({ event: state, ...options });
    const patched = async (patch: object) => here.rest('ann', 'PATCH', `${PATH}/${id}`, patch);
    assert.deepEqual(optionsOf((await patched({ name: fresh(), dryRun: true })).body), {
      ...defaults,
      ...options,
      dryRun: true,
    });
    for (const [patch, path] of [
      [{ policy: { kind: 'every_crossing' } }, 'policy'],
      [{ backfill: { kind: 'ignore', olderThanSeconds: 60 } }, 'backfill'],
      [{ event: EVENT, settleSeconds: 5 }, 'settleSeconds'],
      [{ settleSeconds: -1 }, 'body.settleSeconds'],
      [{ policy: { kind: 'cooldown' } }, 'body.policy.seconds'],
      [{ floodLimits: { atOnce: 0 } }, 'body.floodLimits.atOnce'],
    ] as const) {
      const { status, body } = await patched(patch);
      assert.deepEqual([status, body.errors[0].path], [400, path]);
    }
    // another type of event, as the wandb client may choose: what means nothing to it is as it was at first
    const moved = (await patched({ event: EVENT })).body;
    assert.deepEqual(optionsOf(moved), { ...defaults, ...options, settleSeconds: 0, dryRun: true });
  });

  test('unknown members, types and fields are refused, named with their place', async () => {
    const faults: [object, RegExp][] = [
      [{ more: 1 }, /more/],
      [{ event: { ...EVENT, type: 'LINK_MODEL' } }, /event/],
      [{ event: { ...EVENT, windows: 5 } }, /windows/],
      [{ event: { ...EVENT, runFilter: { $and: [{ colour: 'red' }] } } }, /colour/],
      [{ action: { type: 'ARIA' } }, /action/],
      [{ action: { type: 'GENERIC_WEBHOOK', integrationId: '999999' } }, /webhook integration/],
      [{ scope: { kind: 'project', project: 'nothing' } }, /no project 'nothing'/],
      [{ scope: { kind: 'collection' } }, /scope/],
    ];
    for (const [fault, named] of faults) {
      const refused = await here.rest('ann', 'POST', PATH, body(fault));
      assert.equal(refused.status, 400, JSON.stringify(fault));
      assert.match(JSON.stringify(refused.body.errors), named);
    }
  });

  test('AUT-005: a taken name is a conflict', async () => {
    const { name } = await created();
    const refused = await here.rest('ann', 'POST', PATH, body({ name }));
    assert.deepEqual([refused.status, refused.body.errors[0].path], [409, 'name']);
    assert.match(refused.body.errors[0].message, new RegExp(name));
  });

  test('AUT-003: a change touches only what it names; null takes the description away', async () => {
    const before = await created({ description: 'old' });
    const path = `${PATH}/${before.id}`;
    const patch = (change: object): Promise<Rested> => here.rest('ann', 'PATCH', path, change);
    const disabled = (await patch({ enabled: false })).body;
    assert.deepEqual(disabled, { ...before, enabled: false, revision: 2, updatedAt: disabled.updatedAt });
    assert.equal((await patch({ description: null })).body.description, null);
    assert.deepEqual((await patch({ scope: { kind: 'entity' } })).body.scope, { kind: 'entity' });
    assert.equal((await patch({ event: { ...EVENT, threshold: 11 } })).body.event.threshold, 11);
    assert.equal((await patch({ colour: 'red' })).status, 400);
    assert.equal((await here.rest('bob', 'PATCH', path, { enabled: true })).status, 403);
    assert.equal((await here.rest('eve', 'PATCH', path, { enabled: true })).status, 404);
  });

  test('a patch that changes nothing makes no revision and no audit entry', async () => {
    const automation = await created({ description: 'why' });
    await here.rest('ann', 'POST', '/entities/vision/secrets', { name: 'STILL', value: 'a long enough value' });
    await here.rest('ann', 'POST', '/organizations/acme/registries', { name: 'models' });
    const { name, url } = { name: 'hook', url: 'https://example.com/hook?key=s3cret' };
    const same: [path: string, ...patches: object[]][] = [
      [`${PATH}/${automation.id}`, {}, { name: automation.name, event: automation.event, enabled: true }],
      [`/entities/vision/integrations/${integrationId}`, {}, { name, url, enabled: true }],
      ['/entities/vision/alerts', {}, { runAlert: [] }],
      ['/entities/vision/settings', {}, { membersManageAutomations: false }],
      ['/entities/vision/secrets/STILL', { access: {} }, { access: { webhooks: true } }],
      ['/organizations/acme/registries/models', {}, { visibility: 'Team', name: 'models' }],
    ];
    const entries = () => here.ground.database.query('select id from audit_entry');
    const { length } = await entries();
    for (const [path, ...patches] of same) {
      const former = (await here.rest('ann', 'GET', path)).body;
      for (const patch of patches) {
        const answer = await here.rest('ann', 'PATCH', path, patch);
        assert.equal(answer.status, 200, `${path}: ${JSON.stringify(answer.body)}`);
        if (former?.id !== undefined) assert.deepEqual(answer.body, former);
      }
    }
    assert.equal((await entries()).length, length);
  });

  test('AUT-004: deleting succeeds once', async () => {
    const { id } = await created();
    assert.equal((await here.rest('ann', 'DELETE', `${PATH}/${id}`)).status, 204);
    assert.equal((await here.rest('ann', 'DELETE', `${PATH}/${id}`)).status, 404);
    assert.equal((await here.rest('ann', 'GET', `${PATH}/${id}`)).status, 404);
  });

  test('"all my projects" of a personal entity is offered here and kept out of the client’s listings', async () => {
    const made = await here.rest('eve', 'POST', '/entities/eve/automations', body({ scope: { kind: 'entity' } }));
    assert.equal(made.status, 201);
    const query = '{ entity(name: "eve") { triggers(first: 10) { edges { node { id } } } } }';
    assert.deepEqual((await here.as('eve', query)).data.entity.triggers.edges, []);
    assert.equal((await here.rest('eve', 'GET', '/entities/eve/automations')).body.items.length, 1);
  });

  test('an automation is found below its own entity only, and lists page', async () => {
    const { id } = await created();
    assert.equal((await here.rest('ann', 'GET', `/entities/ann/automations/${id}`)).status, 404);
    const first = await here.rest('ann', 'GET', `${PATH}?limit=1`);
    const rest = await here.rest('ann', 'GET', `${PATH}?cursor=${first.body.nextCursor}`);
    assert.equal(first.body.items.length, 1);
    assert.ok(rest.body.items.every((item: { id: string }) => item.id !== first.body.items[0].id));
  });

  test('AUT-091: deleting an automation cancels its pending executions; disabling leaves them', async () => {
    const action = { type: 'GENERIC_WEBHOOK', integrationId };
    const [deleted, disabled] = [await created({ action }), await created({ action })];
    const tenantId = await tenantOf(deleted.id);
    const eventId = await fire(tenantId, [deleted.id, disabled.id]);
    await here.rest('ann', 'DELETE', `${PATH}/${deleted.id}`);
    await here.rest('ann', 'PATCH', `${PATH}/${disabled.id}`, { enabled: false });
    const rows = await here.ground.database.query<{ id: string; status: string }>(
      'select automation_id as id, status from execution where tenant_id = $1 and event_id = $2 order by automation_id',
      [tenantId, eventId],
    );
    assert.deepEqual(rows, [
      { id: deleted.id, status: 'cancelled' },
      { id: disabled.id, status: 'pending' },
    ]);
    const waiting = await here.ground.database.query('select automation_id as id from delivery where event_id = $1', [
      eventId,
    ]);
    assert.deepEqual(waiting, [{ id: disabled.id }]);
  });
});

describe('webhooks over REST', () => {
  test('are created and listed, their address in full only for those who manage them', async () => {
    const list = async (by: string) => (await here.rest(by, 'GET', '/entities/vision/integrations?limit=1')).body;
    const [{ standing, ...hook }] = (await list('ann')).items;
    assert.deepEqual([standing.lastDelivery, standing.failing], [null, null]);
    assert.deepEqual(hook, {
      id: integrationId,
      kind: 'webhook',
      name: 'hook',
      url: 'https://example.com/hook?key=s3cret',
      accessTokenRef: null,
      secretRef: null,
      settings: {
        signatureEncoding: 'base64',
        headers: {},
        secretRefs: [],
        timeoutSeconds: null,
        schedule: 'standard',
        inFlight: null,
        perSecond: null,
      },
      disabled: null,
      slack: null,
      broken: null,
      createdAt: hook.createdAt,
    });
    assert.equal((await list('bob')).items[0].url, 'https://example.com/…');
    assert.deepEqual((await list('vic')).items, []);
  });

  test('are refused for a bad address, a taken name and for those who may not', async () => {
    const make = (by: string, more: object) =>
      here.rest(by, 'POST', '/entities/vision/integrations', {
        name: fresh('hook'),
        url: 'https://example.com/',
        ...more,
      });
    assert.equal((await make('ann', { url: 'example.com' })).status, 400);
    assert.equal((await make('ann', { colour: 'red' })).status, 400);
    assert.equal((await make('ann', { name: 'hook' })).status, 409);
    assert.equal((await make('bob', {})).status, 403);
    assert.equal((await make('eve', {})).status, 404);
  });
});

async function tenantOf(automationId: string): Promise<TenantId> {
  const [row] = await here.ground.database.query<{ id: TenantId }>(
    'select tenant_id as id from automation where id = $1',
    [automationId],
  );
  return row!.id;
}

/** One event that fired both automations. */
async function fire(tenantId: TenantId, automationIds: readonly string[]): Promise<EventId> {
  const now = here.ground.clock.now();
  const eventId = here.ground.ids.next<EventId>(now);
  await ensurePartitions(here.ground.database, now);
  const event = {
    tenantId,
    eventId,
    type: 'RUN_METRIC',
    projectId: undefined,
    subjectKind: 'run',
    subjectId: '1',
    author: 'ann',
    occurredAt: now,
    captured: {} as CapturedEvent,
  };
  const executions = automationIds.map((automationId) => ({
    tenantId,
    eventId,
    automationId: automationId as AutomationId,
    revision: 1,
    actionType: 'GENERIC_WEBHOOK',
    destinationId: integrationId as IntegrationId,
    explanation: null,
    createdAt: now,
  }));
  await here.ground.database.transaction((tx) => insertExecutions(tx, { events: [event], executions }));
  return eventId;
}
