import { match, strictEqual } from 'node:assert/strict';
import { onOneDatabase } from '../support/databases.ts';
import { whyNot } from '../support/explained.ts';
import type { Scene } from '../support/scene.ts';
import { stage } from '../support/stage.ts';
import { MINUTE, SECOND } from '../support/test-clock.ts';
import { until } from '../support/wait.ts';
import { state } from '../support/wire-events.ts';

/** An automation that fires when a run has stayed in a state for ten minutes. */
async function settling(scene: Scene, states: Parameters<typeof state>[0]) {
  const watch = await scene.automation(state(states));
  await watch.configure({ settleSeconds: 600 });
  return watch;
}

onOneDatabase('embedded', (database) => {
  const scenario = stage(database);

  scenario('AUT-098: a run that finishes and resumes within its settle time fires nothing', async (scene) => {
    const watch = await settling(scene, ['FINISHED']);
    const witness = await scene.automation(state(['FINISHED'], { display_name: 'stays' }));
    await witness.configure({ settleSeconds: 600 });
    const run = await scene.run();
    const stays = await scene.run({ displayName: 'stays' });
    await run.finish();
    await stays.finish();
    scene.server.clock.move(5 * MINUTE);
    match((await whyNot(scene, watch.name, run.id)).words, /fires once the run has stayed in the state until /);
    await run.resume();
    match((await whyNot(scene, watch.name, run.id)).words, /did not stay in the state for 600 seconds/);
    scene.server.clock.move(6 * MINUTE);
    // the one that stayed shows that what was due was looked at
    await witness.fires(1);
    await watch.fires(1);
    // each end counts its own time
    await run.finish();
    scene.server.clock.move(9 * MINUTE);
    await run.heartbeat();
    strictEqual((await watch.executions()).length, 1);
    scene.server.clock.move(2 * MINUTE);
    await watch.fires(2);
  });

  scenario('of a run that falls silent again and again the first failure that holds is told, once', async (scene) => {
    const watch = await scene.automation(state(['FAILED'], { display_name: 'flaps' }));
    await watch.configure({ settleSeconds: 600 });
    const run = await scene.run({ displayName: 'flaps' });
    const crashes = async () => {
      scene.server.clock.move(5 * MINUTE + SECOND);
      await until('the silent run to be found crashed', async () => (await run.state()) === 'crashed');
    };
    await crashes();
    await run.log({ loss: 1 });
    await crashes();
    scene.server.clock.move(9 * MINUTE);
    await watch.firesNothing();
    scene.server.clock.move(2 * MINUTE);
    await watch.fires(1);
    await run.log({ loss: 2 });
    await crashes();
    const witness = await scene.automation(state(['FINISHED']));
    await witness.configure({ settleSeconds: 600 });
    await (await scene.run()).finish();
    scene.server.clock.move(11 * MINUTE);
    await witness.fires(1);
    await watch.fires(1);
  });
});

onOneDatabase('server', (database) => {
  const scenario = stage(database, { nodes: 2 });

  scenario(
    'AUT-098: a run that stays finished fires once, also across a restart and on one of two nodes',
    async (scene) => {
      const watch = await settling(scene, ['FINISHED', 'FAILED']);
      const runs = await Promise.all(Array.from({ length: 12 }, () => scene.run()));
      for (const [at, run] of runs.entries()) await run.via(scene.nodes[at % scene.nodes.length]!).finish(at % 2);
      await watch.firesNothing();
      for (const node of scene.nodes) await node.kill();
      scene.server.clock.move(11 * MINUTE);
      for (const node of scene.nodes) await node.start();
      await watch.fires(runs.length);
    },
  );
});
