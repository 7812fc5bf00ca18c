import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { artifactScene } from '../support/artifact-scene.ts';
import { type Backtest, backtested } from '../support/explained.ts';
import { rest } from '../support/rest.ts';
import { stage } from '../support/stage.ts';
import { metric, state } from '../support/wire-events.ts';

const scenario = stage('embedded');

scenario(
  'AUT-150: a backtest of a metric, saved or drafted, returns the firings that live evaluation produced',
  async (scene) => {
    const { project } = scene;
    const where = { 'config.lr': { $lt: 0.5 } };
    const watch = await scene.automation(metric('loss', '$gt', 2, { agg: 'AVERAGE', window: 3, where }));
    const runs = [];
    for (const lr of [0.1, 0.2, 0.3, 0.9]) runs.push(await scene.run({ config: { lr }, displayName: `lr-${lr}` }));
    for (const [at, run] of runs.entries()) {
      for (let step = 0; step < 6; step += 1)
        await run.log({ _step: step, loss: step + at - 2 }, { _step: step, other: 1 });
    }
    const executions = (await watch.executions()).length;
    const payloads = await watch.fires(executions);
    const live = payloads.map(({ run, current }) => `${run}: ${current}`).toSorted();
    const event = {
      type: 'RUN_METRIC',
      runFilter: where,
      metric: 'loss',
      aggregation: 'AVERAGE',
      window: 3,
      comparison: '$gt',
      threshold: 2,
    };
    const drafted = await backtested(scene, { scope: { kind: 'project', project }, event });
    strictEqual(drafted.status, 'finished');
    deepStrictEqual(drafted.firings.map(({ subject, words }) => `${subject.split('/')[2]}: ${words}`).toSorted(), live);
    deepStrictEqual(drafted.runs, { considered: 4, matched: 3, fired: executions });
    strictEqual(drafted.values, 18);
    ok(drafted.firings.every(({ step }) => step >= 2));
    match(drafted.limits.join(' '), /config\.lr may have been different then/);
    const saved = await backtested(scene, watch.name);
    deepStrictEqual([saved.fired, saved.runs], [drafted.fired, drafted.runs]);
  },
);

scenario('AUT-150: a backtest of states and of artifacts returns what was recorded then', async (scene) => {
  const { project } = scene;
  const artifacts = artifactScene(scene);
  const states = await scene.automation(state(['FAILED'], { display_name: { $regex: '^a' } }));
  const versions = await artifacts.automation(artifacts.project, 'ADD_ARTIFACT_ALIAS', { alias: { $regex: '^prod' } });
  for (const [displayName, exitcode] of [
    ['a1', 1],
    ['a2', 0],
    ['b1', 1],
  ] as const) {
    const run = await scene.run({ displayName });
    await run.finish(exitcode);
    // what it is called now is not what it was called then
    await run.update({ displayName: `z-${displayName}` });
  }
  for (const [name, aliases] of Object.entries({ one: ['prod-1', 'x'], two: ['y'] }))
    await artifacts.log(name, { aliases });
  const scope = { kind: 'project', project };
  const failed = await backtested(scene, {
    scope,
    event: { type: 'RUN_STATE', states: ['FAILED'], runFilter: { display_name: { $regex: '^a' } } },
  });
  deepStrictEqual(
    failed.firings.map(({ subject, words }) => [subject.split('/')[2], words]),
    [['a1', 'became failed']],
  );
  strictEqual((await states.executions()).length, 1);
  const aliased = await backtested(scene, {
    scope,
    event: { type: 'ADD_ARTIFACT_ALIAS', filter: { alias: { $regex: '^prod' } } },
  });
  deepStrictEqual(
    aliased.firings.map(({ words }) => words),
    ['ADD_ARTIFACT_ALIAS prod-1'],
  );
  strictEqual(aliased.fired, (await versions.executions()).length);
  // two versions with aliases of their own, and `latest` of each
  deepStrictEqual(aliased.events, { considered: 5, matched: 1 });
});

scenario(
  'a backtest is read by whoever started it alone, can be cancelled, and refuses a wrong range',
  async (scene) => {
    const { server, person, teammate, team, project } = scene;
    const path = `/entities/${team}/backtests`;
    const event = { type: 'RUN_METRIC', metric: 'loss', comparison: '$gt', threshold: 2 };
    const body = { scope: { kind: 'project', project }, event };
    const { id } = await rest<Backtest>(server, person.key, path, { method: 'POST', body });
    strictEqual((await server.call(`/api/v1${path}/${id}`, { key: teammate.key })).status, 404);
    await rest(server, person.key, `${path}/${id}`, { method: 'DELETE' });
    const { status } = await rest<Backtest>(server, person.key, `${path}/${id}`);
    ok(status === 'cancelled' || status === 'finished', status);
    const backwards = { from: '2026-03-01T00:00:00Z', to: '2026-02-01T00:00:00Z' };
    const ahead = { from: '2126-02-01T00:00:00Z', to: '2126-03-01T00:00:00Z' };
    for (const range of [backwards, ahead]) {
      const asked = { method: 'POST', key: person.key, body: { ...body, ...range } };
      strictEqual((await server.call(`/api/v1${path}`, asked)).status, 400);
    }
  },
);
