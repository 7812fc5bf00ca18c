import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { artifactScene, inOrder } from '../support/artifact-scene.ts';
import { onOneDatabase } from '../support/databases.ts';
import { refusalOf } from '../support/refusal.ts';
import { rest } from '../support/rest.ts';
import { stage } from '../support/stage.ts';

onOneDatabase('embedded', (database) => {
  const scenario = stage(database);

  scenario('AUT-021: an alias that matches ^prod, added in a watched collection, fires once', async (scene) => {
    const artifacts = artifactScene(scene);
    const models = artifacts.collection('models');
    const version = await artifacts.log('models');
    const elsewhere = await artifacts.log('others');
    const watch = await artifacts.automation(models, 'ADD_ARTIFACT_ALIAS', { alias: { $regex: '^prod' } });
    await artifacts.addAliases(elsewhere, artifacts.collection('others'), 'production');
    await artifacts.addAliases(version, models, 'non-prod');
    await watch.firesNothing();
    await artifacts.addAliases(version, models, 'production');
    const [payload] = await watch.fires(1);
    deepStrictEqual(
      [payload?.event, payload?.author, payload?.alias, payload?.version],
      ['ADD_ARTIFACT_ALIAS', scene.person.username, 'production', `${scene.team}/${scene.project}/models:v0`],
    );
  });

  scenario('AUT-022: adding an alias that the version already holds fires nothing', async (scene) => {
    const artifacts = artifactScene(scene);
    const version = await artifacts.log('models', { aliases: ['prod'] });
    const watch = await artifacts.automation(artifacts.project, 'ADD_ARTIFACT_ALIAS');
    await artifacts.addAliases(version, artifacts.collection('models'), 'prod', 'latest');
    await watch.firesNothing();
    await artifacts.addAliases(version, artifacts.collection('models'), 'prod', 'new');
    const [payload] = await watch.fires(1);
    strictEqual(payload?.alias, 'new');
  });

  scenario('AUT-023: moving an alias from v1 to v2 fires once, for v2', async (scene) => {
    const artifacts = artifactScene(scene);
    const models = artifacts.collection('models');
    await artifacts.log('models');
    await artifacts.log('models', { aliases: ['prod'] });
    const second = await artifacts.log('models');
    const watch = await artifacts.automation(models, 'ADD_ARTIFACT_ALIAS', { previous_alias_version: 1 });
    await artifacts.addAliases(second, models, 'prod');
    const [payload] = await watch.fires(1);
    deepStrictEqual([payload?.alias, payload?.index], ['prod', '2']);
  });

  scenario('AUT-024: a version logged as a and b is created, then named a, b and latest', async (scene) => {
    const artifacts = artifactScene(scene);
    const watches = [
      await artifacts.automation(artifacts.project, 'ADD_ARTIFACT_ALIAS'),
      await artifacts.automation(artifacts.project, 'CREATE_ARTIFACT'),
    ] as const;
    await artifacts.log('models', { aliases: ['b', 'a'] });
    await watches[0].fires(3);
    await watches[1].fires(1);
    deepStrictEqual(
      inOrder(watches, ({ event, alias }) => `${event} ${alias}`),
      ['CREATE_ARTIFACT ', 'ADD_ARTIFACT_ALIAS b', 'ADD_ARTIFACT_ALIAS a', 'ADD_ARTIFACT_ALIAS latest'],
    );
  });

  scenario('AUT-025: latest fires for each new version; vN as an alias never fires', async (scene) => {
    const artifacts = artifactScene(scene);
    const latest = await artifacts.automation(artifacts.project, 'ADD_ARTIFACT_ALIAS', { alias: 'latest' });
    const numbers = await artifacts.automation(artifacts.project, 'ADD_ARTIFACT_ALIAS', {
      alias: { $regex: '^v\\d+$' },
    });
    const versions = [await artifacts.log('models'), await artifacts.log('models')];
    const link = { ...artifacts.project, collection: 'links' };
    for (const version of versions) await artifacts.link(version, link);
    const refused = await refusalOf(() =>
      artifacts.addAliases(versions[0] ?? '', artifacts.collection('models'), 'v7'),
    );
    strictEqual(refused.status, 400);
    await latest.fires(4);
    deepStrictEqual(
      inOrder([latest], ({ collection, index }) => `${collection} ${index}`),
      ['models 0', 'models 1', 'links 0', 'links 1'],
    );
    await numbers.firesNothing();
  });

  scenario('AUT-035: aliases of a linked version and of its source are apart, each fires its own', async (scene) => {
    const artifacts = artifactScene(scene);
    const registry = await artifacts.registry('apart');
    const linked = { ...registry, collection: 'best' };
    const version = await artifacts.log('models');
    await artifacts.link(version, linked);
    const prod = { alias: 'prod' };
    const inProject = await artifacts.automation(artifacts.project, 'ADD_ARTIFACT_ALIAS', prod);
    const inRegistry = await artifacts.automation(registry, 'ADD_ARTIFACT_ALIAS', prod);
    await artifacts.addAliases(version, linked, 'prod');
    const [there] = await inRegistry.fires(1);
    deepStrictEqual([there?.entity, there?.collection], [scene.organization, 'best']);
    await inProject.firesNothing();
    await artifacts.addAliases(version, artifacts.collection('models'), 'prod');
    const [here] = await inProject.fires(1);
    deepStrictEqual([here?.entity, here?.collection], [scene.team, 'models']);
    await inRegistry.fires(1);
  });

  scenario('AUT-036: a protected alias set by a registry member is refused and leaves no event', async (scene) => {
    const artifacts = artifactScene(scene);
    const registry = await artifacts.registry('guarded', ['production']);
    const best = { ...registry, collection: 'best' };
    const member = `/organizations/${scene.organization}/registries/guarded/members/${scene.teammate.username}`;
    await rest(scene.server, scene.person.key, member, { method: 'PUT', body: { role: 'member' } });
    const version = await artifacts.log('models');
    const watches = [
      await artifacts.automation(registry, 'ADD_ARTIFACT_ALIAS', { alias: { $in: ['production', 'checked'] } }),
      await artifacts.automation(registry, 'LINK_MODEL'),
    ] as const;
    const theirs = artifactScene(scene, scene.teammate);
    strictEqual((await refusalOf(() => theirs.link(version, best, 'production'))).status, 403);
    for (const watch of watches) await watch.firesNothing();
    await theirs.link(version, best, 'candidate');
    const refused = await refusalOf(() => theirs.addAliases(version, best, 'checked', 'production'));
    strictEqual(refused.status, 403);
    await watches[0].firesNothing();
    await artifacts.addAliases(version, best, 'production');
    const [payload] = await watches[0].fires(1);
    strictEqual(payload?.author, scene.person.username);
    strictEqual((await refusalOf(() => theirs.removeAliases(version, best, 'production'))).status, 403);
    await watches[1].fires(1);
  });
});
