import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { before, test } from 'node:test';
import { findProject } from '../src/directory/find-project.ts';
import { requireEntity } from '../src/directory/require-entity.ts';
import type { CollectionId } from '../src/model/ids.ts';
import { largeNodeId, nodeId } from '../src/model/wire-id.ts';
import { type CollectionKind, insertCollection } from '../src/store/collections.ts';
import { insertProject, type ProjectPlace } from '../src/store/projects.ts';
import { onEnd } from './support/clean-up.ts';
import { CREATE_AUTOMATION, UPDATE_AUTOMATION } from './support/documents.ts';
import { type InProcess, keyOf, openInProcess } from './support/in-process.ts';
import { python } from './support/python.ts';

const REGISTRY = 'wandb-registry-models';
const EVENTS = [
  'CREATE_ARTIFACT',
  'LINK_MODEL',
  'UNLINK_ARTIFACT',
  'ADD_ARTIFACT_ALIAS',
  'ADD_ARTIFACT_TAG',
  'REMOVE_ARTIFACT_TAG',
  'ADD_COLLECTION_TAG',
  'REMOVE_COLLECTION_TAG',
];
const NO_OP = { triggeredActionType: 'NO_OP', triggeredActionConfig: { noOpActionInput: { noOp: true } } };

let here: InProcess;
let url: string;
let ids: { team: string; organization: string; project: string; registry: string; sequence: string; portfolio: string };
let made = 0;

before(async () => {
  here = await openInProcess();
  await here.user('ann');
  await here.organization('acme', { ann: 'admin' });
  await here.team('acme', 'vision', { ann: 'admin' });
  const cats = await project('vision', 'cats');
  const registry = await project('acme', REGISTRY);
  ids = {
    team: nodeId('Entity', cats.tenantId),
    organization: nodeId('Entity', registry.tenantId),
    project: nodeId('Project', cats.id),
    registry: nodeId('Project', registry.id),
    sequence: await collection('sequence', cats, 'cat-model'),
    portfolio: await collection('portfolio', registry, 'best-models'),
  };
  url = await serve();
});

async function project(entityName: string, name: string): Promise<ProjectPlace> {
  const ann = await here.viewer('ann');
  const { id } = await requireEntity(here.ground, ann, entityName);
  const fresh = { tenantId: id, name, visibility: 'Team', description: null, createdBy: ann.userId } as const;
  await here.ground.database.transaction((tx) => insertProject(tx, { ...fresh, now: here.ground.clock.now() }));
  return (await findProject(here.ground, ann, entityName, name))!;
}

/** @returns its wire id */
async function collection(kind: CollectionKind, { tenantId, id }: ProjectPlace, name: string): Promise<string> {
  const { database, ids, clock } = here.ground;
  const { userId } = await here.viewer('ann');
  const collectionId = ids.next<CollectionId>(clock.now());
  const row = { tenantId, collectionId, projectId: id, kind, name, typeName: 'model', description: null };
  await insertCollection(database, { ...row, createdBy: userId, now: clock.now() });
  return largeNodeId('ArtifactCollection', tenantId, collectionId);
}

/** GraphQL as the client speaks it, answered as ann. */
async function serve(): Promise<string> {
  const server = createServer(async (request, response) => {
    const { query, variables } = (await json(request)) as { query: string; variables?: object };
    const { status, data, message } = await here.as('ann', query, variables);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ data, ...(message === '' ? {} : { errors: [{ message }] }) }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onEnd(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What every script starts with: one scope of each form. */
const START = `
import json, os, wandb
from wandb.automations import *
from wandb.automations import events as e, scopes as s
api = wandb.Api()
ids = json.loads(os.environ["IDS"])
sequence = s._ArtifactSequenceScope(typename__="ArtifactSequence", id=ids["sequence"], name="cat-model")
portfolio = s._ArtifactPortfolioScope(typename__="ArtifactPortfolio", id=ids["portfolio"], name="best-models")
registry = s.RegistryScope(typename__="Project", id=ids["registry"], name="${REGISTRY}", full_name="${REGISTRY}")
organization = s.OrgScope(typename__="Entity", id=ids["organization"], name="acme", entity_type="organization")
project, team = api.project("cats", entity="vision"), s.TeamScope(typename__="Entity", id=ids["team"], name="vision", entity_type="team")
`;

function client<Value>(source: string): Promise<Value> {
  const env = { IDS: JSON.stringify(ids) };
  return python<Value>({ server: { url }, person: { key: keyOf('ann') }, env, source: `${START}\n${source}` });
}

const input = (type: string, scopeType: string, scopeID: string, more: object = {}) => {
  made += 1;
  const event = { triggeringEventType: type, eventFilter: '{"$or":[{"$and":[]}]}' };
  return { name: `automation ${made}`, enabled: true, scopeType, scopeID, ...event, ...NO_OP, ...more };
};

const create = (...definition: Parameters<typeof input>) =>
  here.as('ann', CREATE_AUTOMATION, { input: input(...definition) });

test('AUT-001: what the client creates equals what it fetches, for each artifact event at each scope', async () => {
  const verdicts = await client<Record<string, [boolean, boolean]>>(`
everywhere = {"sequence": sequence, "portfolio": portfolio, "project": project, "registry": registry, "team": team, "organization": organization}
classes = [OnLinkArtifact, e.OnUnlinkArtifact, OnAddArtifactAlias, e.OnAddArtifactTag, e.OnRemoveArtifactTag, e.OnAddCollectionTag, e.OnRemoveCollectionTag]
wanted = [(kind, scope) for kind in classes for scope in everywhere] + [(OnCreateArtifact, "sequence")]
filters = {"none": None, "some": (ArtifactEvent.alias.matches_regex("^prod") | ArtifactEvent.alias.eq("x")) & ~ArtifactEvent.tag.contains("a.b")}
verdicts = {}
for kind, scope in wanted:
    for label, filter in filters.items():
        title = f"{kind.__name__} at {scope}, {label}"
        event = kind(scope=everywhere[scope]) if filter is None else kind(scope=everywhere[scope], filter=filter)
        created = api.create_automation(event >> DoNothing(), name=title)
        entity = "acme" if scope in ("portfolio", "registry", "organization") else "vision"
        fetched = api.automation(title, entity=entity)
        verdicts[title] = [created == fetched, fetched.event.filter.filter == event.filter]
print(json.dumps(verdicts))
`);
  assert.equal(Object.keys(verdicts).length, 86);
  assert.deepEqual(
    Object.entries(verdicts).filter(([, [equal, same]]) => !(equal && same)),
    [],
  );
});

test('AUT-002, AUT-007: walking and updating keep each automation once and its filter as it was', async () => {
  const [names, filters] = await client<[string[], unknown[]]>(`
event = OnAddArtifactAlias(scope=sequence, filter=ArtifactEvent.alias.matches_regex("^walked"))
made = api.create_automation(event >> DoNothing(), name="walked")
updated = api.update_automation(api.automation("walked", entity="vision"), description="only this")
names = [found.name for found in api.automations(per_page=1) if found.name == "walked"]
names += [found.name for found in api.automations(entity="vision", per_page=50) if found.name == "walked"]
moved = api.update_automation(updated, scope=portfolio, event=OnAddArtifactAlias(scope=portfolio, filter=ArtifactEvent.tag.eq("t")))
print(json.dumps([names, [json.loads(one.event.filter.filter.model_dump_json()) for one in (made, updated, moved)]]))
`);
  assert.deepEqual(names, ['walked', 'walked']);
  assert.deepEqual(filters[1], filters[0]);
  assert.match(JSON.stringify(filters), /walked/);
});

test('AUT-009: CREATE_ARTIFACT on a project is accepted, and the client lists and updates it', async () => {
  const { data } = await create('CREATE_ARTIFACT', 'PROJECT', ids.project, { name: 'created there' });
  assert.ok(data.result.trigger.id);
  const [found, description] = await client<[string[], string]>(`
found = [one.name for one in api.automations(entity="vision", per_page=50) if one.name == "created there"]
updated = api.update_automation(api.automation("created there", entity="vision"), description="seen")
print(json.dumps([found, updated.description]))
`);
  assert.deepEqual([found, description], [['created there'], 'seen']);
});

test('AUT-009: CREATE_ARTIFACT on a registry or its collection is refused with what to use instead', async () => {
  const scopes = [
    ['PROJECT', ids.registry],
    ['ARTIFACT_COLLECTION', ids.portfolio],
  ] as const;
  for (const [scopeType, scopeID] of scopes) {
    const { status, message } = await create('CREATE_ARTIFACT', scopeType, scopeID);
    assert.equal(status, 400);
    assert.match(message, /A new version is linked/);
  }
  const { data } = await create('CREATE_ARTIFACT', 'PROJECT', ids.project);
  const { id } = data.result.trigger;
  const moved = await here.as('ann', UPDATE_AUTOMATION, { input: { id, scopeType: 'PROJECT', scopeID: ids.registry } });
  assert.deepEqual([moved.status, /linked/.test(moved.message)], [400, true]);
});

test('AUT-008: run events are refused at collections and registries, on create and on update of scope', async () => {
  const eventFilter = JSON.stringify({ run_filter: '{"$and":[]}', run_state_filter: { states: ['FAILED'] } });
  const { data } = await create('RUN_STATE', 'PROJECT', ids.project, { eventFilter });
  const scopes = [
    ['ARTIFACT_COLLECTION', ids.sequence],
    ['ARTIFACT_COLLECTION', ids.portfolio],
  ] as const;
  for (const [scopeType, scopeID] of scopes) {
    const refused = await create('RUN_STATE', scopeType, scopeID, { eventFilter });
    const scope = { scopeType, scopeID };
    const moved = await here.as('ann', UPDATE_AUTOMATION, { input: { id: data.result.trigger.id, ...scope } });
    for (const { status, message } of [refused, moved]) {
      assert.equal(status, 400);
      assert.match(message, /RUN_STATE .* a project or a team or organization/);
    }
  }
  assert.equal((await create('RUN_STATE', 'PROJECT', ids.registry, { eventFilter })).status, 400);
});

test('every artifact event is accepted over REST at a collection, answered as defined and read back equal', async () => {
  const scope = { kind: 'collection', project: 'cats', collection: 'cat-model' };
  for (const type of EVENTS) {
    const event = { type, filter: { tag: { $contains: 'x' } } };
    const body = { name: `rest ${type}`, scope, event, action: { type: 'NO_OP' } };
    const posted = await here.rest('ann', 'POST', '/entities/vision/automations', body);
    assert.equal(posted.status, 201, JSON.stringify(posted.body));
    assert.deepEqual([posted.body.scope, posted.body.event], [scope, event]);
    const read = await here.rest('ann', 'GET', `/entities/vision/automations/${posted.body.id}`);
    assert.deepEqual(read.body, posted.body);
  }
  const unknown = { ...scope, collection: 'none' };
  const body = { name: 'rest', scope: unknown, event: { type: 'LINK_MODEL' }, action: { type: 'NO_OP' } };
  const refused = await here.rest('ann', 'POST', '/entities/vision/automations', body);
  assert.deepEqual([refused.status, /no artifact collection 'none'/.test(JSON.stringify(refused.body))], [400, true]);
});
