import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { artifactScene } from '../support/artifact-scene.ts';
import type { Automation } from '../support/automation.ts';
import { onOneDatabase } from '../support/databases.ts';
import { whyNot } from '../support/explained.ts';
import { rest } from '../support/rest.ts';
import type { Scene } from '../support/scene.ts';
import { stage } from '../support/stage.ts';
import { HOUR, MINUTE } from '../support/test-clock.ts';
import { until } from '../support/wait.ts';
import { webhookId } from '../support/watch.ts';
import { metric, state } from '../support/wire-events.ts';

interface Details {
  readonly repeats: number;
  readonly lastRepeatAt: string | null;
  readonly ownFirings: number;
  readonly payload: string | null;
}

const losses = (...values: number[]) => values.map((loss) => ({ loss }));

async function details({ server, person, team }: Scene, watch: Automation, place = 0): Promise<Details> {
  const id = (await watch.executions())[place]?.id;
  return rest<Details>(server, person.key, `/entities/${team}/executions/${id}`);
}

/** The details of an execution, newest first, once so many matches are counted on it. */
function repeated(scene: Scene, watch: Automation, repeats: number, place = 0): Promise<Details> {
  return until(`${repeats} matches to be counted on an execution of ${watch.name}`, async () => {
    const found = await details(scene, watch, place);
    return found.repeats === repeats && found;
  });
}

const valuesOf = (watch: Automation) => watch.inbox.received.map(({ body }) => Number(JSON.parse(body).values));

onOneDatabase('embedded', (database) => {
  const scenario = stage(database);

  scenario(
    'what the limit of once in 24 hours holds back is counted on the firing, and stays with it',
    async (scene) => {
      const watch = await scene.automation(metric('loss', '$gt', 10));
      const run = await scene.run();
      await run.log(...losses(11, 12, 9, 13));
      await watch.fires(1);
      const { lastRepeatAt } = await repeated(scene, watch, 2);
      ok(Math.abs(Date.parse(lastRepeatAt ?? '') - scene.server.clock.now()) < MINUTE);
      await run.log(...losses(14));
      scene.server.clock.move(MINUTE);
      await repeated(scene, watch, 3);
      await run.log(...losses(15, 16));
      scene.server.clock.move(24 * HOUR);
      await run.log(...losses(17, 18));
      await watch.fires(2);
      await repeated(scene, watch, 5, 1);
      await repeated(scene, watch, 1, 0);
    },
  );

  scenario('every crossing fires once, also across a restart, and counts what goes on', async (scene) => {
    const watch = await scene.automation(metric('loss', '$gt', 10));
    await watch.configure({ policy: { kind: 'every_crossing' } });
    const run = await scene.run();
    await run.log(...losses(11, 12, 9, 13, 14));
    await watch.fires(2);
    await run.log(...losses(15));
    await scene.server.stop();
    await scene.server.start();
    await run.log(...losses(16, 17));
    await watch.fires(2);
    await run.log(...losses(10));
    await scene.server.kill();
    await scene.server.start();
    await run.log(...losses(18, 19));
    await watch.fires(3);
    deepStrictEqual(valuesOf(watch).toSorted(), [11, 13, 18]);
    await repeated(scene, watch, 1, 2);
    await repeated(scene, watch, 1, 0);
  });

  scenario('a run fires once for good, or once within a cooldown, or with every value', async (scene) => {
    const once = await scene.automation(metric('loss', '$gt', 10));
    await once.configure({ policy: { kind: 'once_per_run' } });
    const cool = await scene.automation(metric('loss', '$gt', 10));
    await cool.configure({ policy: { kind: 'cooldown', seconds: 600 } });
    const always = await scene.automation(metric('loss', '$gt', 10));
    await always.configure({ policy: { kind: 'cooldown', seconds: 0 } });
    const ended = await scene.automation(state(['FINISHED']));
    await ended.configure({ policy: { kind: 'once_per_run' } });
    const run = await scene.run();
    await run.log(...losses(11, 12));
    scene.server.clock.move(11 * MINUTE);
    await run.log(...losses(13));
    scene.server.clock.move(48 * HOUR);
    await run.log(...losses(14));
    await run.finish();
    await run.resume();
    await run.finish();
    await once.fires(1);
    await cool.fires(3);
    await always.fires(4);
    await ended.fires(1);
    await repeated(scene, ended, 1);
  });

  scenario('AUT-148: an edit by the client keeps “equal to” and what it does not know of', async (scene) => {
    const watch = await scene.automation(metric('loss', '$gt', 10));
    await watch.configure({
      event: { type: 'RUN_METRIC', metric: 'loss', aggregation: null, window: 1, comparison: '$eq', threshold: 5 },
      policy: { kind: 'every_crossing' },
    });
    const run = await scene.run();
    await run.log(...losses(5));
    // what the client sends that could not read the comparison (automations, section 2.6)
    await watch.edit({ description: 'renamed' }, { triggeringEventType: 'RUN_METRIC', eventFilter: '{"$and":[]}' });
    await run.log(...losses(5, 11, 5));
    await watch.fires(2);
    deepStrictEqual(valuesOf(watch), [5, 5]);
  });

  scenario('AUT-099: with backfill: ignore 1 h, a day-old import fires nothing and live values do', async (scene) => {
    const watch = await scene.automation(metric('loss', '$gt', 10, { agg: 'MIN', window: 3 }));
    await watch.configure({ backfill: { kind: 'ignore', olderThanSeconds: 3600 } });
    const run = await scene.run();
    const now = scene.server.clock.now() / 1000;
    await run.log(...losses(11, 12, 13, 14).map((row) => ({ ...row, _timestamp: now - 24 * 3600 })));
    await watch.firesNothing();
    match((await whyNot(scene, watch.name, run.id)).words, /held for 2 values .* old when they arrived \(backfill\)/);
    await run.log({ loss: 15, _timestamp: now });
    const [payload] = await watch.fires(1);
    strictEqual(payload?.values, '13, 14, 15');
  });

  scenario('AUT-151: a dry run records what would have been sent, and Run anyway sends it', async (scene) => {
    const watch = await scene.automation(metric('loss', '$gt', 10), { payload: { loss: '${metric_values}' } });
    await watch.configure({ dryRun: true });
    const run = await scene.run();
    await run.log(...losses(11, 12));
    const { id, reason } = await watch.becomes('skipped');
    strictEqual(reason, 'dry_run');
    deepStrictEqual(JSON.parse((await details(scene, watch)).payload ?? ''), { loss: '11' });
    await repeated(scene, watch, 1);
    const again = (filter: object) =>
      rest<{ count: number }>(scene.server, scene.person.key, `/entities/${scene.team}/executions/bulk`, {
        method: 'POST',
        body: { deed: 'run', filter, dryRun: true },
      });
    deepStrictEqual([(await again({})).count, (await again({ reason: 'dry_run' })).count], [0, 1]);
    await watch.inbox.exactly(0);
    await rest(scene.server, scene.person.key, `/entities/${scene.team}/executions/${id}/run`, { method: 'POST' });
    const [request] = await watch.inbox.exactly(1);
    deepStrictEqual([webhookId(request!), JSON.parse(request!.body)], [id, { loss: '11' }]);
    strictEqual((await watch.becomes('finished')).id, id);
  });

  scenario(
    'AUT-089: an automation that answers itself is held to one a second, and all of it is told',
    async (scene) => {
      const artifacts = artifactScene(scene);
      const models = artifacts.collection('models');
      const version = await artifacts.log('models');
      const watch = await artifacts.automation(models, 'ADD_ARTIFACT_ALIAS', { alias: { $regex: '^loop' } });
      await watch.configure({ floodLimits: { atOnce: 3, perMinute: 60, waiting: 2 } });
      let added = 0;
      let goesOn = true;
      const addTwo = async () => {
        if (!goesOn) return 200;
        const names = [`loop-${added}`, `loop-${added + 1}`];
        added += 2;
        await artifacts.addAliases(version, models, ...names);
        return 200;
      };
      watch.inbox.react(addTwo);
      await addTwo();
      const isSkipped = ({ status, reason }: { status: string; reason: string | null }) =>
        status === 'skipped' && reason === 'rate_limited';
      await until('some matches to find no room', async () => (await watch.executions()).filter(isSkipped).length > 3);
      goesOn = false;
      scene.server.clock.move(MINUTE);
      const rows = await until('the rest to be delivered', async () => {
        const found = await watch.executions();
        return found.every(({ status }) => status !== 'pending') && found;
      });
      strictEqual(rows.length, added);
      const sent = rows.filter((row) => !isSkipped(row)).length;
      const arrivals = (await watch.inbox.exactly(sent)).map(({ at }) => at);
      // the fourth and fifth wait for their turns; the last two were hurried by the clock
      ok(arrivals[4]! - arrivals[2]! > 1500, `${arrivals}`);
      strictEqual((await details(scene, watch)).ownFirings, added);
      const path = `/entities/${scene.team}/notices`;
      const { items } = await rest<{ items: readonly object[] }>(scene.server, scene.person.key, path);
      const told = items.map((notice) => ({ ...notice, id: '', at: '', reason: '' }));
      const automation = { id: Buffer.from(watch.id, 'base64').toString().split(':')[1], name: watch.name };
      deepStrictEqual(told, [{ id: '', at: '', reason: '', integration: null, automation, trouble: 'rate_limited' }]);
    },
  );
});
