import { deepStrictEqual, rejects, strictEqual } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { artifactKeyOf } from '../../src/wire/wandb/graphql/artifact-ids.ts';
import { artifactDeeds, type CollectionName } from '../support/artifact-deeds.ts';
import { artifactScene } from '../support/artifact-scene.ts';
import type { Ledger } from '../support/audit-ledger.ts';
import { type AuditStage, clientDocument as doc, openAuditStage, operationsOf } from '../support/audit-stage.ts';
import { REWIND_RUN, UPSERT_RUN } from '../support/documents.ts';
import { rest } from '../support/rest.ts';
import { uploadRunFiles } from '../support/run-uploads.ts';
import type { Person, Scene } from '../support/scene.ts';
import { metric } from '../support/wire-events.ts';

const O = '/api/v1/organizations/:org';
const RUN = '/api/v1/entities/:entity/projects/:project/runs/:run';
const R = `${O}/registries/:registry`;

let stage: AuditStage;
let ledger: Ledger;

const facts = () => [ledger.last?.before, ledger.last?.after] as unknown as [Record<string, unknown>, unknown];
/** Names of the automations that went with what was deleted. */
const takenAlong = () => (facts()[0].automations as { name: string }[]).map(({ name }) => name);
type Made = { readonly project: { readonly id: string } };

describe('what runs and artifacts lie in leaves one entry for each deed', () => {
  before(async () => {
    stage = await openAuditStage();
    ({ ledger } = stage);
  });
  after(() => stage.drop());

  test('projects and runs', async () => {
    const lab = await stage.scene();
    const { team: entityName, person } = lab;
    const upsert = (deed?: 'project.created' | 'project.changed') => (input: object) =>
      ledger.graphql(person, deed)<{ result: Made }>(doc('CreateProject'), { input: { entityName, ...input } });
    const { result } = await upsert('project.created')({ name: 'one' });
    await upsert('project.changed')({ name: 'one', description: 'why' });
    deepStrictEqual(facts(), [
      { description: null, visibility: 'Team' },
      { description: 'why', visibility: 'Team' },
    ]);
    const rename = 'mutation R($input: RenameProjectInput!) { renameProject(input: $input) { inserted } }';
    const input = { entityName, oldProjectName: 'one', newProjectName: 'two' };
    await ledger.graphql(person, 'project.renamed')(rename, { input });
    await ledger.graphql(person, 'project.deleted')(doc('DeleteProject'), { id: result.project.id });

    const run = { entity: entityName, project: 'by-a-run', name: 'first' };
    const begun = await ledger.graphql(person, 'project.created')<{ upsertBucket: { bucket: { id: string } } }>(
      UPSERT_RUN,
      run,
    );
    const logging = ledger.graphql(person);
    await logging(UPSERT_RUN, run);
    const remove = 'mutation D($id: ID!) { deleteRun(input: { id: $id }) { clientMutationId } }';
    const { id } = begun.upsertBucket.bucket;
    await ledger.graphql(person, 'run.deleted')(remove, { id });
    await logging(UPSERT_RUN, { ...run, name: 'second' });
    const removals = 'POST /api/v1/entities/:entity/projects/:project/run-removals';
    const at = { entity: entityName, project: run.project };
    await ledger.route(person, 'run.deleted', removals, { at, body: { runs: ['second'] } });

    const watch = await lab.automation(metric('loss', '$gt', 10));
    const trained = await lab.run();
    await trained.log({ loss: 1 }, { loss: 2 });
    const rewind = {
      runName: trained.id,
      entity: entityName,
      project: lab.project,
      metricName: '_step',
      metricValue: 0,
    };
    await ledger.graphql(person, 'run.rewound')(REWIND_RUN, rewind);
    await logging(REWIND_RUN, rewind);
    const outsider = ledger.graphql(await stage.scene().then(({ person: other }) => other));
    await rejects(outsider(doc('DeleteProject'), { id: lab.projectId }));
    await ledger.graphql(person, 'project.deleted')(doc('DeleteProject'), { id: lab.projectId });
    deepStrictEqual(takenAlong(), [watch.name]);
  });

  test('what people do to runs and their files', async () => {
    const lab = await stage.scene();
    const { person } = lab;
    const trained = await lab.run({ config: { lr: 0.1, seed: 3 }, tags: ['old'] });
    const at = { entity: lab.team, project: lab.project, run: trained.id };
    await ledger.route(person, 'run.changed', `PATCH ${RUN}`, {
      at,
      body: { tags: ['new'], config: { lr: 0.2 }, removedConfig: ['seed'] },
    });
    const [was, is] = facts() as unknown as Record<string, Record<string, { value?: unknown }>>[];
    deepStrictEqual([was?.tags, was?.config?.lr?.value, was?.config?.seed?.value], [['old'], 0.1, 3]);
    deepStrictEqual([is?.tags, is?.config?.lr?.value, is?.config?.seed], [['new'], 0.2, null]);
    await rest(stage.server, person.key, runPath(at), { method: 'PATCH', body: { tags: ['new'] } });
    const several = 'POST /api/v1/entities/:entity/projects/:project/run-tags';
    await ledger.route(person, 'run.changed', several, { at, body: { runs: [trained.id, 'nobody'], add: ['best'] } });
    deepStrictEqual(facts(), [{ tags: ['new'] }, { tags: ['new', 'best'] }]);
    strictEqual(ledger.last?.subject.name, trained.id);
    await rest(stage.server, person.key, `${projectPath(at)}/run-tags`, {
      method: 'POST',
      body: { runs: [trained.id], add: ['best'] },
    });
    await ledger.refused(person, 400, `PATCH ${RUN}`, { at, body: { config: { _wandb: 1 } } });

    await ledger.route(person, 'run.stopped', `POST ${RUN}/stop`, { at });
    const stop = 'mutation S($id: ID!) { stopRun(input: { id: $id }) { success } }';
    const another = await lab.run();
    const idOf = async (name: string) =>
      (
        await lab.graphql<{ project: { run: { id: string } } }>(
          'query R($e: String!, $p: String!, $r: String!) { project(entityName: $e, name: $p) { run(name: $r) { id } } }',
          { e: lab.team, p: lab.project, r: name },
        )
      ).project.run.id;
    await ledger.graphql(person, 'run.stopped')(stop, { id: await idOf(another.id) });
    const third = await lab.run();
    const stops = 'POST /api/v1/entities/:entity/projects/:project/run-stops';
    await ledger.route(person, 'run.stopped', stops, { at, body: { runs: [third.id, another.id] } });
    strictEqual(ledger.last?.subject.name, third.id);

    const byId =
      'mutation U($id: String!, $config: JSONString, $summary: JSONString) { upsertBucket(input: { id: $id, config: $config, summaryMetrics: $summary }) { inserted } }';
    const id = await idOf(another.id);
    await ledger.graphql(person, 'run.changed')(byId, { id, config: '{"lr": {"value": 0.5}}' });
    deepStrictEqual((facts()[1] as { config: object }).config, { lr: { value: 0.5 } });
    await ledger.graphql(person)(byId, { id, summary: '{"loss": 1}' });
    const state = 'mutation S($id: ID!) { updateRunState(input: { id: $id, state: "failed" }) { success } }';
    await ledger.graphql(person, 'run.changed')(state, { id });
    deepStrictEqual(facts(), [{ state: 'running' }, { state: 'failed' }]);
    await trained.finish(0);
    await ledger.refused(person, 409, `POST ${RUN}/stop`, { at });

    const files = await uploaded(lab, trained.id, ['a.txt', 'b/c.txt']);
    const query = '?name=b%2Fc.txt';
    await ledger.route(person, 'run.files_deleted', `DELETE ${RUN}/files`, { at, query });
    deepStrictEqual(facts()[0], { count: 1, files: ['b/c.txt'] });
    await ledger.refused(person, 404, `DELETE ${RUN}/files`, { at, query });
    const remove = 'mutation F($files: [ID!]!) { deleteFiles(input: { files: $files }) { success } }';
    await ledger.graphql(person, 'run.files_deleted')(remove, { files: [files.get('a.txt')] });
    await ledger.route(person, 'run.deleted', `DELETE ${RUN}`, { at });
    await ledger.refused(person, 404, `DELETE ${RUN}`, { at });
  });

  test('registries and their members', async () => {
    const lab = await stage.scene();
    const { organization: org, person, teammate, team } = lab;
    const at = { org, registry: 'models' };
    await ledger.refused(teammate, 403, `POST ${O}/registries`, { at, body: { name: 'models' } });
    await ledger.route(person, 'registry.created', `POST ${O}/registries`, { at, body: { name: 'models' } });
    await ledger.route(person, 'registry.changed', `PATCH ${R}`, { at, body: { protectedAliases: ['prod'] } });
    const role = { role: 'member' };
    const member = { at: { ...at, username: teammate.username }, body: role };
    await ledger.refused(teammate, 403, `PUT ${R}/members/:username`, member);
    await ledger.route(person, 'registry.members_changed', `PUT ${R}/members/:username`, member);
    await ledger.route(person, 'registry.members_changed', `DELETE ${R}/members/:username`, { at: member.at });
    const ofTeam = { ...at, team };
    await ledger.route(person, 'registry.members_changed', `PUT ${R}/teams/:team`, { at: ofTeam, body: role });
    await ledger.route(person, 'registry.members_changed', `DELETE ${R}/teams/:team`, { at: ofTeam });
    await membersByClient(lab, person, teammate);
    await ledger.route(person, 'project.renamed', `PATCH ${R}`, { at, body: { name: 'best' } });
    await ledger.route(person, 'project.deleted', `DELETE ${R}`, { at: { org, registry: 'best' } });
    const input = { entityName: org, name: 'wandb-registry-data' };
    await ledger.graphql(person, 'registry.created')(doc('UpsertRegistry'), { input });
    await ledger.graphql(person, 'registry.changed')(doc('UpsertRegistry'), { input: { ...input, description: 'x' } });
  });

  /** As `registry.add_members` and its like. */
  async function membersByClient({ graphql, organization, team }: Scene, person: Person, mate: Person) {
    const found = await graphql<{
      project: { id: string };
      users: { edges: { node: { id: string } }[] };
      team: { id: string };
    }>(
      `query Ids($entity: String!, $project: String!, $team: String!, $user: String!) {
        project(entityName: $entity, name: $project) { id }
        users(query: $user) { edges { node { id } } }
        team: entity(name: $team) { id } }`,
      { entity: organization, project: 'wandb-registry-models', team, user: mate.username },
    );
    const [projectId, userId, teamId] = [found.project.id, found.users.edges[0]?.node.id, found.team.id];
    const parties = { projectId, userIds: [userId], teamIds: [teamId] };
    for (const [name, input] of [
      ['CreateRegistryMembers', parties],
      ['UpdateUserRegistryRole', { projectId, userId, userProjectRole: 'member' }],
      ['UpdateTeamRegistryRole', { projectId, teamId, teamProjectRole: 'member' }],
      ['DeleteRegistryMembers', parties],
    ] as const) {
      await ledger.graphql(person, 'registry.members_changed')(doc(name), { input });
    }
  }

  test('protected aliases, versions and collections; other aliases are no settings', async () => {
    const lab = await stage.scene();
    const { person } = lab;
    const { log, project, registry, scopeOf, collection, automation } = artifactScene(lab);
    const portfolio: CollectionName = { ...(await registry('models', ['prod'])), collection: 'best' };
    const version = await log('weights');
    const prod = { aliases: ['prod'], artifact: storedId(version) };
    const quiet = artifactDeeds(ledger.graphql(person));
    const guarded = artifactDeeds(ledger.graphql(person, 'alias.protected_changed'));
    await artifactDeeds(ledger.graphql(person, 'collection.created')).link(version, portfolio, 'free');
    deepStrictEqual(facts(), [null, { name: 'best', description: null, type: 'model' }]);
    await guarded.link(version, portfolio, 'prod');
    await guarded.removeAliases(version, portfolio, 'prod');
    await guarded.addAliases(version, portfolio, 'prod', 'other');
    deepStrictEqual(facts(), [null, prod]);
    await quiet.addAliases(version, collection('weights'), 'prod');
    await guarded.unlink(version, portfolio);
    deepStrictEqual(facts(), [prod, null]);
    await quiet.link(version, portfolio, 'free');
    await quiet.unlink(version, portfolio);

    const lost = [{ aliases: ['prod'], collection: `${portfolio.entity}/${portfolio.project}/best` }];
    await guarded.link(version, portfolio, 'prod');
    await artifactDeeds(ledger.graphql(person, 'artifact.deleted')).delete(version);
    deepStrictEqual(facts()[0].protectedAliases, lost);

    const change = ledger.graphql(person, 'collection.changed');
    const tagging = artifactDeeds(change);
    await tagging.tagCollection(portfolio, { add: ['road'] });
    await quiet.tagCollection(portfolio, { add: ['road'], remove: ['sea'] });
    await tagging.tagCollection(portfolio, { remove: ['road'] });
    deepStrictEqual(facts(), [{ tags: ['road'] }, { tags: [] }]);
    const sequence = await scopeOf({ ...project, collection: 'weights' });
    const renamed =
      'mutation S($input: UpdateArtifactSequenceInput!) { updateArtifactSequence(input: $input) { artifactCollection { id } } }';
    await change(renamed, { input: { artifactSequenceID: sequence.scopeID, description: 'why' } });
    const move =
      'mutation M($input: MoveArtifactSequenceInput!) { moveArtifactSequence(input: $input) { artifactCollection { id } } }';
    for (const type of ['network', 'model']) {
      await change(move, { input: { artifactSequenceID: sequence.scopeID, destinationArtifactTypeName: type } });
    }
    const { scopeID } = await scopeOf(portfolio);
    const edited =
      'mutation P($input: UpdateArtifactPortfolioInput!) { updateArtifactPortfolio(input: $input) { artifactCollection { id } } }';
    await change(edited, { input: { artifactPortfolioID: scopeID, description: 'why' } });

    const second = await log('weights');
    await quiet.tag(second, { add: ['pruned'] });
    const lives = 'mutation U($input: UpdateArtifactInput!) { updateArtifact(input: $input) { artifact { id } } }';
    const spans = { artifactID: second, ttlDurationSeconds: 86_400 };
    await ledger.graphql(person, 'artifact.ttl_changed')(lives, { input: spans });
    await ledger.graphql(person)(lives, { input: { ...spans, description: 'why' } });
    await guarded.link(second, portfolio, 'prod');
    const watch = await automation(collection('weights'), 'ADD_ARTIFACT_ALIAS');
    const gone = ledger.graphql(person, 'collection.deleted');
    const endSequence =
      'mutation D($id: ID!) { deleteArtifactSequence(input: { artifactSequenceID: $id }) { artifactCollection { id } } }';
    await gone(endSequence, { id: sequence.scopeID });
    deepStrictEqual(facts()[0].protectedAliases, lost);
    deepStrictEqual(takenAlong(), [watch.name]);
    await guarded.link(await log('others'), portfolio, 'prod');
    const endPortfolio =
      'mutation D($id: ID!) { deleteArtifactPortfolio(input: { artifactPortfolioID: $id }) { artifactCollection { id } } }';
    await gone(endPortfolio, { id: scopeID });
    deepStrictEqual(facts()[0].protectedAliases, lost);
  });

  test('the same over REST', async () => {
    const lab = await stage.scene();
    const { person, teammate, team: entity, project, organization } = lab;
    const artifacts = artifactScene(lab);
    await artifacts.registry('models', ['prod']);
    await artifacts.log('weights');
    const E = '/api/v1/entities/:entity/projects/:project/artifacts/:collection';
    const V = `${E}/versions/:version`;
    const own = { entity, project, collection: 'weights', version: 'v0' };
    const there = { entity: organization, project: 'wandb-registry-models', collection: 'best', version: 'v0' };
    const guarded = 'alias.protected_changed';
    const target = { entity: there.entity, project: there.project, collection: 'best', aliases: ['prod'] };
    const COLLECTIONS = '/api/v1/entities/:entity/projects/:project/artifacts';
    const made = { name: 'best', type: 'model', description: 'of all' };
    await ledger.route(person, 'collection.created', `POST ${COLLECTIONS}`, { at: there, body: made });
    deepStrictEqual(facts(), [null, made]);
    await ledger.refused(person, 409, `POST ${COLLECTIONS}`, { at: there, body: made });
    for (const method of ['PUT', 'DELETE'])
      await ledger.route(person, 'collection.changed', `${method} ${E}/tags/:tag`, { at: { ...there, tag: 'road' } });
    await ledger.route(person, 'artifact.ttl_changed', `PATCH ${V}`, { at: own, body: { ttlSeconds: 86_400 } });
    await ledger.route(person, 'collection.created', `POST ${V}/links`, {
      at: own,
      body: { ...target, collection: 'newer', aliases: [] },
    });
    await ledger.refused(teammate, 403, `POST ${V}/links`, { at: own, body: target });
    await ledger.route(person, guarded, `POST ${V}/links`, { at: own, body: target });
    await ledger.route(person, guarded, `DELETE ${V}/aliases/:alias`, { at: { ...there, alias: 'prod' } });
    await ledger.route(person, guarded, `PUT ${V}/aliases/:alias`, { at: { ...there, alias: 'prod' } });
    await ledger.route(person, guarded, `DELETE ${V}/link`, { at: there });
    await ledger.route(person, 'collection.changed', `PATCH ${E}`, { at: own, body: { description: 'why' } });
    const second = { ...own, version: 'v1' };
    await artifacts.log('weights');
    const some = { at: second, body: { versions: ['v1', 'v9'] } };
    await ledger.route(person, 'artifact.deleted', `POST ${E}/version-removals`, some);
    await ledger.route(person, 'artifact.deleted', `DELETE ${V}`, { at: own });
    await ledger.route(person, 'collection.deleted', `DELETE ${E}`, { at: own });
  });

  test('every operation that is audited was done', () => {
    deepStrictEqual([...ledger.done].sort(), operationsOf('tracked'));
  });
});

const projectPath = ({ entity, project }: { entity: string; project: string }) =>
  `/entities/${entity}/projects/${project}`;
const runPath = ({ entity, project, run }: { entity: string; project: string; run: string }) =>
  `/entities/${entity}/projects/${project}/runs/${run}`;

/** Uploads files of a run. @returns their ids by name */
async function uploaded(lab: Scene, run: string, names: readonly string[]): Promise<Map<string, string>> {
  const where = { entity: lab.team, project: lab.project, run };
  await uploadRunFiles(lab.graphql, where, Object.fromEntries(names.map((name) => [name, 'content'])));
  const { project } = await lab.graphql<{
    project: { run: { files: { edges: { node: { id: string; name: string } }[] } } };
  }>(
    `query F($entity: String!, $project: String!, $run: String!) {
      project(entityName: $entity, name: $project) { run(name: $run) { files { edges { node { id name } } } } } }`,
    where,
  );
  return new Map(project.run.files.edges.map(({ node }) => [node.name, node.id]));
}

/** Id of an artifact without that of its tenant. */
function storedId(id: string): string | undefined {
  return artifactKeyOf(id)?.artifactId;
}
