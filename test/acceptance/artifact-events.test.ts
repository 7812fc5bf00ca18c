import { deepStrictEqual, match, strictEqual } from 'node:assert/strict';
import { artifactScene } from '../support/artifact-scene.ts';
import { onOneDatabase } from '../support/databases.ts';
import { stage } from '../support/stage.ts';
import { MINUTE } from '../support/test-clock.ts';

onOneDatabase('embedded', (database) => {
  const scenario = stage(database);

  scenario('AUT-026: logging identical content again fires nothing', async (scene) => {
    const artifacts = artifactScene(scene);
    const files = { 'model.bin': Buffer.from('the same') };
    const watches = [
      await artifacts.automation(artifacts.project, 'CREATE_ARTIFACT'),
      await artifacts.automation(artifacts.project, 'ADD_ARTIFACT_ALIAS'),
    ];
    const first = await artifacts.log('models', { files });
    for (const watch of watches) await watch.fires(1);
    strictEqual(await artifacts.log('models', { files }), first);
    for (const watch of watches) await watch.fires(1);
  });

  scenario('AUT-027: a link fires by the aliases that it gives, not by those that come later', async (scene) => {
    const artifacts = artifactScene(scene);
    const registry = await artifacts.registry('links');
    const watch = await artifacts.automation(registry, 'LINK_MODEL', { alias: 'prod' });
    const [one, two] = [await artifacts.log('models'), await artifacts.log('models')];
    await artifacts.link(one, { ...registry, collection: 'best' });
    await artifacts.addAliases(one, { ...registry, collection: 'best' }, 'prod');
    await watch.firesNothing();
    await artifacts.link(two, { ...registry, collection: 'best' }, 'prod');
    const [payload] = await watch.fires(1);
    deepStrictEqual([payload?.event, payload?.collection, payload?.index], ['LINK_ARTIFACT', 'best', '1']);
  });

  scenario('AUT-028: linking the same version twice fires once', async (scene) => {
    const artifacts = artifactScene(scene);
    const links = artifacts.collection('links');
    const version = await artifacts.log('models');
    const watch = await artifacts.automation(artifacts.project, 'LINK_MODEL');
    await artifacts.link(version, links);
    await artifacts.link(version, links, 'prod');
    await watch.fires(1);
  });

  scenario('AUT-029: unlinking fires with the aliases held just before', async (scene) => {
    const artifacts = artifactScene(scene);
    const registry = await artifacts.registry('unlinks');
    const best = { ...registry, collection: 'best' };
    const version = await artifacts.log('models');
    await artifacts.link(version, best, 'prod', 'old');
    await artifacts.removeAliases(version, best, 'old');
    const held = await artifacts.automation(best, 'UNLINK_ARTIFACT', { alias: { $eq: ['latest', 'prod'] } });
    const lost = await artifacts.automation(best, 'UNLINK_ARTIFACT', { alias: 'old' });
    await artifacts.unlink(version, best);
    const [payload] = await held.fires(1);
    deepStrictEqual(
      [payload?.event, payload?.version],
      ['UNLINK_ARTIFACT', `${scene.organization}/${registry.project}/best:v0`],
    );
    await lost.firesNothing();
  });

  scenario('AUT-029: deleting a linked version fires its unlinking too', async (scene) => {
    const artifacts = artifactScene(scene);
    const registry = await artifacts.registry('losses');
    const version = await artifacts.log('models');
    await artifacts.link(version, { ...registry, collection: 'best' }, 'prod');
    const linked = await artifacts.automation(registry, 'UNLINK_ARTIFACT', { alias: 'prod' });
    const source = await artifacts.automation(artifacts.project, 'UNLINK_ARTIFACT');
    await artifacts.delete(version);
    const [payload] = await linked.fires(1);
    strictEqual(payload?.collection, 'best');
    await source.firesNothing();
  });

  scenario('AUT-030: a version deleted between event and delivery is still described completely', async (scene) => {
    const artifacts = artifactScene(scene);
    const watch = await artifacts.automation(artifacts.project, 'CREATE_ARTIFACT');
    watch.inbox.reply(503);
    const version = await artifacts.log('models', { metadata: { note: 'kept' } });
    await watch.attempted(1);
    await artifacts.delete(version);
    scene.server.clock.move(MINUTE);
    const [first, second] = await watch.inbox.exactly(2);
    strictEqual(second?.body, first?.body);
    await watch.becomes('finished');
    const { id, ...described } = JSON.parse(second?.body ?? '');
    deepStrictEqual(described, {
      event: 'CREATE_ARTIFACT',
      author: scene.person.username,
      entity: scene.team,
      project: scene.project,
      automation: watch.name,
      alias: '',
      tag: '',
      collection: 'models',
      version: `${scene.team}/${scene.project}/models:v0`,
      index: '0',
      type: 'model',
      note: 'kept',
    });
    match(id, /^wandb-artifact:\/\/_id\/\w+/);
  });

  scenario('AUT-037: a commit repeated by the client fires once', async (scene) => {
    const artifacts = artifactScene(scene);
    const created = await artifacts.automation(artifacts.project, 'CREATE_ARTIFACT');
    const named = await artifacts.automation(artifacts.project, 'ADD_ARTIFACT_ALIAS', { alias: 'prod' });
    const tagged = await artifacts.automation(artifacts.project, 'ADD_ARTIFACT_TAG');
    const version = await artifacts.log('models', { aliases: ['prod'], tags: ['new'] });
    await Promise.all(Array.from({ length: 3 }, () => artifacts.commit(version)));
    for (const watch of [created, named, tagged]) await watch.fires(1);
  });
});
