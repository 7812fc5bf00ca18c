import { deepStrictEqual, match } from 'node:assert/strict';
import { artifactScene } from '../support/artifact-scene.ts';
import { onOneDatabase } from '../support/databases.ts';
import { python } from '../support/python.ts';
import { stage } from '../support/stage.ts';

/** The example of W&B's documentation for GitHub's repository dispatch. */
const DISPATCH = {
  event_type: '${event_type}',
  client_payload: {
    event_author: '${event_author}',
    artifact_version: '${artifact_version}',
    artifact_version_string: '${artifact_version_string}',
    artifact_collection_name: '${artifact_collection_name}',
    project_name: '${project_name}',
    entity_name: '${entity_name}',
  },
};

onOneDatabase('embedded', (database) => {
  const scenario = stage(database);

  scenario('AUT-103: W&B’s GitHub dispatch example is sent with every variable filled', async (scene) => {
    const artifacts = artifactScene(scene);
    const registry = await artifacts.registry('dispatched');
    const best = { ...registry, collection: 'best' };
    const payload = { payload: DISPATCH };
    const version = await artifacts.log('models');
    const linked = await artifacts.automation(registry, 'LINK_MODEL', {}, payload);
    const named = await artifacts.automation(registry, 'ADD_ARTIFACT_ALIAS', { alias: 'prod' }, payload);
    await artifacts.link(version, best, 'prod');
    const told = [...(await linked.fires(1)), ...(await named.fires(1))];
    deepStrictEqual(
      told,
      ['LINK_ARTIFACT', 'ADD_ARTIFACT_ALIAS'].map((event_type) => ({
        event_type,
        client_payload: {
          event_author: scene.person.username,
          artifact_version: `wandb-artifact://_id/${version}`,
          artifact_version_string: `${scene.organization}/${registry.project}/best:v0`,
          artifact_collection_name: 'best',
          project_name: registry.project,
          entity_name: scene.organization,
        },
      })),
    );
  });

  scenario('AUT-104: ${event_type} of a link event is LINK_ARTIFACT, of others their own', async (scene) => {
    const artifacts = artifactScene(scene);
    const links = artifacts.collection('links');
    const types = [
      'CREATE_ARTIFACT',
      'ADD_ARTIFACT_ALIAS',
      'ADD_ARTIFACT_TAG',
      'REMOVE_ARTIFACT_TAG',
      'LINK_MODEL',
      'UNLINK_ARTIFACT',
      'ADD_COLLECTION_TAG',
      'REMOVE_COLLECTION_TAG',
    ] as const;
    const watches = [];
    for (const type of types) {
      const filter = type === 'ADD_ARTIFACT_ALIAS' ? { alias: 'prod' } : {};
      watches.push(await artifacts.automation(artifacts.project, type, filter));
    }
    const version = await artifacts.log('models', { aliases: ['prod'], tags: ['good'] });
    await artifacts.tag(version, { remove: ['good'] });
    await artifacts.link(version, links);
    await artifacts.tagCollection(links, { add: ['public'] });
    await artifacts.tagCollection(links, { remove: ['public'] });
    await artifacts.unlink(version, links);
    const told = await Promise.all(watches.map((watch) => watch.fires(1)));
    deepStrictEqual(
      told.map(([payload]) => payload?.event),
      types.map((type) => (type === 'LINK_MODEL' ? 'LINK_ARTIFACT' : type)),
    );
  });

  scenario('AUT-105: the version string leads api.artifact() to the version that fired, for good', async (scene) => {
    const artifacts = artifactScene(scene);
    const registry = await artifacts.registry('moved');
    const linked = { ...registry, collection: 'best' };
    const places = [artifacts.collection('models'), linked];
    const watches = [];
    const first = await artifacts.log('models', { metadata: { note: 'the first' } });
    await artifacts.link(first, linked);
    for (const place of places) {
      const watch = await artifacts.automation(place, 'ADD_ARTIFACT_ALIAS', { alias: 'prod' });
      await artifacts.addAliases(first, place, 'prod');
      watches.push(watch);
    }
    const told = await Promise.all(watches.map((watch) => watch.fires(1)));
    const second = await artifacts.log('models', { metadata: { note: 'the second' } });
    await artifacts.link(second, linked);
    for (const place of places) await artifacts.addAliases(second, place, 'prod');
    const strings = told.map(([payload]) => payload?.version ?? '');
    for (const string of strings) match(string, /:v0$/);
    const found = await python({
      ...scene,
      env: { VERSIONS: JSON.stringify(strings) },
      source: `
import json, os, wandb
api = wandb.Api()
found = [api.artifact(name) for name in json.loads(os.environ["VERSIONS"])]
print(json.dumps([[one.id, one.version, one.metadata["note"], sorted(one.aliases)] for one in found]))
`,
    });
    deepStrictEqual(found, [
      [first, 'v0', 'the first', []],
      [first, 'v0', 'the first', []],
    ]);
  });
});
