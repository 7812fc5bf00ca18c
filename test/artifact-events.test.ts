import assert from 'node:assert/strict';
import { before, beforeEach, test } from 'node:test';
import { createAutomation } from '../src/automations/create-automation.ts';
import type { ScopeRef } from '../src/automations/scope.ts';
import { findExecutions, seenAt } from '../src/delivery/find-executions.ts';
import { findProject } from '../src/directory/find-project.ts';
import { requireEntity } from '../src/directory/require-entity.ts';
import { DEFAULT_OPTIONS } from '../src/engine/options.ts';
import type { CapturedArtifactEvent } from '../src/events/artifact-events.ts';
import { parseEvent } from '../src/events/parse-event.ts';
import type { ArtifactId, CollectionId, EntityId } from '../src/model/ids.ts';
import type { Json } from '../src/model/json.ts';
import { type CollectionKind, collectionById, insertCollection } from '../src/store/collections.ts';
import type { ProjectPlace } from '../src/store/projects.ts';
import { insertProject } from '../src/store/projects.ts';
import {
  type ArtifactChange,
  type CollectionPlace,
  causeArtifactEvents,
  type VersionPlace,
} from '../src/tracking/artifact-events.ts';
import { UPSERT_RUN } from './support/documents.ts';
import { type InProcess, openInProcess } from './support/in-process.ts';

let here: InProcess;
let projects: { cats: ProjectPlace; dogs: ProjectPlace; models: ProjectPlace };
let source: VersionPlace;
let portfolio: VersionPlace;
let registered: VersionPlace;
let made = 0;

before(async () => {
  here = await openInProcess();
  for (const name of ['ann', 'bob']) await here.user(name);
  await here.organization('acme', { ann: 'admin' });
  await here.team('acme', 'vision', { ann: 'admin', bob: 'member' });
  await here.team('acme', 'audio', { ann: 'admin' });
  projects = {
    cats: await project('vision', 'cats'),
    dogs: await project('audio', 'dogs'),
    models: await project('acme', 'wandb-registry-models'),
  };
});

/** A version with a place in a sequence, in a portfolio of the same project and in a registry. */
beforeEach(async () => {
  const artifactId = await artifact();
  source = await place('sequence', projects.cats, artifactId, ['latest', 'v-source']);
  portfolio = await place('portfolio', projects.cats, artifactId, ['latest']);
  registered = await place('portfolio', projects.models, artifactId, ['prod']);
});

async function project(entityName: string, name: string): Promise<ProjectPlace> {
  const ann = await here.viewer('ann');
  const { id } = await requireEntity(here.ground, ann, entityName);
  const fresh = { tenantId: id, name, visibility: 'Team', description: null, createdBy: ann.userId } as const;
  await here.ground.database.transaction((tx) => insertProject(tx, { ...fresh, now: here.ground.clock.now() }));
  return (await findProject(here.ground, ann, entityName, name))!;
}

const fresh = (kind: string): string => {
  made += 1;
  return `${kind}-${made}`;
};

async function collection(kind: CollectionKind, { tenantId, id }: ProjectPlace, typeName = 'model') {
  const { ground } = here;
  const { userId } = await here.viewer('ann');
  const collectionId = ground.ids.next<CollectionId>(ground.clock.now());
  const key = { tenantId, collectionId, projectId: id };
  const row = { ...key, kind, name: fresh(kind), typeName, description: null, createdBy: userId };
  assert.ok(await insertCollection(ground.database, { ...row, now: ground.clock.now() }));
  return { ...key, name: row.name };
}

/** A version logged by a run of the team's project. */
async function artifact(): Promise<ArtifactId> {
  const { ground } = here;
  const { tenantId, id } = projects.cats;
  const artifactId = ground.ids.next<ArtifactId>(ground.clock.now());
  const metadata = JSON.stringify({ auc: 0.91, eval: { loss: 0.1 } });
  await ground.database.execute(
    `insert into artifact (tenant_id, artifact_id, project_id, collection_id, state, digest, digest_algorithm,
       metadata, size, created_at, updated_at)
     values ($1::bigint, $2::bigint, $3::bigint, 1, 'committed', 'abc', 'MANIFEST_MD5', $4::jsonb, 2048,
       $5::timestamptz, $5::timestamptz)`,
    [tenantId, artifactId, id, metadata, new Date(ground.clock.now())],
  );
  return artifactId;
}

async function place(
  kind: CollectionKind,
  where: ProjectPlace,
  artifactId: ArtifactId,
  aliases: readonly string[],
  typeName?: string,
): Promise<VersionPlace> {
  const { name: _, ...key } = await collection(kind, where, typeName);
  return {
    ...key,
    kind,
    versionIndex: 3,
    artifactTenantId: projects.cats.tenantId,
    artifactId,
    aliases,
    tags: ['good'],
  };
}

const collectionScope = ({ tenantId, collectionId }: CollectionPlace): ScopeRef => {
  return { kind: 'collection', tenantId, id: collectionId };
};
const projectScope = ({ id }: ProjectPlace): ScopeRef => ({ kind: 'project', id });
const entityScope = (id: EntityId): ScopeRef => ({ kind: 'entity', id });

/** @returns the automation's id */
async function watch(type: string, scope: ScopeRef, filter: Json = {}, enabled = true): Promise<string> {
  const event = parseEvent(type, filter);
  const content = { name: fresh('watch'), description: null, enabled, scope };
  const input = { ...DEFAULT_OPTIONS, ...content, event, action: { type: 'NO_OP' as const } };
  return (await createAutomation(here.ground, await here.viewer('ann'), input)).id;
}

function cause(...changes: ArtifactChange[]) {
  return here.ground.database.transaction((tx) => causeArtifactEvents(here.tracking, tx, 'ann', changes));
}

/** The stored events about a version or a collection, each with the automations that it fired. */
async function happened(subjectId: string) {
  return here.ground.database.query<{
    type: string;
    tenantId: string;
    projectId: string;
    kind: string;
    author: string;
    captured: CapturedArtifactEvent;
    fired: string[];
  }>(
    `select type, tenant_id as "tenantId", project_id as "projectId", subject_kind as kind, author, captured,
       array(select automation_id::text from execution where execution.tenant_id = event.tenant_id
         and execution.event_id = event.event_id order by execution.automation_id) as fired
     from event where subject_id = $1::bigint order by event_id`,
    [subjectId],
  );
}

const nameOf = (captured: CapturedArtifactEvent): string =>
  ('version' in captured ? captured.version.collection : captured.collection).name;

test('AUT-012: an alias event fires at collection, project, team and organization, each once', async () => {
  const filter = { alias: { $regex: '^prod' } };
  const { tenantId, rootId } = projects.cats;
  const scopes = [collectionScope(source), projectScope(projects.cats), entityScope(tenantId), entityScope(rootId)];
  const ids: string[] = [];
  for (const scope of scopes) ids.push(await watch('ADD_ARTIFACT_ALIAS', scope, filter));
  await watch('ADD_ARTIFACT_ALIAS', collectionScope(portfolio), filter);
  await watch('ADD_ARTIFACT_ALIAS', projectScope(projects.dogs), filter);
  await watch('ADD_ARTIFACT_ALIAS', projectScope(projects.cats), filter, false);
  await cause(
    { type: 'ADD_ARTIFACT_ALIAS', place: source, alias: 'production', previousVersion: 2 },
    { type: 'ADD_ARTIFACT_ALIAS', place: source, alias: 'latest', previousVersion: null },
  );
  const [production, latest, ...more] = await happened(source.artifactId);
  assert.deepEqual(production?.fired, ids);
  assert.deepEqual([latest?.type, latest?.fired, more.length], ['ADD_ARTIFACT_ALIAS', [], 0]);
});

test('an event keeps everything that a payload may name, as it was then', async () => {
  await cause({ type: 'LINK_MODEL', place: registered });
  const [event] = await happened(registered.artifactId);
  assert.ok(event);
  const { captured, fired: _, ...row } = event;
  const { tenantId, id: projectId } = projects.models;
  assert.deepEqual(row, { type: 'LINK_MODEL', tenantId, projectId, kind: 'artifact', author: 'ann' });
  assert.ok('version' in captured);
  const { collection, ...version } = captured.version;
  const url = `http://tripline.test/acme/wandb-registry-models/artifacts/model/${collection.name}`;
  assert.deepEqual(collection, {
    entity: 'acme',
    project: 'wandb-registry-models',
    registry: 'models',
    name: collection.name,
    kind: 'portfolio',
    artifactType: 'model',
    tags: [],
    url,
  });
  assert.deepEqual(
    { ...version, id: atob(version.id) },
    {
      id: `Artifact:${projects.cats.tenantId}${registered.artifactId.padStart(19, '0')}`,
      index: 3,
      aliases: ['prod'],
      tags: ['good'],
      digest: 'abc',
      size: 2048,
      metadata: { auc: 0.91, eval: { loss: 0.1 } },
      sourceRun: null,
      url: `${url}/v3`,
    },
  );
});

test('AUT-013, AUT-014: a link into a registry is seen by registry and organization, never by a team', async () => {
  const [cats, dogs, models] = [projects.cats, projects.dogs, projects.models];
  const ids = [
    await watch('LINK_MODEL', entityScope(cats.rootId)),
    await watch('LINK_MODEL', projectScope(models)),
    await watch('LINK_MODEL', collectionScope(registered)),
  ];
  const ofTeams = [
    await watch('LINK_MODEL', entityScope(cats.tenantId)),
    await watch('LINK_MODEL', entityScope(dogs.tenantId)),
  ];
  await cause({ type: 'LINK_MODEL', place: registered });
  assert.deepEqual(
    (await happened(registered.artifactId)).map(({ fired }) => fired),
    [ids],
  );
  const other = await place('portfolio', dogs, await artifact(), []);
  await cause({ type: 'LINK_MODEL', place: other });
  assert.deepEqual(
    (await happened(other.artifactId)).map(({ fired }) => fired),
    [[ids[0], ofTeams[1]]],
  );
});

test('AUT-031: a tag on a version in a sequence, a portfolio and a registry fires each automation once', async () => {
  const inProject = await watch('ADD_ARTIFACT_TAG', projectScope(projects.cats), { tag: 'once' });
  const inOrganization = await watch('ADD_ARTIFACT_TAG', entityScope(projects.cats.rootId), { tag: 'once' });
  const inRegistry = await watch('ADD_ARTIFACT_TAG', projectScope(projects.models), { tag: 'once' });
  const inPortfolio = await watch('ADD_ARTIFACT_TAG', collectionScope(portfolio), { tag: 'once' });
  await cause({ type: 'ADD_ARTIFACT_TAG', places: [source, portfolio, registered], tag: 'once' });
  const events = await happened(source.artifactId);
  assert.deepEqual(
    events.map(({ tenantId, fired }) => ({ tenantId, fired })),
    [
      { tenantId: source.tenantId, fired: [inProject, inOrganization] },
      { tenantId: portfolio.tenantId, fired: [inPortfolio] },
      { tenantId: registered.tenantId, fired: [inRegistry] },
    ],
  );
  assert.equal(new Set(events.map(({ captured }) => nameOf(captured))).size, 3, 'each reports its own collection');
});

test('a tag that nobody watches is one event, at the source', async () => {
  await cause({ type: 'REMOVE_ARTIFACT_TAG', places: [source, portfolio, registered], tag: 'old' });
  const events = await happened(source.artifactId);
  assert.deepEqual(
    events.map(({ type, projectId, fired }) => ({ type, projectId, fired })),
    [{ type: 'REMOVE_ARTIFACT_TAG', projectId: source.projectId, fired: [] }],
  );
});

test('a tag is reported at the first place that the filter lets through', async () => {
  const portfolioName = await nameAt(portfolio);
  const id = await watch('ADD_ARTIFACT_TAG', projectScope(projects.cats), { collection: portfolioName });
  await cause({ type: 'ADD_ARTIFACT_TAG', places: [source, portfolio], tag: 'x' });
  const events = await happened(source.artifactId);
  assert.deepEqual(events.map(({ captured, fired }) => ({ name: nameOf(captured), fired })).at(-1), {
    name: portfolioName,
    fired: [id],
  });
});

async function nameAt({ tenantId, collectionId }: CollectionPlace): Promise<string> {
  return (await collectionById(here.ground.database, { tenantId, collectionId }))!.name;
}

test('a filter and a payload see the run that logged the version', async () => {
  const config = JSON.stringify({ lr: { value: 0.1, desc: null } });
  const run = { name: 'r1', displayName: 'fancy-moon-1', entity: 'vision', project: 'cats', config };
  const { message } = await here.as('ann', UPSERT_RUN, { ...run, summaryMetrics: '{"acc":0.9}' });
  assert.equal(message, '');
  await here.ground.database.execute(
    `update artifact set run_id = (select run_id from run where tenant_id = $1::bigint and name = 'r1')
      where tenant_id = $1::bigint and artifact_id = $2::bigint`,
    [source.artifactTenantId, source.artifactId],
  );
  const id = await watch('LINK_MODEL', collectionScope(registered), {
    'source_run.name': 'fancy-moon-1',
    'source_run.config.lr': { $lt: 0.2 },
    'source_run.summary.acc': { $gt: 0.8 },
  });
  await cause({ type: 'LINK_MODEL', place: registered });
  const [event] = await happened(source.artifactId);
  assert.ok(event);
  assert.ok(event.fired.includes(id));
  assert.deepEqual('version' in event.captured && event.captured.version.sourceRun, {
    id: 'r1',
    displayName: 'fancy-moon-1',
    config: { lr: 0.1 },
    summary: { acc: 0.9 },
  });
});

test('AUT-033: a collection’s tags have events of their own, about the collection', async () => {
  const id = await watch('ADD_COLLECTION_TAG', projectScope(projects.cats), { tag: { $eq: 'ready' } });
  await cause(
    { type: 'ADD_COLLECTION_TAG', collection: source, tag: 'ready' },
    { type: 'REMOVE_COLLECTION_TAG', collection: source, tag: 'ready' },
  );
  const events = await happened(source.collectionId);
  assert.deepEqual(
    events.map(({ type, kind, fired }) => ({ type, kind, fired })),
    [
      { type: 'ADD_COLLECTION_TAG', kind: 'collection', fired: [id] },
      { type: 'REMOVE_COLLECTION_TAG', kind: 'collection', fired: [] },
    ],
  );
});

test('AUT-097: a logged table fires no project automation that does not ask for its type', async () => {
  const table = await place('sequence', projects.cats, await artifact(), ['latest'], 'run_table');
  await watch('CREATE_ARTIFACT', projectScope(projects.cats));
  await watch('ADD_ARTIFACT_ALIAS', entityScope(projects.cats.tenantId), { alias: 'latest' });
  const asking = await watch('CREATE_ARTIFACT', projectScope(projects.cats), { artifact_type: 'run_table' });
  const looking = await watch('ADD_ARTIFACT_ALIAS', collectionScope(table));
  await cause(
    { type: 'CREATE_ARTIFACT', place: table },
    { type: 'ADD_ARTIFACT_ALIAS', place: table, alias: 'latest', previousVersion: null },
  );
  assert.deepEqual(
    (await happened(table.artifactId)).map(({ fired }) => fired),
    [[asking], [looking]],
  );
});

test('AUT-011: a project automation fires for a collection made after it, of a version linked or unlinked', async () => {
  const id = await watch('UNLINK_ARTIFACT', projectScope(projects.dogs));
  const later = await place('portfolio', projects.dogs, await artifact(), ['prod']);
  await cause({ type: 'UNLINK_ARTIFACT', place: later });
  assert.deepEqual(
    (await happened(later.artifactId)).map(({ fired }) => fired),
    [[id]],
  );
});

test('executions are listed by the owner of the place, with the type and what they are about', async () => {
  await watch('LINK_MODEL', collectionScope(registered));
  await cause({ type: 'LINK_MODEL', place: registered });
  const listing = async (entity: string, username: string) => {
    const viewer = await here.viewer(username);
    const place = await requireEntity(here.ground, viewer, entity);
    const wanted = new Map([
      ['status', ['finished']],
      ['subject_id', [registered.artifactId]],
    ] as const);
    const filter = { seen: seenAt(viewer, [place]), wanted, integrationId: null, reason: null, from: null, to: null };
    const page = { after: null, limit: 1000, oldestFirst: false };
    return (await findExecutions(here.ground, filter, page)).items;
  };
  const [execution] = await listing('acme', 'ann');
  const { eventType, subjectKind, project: name, author } = execution ?? {};
  assert.deepEqual([eventType, subjectKind, name, author], ['LINK_MODEL', 'artifact', 'wandb-registry-models', 'ann']);
  assert.deepEqual(await listing('vision', 'ann'), []);
});

test('many changes of one deed are kept in their order, with ids that ascend', async () => {
  const tags = Array.from({ length: 1200 }, (_, index) => `t${index}`);
  await cause(...tags.map((tag): ArtifactChange => ({ type: 'ADD_ARTIFACT_TAG', places: [source], tag })));
  const events = await happened(source.artifactId);
  assert.deepEqual(
    events.map(({ captured }) => 'tag' in captured && captured.tag),
    tags,
  );
});
