import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { artifactScene } from '../support/artifact-scene.ts';
import { onOneDatabase } from '../support/databases.ts';
import { refusalOf } from '../support/refusal.ts';
import type { Scene } from '../support/scene.ts';
import { stage } from '../support/stage.ts';
import type { RunFilter } from '../support/wire-events.ts';

/** Logs a version for each of these, and tells for each filter for which of them a project automation fired. */
async function firedFor(
  scene: Scene,
  filters: Readonly<Record<string, RunFilter>>,
  versions: Readonly<Record<string, { readonly aliases?: readonly string[]; readonly metadata?: object }>>,
): Promise<Record<string, string[]>> {
  const artifacts = artifactScene(scene);
  const watches = [];
  for (const [name, filter] of Object.entries(filters)) {
    watches.push({ name, watch: await artifacts.automation(artifacts.project, 'CREATE_ARTIFACT', filter) });
  }
  for (const [collection, { aliases = [], metadata = {} }] of Object.entries(versions)) {
    await artifacts.log(collection, { aliases, metadata: { ...metadata } });
  }
  const fired = watches.map(async ({ name, watch }) => {
    const payloads = await watch.fires((await watch.executions()).length);
    return [name, payloads.map(({ collection = '' }) => collection).toSorted()] as const;
  });
  return Object.fromEntries(await Promise.all(fired));
}

/** Of a filter on saving. */
async function refusedFilter(scene: Scene, filter: RunFilter): Promise<string> {
  const artifacts = artifactScene(scene);
  const refusal = await refusalOf(() => artifacts.automation(artifacts.project, 'ADD_ARTIFACT_ALIAS', filter));
  strictEqual(refusal.status, 400);
  return refusal.message;
}

onOneDatabase('embedded', (database) => {
  const scenario = stage(database);

  scenario('AUT-041: $regex searches, ^ anchors, case counts, and (?i) makes it not count', async (scene) => {
    const filters = {
      search: { alias: { $regex: 'prod' } },
      anchored: { alias: { $regex: '^prod' } },
      insensitive: { alias: { $regex: '(?i)PROD' } },
    };
    const versions = {
      middle: { aliases: ['my-prod-1'] },
      start: { aliases: ['prod-1'] },
      upper: { aliases: ['PROD'] },
    };
    deepStrictEqual(await firedFor(scene, filters, versions), {
      search: ['middle', 'start'],
      anchored: ['start'],
      insensitive: ['middle', 'start', 'upper'],
    });
  });

  scenario('AUT-042: $contains "a.c" matches xa.cx and not abc', async (scene) => {
    const filters = { literal: { alias: { $contains: 'a.c' } }, metadata: { 'metadata.note': { $contains: 'a.c' } } };
    const versions = {
      dot: { aliases: ['xa.cx'], metadata: { note: 'xa.cx' } },
      letter: { aliases: ['abc'], metadata: { note: 'abc' } },
    };
    deepStrictEqual(await firedFor(scene, filters, versions), { literal: ['dot'], metadata: ['dot'] });
  });

  scenario('AUT-043: $ne and $nin hold for a missing field; $eq, $gt, $regex do not', async (scene) => {
    const filters = {
      ne: { 'metadata.x': { $ne: 1 } },
      nin: { 'metadata.x': { $nin: [1, 2] } },
      eq: { 'metadata.x': { $eq: 1 } },
      gt: { 'metadata.x': { $gt: 0 } },
      regex: { 'metadata.x': { $regex: '' } },
    };
    const versions = { missing: {}, present: { metadata: { x: 1 } }, text: { metadata: { x: '1' } } };
    deepStrictEqual(await firedFor(scene, filters, versions), {
      ne: ['missing', 'text'],
      nin: ['missing', 'text'],
      eq: ['present'],
      gt: ['present'],
      regex: ['text'],
    });
  });

  scenario('AUT-044: {"$gte":0.1,"$lt":0.3} holds for 0.1 and 0.2, not for 0.3', async (scene) => {
    const filters = { range: { 'metadata.config.lr': { $gte: 0.1, $lt: 0.3 } } };
    const versions = Object.fromEntries(
      [0.05, 0.1, 0.2, 0.3].map((lr) => [`lr-${lr}`, { metadata: { config: { lr } } }]),
    );
    deepStrictEqual(await firedFor(scene, filters, versions), { range: ['lr-0.1', 'lr-0.2'] });
  });

  scenario('AUT-044: the config of the run that logged a version is filtered alike', async (scene) => {
    const artifacts = artifactScene(scene);
    const filter = { 'source_run.config.lr': { $gte: 0.1, $lt: 0.3 } };
    const watch = await artifacts.automation(artifacts.project, 'CREATE_ARTIFACT', filter);
    for (const lr of [0.2, 0.3]) {
      const { id: run } = await scene.run({ config: { lr } });
      await artifacts.log(`lr-${lr}`, { run });
    }
    const [payload] = await watch.fires(1);
    strictEqual(payload?.collection, 'lr-0.2');
  });

  scenario('AUT-045: an unknown operator or field is refused, named with its path', async (scene) => {
    match(await refusedFilter(scene, { tag: { $near: 'x' } }), /\$near.*tag|tag.*\$near/);
    const unknown = await refusedFilter(scene, { $or: [{ alias: 'a' }, { colour: 'red' }] });
    match(unknown, /colour/);
    match(unknown, /\$or/);
    match(unknown, /alias.*tag|tag.*alias/s);
  });

  scenario('AUT-046: a look-ahead or back-reference is refused on save with its name', async (scene) => {
    match(await refusedFilter(scene, { alias: { $regex: 'prod(?!uction)' } }), /look-?ahead|look-?around/i);
    match(await refusedFilter(scene, { alias: { $regex: '(a)\\1' } }), /back-?reference/i);
  });

  scenario('AUT-048: filters that never match are refused; empty ones match everything', async (scene) => {
    match(await refusedFilter(scene, { $or: [] }), /never match/);
    match(await refusedFilter(scene, { alias: { $in: [] } }), /never match/);
    const filters = { conjunction: { $and: [] }, empty: {} };
    deepStrictEqual(await firedFor(scene, filters, { any: {} }), { conjunction: ['any'], empty: ['any'] });
  });

  scenario(
    'AUT-049: a hostile pattern against 100,000 characters takes linear time and delays nobody',
    async (scene) => {
      const artifacts = artifactScene(scene);
      const note = `${'a'.repeat(100_000)}!`;
      const hostile = { 'metadata.note': { $regex: '(a+)+$' } };
      const watch = await artifacts.automation(artifacts.project, 'CREATE_ARTIFACT', hostile);
      const run = await scene.run();
      const start = performance.now();
      const training = async () => {
        for (let step = 0; step < 20; step += 1) await run.log({ loss: step });
      };
      await Promise.all([artifacts.log('hostile', { metadata: { note } }), training()]);
      const took = performance.now() - start;
      ok(took < 5_000, `it took ${took} ms; to try every way of reading the text would take for ever`);
      await watch.firesNothing();
      await artifacts.log('hostile', { metadata: { note: note.slice(0, -1) } });
      await watch.fires(1);
    },
  );
});
