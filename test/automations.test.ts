import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { AutomationId, EntityId } from '../src/model/ids.ts';
import { nodeId, parseNodeId } from '../src/model/wire-id.ts';
import { type AutomationRecord, automationById, automationsChangedSince } from '../src/store/automations.ts';
import { rulebookVersions } from '../src/store/rulebook.ts';
import { type Answered, type InProcess, openInProcess } from './support/in-process.ts';

const TRIGGER = `__typename id createdAt updatedAt name description enabled
  scope { __typename ... on Project { id name } ... on Entity { id name entityType } ... on ArtifactPortfolio { id name } ... on ArtifactSequence { id name } }
  event: triggeringCondition { ... on FilterEventTriggeringCondition { __typename eventType filter } }
  action: triggeredAction { __typename
    ... on GenericWebhookTriggeredAction { integration { __typename ... on GenericWebhookIntegration { id name urlEndpoint } } requestPayload }
    ... on NotificationTriggeredAction { integration { __typename ... on SlackIntegration { id } } title message severity }
    ... on NoOpTriggeredAction { noOp } }`;
const CREATE = `mutation CreateAutomation($input: CreateFilterTriggerInput!) { result: createFilterTrigger(input: $input) { trigger { ${TRIGGER} } } }`;
const UPDATE = `mutation UpdateAutomation($input: UpdateFilterTriggerInput!) { result: updateFilterTrigger(input: $input) { trigger { ${TRIGGER} } } }`;
const DELETE = 'mutation DeleteAutomation($id: ID!) { result: deleteTrigger(input: {triggerID: $id}) { success } }';
const OF_ENTITY = `query GetEntityAutomations($entity: String!, $cursor: String, $perPage: Int, $order: String, $filters: JSONString) {
  scope: entity(name: $entity) { triggers(after: $cursor, first: $perPage, order: $order, filters: $filters) { pageInfo { endCursor hasNextPage } edges { node { ${TRIGGER} } } } } }`;
const OF_VIEWER = `query GetAutomationsLegacy($cursor: String, $perPage: Int) {
  scope: viewer { projects(after: $cursor, first: $perPage) { pageInfo { endCursor hasNextPage } edges { node { __typename triggers { ${TRIGGER} } } } } } }`;
const OF_ENTITYS_PROJECTS = `query GetEntityAutomationsLegacy($entity: String!, $cursor: String, $perPage: Int) {
  scope: entity(name: $entity) { projects(after: $cursor, first: $perPage) { pageInfo { endCursor hasNextPage } edges { node { __typename triggers { ${TRIGGER} } } } } } }`;
const WEBHOOK = `mutation W($input: CreateGenericWebhookIntegrationInput!) { result: createGenericWebhookIntegration(input: $input) { integration { __typename ... on GenericWebhookIntegration { id name urlEndpoint } } } }`;
const INTEGRATIONS = `query I($entity: String!, $cursor: String, $perPage: Int) { entity(name: $entity) { integrations(after: $cursor, first: $perPage) { pageInfo { endCursor hasNextPage } edges { node { __typename ... on SlackIntegration { id teamName channelName } ... on GenericWebhookIntegration { id name urlEndpoint } } } } } }`;

const THRESHOLD = { name: 'loss', agg_op: null, window_size: 1, cmp_op: '$gt', threshold: 10 };
const threshold = (more: object = {}, run: object = { $and: [] }): string =>
  JSON.stringify({
    run_filter: JSON.stringify(run),
    run_metric_filter: { threshold_filter: { ...THRESHOLD, ...more } },
    metric_filter: null,
  });
const NO_OP = { triggeredActionType: 'NO_OP', triggeredActionConfig: { noOpActionInput: { noOp: true } } };

let here: InProcess;
let project: string;
let webhook: string;
let made = 0;

function fresh(kind = 'automation'): string {
  made += 1;
  return `${kind} ${made}`;
}

function input(more: object = {}): object {
  return {
    name: fresh(),
    enabled: true,
    scopeType: 'PROJECT',
    scopeID: project,
    triggeringEventType: 'RUN_METRIC',
    eventFilter: threshold(),
    ...NO_OP,
    ...more,
  };
}

const create = (more: object = {}, by = 'ann'): Promise<Answered> => here.as(by, CREATE, { input: input(more) });
const update = (id: string, more: object, by = 'ann') => here.as(by, UPDATE, { input: { id, ...more } });

async function created(more: object = {}) {
  const { data, message } = await create(more);
  assert.equal(message, '');
  return data.result.trigger;
}

async function stored(id: string): Promise<AutomationRecord> {
  const record = await automationById(here.ground.database, parseNodeId<AutomationId>('Automation', id)!);
  assert.ok(record);
  return record;
}

async function listed(by: string, entity: string, variables: object = {}) {
  const { data } = await here.as(by, OF_ENTITY, { entity, ...variables });
  return data.scope.triggers.edges.map(({ node }: { node: object }) => node);
}

/** What a client finds that walks projects, here in pages of one: it gives up at the first page without any. */
async function walked(by: string, document = OF_VIEWER, variables: object = {}): Promise<{ id: string }[]> {
  const found: { id: string }[] = [];
  let cursor: string | null = null;
  for (let more = true; more; ) {
    const { data }: Answered = await here.as(by, document, { ...variables, cursor, perPage: 1 });
    const page = data.scope.projects.edges.flatMap(({ node }: { node: { triggers: object[] } }) => node.triggers);
    found.push(...page);
    ({ endCursor: cursor, hasNextPage: more } = data.scope.projects.pageInfo);
    more &&= page.length > 0;
  }
  return found;
}

async function projectId(by: string, name: string, entity: string, access?: string): Promise<string> {
  const { data } = await here.as(
    by,
    'mutation P($input: UpsertModelInput!) { upsertModel(input: $input) { project { id } } }',
    { input: { name, entityName: entity, access } },
  );
  return data.upsertModel.project.id;
}

async function entityId(name: string): Promise<string> {
  return (await here.as('ann', 'query E($n: String) { entity(name: $n) { id } }', { n: name })).data.entity.id;
}

before(async () => {
  here = await openInProcess();
  for (const name of ['ann', 'bob', 'vic', 'eve']) await here.user(name);
  await here.organization('acme', { ann: 'admin' });
  await here.team('acme', 'vision', { ann: 'admin', bob: 'member', vic: 'viewer' });
  project = await projectId('ann', 'cats', 'vision');
  const { data } = await here.as('ann', WEBHOOK, {
    input: { entityName: 'vision', name: 'deploy hook', urlEndpoint: 'https://example.com/hook?key=s3cret' },
  });
  webhook = data.result.integration.id;
});

describe('creating automations', () => {
  test('AUT-001: what create answers equals what is fetched afterwards, for each run event', async () => {
    const run = JSON.stringify({ $and: [{ display_name: { $contains: 'my-run' } }] });
    const events = {
      RUN_METRIC: threshold({ agg_op: 'AVERAGE', window_size: 5, cmp_op: '$gte', threshold: 0.5 }),
      RUN_METRIC_CHANGE: JSON.stringify({
        run_filter: run,
        run_metric_filter: {
          change_filter: {
            name: 'loss',
            agg_op: 'MIN',
            current_window_size: 3,
            change_amount: 2,
            prior_window_size: 3,
            change_type: 'ABSOLUTE',
            change_dir: 'ANY',
          },
        },
        metric_filter: null,
      }),
      RUN_METRIC_ZSCORE: JSON.stringify({
        run_filter: run,
        run_metric_filter: { zscore_filter: { name: 'loss', window_size: 30, threshold: 3, change_dir: 'INCREASE' } },
        metric_filter: null,
      }),
      RUN_STATE: JSON.stringify({ run_filter: run, run_state_filter: { states: ['FAILED'] } }),
    };
    for (const [triggeringEventType, eventFilter] of Object.entries(events)) {
      const trigger = await created({ triggeringEventType, eventFilter, description: 'why' });
      assert.equal(trigger.event.eventType, triggeringEventType);
      assert.deepEqual(withParsedRunFilter(trigger.event.filter), withParsedRunFilter(eventFilter));
      assert.deepEqual(await listed('ann', 'vision', { filters: JSON.stringify({ name: trigger.name }) }), [trigger]);
    }
  });

  test('the webhook action keeps its integration and its payload', async () => {
    const requestPayload = '{"a":"${metric_name}","n":{"b":1}}';
    const trigger = await created({
      triggeredActionType: 'GENERIC_WEBHOOK',
      triggeredActionConfig: { genericWebhookActionInput: { integrationID: webhook, requestPayload } },
    });
    assert.deepEqual(JSON.parse(trigger.action.requestPayload), JSON.parse(requestPayload));
    assert.deepEqual(trigger.action.integration, {
      __typename: 'GenericWebhookIntegration',
      id: webhook,
      name: 'deploy hook',
      urlEndpoint: 'https://example.com/hook?key=s3cret',
    });
  });

  test('AUT-005: a name is taken once in a scope, whichever automation comes first, and free in another scope', async () => {
    const name = fresh();
    const answers = await Promise.all([create({ name }), create({ name }), create({ name })]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409, 409]);
    assert.match(answers.find(({ status }) => status === 409)!.message, /^Automation '.*' exists/);
    const other = await projectId('ann', 'dogs', 'vision');
    assert.equal((await create({ name, scopeID: other })).status, 200);
  });

  test('names have 1 to 255 characters', async () => {
    assert.equal((await create({ name: 'ü'.repeat(255) })).status, 200);
    assert.equal((await create({ name: 'ü'.repeat(256) })).status, 400);
    assert.equal((await create({ name: ' ' })).status, 400);
  });

  test('AUT-010: a personal entity is refused as scope, on create and on update', async () => {
    const personal = { scopeType: 'ENTITY', scopeID: await entityId('ann') };
    const refused = await create(personal);
    assert.equal(refused.status, 400);
    assert.match(refused.message, /personal entity/);
    const trigger = await created();
    assert.equal((await update(trigger.id, personal)).status, 400);
  });

  test('teams and organizations can be scopes', async () => {
    const team = await created({ scopeType: 'ENTITY', scopeID: await entityId('vision') });
    assert.deepEqual({ ...team.scope, id: '' }, { __typename: 'Entity', id: '', name: 'vision', entityType: 'team' });
    const organization = await created({ scopeType: 'ENTITY', scopeID: await entityId('acme') });
    assert.equal(organization.scope.entityType, 'organization');
    const { data } = await here.as(
      'ann',
      `query O($org: String!) { organization(name: $org) { triggers(first: 10) { edges { node { ${TRIGGER} } } } } }`,
      { org: 'acme' },
    );
    assert.deepEqual(data.organization.triggers.edges, [{ node: organization }]);
  });

  test('AUT-045: unknown operators, fields and members are refused, named with their place', async () => {
    const faults: [string, RegExp][] = [
      [threshold({}, { $and: [{ display_name: { $near: 1 } }] }), /\$near/],
      [threshold({}, { $and: [{ colour: { $eq: 'red' } }] }), /colour/],
      [threshold({ colour: 'red' }), /colour/],
      [JSON.stringify({ ...JSON.parse(threshold()), more: 1 }), /more/],
      [threshold({ cmp_op: '$near' }), /cmp_op/],
      ['{"$or":[{"$and":[]}]}', /eventFilter/],
      ['not json', /JSON/],
    ];
    for (const [eventFilter, named] of faults) {
      const refused = await create({ eventFilter });
      assert.equal(refused.status, 400, eventFilter);
      assert.match(refused.message, named);
    }
  });

  test('actions and events that are not offered are refused with a sentence', async () => {
    const payload = { integrationID: webhook };
    const refusals: [object, RegExp][] = [
      [
        {
          triggeredActionType: 'QUEUE_JOB',
          triggeredActionConfig: { queueJobActionInput: { queueID: 'x', template: '{}' } },
        },
        /QUEUE_JOB is not supported/,
      ],
      [
        {
          triggeredActionType: 'PUSH_NOTIFICATION',
          triggeredActionConfig: { pushNotificationActionInput: { userID: 'x' } },
        },
        /PUSH_NOTIFICATION is not supported/,
      ],
      [
        { triggeredActionType: 'ARIA', triggeredActionConfig: { ariaActionInput: { prompt: 'x' } } },
        /ARIA is not supported/,
      ],
      [{ triggeringEventType: 'UPDATE_ARTIFACT_ALIAS', eventFilter: '{}' }, /UPDATE_ARTIFACT_ALIAS/],
      [{ triggeredActionConfig: {} }, /exactly noOpActionInput/],
      [{ triggeredActionConfig: { genericWebhookActionInput: payload } }, /exactly noOpActionInput/],
      [{ triggeredActionConfig: { noOpActionInput: { noOp: true }, genericWebhookActionInput: payload } }, /exactly/],
      [
        {
          triggeredActionType: 'GENERIC_WEBHOOK',
          triggeredActionConfig: { genericWebhookActionInput: { integrationID: webhook, requestPayload: '[1]' } },
        },
        /requestPayload/,
      ],
    ];
    for (const [more, sentence] of refusals) {
      const refused = await create(more);
      assert.equal(refused.status, 400, JSON.stringify(more));
      assert.match(refused.message, sentence);
    }
  });

  test('an action may use integrations of every entity its author belongs to, and of no other', async () => {
    const using = (integrationID: string) => ({
      triggeredActionType: 'GENERIC_WEBHOOK',
      triggeredActionConfig: { genericWebhookActionInput: { integrationID } },
    });
    const personal = async (name: string) =>
      (await here.as(name, WEBHOOK, { input: { entityName: name, name: 'own', urlEndpoint: 'https://example.com/' } }))
        .data.result.integration.id;
    assert.equal((await create(using(await personal('ann')))).status, 200);
    for (const id of [await personal('eve'), btoa('GenericWebhookIntegration:999999'), 'bogus', 'SW50OjE=']) {
      assert.equal((await create(using(id))).status, 400, id);
    }
  });

  test('members and viewers may not create in a team project, and strangers do not learn that it exists', async () => {
    assert.equal((await create({}, 'bob')).status, 403);
    assert.equal((await create({}, 'vic')).status, 403);
    const hidden = await create({}, 'eve');
    const unknown = await create({ scopeID: btoa('Project:999999') }, 'eve');
    assert.equal(hidden.status, 400);
    assert.equal(hidden.message, unknown.message);
  });
});

describe('changing automations', () => {
  test('AUT-003: each member changes by itself and leaves the others as they were', async () => {
    const before = await created({ description: 'old' });
    const changes: [object, object][] = [
      [{ name: fresh() }, {}],
      [{ description: 'new' }, {}],
      [{ enabled: false }, {}],
    ];
    let expected = before;
    for (const [change] of changes) {
      const { data } = await update(before.id, change);
      expected = { ...expected, ...change, updatedAt: data.result.trigger.updatedAt };
      assert.deepEqual(data.result.trigger, expected);
    }
    const event = {
      triggeringEventType: 'RUN_STATE',
      eventFilter: '{"run_filter":"{\\"$and\\":[]}","run_state_filter":{"states":["FAILED"]}}',
    };
    assert.equal((await update(before.id, event)).data.result.trigger.event.eventType, 'RUN_STATE');
    const moved = await update(before.id, { scopeType: 'ENTITY', scopeID: await entityId('vision') });
    assert.equal(moved.data.result.trigger.scope.name, 'vision');
    const acted = await update(before.id, {
      triggeredActionType: 'GENERIC_WEBHOOK',
      triggeredActionConfig: { genericWebhookActionInput: { integrationID: webhook } },
    });
    assert.equal(acted.data.result.trigger.action.requestPayload, null);
    assert.equal(acted.data.result.trigger.event.eventType, 'RUN_STATE');
  });

  test('a null name, description or enabled means unchanged', async () => {
    const before = await created({ description: 'kept' });
    const { data } = await update(before.id, { name: null, description: null, enabled: null });
    assert.deepEqual(data.result.trigger, { ...before, updatedAt: data.result.trigger.updatedAt });
  });

  test('every edit is a revision; only event, filter, metric and scope reset the limit of once in 24 hours', async () => {
    const { id } = await created();
    await update(id, { description: 'x', eventFilter: threshold(), triggeringEventType: 'RUN_METRIC' });
    assert.deepEqual(pick(await stored(id)), [2, 1]);
    await update(id, { eventFilter: threshold({ threshold: 11 }) });
    assert.deepEqual(pick(await stored(id)), [3, 2]);
    await update(id, { scopeType: 'ENTITY', scopeID: await entityId('vision') });
    assert.deepEqual(pick(await stored(id)), [4, 3]);
    const revisions = await here.ground.database.query<{ revision: number }>(
      'select revision from automation_revision where automation_id = $1 order by revision',
      [parseNodeId('Automation', id)],
    );
    assert.deepEqual(
      revisions.map(({ revision }) => revision),
      [1, 2, 3, 4],
    );
  });

  test('a run event that comes back without its condition leaves the stored filter unchanged (automations, 2.6)', async () => {
    const before = await created({ eventFilter: threshold({ cmp_op: '$eq', threshold: 1 }) });
    const { data } = await update(before.id, {
      triggeringEventType: 'RUN_METRIC',
      eventFilter: '{"$and":[]}',
      description: 'edited',
    });
    assert.equal(data.result.trigger.event.filter, before.event.filter);
    assert.equal(data.result.trigger.description, 'edited');
    const other = await update(before.id, { triggeringEventType: 'RUN_STATE', eventFilter: '{"$and":[]}' });
    assert.equal(other.status, 400);
  });

  test('AUT-005: renaming to a name that the scope has is a conflict', async () => {
    const [one, two] = [await created(), await created()];
    assert.equal((await update(two.id, { name: one.name })).status, 409);
    assert.equal((await update(two.id, { name: two.name })).status, 200);
  });

  test('an unknown, malformed or hidden id is not found', async () => {
    const { id } = await created();
    for (const bad of [btoa('Automation:999999'), 'bogus', btoa('Project:1')]) {
      assert.equal((await update(bad, { name: 'x' })).status, 404);
    }
    assert.equal((await update(id, { name: 'x' }, 'eve')).status, 404);
    assert.equal((await update(id, { name: 'x' }, 'bob')).status, 403);
  });

  test('edits that run into each other are all kept, one after the other', async () => {
    const { id } = await created();
    await Promise.all(Array.from({ length: 6 }, (_, index) => update(id, { description: String(index) })));
    assert.deepEqual(pick(await stored(id)), [7, 1]);
  });
});

describe('deleting automations', () => {
  test('AUT-004: deleting succeeds once; the second time, an unknown and a malformed id are errors', async () => {
    const trigger = await created();
    assert.deepEqual((await here.as('ann', DELETE, { id: trigger.id })).data.result, { success: true });
    for (const id of [trigger.id, btoa('Automation:999999'), 'invalid-automation-id']) {
      const again = await here.as('ann', DELETE, { id });
      assert.equal(again.status, 404);
      assert.match(again.message, /not found/);
    }
    assert.deepEqual(await listed('ann', 'vision', { filters: JSON.stringify({ name: trigger.name }) }), []);
  });

  test('the name is free again', async () => {
    const trigger = await created();
    await here.as('ann', DELETE, { id: trigger.id });
    assert.equal((await create({ name: trigger.name })).status, 200);
  });
});

describe('listing automations', () => {
  test('AUT-002: pages of one hold each automation of the team exactly once, from a saved cursor on too', async () => {
    const whole = await listed('ann', 'vision', { perPage: 1000 });
    const paged: { id: string }[] = [];
    let cursor: string | null = null;
    for (let more = true; more; ) {
      const { data }: Answered = await here.as('ann', OF_ENTITY, { entity: 'vision', cursor, perPage: 1 });
      paged.push(...data.scope.triggers.edges.map(({ node }: { node: { id: string } }) => node));
      ({ endCursor: cursor, hasNextPage: more } = data.scope.triggers.pageInfo);
    }
    assert.deepEqual(paged, whole);
  });

  test('AUT-006: walking projects, in pages of one, finds each automation once, those of whole teams too', async () => {
    await projectId('ann', 'newest', 'vision');
    const team = await created({ scopeType: 'ENTITY', scopeID: await entityId('vision') });
    const found = await walked('ann');
    assert.deepEqual(
      found.filter(({ id }) => id === team.id),
      [team],
    );
    const ids = found.map(({ id }) => id).sort();
    const whole: { id: string }[] = await listed('ann', 'vision', { perPage: 1000 });
    assert.deepEqual(ids, whole.map(({ id }) => id).sort());
    const ofEntity = await walked('ann', OF_ENTITYS_PROJECTS, { entity: 'vision' });
    assert.deepEqual(ofEntity.map(({ id }) => id).sort(), ids);
  });

  test('one page answers the walk, because a client that looks for a name gives up at the first page without it', async () => {
    const { data } = await here.as('ann', OF_VIEWER, { perPage: 1 });
    assert.ok(data.scope.projects.edges.length > 1);
    assert.equal(data.scope.projects.pageInfo.hasNextPage, false);
  });

  test('a stranger who sees a public project of a team does not see the automations of the whole team', async () => {
    const open = await projectId('ann', 'open', 'vision', 'USER_READ');
    const trigger = await created({ scopeID: open });
    const ofTeam = await created({ scopeType: 'ENTITY', scopeID: await entityId('vision') });
    const query = `{ project(entityName: "vision", name: "open") { triggers { id } entity {
      triggers(first: 1000) { edges { node { id } } } projects { edges { node { triggers { id } } } } } } }`;
    const asStranger = JSON.stringify((await here.as('eve', query)).data.project);
    assert.ok(asStranger.includes(trigger.id));
    assert.ok(!asStranger.includes(ofTeam.id));
    const asMember = JSON.stringify((await here.as('bob', query)).data.project);
    assert.equal(asMember.split(ofTeam.id).length, 3, 'by either way');
  });

  test('an instance admin finds each automation of a team that they are no member of once, in pages of one', async () => {
    await here.user('root', { admin: true });
    const found = await walked('root');
    const whole: { id: string }[] = await listed('ann', 'vision', { perPage: 1000 });
    assert.ok(whole.length > 0);
    assert.deepEqual(found.map(({ id }) => id).sort(), whole.map(({ id }) => id).sort());
  });

  test('an unknown entity has no list; a restricted project is left out for members', async () => {
    assert.equal((await here.as('ann', OF_ENTITY, { entity: 'nothing' })).data.scope, null);
    const closed = await projectId('ann', 'closed', 'vision', 'RESTRICTED');
    const trigger = await created({ scopeID: closed });
    const filters = JSON.stringify({ name: trigger.name });
    assert.deepEqual(await listed('ann', 'vision', { filters }), [trigger]);
    assert.deepEqual(await listed('bob', 'vision', { filters }), []);
  });

  test('an automation whose webhook was deleted is left out, because the client could not read it', async () => {
    const made = await here.as('ann', WEBHOOK, {
      input: { entityName: 'vision', name: 'gone', urlEndpoint: 'https://example.com/' },
    });
    const integrationID = made.data.result.integration.id;
    const trigger = await created({
      triggeredActionType: 'GENERIC_WEBHOOK',
      triggeredActionConfig: { genericWebhookActionInput: { integrationID } },
    });
    await here.ground.database.execute('update integration set deleted_at = created_at where id = $1', [
      parseNodeId('GenericWebhookIntegration', integrationID),
    ]);
    assert.deepEqual(await listed('ann', 'vision', { filters: JSON.stringify({ name: trigger.name }) }), []);
    const { data } = await here.as('ann', OF_VIEWER, { perPage: 50 });
    assert.ok(!JSON.stringify(data).includes(trigger.id));
  });

  test('the rulebook is told each change once, deletions among them', async () => {
    const rootId = (await stored((await created()).id)).rootId as EntityId;
    const { database } = here.ground;
    const version = async () => (await rulebookVersions(database, [rootId])).get(rootId) ?? '0';
    const names = async (since: string) => {
      const found: [string, boolean][] = [];
      for await (const changed of automationsChangedSince(database, rootId, since)) {
        found.push(...changed.map(({ name, deletedAt }): [string, boolean] => [name, deletedAt !== null]));
      }
      return found;
    };
    const before = await version();
    assert.deepEqual(await names(before), []);
    const trigger = await created();
    const afterCreate = await version();
    assert.deepEqual(await names(before), [[trigger.name, false]]);
    await here.as('ann', DELETE, { id: trigger.id });
    assert.deepEqual(await names(afterCreate), [[trigger.name, true]]);
    assert.equal(BigInt(await version()), BigInt(before) + 2n);
  });
});

test('a Slack channel is listed with workspace and channel for those who may see its name', async () => {
  const url = 'https://hooks.slack.com/services/T0/B0/the-token';
  const body = { teamName: 'Acme', channelName: '#alerts', url };
  const made = await here.rest('ann', 'POST', '/entities/vision/slack-channels', body);
  assert.equal(made.status, 201);
  const read = async (by: string) => {
    const { data } = await here.as(by, INTEGRATIONS, { entity: 'vision', perPage: 100 });
    const nodes = data.entity.integrations.edges.map(({ node }: { node: { __typename: string } }) => node);
    return nodes.filter(({ __typename }: { __typename: string }) => __typename === 'SlackIntegration');
  };
  const id = nodeId('SlackIntegration', made.body.id);
  const node = { __typename: 'SlackIntegration', id, teamName: 'Acme', channelName: '#alerts' };
  assert.deepEqual(await read('ann'), [node]);
  assert.deepEqual(await read('bob'), [node]);
  assert.deepEqual(await read('vic'), []);
});

describe('webhook integrations', () => {
  const make = (more: object, by = 'ann') =>
    here.as(by, WEBHOOK, {
      input: { entityName: 'vision', name: fresh('hook'), urlEndpoint: 'https://example.com/a', ...more },
    });

  test('are listed in pages, with their address in full for those who manage them and its origin for others', async () => {
    const read = async (by: string) => {
      const { data } = await here.as(by, INTEGRATIONS, { entity: 'vision', perPage: 1 });
      return data.entity.integrations;
    };
    await make({});
    assert.equal((await read('ann')).edges[0].node.urlEndpoint, 'https://example.com/hook?key=s3cret');
    assert.equal((await read('bob')).edges[0].node.urlEndpoint, 'https://example.com/…');
    assert.deepEqual((await read('vic')).edges, []);
    assert.equal((await read('ann')).pageInfo.hasNextPage, true);
  });

  test('have a destination of the same id, by which their deliveries are queued', async () => {
    const { data } = await make({});
    const id = parseNodeId('GenericWebhookIntegration', data.result.integration.id);
    const rows = await here.ground.database.query('select id from destination where id = $1', [id]);
    assert.deepEqual(rows, [{ id }]);
  });

  test('are refused with a bad name, address or reference, and a secret written by mistake is not repeated', async () => {
    const faults: object[] = [
      { name: 'a'.repeat(65) },
      { name: ' leading' },
      { name: 'dots.are.not' },
      { urlEndpoint: '/relative' },
      { urlEndpoint: 'ftp://example.com/' },
      { urlEndpoint: 'https://user:pass@example.com/' },
      { urlEndpoint: `https://example.com/${'a'.repeat(2048)}` },
      { accessTokenRef: 'sk-live-1234' },
    ];
    for (const fault of faults) {
      const refused = await make(fault);
      assert.equal(refused.status, 400, JSON.stringify(fault));
      assert.doesNotMatch(refused.message, /sk-live|pass@/);
    }
    const { data } = await make({
      urlEndpoint: 'http://example.com/a?b=c#part',
      accessTokenRef: 'TOKEN',
      secretRef: '',
    });
    assert.equal(data.result.integration.urlEndpoint, 'http://example.com/a?b=c');
  });

  test('are unique by name in their entity, and made by its admins only', async () => {
    assert.equal((await make({ name: 'deploy hook' })).status, 409);
    assert.equal((await make({}, 'bob')).status, 403);
    assert.equal((await make({}, 'eve')).status, 404);
    assert.equal((await make({ entityName: 'eve' }, 'eve')).status, 200);
  });
});

function withParsedRunFilter(filter: string): object {
  const parsed = JSON.parse(filter);
  return { ...parsed, run_filter: JSON.parse(parsed.run_filter) };
}

function pick({ revision, conditionRevision }: AutomationRecord): [number, number] {
  return [revision, conditionRevision];
}
