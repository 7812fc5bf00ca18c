import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { artifactScene } from '../support/artifact-scene.ts';
import { type Why, whyNot } from '../support/explained.ts';
import { rest } from '../support/rest.ts';
import { stage } from '../support/stage.ts';
import { metric, state } from '../support/wire-events.ts';

const scenario = stage('embedded');

scenario('AUT-047: test filters says of 50 runs what live evaluation then does, and changes nothing', async (scene) => {
  const { server, person, team, project } = scene;
  const runs = await Promise.all(
    Array.from({ length: 52 }, (_, at) =>
      scene.run({ displayName: `run-${at}`, config: { lr: at / 100 }, tags: at % 3 === 0 ? ['prod', 'x'] : ['x'] }),
    ),
  );
  const where = {
    $or: [{ tags: { $eq: 'prod' } }, { 'config.lr': { $gte: 0.2, $lt: 0.3 } }, { display_name: { $regex: '9$' } }],
  };
  const event = { type: 'RUN_METRIC', runFilter: where, metric: 'loss', comparison: '$gt', threshold: 0 };
  const body = { scope: { kind: 'project', project }, event };
  const answer = await rest<{ things: { run: string; filter: { matches: boolean; deciding: string } }[] }>(
    ...([server, person.key, `/entities/${team}/automations/test-filters`] as const),
    { method: 'POST', body },
  );
  strictEqual(answer.things.length, 50);
  const watch = await scene.automation(metric('loss', '$gt', 0, { where }));
  await watch.firesNothing();
  for (const run of runs) await run.log({ loss: 1 });
  const matched = answer.things.filter(({ filter }) => filter.matches);
  const untold = runs.filter(({ id }) => !answer.things.some(({ run }) => run === id));
  strictEqual(untold.length, 2);
  const fired = (await watch.executions()).length;
  const payloads = await watch.fires(fired);
  const names = new Set(payloads.map(({ run }) => run));
  for (const { run, filter } of answer.things) {
    const name = `run-${runs.findIndex(({ id }) => id === run)}`;
    strictEqual(names.has(name), filter.matches, `${name}: ${filter.deciding}`);
  }
  ok(matched.length > 15 && matched.length < 45, String(matched.length));
});

scenario(
  'AUT-153: "why not" names the deciding node, the window fill, the nearest miss and the cooldown',
  async (scene) => {
    const where = { 'config.lr': { $lt: 0.5 } };
    const watch = await scene.automation(metric('loss', '$gt', 10, { agg: 'AVERAGE', window: 3, where }));
    const [small, large] = [await scene.run({ config: { lr: 0.1 } }), await scene.run({ config: { lr: 0.9 } })];
    await large.log({ loss: 99 });
    const left = await whyNot(scene, watch.name, large.id);
    deepStrictEqual([left.reason, left.filter?.deciding], ['filter', 'config.lr is 0.9: not below 0.5']);
    await small.log({ loss: 50 }, { other: 1 }, { loss: 1 });
    const filling = await whyNot(scene, watch.name, small.id);
    deepStrictEqual([filling.reason, filling.words], ['window_not_full', 'its window has 2 of 3 values']);
    await small.log({ _step: 7, loss: -24 }, { _step: 8, loss: 0 });
    const missed = await whyNot(scene, watch.name, small.id);
    strictEqual(missed.reason, 'condition');
    deepStrictEqual(
      [missed.metric?.evaluated, missed.metric?.held, missed.metric?.complete, missed.metric?.window],
      [4, 0, true, { has: 3, needs: 3 }],
    );
    const { words, shortfall, step } = missed.metric!.nearest!;
    deepStrictEqual([words, shortfall, step], ['AVERAGE(loss) = 9', 1, 7]);
    await small.log({ loss: 60 });
    await watch.fires(1);
    const resting = await whyNot(scene, watch.name, small.id);
    strictEqual(resting.reason, 'resting');
    const until = Date.parse(resting.limits.find(({ kind }) => kind === 'cooldown')!.until!);
    ok(until > Date.now() + 23.9 * 3_600_000 && until < Date.now() + 24.1 * 3_600_000);
  },
);

scenario(
  'AUT-068, AUT-153: "why not" of a bare name looks at the system metric until the run logs its own',
  async (scene) => {
    const watch = await scene.automation(metric('cpu', '$gt', 90));
    const run = await scene.run();
    await run.push({ events: [{ 'system.cpu': 80 }, { 'system.cpu': 85 }] });
    const sampled = await whyNot(scene, watch.name, run.id);
    deepStrictEqual([sampled.reason, sampled.metric?.nearest?.words], ['condition', 'cpu = 85']);
    await run.log({ cpu: 3 });
    const own = await whyNot(scene, watch.name, run.id);
    deepStrictEqual([own.reason, own.metric?.evaluated, own.metric?.nearest?.words], ['condition', 1, 'cpu = 3']);
  },
);

scenario('AUT-153: "why not" tells values that came before the automation, and one that is disabled', async (scene) => {
  const run = await scene.run();
  await run.log({ loss: 99 });
  const watch = await scene.automation(metric('loss', '$gt', 10));
  const early = await whyNot(scene, watch.name, run.id);
  deepStrictEqual([early.reason, early.limits.map(({ kind }) => kind)], ['came_too_early', ['created_later']]);
  await watch.edit({ enabled: false });
  const disabled = await whyNot(scene, watch.name, run.id);
  deepStrictEqual([disabled.reason, disabled.limits.map(({ kind }) => kind)], ['disabled', ['disabled']]);
});

scenario('AUT-153: "why not" of a run state says what the run became instead', async (scene) => {
  const watch = await scene.automation(state(['FAILED']));
  const run = await scene.run();
  await run.finish(0);
  const idle = await whyNot(scene, watch.name, run.id);
  strictEqual(idle.words, 'the run is finished, and the automation waits for it to become FAILED');
  const failed = await scene.run();
  await failed.finish(1);
  await watch.fires(1);
  strictEqual((await whyNot(scene, watch.name, failed.id)).reason, 'fired');
});

scenario(
  'AUT-047, AUT-153: filters of artifact events are tested and explained by what versions and aliases are there',
  async (scene) => {
    const { server, person, team, project } = scene;
    const artifacts = artifactScene(scene);
    const filter = { alias: { $regex: '^prod' }, 'metadata.auc': { $gt: 0.8 } };
    const watch = await artifacts.automation(artifacts.project, 'ADD_ARTIFACT_ALIAS', filter);
    await artifacts.log('good', { aliases: ['prod-1'], metadata: { auc: 0.9 } });
    await artifacts.log('poor', { aliases: ['prod-2', 'x'], metadata: { auc: 0.7 } });
    const scope = { kind: 'project', project };
    const body = { scope, event: { type: 'ADD_ARTIFACT_ALIAS', filter } };
    const path = `/entities/${team}/automations`;
    const { things } = await rest<{ things: { name: string; filter: { matches: boolean; deciding: string } }[] }>(
      ...([server, person.key, `${path}/test-filters`] as const),
      { method: 'POST', body },
    );
    strictEqual(things.length, 5);
    const matched = things.filter((thing) => thing.filter.matches).map(({ name }) => name);
    deepStrictEqual(matched, [`${team}/${project}/good:v0 as prod-1`]);
    const [payload] = await watch.fires(1);
    strictEqual(payload?.alias, 'prod-1');
    const [execution] = await watch.executions();
    const asked = new URLSearchParams({ version: `${team}/${project}/poor:v0` });
    const why = await rest<Why>(server, person.key, `${path}/${execution?.automation.id}/why-not?${asked}`);
    deepStrictEqual(
      [why.reason, why.words],
      ['filter', 'its filter leaves it out: alias is "latest": not matched by /^prod/'],
    );
  },
);

scenario(
  'AUT-153: a draft is tested on an event that happened, by its values then, with the payload that would be sent',
  async (scene) => {
    const { server, person, team, project } = scene;
    const webhook = await scene.webhook();
    const watch = await scene.automation(metric('loss', '$gt', 10));
    const run = await scene.run({ displayName: 'first', config: { lr: 0.1 } });
    await run.log({ loss: 8 }, { loss: 12 }, { loss: 99 });
    await watch.fires(1);
    await run.update({ displayName: 'renamed' });
    const [execution] = await watch.executions();
    const details = await rest<{ event: { id: string } }>(
      server,
      person.key,
      `/entities/${team}/executions/${execution?.id}`,
    );
    const listed = await rest<{ items: { id: string; name: string }[] }>(
      server,
      person.key,
      `/entities/${team}/integrations`,
    );
    const integrationId = listed.items.find(({ name }) => name === webhook.name)?.id;
    const draft = {
      scope: { kind: 'project', project },
      event: {
        ...{ type: 'RUN_METRIC', metric: 'loss', comparison: '$gt', threshold: 11, aggregation: 'AVERAGE', window: 2 },
        runFilter: { display_name: 'first' },
      },
      action: { type: 'GENERIC_WEBHOOK', integrationId, payload: { run: '${run_name}' } },
      pastEvent: { id: details.event.id },
    };
    const tested = await rest<{
      fires: boolean;
      filter: { matches: boolean };
      condition: { holds: boolean; words: string };
      payload: string;
    }>(server, person.key, `/entities/${team}/automations/test-event`, { method: 'POST', body: draft });
    deepStrictEqual([tested.fires, tested.filter.matches, tested.condition.holds], [false, true, false]);
    strictEqual(tested.condition.words, 'AVERAGE(loss) = 10; it waits for AVERAGE(loss) over the last 2 values > 11');
    strictEqual(tested.payload, '{"run":"first"}');
    strictEqual(webhook.inbox.received.length, 0);
  },
);
