import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { describe } from 'node:test';
import { assertOutcome, assertQuiet, isDeserted, runPython, type Script } from '../support/python.ts';
import type { Scene } from '../support/scene.ts';
import { stage } from '../support/stage.ts';
import { MINUTE } from '../support/test-clock.ts';
import { until } from '../support/wait.ts';
import { metric, state } from '../support/wire-events.ts';

/** Runs a script of the unmodified client in the scene's project. */
function train({ server, person, team, project }: Scene, source: string, more: Partial<Script> = {}) {
  const env = { WANDB_ENTITY: team, WANDB_PROJECT: project };
  return runPython({ server, person, source: `import time, wandb\n${source}`, ...more, env });
}

const withoutClocks = (rows: readonly Readonly<Record<string, unknown>>[]) =>
  rows.map(({ _timestamp, _runtime, ...row }) => row);

describe('embedded', () => {
  const scenario = stage('embedded');

  scenario(
    'a script that succeeds: config, rows, summary and alert arrive; the client has nothing to complain of',
    async (scene) => {
      const running = await scene.automation(state(['RUNNING']));
      const finished = await scene.automation(state(['FINISHED']));
      const result = await train(
        scene,
        `
run = wandb.init(id="good", name="good run", config={"lr": 0.1, "optimizer": {"name": "adam"}}, tags=["a"])
for step in range(5):
    run.log({"loss": 1 / (step + 1), "nested": {"x": step}, "odd": float("nan") if step == 2 else 1.0})
run.config.update({"late": True})
run.alert("halfway", "half of the steps are done")
print("said by the script")
run.finish()
`,
      );
      assertOutcome(result, '0');
      assertQuiet(result);
      strictEqual(await scene.stored('good').state(), 'finished');
      strictEqual(await scene.stored('good').displayName(), 'good run');
      await running.fires(1);
      const [payload] = await finished.fires(1);
      strictEqual(payload?.run, 'good run');
    },
  );

  scenario('AUT-092: an offline run that is synced later is stored whole and fires once', async (scene) => {
    const low = await scene.automation(metric('loss', '$lt', 0.3));
    const result = await train(
      scene,
      `
import glob, subprocess, sys
with wandb.init(id="offline", mode="offline") as run:
    for step in range(10):
        run.log({"loss": 1 / (step + 1)})
subprocess.run([sys.executable, "-m", "wandb", "sync", *glob.glob("wandb/offline-run-*")], check=True)
`,
    );
    assertOutcome(result, '0');
    const losses = (await scene.stored('offline').history()).map(({ loss }) => loss);
    deepStrictEqual(
      losses,
      Array.from({ length: 10 }, (_, step) => 1 / (step + 1)),
    );
    const [payload] = await low.fires(1);
    strictEqual(payload?.values, '0.25');
  });

  scenario('what a script logged comes back in the order of its steps, nested and whole', async (scene) => {
    const result = await train(
      scene,
      `
with wandb.init(id="rows") as run:
    for step in range(300):
        run.log({"loss": step / 2, "d": {"x": step}})
`,
    );
    assertQuiet(result);
    const rows = withoutClocks(await scene.stored('rows').history());
    deepStrictEqual(
      rows,
      Array.from({ length: 300 }, (_, step) => ({ _step: step, loss: step / 2, d: { x: step } })),
    );
  });

  scenario(
    'an automation made by the client, crossed by a run of the client, sends its webhook once',
    async (scene) => {
      const webhook = await scene.webhook();
      const watch = scene.watch('loss is low', webhook);
      const result = await train(
        scene,
        `
import os
from wandb.automations import OnRunMetric, RunEvent, SendWebhook
api = wandb.Api()
project = api.project(os.environ["WANDB_PROJECT"], entity=os.environ["WANDB_ENTITY"])
hook = next(iter(api.webhook_integrations(entity=os.environ["WANDB_ENTITY"])))
event = OnRunMetric(scope=project, filter=RunEvent.metric("loss").avg(2) < 0.3)
action = SendWebhook.from_integration(hook, payload={"run": "\${run_name}", "values": "\${metric_values}"})
api.create_automation(event >> action, name="loss is low")
with wandb.init(name="falling") as run:
    for loss in (1, 0.5, 0.25, 0.125, 0.0625):
        run.log({"loss": loss})
`,
      );
      assertQuiet(result);
      const [payload] = await watch.fires(1);
      deepStrictEqual([payload?.run, payload?.values?.split(',').map(Number)], ['falling', [0.25, 0.125]]);
    },
  );

  scenario('a script that raises: the run is failed, and FAILED fires once', async (scene) => {
    const failed = await scene.automation(state(['FAILED']));
    const raising = (id: string) =>
      train(
        scene,
        `
run = wandb.init(id="${id}")
run.log({"loss": 1})
raise ValueError("boom")
`,
        { withinMs: 60_000 },
      );
    let [id, result] = ['bad', await raising('bad')];
    if (isDeserted(result)) [id, result] = ['again', await raising('again')];
    assertOutcome(result, '1');
    assertQuiet(result, /Traceback|ValueError/);
    strictEqual(await scene.stored(id).state(), 'failed');
    await failed.fires(1);
  });

  scenario('a script that is killed: five minutes later the run is crashed, and FAILED fires once', async (scene) => {
    const failed = await scene.automation(state(['FAILED']));
    const result = await train(
      scene,
      `
# the client keeps rows back for 15 s otherwise
run = wandb.init(id="cut", settings=wandb.Settings(x_file_stream_transmit_interval=1))
run.log({"loss": 1}); run.log({"loss": 2})
while wandb.Api().run(run.path).lastHistoryStep < 1:
    time.sleep(0.05)
print("two rows are stored")
time.sleep(60)
`,
      { onOutput: (printed, kill) => printed.includes('two rows are stored') && kill() },
    );
    assertOutcome(result, 'SIGKILL');
    const run = scene.stored('cut');
    strictEqual(await run.state(), 'running');
    await failed.firesNothing();
    scene.server.clock.move(5 * MINUTE + 1000);
    await until('the run to be found crashed', async () => (await run.state()) === 'crashed');
    await failed.fires(1);
    strictEqual((await run.history()).length, 2);
  });

  scenario('a script that resumes goes on where the first one ended', async (scene) => {
    const running = await scene.automation(state(['RUNNING']));
    const log = (option: string, from: number) => `
run = wandb.init(id="long", resume="${option}")
for step in range(${from}, ${from} + 3):
    run.log({"value": step})
run.finish()
`;
    const refused = await train(scene, log('must', 0));
    assertOutcome(refused, '1');
    assertQuiet(await train(scene, log('never', 0)));
    assertQuiet(await train(scene, log('must', 3)));
    const rows = withoutClocks(await scene.stored('long').history());
    deepStrictEqual(
      rows,
      [0, 1, 2, 3, 4, 5].map((value) => ({ _step: value, value })),
    );
    strictEqual(await scene.stored('long').state(), 'finished');
    await running.fires(2);
  });

  scenario('a run that is told to stop interrupts its script and counts as killed', async (scene) => {
    const watch = await scene.automation(state(['FINISHED', 'FAILED']));
    const script = train(
      scene,
      `
run = wandb.init(id="stopped")
for step in range(600):
    run.log({"step": step})
    time.sleep(0.1)
`,
    );
    const run = scene.stored('stopped');
    await until('the run to start', () => run.state().catch(() => undefined), { within: 60_000 });
    await run.stop();
    const result = await script;
    strictEqual(result.outcome === '0', false, 'the script was not interrupted');
    strictEqual(await run.state(), 'killed');
    await watch.firesNothing();
  });
});
