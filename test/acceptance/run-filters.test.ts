import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { onOneDatabase } from '../support/databases.ts';
import { stage } from '../support/stage.ts';
import { MINUTE } from '../support/test-clock.ts';
import { metric, type RunFilter, state } from '../support/wire-events.ts';

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

  scenario(
    'AUT-078: every field of a run is filtered by every spelling, as it is when the value arrives',
    async (scene) => {
      const before = new Date(Date.now() - 3_600_000).toISOString();
      const after = new Date(Date.now() + 3_600_000).toISOString();
      const between = { $gt: before, $lt: after };
      const spellings: RunFilter = {
        display_name: 'train-7',
        displayName: { $regex: '^train-[0-9]+$' },
        username: scene.person.username,
        user: { $in: [scene.person.username] },
        'user.username': { $contains: scene.person.username },
        tags: { $all: ['nightly', 'gpu'] },
        group: 'ablation',
        job_type: 'train',
        jobType: { $ne: 'eval' },
        sweep: 'sweep1',
        description: 'the first try',
        notes: { $regex: 'first' },
        host: 'box-1',
        'config.optimizer.lr': 0.1,
        'config.optimizer.value.lr': { $gte: 0.1 },
        'config.optimizer.lr.value': { $lt: 0.2 },
        'summary.eval.acc': { $gt: 0.8 },
        'summary_metrics.eval.acc': 0.9,
        state: 'running',
        created_at: between,
        createdAt: between,
        heartbeat_at: between,
        project: scene.project,
        entity: scene.team,
      };
      const watchers = Object.entries(spellings).map(async ([field, condition]) => ({
        field,
        match: await scene.automation(metric('loss', '$gt', 0, { where: { [field]: condition } })),
        miss: await scene.automation(metric('loss', '$gt', 0, { where: { $not: { [field]: condition } } })),
      }));
      const watched = await Promise.all(watchers);
      const run = await scene.run({
        displayName: 'train-7',
        tags: ['gpu', 'nightly'],
        groupName: 'ablation',
        jobType: 'train',
        sweep: 'sweep1',
        notes: 'the first try',
        host: 'box-1',
        config: { optimizer: { lr: 0.1 } },
      });
      const named = await scene.automation(metric('loss', '$gt', 0, { where: { name: run.id } }));
      await run.push({ history: [{ loss: 1 }], summary: { eval: { acc: 0.9 } }, complete: true, exitcode: 0 });
      await named.fires(1);
      for (const { field, match, miss } of watched) {
        strictEqual((await match.executions()).length, 1, field);
        strictEqual((await miss.executions()).length, 0, field);
      }
    },
  );

  scenario(
    'AUT-078: a change of state is filtered by the state that is entered, and by the last heartbeat',
    async (scene) => {
      const finished = await scene.automation(state(['RUNNING', 'FINISHED'], { state: 'finished' }));
      const run = await scene.run();
      const soon = new Date(Date.now() + MINUTE / 2).toISOString();
      const late = await scene.automation(metric('loss', '$gt', 0, { where: { heartbeat_at: { $gt: soon } } }));
      await run.log({ loss: 1 });
      await late.firesNothing();
      scene.server.clock.move(MINUTE);
      await run.log({ loss: 1 });
      await late.fires(1);
      await run.finish();
      await finished.fires(1);
    },
  );
});
