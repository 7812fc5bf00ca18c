import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { onOneDatabase } from '../support/databases.ts';
import type { Scene } from '../support/scene.ts';
import { stage } from '../support/stage.ts';
import { HOUR, MINUTE } from '../support/test-clock.ts';
import { until } from '../support/wait.ts';
import { state } from '../support/wire-events.ts';

/** Longer than a run may be silent before it counts as crashed. */
const SILENCE = 5 * MINUTE + 1000;

/** Lets five minutes pass; a run that was started now, found crashed, shows that everything due was looked at. */
async function silence(scene: Scene): Promise<void> {
  const witness = await scene.run({ displayName: 'witness' });
  scene.server.clock.move(SILENCE);
  await until('the witness to be found crashed', async () => (await witness.state()) === 'crashed');
}

onOneDatabase('server', (database) => {
  const scenario = stage(database);

  scenario('AUT-070: a run stopped from the UI (killed) fires no run-state automation', async (scene) => {
    const watch = await scene.automation(state(['FINISHED', 'FAILED']));
    const run = await scene.run();
    strictEqual(await run.heartbeat(), false);
    await run.stop();
    strictEqual(await run.heartbeat(), true);
    await run.finish(255);
    strictEqual(await run.state(), 'killed');
    await watch.firesNothing();
  });

  scenario('AUT-071: a run that ends with exit code 0 fires FINISHED once', async (scene) => {
    const finished = await scene.automation(state(['FINISHED']));
    const failed = await scene.automation(state(['FAILED']));
    const run = await scene.run();
    await run.finish(0);
    await run.again();
    const [payload] = await finished.fires(1);
    strictEqual(payload?.event, 'RUN_STATE');
    strictEqual(payload?.status, 'Finished');
    await failed.firesNothing();
  });

  scenario('AUT-072: exit code 1 fires FAILED once; ${run_status} is Failed', async (scene) => {
    const watch = await scene.automation(state(['FAILED']));
    const run = await scene.run();
    await run.finish(1);
    await run.again();
    const [payload] = await watch.fires(1);
    strictEqual(payload?.status, 'Failed');
    strictEqual(await run.state(), 'failed');
  });

  scenario('AUT-073: five minutes without heartbeat fire FAILED, once, on one of several nodes', async (scene) => {
    await scene.server.join();
    const run = await scene.run({ displayName: 'silent' });
    const watch = await scene.automation(state(['FAILED'], { display_name: 'silent' }));
    scene.server.clock.move(4 * MINUTE);
    await run.heartbeat();
    scene.server.clock.move(4 * MINUTE);
    strictEqual(await run.state(), 'running');
    await silence(scene);
    await watch.fires(1);
    strictEqual(await run.state(), 'crashed');
    await silence(scene);
    await watch.fires(1);
  });

  scenario('AUT-074: a run that starts and ends within one request fires RUNNING, then FINISHED', async (scene) => {
    const watch = await scene.automation(state(['RUNNING', 'FINISHED']));
    const run = await scene.run({ state: 'pending' });
    await watch.firesNothing();
    await run.push({ history: [{ loss: 1 }], complete: true, exitcode: 0 });
    await watch.fires(2);
    // deliveries may overtake each other; an execution's id holds the id of its event, which ascends
    const byEvent = watch.inbox.received.toSorted((one, other) =>
      String(one.headers['webhook-id']).localeCompare(String(other.headers['webhook-id']), 'en', { numeric: true }),
    );
    deepStrictEqual(
      byEvent.map(({ body }) => JSON.parse(body).status),
      ['Running', 'Finished'],
    );
  });

  scenario(
    'AUT-075: resume="must" of an ended run fires RUNNING; late data of a crashed run does not',
    async (scene) => {
      const watch = await scene.automation(state(['RUNNING']));
      const ended = await scene.run();
      await watch.fires(1);
      await ended.finish(0);
      await ended.resume();
      await watch.fires(2);
      await ended.finish(0);
      const cutOff = await scene.run();
      await watch.fires(3);
      scene.server.clock.move(SILENCE);
      await until('the run to be found crashed', async () => (await cutOff.state()) === 'crashed');
      await cutOff.log({ loss: 1 });
      strictEqual(await cutOff.state(), 'running');
      await watch.fires(3);
    },
  );

  scenario('AUT-076: crash, revival, crash within 24 h fires FAILED once', async (scene) => {
    const watch = await scene.automation(state(['FAILED'], { display_name: 'flapping' }));
    const run = await scene.run({ displayName: 'flapping' });
    await silence(scene);
    await watch.fires(1);
    await run.log({ loss: 1 });
    await silence(scene);
    strictEqual(await run.state(), 'crashed');
    await watch.fires(1);
    scene.server.clock.move(25 * HOUR);
    await run.log({ loss: 2 });
    await silence(scene);
    await watch.fires(2);
  });

  scenario('AUT-077: states [RUNNING, FAILED] fire for both transitions of one run', async (scene) => {
    const watch = await scene.automation(state(['RUNNING', 'FAILED']));
    const run = await scene.run();
    await run.log({ loss: 1 });
    await run.finish(1);
    const payloads = await watch.fires(2);
    deepStrictEqual(payloads.map(({ status }) => status).toSorted(), ['Failed', 'Running']);
  });
});
