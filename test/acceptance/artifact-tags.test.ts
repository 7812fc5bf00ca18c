import { deepStrictEqual } from 'node:assert/strict';
import { artifactScene, inOrder } from '../support/artifact-scene.ts';
import { onOneDatabase } from '../support/databases.ts';
import { stage } from '../support/stage.ts';

onOneDatabase('embedded', (database) => {
  const scenario = stage(database);

  scenario('AUT-031: a tag on a version at three places fires project and registry once each', async (scene) => {
    const artifacts = artifactScene(scene);
    const registry = await artifacts.registry('tagged');
    const version = await artifacts.log('models');
    for (const collection of ['first', 'second']) await artifacts.link(version, { ...registry, collection });
    const inProject = await artifacts.automation(artifacts.project, 'ADD_ARTIFACT_TAG', { tag: 'ready' });
    const inRegistry = await artifacts.automation(registry, 'ADD_ARTIFACT_TAG', { tag: 'ready' });
    const inSecond = await artifacts.automation({ ...registry, collection: 'second' }, 'ADD_ARTIFACT_TAG');
    await artifacts.tag(version, { add: ['ready'] });
    const told = await Promise.all([inProject, inRegistry, inSecond].map((watch) => watch.fires(1)));
    deepStrictEqual(
      told.map(([payload]) => [payload?.tag, payload?.version]),
      [
        ['ready', `${scene.team}/${scene.project}/models:v0`],
        ['ready', `${scene.organization}/${registry.project}/first:v0`],
        ['ready', `${scene.organization}/${registry.project}/second:v0`],
      ],
    );
  });

  scenario('AUT-032: removing one of two tags fires once; the same tags again fire nothing', async (scene) => {
    const artifacts = artifactScene(scene);
    const added = await artifacts.automation(artifacts.project, 'ADD_ARTIFACT_TAG');
    const removed = await artifacts.automation(artifacts.project, 'REMOVE_ARTIFACT_TAG');
    const version = await artifacts.log('models', { tags: ['one', 'two'] });
    await added.fires(2);
    await artifacts.tag(version, { add: ['one', 'two'] });
    await artifacts.tag(version, { remove: ['one'] });
    await artifacts.tag(version, { remove: ['one'] });
    const [payload] = await removed.fires(1);
    deepStrictEqual([payload?.event, payload?.tag, payload?.collection], ['REMOVE_ARTIFACT_TAG', 'one', 'models']);
    await artifacts.delete(version);
    await removed.fires(1);
    await added.fires(2);
    deepStrictEqual(
      inOrder([added], ({ tag = '' }) => tag),
      ['one', 'two'],
    );
  });

  scenario('AUT-033: adding and removing a collection tag fires one event each', async (scene) => {
    const artifacts = artifactScene(scene);
    const registry = await artifacts.registry('labels');
    const best = { ...registry, collection: 'best' };
    await artifacts.link(await artifacts.log('models'), best);
    const added = await artifacts.automation(registry, 'ADD_COLLECTION_TAG');
    const removed = await artifacts.automation(best, 'REMOVE_COLLECTION_TAG');
    const ofVersions = await artifacts.automation(registry, 'ADD_ARTIFACT_TAG');
    await artifacts.tagCollection(best, { add: ['public'] });
    await artifacts.tagCollection(best, { add: ['public'] });
    const [came] = await added.fires(1);
    await removed.firesNothing();
    await artifacts.tagCollection(best, { remove: ['public'] });
    await artifacts.tagCollection(best, { remove: ['public'] });
    const [went] = await removed.fires(1);
    await added.fires(1);
    await ofVersions.firesNothing();
    deepStrictEqual(
      [came, went].map((payload) => [payload?.event, payload?.tag, payload?.collection, payload?.version]),
      [
        ['ADD_COLLECTION_TAG', 'public', 'best', ''],
        ['REMOVE_COLLECTION_TAG', 'public', 'best', ''],
      ],
    );
  });
});
