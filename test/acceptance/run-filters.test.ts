import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { onOneDatabase } from '../support/databases.ts';
import { stage } from '../support/stage.ts';
import { metric } from '../support/wire-events.ts';

onOneDatabase('embedded', (database) => {
  const scenario = stage(database);

  scenario('AUT-078: user filter and run-name regex together select only runs matching both', async (scene) => {
    const ours = scene.person;
    const theirs = scene.teammate;
    const where = { $and: [{ username: { $eq: ours.username } }, { display_name: { $regex: '^train-' } }] };
    const watch = await scene.automation(metric('loss', '$gt', 0, { where }));
    const runs = [
      await scene.run({ displayName: 'eval-1' }, ours),
      await scene.run({ displayName: 'train-1' }, theirs),
      await scene.run({ displayName: 'train-2' }, ours),
    ];
    for (const run of runs) await run.log({ loss: 1 });
    const [payload] = await watch.fires(1);
    strictEqual(payload?.run, 'train-2');
    strictEqual(payload?.author, ours.username);
  });

  scenario('AUT-079: renaming a run makes a display_name filter match from the next value', async (scene) => {
    const watch = await scene.automation(metric('loss', '$gt', 0, { where: { display_name: { $contains: 'final' } } }));
    const run = await scene.run({ displayName: 'draft' });
    await run.log({ loss: 1 });
    await run.update({ displayName: 'the-final-one' });
    await watch.firesNothing();
    await run.log({ loss: 2 });
    const [payload] = await watch.fires(1);
    strictEqual(payload?.run, 'the-final-one');
  });

  scenario('AUT-080: a config value set late makes a filter match from then on, its window full', async (scene) => {
    const where = { 'config.optimizer.lr': { $gte: 0.1 } };
    const watch = await scene.automation(metric('loss', '$gt', 0, { agg: 'AVERAGE', window: 3, where }));
    const run = await scene.run({ config: { epochs: 3 } });
    await run.log({ loss: 1 }, { loss: 2 }, { loss: 3 });
    await watch.firesNothing();
    await run.update({ config: { epochs: 3, optimizer: { lr: 0.1 } } });
    await watch.firesNothing();
    await run.log({ loss: 4 });
    const [payload] = await watch.fires(1);
    deepStrictEqual(payload?.values?.split(',').map(Number), [2, 3, 4]);
  });
});
