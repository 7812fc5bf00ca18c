import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { onOneDatabase } from '../support/databases.ts';
import { rest } from '../support/rest.ts';
import { stage } from '../support/stage.ts';
import { MINUTE } from '../support/test-clock.ts';
import { until } from '../support/wait.ts';
import { webhookId } from '../support/watch.ts';
import { metric } from '../support/wire-events.ts';

const LIMITS = ['--flood-at-once', '2', '--flood-per-minute', '1', '--flood-waiting', '1'];

onOneDatabase('embedded', (database) => {
  const scenario = stage(database, { args: LIMITS });

  scenario('AUT-089: a metric match that found no room fires for its run once there is room', async (scene) => {
    const watch = await scene.automation(metric('loss', '$gt', 10));
    const runs = [];
    for (let count = 0; count < 5; count += 1) {
      const run = await scene.run();
      await run.log({ loss: 11 });
      runs.push(run);
    }
    const rows = await watch.executions();
    deepStrictEqual(
      rows.slice(0, 3).map(({ status, reason }) => [status, reason]),
      [
        ['skipped', 'rate_limited'],
        ['skipped', 'rate_limited'],
        ['pending', 'waits_its_turn'],
      ],
    );
    await watch.inbox.exactly(2);

    // further matches of a run that was skipped are counted on its one row
    await runs[3]?.log({ loss: 12 });
    await runs[3]?.log({ loss: 9 }, { loss: 13 });
    strictEqual((await watch.executions()).length, 5);
    const read = (id: string | undefined) =>
      rest<{ repeats: number }>(scene.server, scene.person.key, `/entities/${scene.team}/executions/${id}`);
    strictEqual((await read(rows[1]?.id)).repeats, 2);

    // run anyway delivers that one
    await rest(scene.server, scene.person.key, `/entities/${scene.team}/executions/${rows[0]?.id}/run`, {
      method: 'POST',
    });
    strictEqual(webhookId((await watch.inbox.exactly(3))[2]!), rows[0]?.id);

    await until('what was sent to be recorded', async () => {
      const finished = (await watch.executions()).filter(({ status }) => status === 'finished');
      return finished.length === 3;
    });
    // two minutes later the turn of the third has come, and there is room for the fourth
    scene.server.clock.move(2 * MINUTE);
    await watch.inbox.exactly(4);
    await runs[3]?.log({ loss: 14 });
    await watch.inbox.exactly(5);
    await runs[3]?.log({ loss: 15 });
    strictEqual((await watch.executions()).length, 6);
  });
});
