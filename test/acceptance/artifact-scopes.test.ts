import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import type { ProjectName } from '../support/artifact-deeds.ts';
import { artifactScene } from '../support/artifact-scene.ts';
import { onOneDatabase } from '../support/databases.ts';
import { CREATE_PROJECT } from '../support/documents.ts';
import { executionsOf, rest } from '../support/rest.ts';
import type { Scene } from '../support/scene.ts';
import { stage } from '../support/stage.ts';

const RENAME_PROJECT = `mutation RenameProject($input: RenameProjectInput!) {
  renameProject(input: $input) { project { name } } }`;
const DELETE_PROJECT = 'mutation DeleteModel($input: DeleteModelInput!) { deleteModel(input: $input) { success } }';
const TRIGGERS = 'query Triggers($name: String!) { entity(name: $name) { triggers { edges { node { name } } } } }';

/** A project of a further team of the scene's organization. */
async function secondTeam({ server, person, organization, graphql, project }: Scene): Promise<ProjectName> {
  const entity = `${organization}-second`;
  const members = [{ username: person.username, role: 'admin' }];
  const body = { name: entity, members };
  await rest(server, person.key, `/organizations/${organization}/teams`, { method: 'POST', body });
  await graphql(CREATE_PROJECT, { input: { name: project, entityName: entity } });
  return { entity, project };
}

onOneDatabase('embedded', (database) => {
  const scenario = stage(database);

  scenario('AUT-011: a project automation fires for a collection created after it', async (scene) => {
    const artifacts = artifactScene(scene);
    const created = await artifacts.automation(artifacts.project, 'CREATE_ARTIFACT');
    const linked = await artifacts.automation(artifacts.project, 'LINK_MODEL');
    const version = await artifacts.log('later');
    await artifacts.link(version, artifacts.collection('later-links'));
    const told = [...(await created.fires(1)), ...(await linked.fires(1))];
    deepStrictEqual(
      told.map(({ event, collection }) => [event, collection]),
      [
        ['CREATE_ARTIFACT', 'later'],
        ['LINK_ARTIFACT', 'later-links'],
      ],
    );
  });

  scenario('AUT-012: one alias matched at collection, project and team makes three executions', async (scene) => {
    const artifacts = artifactScene(scene);
    const models = artifacts.collection('models');
    const version = await artifacts.log('models');
    const watches = [];
    for (const place of [models, artifacts.project, scene.team]) {
      watches.push(await artifacts.automation(place, 'ADD_ARTIFACT_ALIAS', { alias: 'prod' }));
    }
    await artifacts.addAliases(version, models, 'prod');
    const told = await Promise.all(watches.map((watch) => watch.fires(1)));
    deepStrictEqual(
      told.map(([payload]) => payload?.automation),
      watches.map(({ name }) => name),
    );
  });

  scenario('AUT-013: a team-scoped automation does not fire for a registry collection', async (scene) => {
    const artifacts = artifactScene(scene);
    const registry = await artifacts.registry('of-all');
    const ofTeam = await artifacts.automation(scene.team, 'LINK_MODEL');
    const ofRegistry = await artifacts.automation(registry, 'LINK_MODEL');
    const version = await artifacts.log('models');
    await artifacts.link(version, { ...registry, collection: 'best' });
    await ofRegistry.fires(1);
    await ofTeam.firesNothing();
    await artifacts.link(version, artifacts.collection('links'));
    await ofTeam.fires(1);
    await ofRegistry.fires(1);
  });

  scenario('AUT-014: an organization-scoped automation fires for two teams and a registry', async (scene) => {
    const artifacts = artifactScene(scene);
    const registry = await artifacts.registry('shared');
    const other = await secondTeam(scene);
    const { name, inbox } = await artifacts.automation(scene.organization, 'ADD_ARTIFACT_ALIAS', { alias: 'prod' });
    const version = await artifacts.log('models', { aliases: ['prod'] });
    await artifacts.log('models', { aliases: ['prod'] }, other);
    await artifacts.link(version, { ...registry, collection: 'best' }, 'prod');
    const received = await inbox.exactly(3);
    const entities = [scene.team, other.entity, scene.organization];
    deepStrictEqual(received.map(({ body }) => JSON.parse(body).entity).toSorted(), entities.toSorted());
    for (const entity of entities) {
      const executions = await executionsOf(scene.server, scene.person.key, entity, name);
      const own = executions.filter((execution) => execution.entity === entity);
      strictEqual(own.length, 1, `each is listed where it happened: ${entity}`);
      strictEqual(executions.length, entity === scene.organization ? 3 : 1, 'and all with the organization');
    }
  });

  scenario('AUT-018: renaming project, collection or registry stops nothing; variables say the new', async (scene) => {
    const artifacts = artifactScene(scene);
    const registry = await artifacts.registry('old');
    const version = await artifacts.log('old');
    await artifacts.link(version, { ...registry, collection: 'best' });
    const watches = [
      await artifacts.automation(artifacts.collection('old'), 'ADD_ARTIFACT_ALIAS'),
      await artifacts.automation(artifacts.project, 'ADD_ARTIFACT_ALIAS'),
      await artifacts.automation(registry, 'ADD_ARTIFACT_ALIAS'),
    ] as const;

    await artifacts.rename(artifacts.collection('old'), 'new');
    const { entity, project: oldProjectName } = artifacts.project;
    await scene.graphql(RENAME_PROJECT, { input: { entityName: entity, oldProjectName, newProjectName: 'renamed' } });
    const path = `/organizations/${scene.organization}/registries/old`;
    await rest(scene.server, scene.person.key, path, { method: 'PATCH', body: { name: 'new' } });

    await artifacts.addAliases(version, { entity, project: 'renamed', collection: 'new' }, 'prod');
    const renamed = { entity: scene.organization, project: 'wandb-registry-new', collection: 'best' };
    await artifacts.addAliases(version, renamed, 'prod');
    const told = await Promise.all(watches.map((watch) => watch.fires(1)));
    deepStrictEqual(
      told.map(([payload]) => [payload?.project, payload?.collection, payload?.version]),
      [
        ['renamed', 'new', `${scene.team}/renamed/new:v0`],
        ['renamed', 'new', `${scene.team}/renamed/new:v0`],
        ['wandb-registry-new', 'best', `${scene.organization}/wandb-registry-new/best:v0`],
      ],
    );
  });

  scenario('AUT-019: a deleted project takes its automations along, their executions stay readable', async (scene) => {
    const artifacts = artifactScene(scene);
    await artifacts.log('models');
    const watches = [
      await artifacts.automation(artifacts.project, 'CREATE_ARTIFACT'),
      await artifacts.automation(artifacts.collection('models'), 'CREATE_ARTIFACT'),
    ];
    const ofTeam = await artifacts.automation(scene.team, 'CREATE_ARTIFACT');
    await artifacts.log('models');
    const fired = await Promise.all([...watches, ofTeam].map((watch) => watch.fires(1).then(watch.executions)));

    await scene.graphql(DELETE_PROJECT, { input: { id: scene.projectId } });
    const { entity } = await scene.graphql<TriggerNames>(TRIGGERS, { name: scene.team });
    deepStrictEqual(
      entity.triggers.edges.map(({ node }) => node.name),
      [ofTeam.name],
    );
    const path = `/entities/${scene.team}`;
    const listed = await rest<{ items: { name: string }[] }>(scene.server, scene.person.key, `${path}/automations`);
    deepStrictEqual(
      listed.items.map(({ name }) => name),
      [ofTeam.name],
    );
    const still = await Promise.all([...watches, ofTeam].map((watch) => watch.executions()));
    deepStrictEqual(still, fired);
    for (const [execution] of fired) {
      const { id } = execution ?? {};
      const read = await rest<{ id: string }>(scene.server, scene.person.key, `${path}/executions/${id}`);
      strictEqual(read.id, id);
    }
  });

  scenario('AUT-039: a project automation with collection filter ^data fires for data-eu only', async (scene) => {
    const artifacts = artifactScene(scene);
    const filter = { collection: { $regex: '^data' } };
    const watch = await artifacts.automation(artifacts.project, 'CREATE_ARTIFACT', filter);
    for (const collection of ['big-data', 'data-eu', 'Data']) await artifacts.log(collection);
    const [payload] = await watch.fires(1);
    strictEqual(payload?.collection, 'data-eu');
  });
});

interface TriggerNames {
  readonly entity: { readonly triggers: { readonly edges: readonly { readonly node: { readonly name: string } }[] } };
}
