import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { forEachDatabase, onOneDatabase } from '../support/databases.ts';
import { backtested, whyNot } from '../support/explained.ts';
import { assertQuiet, python, runPython } from '../support/python.ts';
import type { Scene } from '../support/scene.ts';
import { stage } from '../support/stage.ts';
import { metric, state } from '../support/wire-events.ts';

const losses = (...values: number[]) => values.map((loss) => ({ loss }));
const average = metric('loss', '$gt', 10, { agg: 'AVERAGE', window: 3 });

/** A script of the unmodified client in the scene's project. */
const script = ({ server, person, team, project }: Scene, source: string) => ({
  server,
  person,
  source: `import json, wandb\n${source}`,
  env: { WANDB_ENTITY: team, WANDB_PROJECT: project },
});

async function trainedBy(scene: Scene, init: string, values: readonly number[]): Promise<void> {
  const source = `with wandb.init(${init}) as run:\n    for loss in ${JSON.stringify(values)}: run.log({"loss": loss})`;
  assertQuiet(await runPython(script(scene, source)));
}

/** What the client's public API tells of a run. */
const told = (scene: Scene, run: string) =>
  python(
    script(
      scene,
      `
run = wandb.Api().run("${scene.team}/${scene.project}/${run}")
rows = run.history(pandas=False)
scanned = [row["loss"] for row in run.scan_history(keys=["loss"])]
print(json.dumps([[[row["_step"], row["loss"]] for row in rows], scanned, run.lastHistoryStep, run.summary.get("loss")]))
`,
    ),
  );

const STORED = `query Stored($entity: String!, $project: String!, $run: String!) {
  project(name: $project, entityName: $entity) { run(name: $run) { historyLineCount summaryMetrics history(samples: 100) } }
}`;

/** What is stored of a run, asked for at once. */
async function stored(scene: Scene, run: string) {
  const { project } = await scene.graphql<{
    project: { run: { historyLineCount: number; summaryMetrics: string; history: string[] } };
  }>(STORED, { entity: scene.team, project: scene.project, run });
  const { historyLineCount: lines, summaryMetrics, history } = project.run;
  const lossOf = (json: string): number => JSON.parse(json).loss;
  return { losses: history.map(lossOf), lines, summary: lossOf(summaryMetrics) };
}

const WHOLE = { losses: [1, 2, 3, 4], lines: 4, summary: 4 };
const CUT = { losses: [1, 2], lines: 2, summary: 2 };

onOneDatabase('embedded', (database) => {
  const scenario = stage(database);

  scenario(
    'AUT-082: after resume_from a window holds only values that survived, and so does all else',
    async (scene) => {
      const running = await scene.automation(state(['RUNNING']));
      await trainedBy(scene, 'id="long"', [1, 2, 3, 100, 100]);
      const watch = await scene.automation(average);
      await trainedBy(scene, 'resume_from="long?_step=2"', []);
      deepStrictEqual(await told(scene, 'long'), [
        [
          [0, 1],
          [1, 2],
          [2, 3],
        ],
        [1, 2, 3],
        2,
        3,
      ]);
      await trainedBy(scene, 'resume_from="long?_step=2"', [4]);
      await watch.firesNothing();
      await trainedBy(scene, 'resume_from="long?_step=3"', [60]);
      const [payload] = await watch.fires(1);
      strictEqual(payload?.values, '3, 4, 60');
      deepStrictEqual(await told(scene, 'long'), [
        [
          [0, 1],
          [1, 2],
          [2, 3],
          [3, 4],
          [4, 60],
        ],
        [1, 2, 3, 4, 60],
        4,
        60,
      ]);
      await running.fires(4);
      const missing = await runPython(script(scene, 'wandb.init(resume_from="nowhere?_step=1")'));
      strictEqual(missing.outcome === '0', false, 'a run that is not there was rewound');
    },
  );

  scenario(
    'AUT-083: a forked run shows its parent’s rows up to the step and starts with empty windows',
    async (scene) => {
      await trainedBy(scene, 'id="parent"', [50, 60, 70]);
      const watch = await scene.automation(average);
      await trainedBy(scene, 'id="child", fork_from="parent?_step=1"', [80, 90]);
      await watch.firesNothing();
      const why = await whyNot(scene, watch.name, 'child');
      deepStrictEqual([why.reason, why.metric?.window], ['window_not_full', { has: 2, needs: 3 }]);
      deepStrictEqual(await told(scene, 'child'), [
        [
          [0, 50],
          [1, 60],
          [2, 80],
          [3, 90],
        ],
        [50, 60, 80, 90],
        3,
        90,
      ]);
      await trainedBy(scene, 'id="child", resume="must"', [100]);
      const [payload] = await watch.fires(1);
      strictEqual(payload?.values, '80, 90, 100');
      const { firings } = await backtested(scene, watch.name);
      deepStrictEqual(
        firings.filter(({ run }) => run === 'child').map(({ step }) => step),
        [4],
      );
      deepStrictEqual(await told(scene, 'parent'), [
        [
          [0, 50],
          [1, 60],
          [2, 70],
        ],
        [50, 60, 70],
        2,
        70,
      ]);
    },
  );
});

forEachDatabase((database) => {
  const scenario = stage(database);

  scenario(
    'AUT-082: a rewind asked for twice, and late copies of what was sent before it, change nothing',
    async (scene) => {
      const watch = await scene.automation(metric('loss', '$gt', 10, { agg: 'MIN', window: 3 }));
      const run = await scene.run();
      await run.push({ history: losses(1, 2, 30, 40), summary: { loss: 40, best: 40 }, events: [{ 'system.cpu': 1 }] });
      await run.rewind(1);
      await run.rewind(1);
      await run.again();
      deepStrictEqual(
        (await run.history()).map(({ loss }) => loss),
        [1, 2],
      );
      await run.push({ history: losses(50), events: [{ 'system.cpu': 99 }] });
      await run.rewind(2);
      await run.log(...losses(60));
      await watch.firesNothing();
      await run.log(...losses(70));
      const [payload] = await watch.fires(1);
      strictEqual(payload?.values, '50, 60, 70');
      deepStrictEqual(
        (await run.history()).map(({ loss }) => loss),
        [1, 2, 50, 60, 70],
      );
    },
  );

  scenario('AUT-082: a server killed around a rewind leaves the run whole or cut', async (scene) => {
    for (let round = 0; round < 3; round += 1) {
      const run = await scene.run();
      await run.push({ history: losses(1, 2, 3, 4), summary: { loss: 4 } });
      const asked = run.rewind(1).catch(() => undefined);
      await delay(Math.random() * 30);
      await scene.server.kill();
      await asked;
      await scene.server.start();
      const left = await stored(scene, run.id);
      ok(
        [WHOLE, CUT].some((run) => isDeepStrictEqual(left, run)),
        JSON.stringify(left),
      );
      await run.rewind(1);
      await run.log(...losses(5));
      deepStrictEqual(await stored(scene, run.id), { losses: [1, 2, 5], lines: 3, summary: 2 });
    }
  });

  scenario('AUT-082: an offline run that is rewound and synced again is stored again, line by line', async (scene) => {
    const run = await scene.run();
    const synced = [1, 2, 3, 4].map((loss) => ({ loss, _timestamp: 1.8e9 + loss }));
    await run.log(...synced.slice(0, 2));
    for (let sync = 0; sync < 2; sync += 1) {
      await run.log(...synced.slice(2));
      await run.again();
      deepStrictEqual(
        (await run.history()).map(({ loss }) => loss),
        [1, 2, 3, 4],
      );
      await run.rewind(1);
    }
  });

  scenario('AUT-082: system metrics go on from what was sampled before the rewind', async (scene) => {
    const watch = await scene.automation(metric('system.cpu', '$gt', 90, { agg: 'MIN', window: 3 }));
    const run = await scene.run();
    await run.push({ history: losses(1, 2), events: [{ 'system.cpu': 97 }, { 'system.cpu': 98 }] });
    await run.rewind(0);
    await run.again();
    await watch.firesNothing();
    await run.push({ events: [{ 'system.cpu': 99 }] });
    const [payload] = await watch.fires(1);
    strictEqual(payload?.values, '97, 98, 99');
  });

  scenario('AUT-082: a filter on the summary sees what a rewind left of it', async (scene) => {
    const where = { 'summary.loss': { $eq: 2 } };
    const watch = await scene.automation(metric('acc', '$gt', 0, { where }));
    const own = await scene.automation(metric('acc', '$gt', 0, { where: { 'summary.best': { $eq: 'kept' } } }));
    const run = await scene.run();
    await run.push({ history: losses(1, 2, 3), summary: { loss: 3, best: 'kept' } });
    await run.rewind(1);
    await run.log({ acc: 1 });
    await watch.fires(1);
    await own.fires(1);
  });
});
