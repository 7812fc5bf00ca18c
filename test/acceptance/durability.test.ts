import { deepStrictEqual, rejects, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { isUniqueViolation } from '../../src/store/database-faults.ts';
import { forEachDatabase, withDatabase } from '../support/databases.ts';
import { assertOutcome, runPython } from '../support/python.ts';
import { stage } from '../support/stage.ts';
import { MINUTE, SECOND } from '../support/test-clock.ts';
import { until } from '../support/wait.ts';
import { webhookId } from '../support/watch.ts';
import { metric } from '../support/wire-events.ts';

forEachDatabase((database) => {
  const scenario = stage(database);

  scenario('AUT-086: killing the server right after a 2xx loses neither value nor execution', async (scene) => {
    const watch = await scene.automation(metric('loss', '$gt', 10));
    const run = await scene.run();
    for (const loss of [1, 2, 3, 11]) {
      await run.log({ loss });
      await scene.server.kill();
      await scene.server.start();
    }
    deepStrictEqual(
      (await run.history()).map(({ loss }) => loss),
      [1, 2, 3, 11],
    );
    // the dead process held the lease of the destination, which a lone server takes over at once
    if (database !== 'embedded') scene.server.clock.move(MINUTE);
    // what it sent before it died, and could not record, is sent once more under the same id
    const { id } = await watch.becomes('finished');
    await run.log({ loss: 12 });
    deepStrictEqual(
      (await watch.executions()).map((row) => row.id),
      [id],
    );
    deepStrictEqual([...new Set(watch.inbox.received.map(webhookId))], [id]);
  });

  scenario(
    'AUT-087: killing the server during delivery leads to two requests with one id, and one execution',
    async (scene) => {
      const watch = await scene.automation(metric('loss', '$gt', 10));
      watch.inbox.reply('hang', 200);
      const run = await scene.run();
      await run.log({ loss: 11 });
      const first = await watch.inbox.next();
      await scene.server.kill();
      await scene.server.start();
      scene.server.clock.move(MINUTE);
      const second = await watch.inbox.next();
      strictEqual(webhookId(second), webhookId(first));
      strictEqual(second.body, first.body);
      await watch.becomes('finished');
      deepStrictEqual(
        (await watch.executions()).map(({ id }) => id),
        [webhookId(first)],
      );
      strictEqual(watch.inbox.received.length, 2);
    },
  );

  scenario('AUT-091: deleting an automation cancels its pending executions; disabling leaves them', async (scene) => {
    const deleted = await scene.automation(metric('loss', '$gt', 10));
    const disabled = await scene.automation(metric('loss', '$gt', 10));
    for (const { inbox } of [deleted, disabled]) inbox.reply(503);
    const run = await scene.run();
    await run.log({ loss: 11 });
    for (const watch of [deleted, disabled]) await watch.attempted(1);
    await deleted.delete();
    await disabled.edit({ enabled: false });
    strictEqual((await deleted.becomes('cancelled')).status, 'cancelled');
    scene.server.clock.move(10 * SECOND);
    await disabled.becomes('finished');
    strictEqual(disabled.inbox.received.length, 2);
    strictEqual(deleted.inbox.received.length, 1);
  });

  scenario('AUT-091: deleting a project cancels what its automations still had to deliver', async (scene) => {
    const watch = await scene.automation(metric('loss', '$gt', 10));
    watch.inbox.reply(503);
    const run = await scene.run();
    await run.log({ loss: 11 });
    await watch.attempted(1);
    await scene.graphql('mutation DeleteProject($id: String!) { deleteModel(input: { id: $id }) { success } }', {
      id: scene.projectId,
    });
    strictEqual((await watch.becomes('cancelled')).reason, 'automation_deleted');
    strictEqual(watch.inbox.received.length, 1);
  });

  scenario('a server stopped by SIGTERM hands on what it did not deliver', async (scene) => {
    const watch = await scene.automation(metric('loss', '$gt', 10));
    watch.inbox.reply(503);
    const run = await scene.run();
    await run.log({ loss: 11 });
    await watch.inbox.next();
    await scene.server.stop();
    await scene.server.start();
    scene.server.clock.move(10 * SECOND);
    await watch.becomes('finished');
    strictEqual(watch.inbox.received.length, 2);
  });

  scenario('a script of the client outlives a killed server: no row is lost, none is doubled', async (scene) => {
    let [begun, logged] = [false, false];
    const script = runPython({
      ...scene,
      env: { WANDB_ENTITY: scene.team, WANDB_PROJECT: scene.project },
      source: `
import os, time, urllib.request, wandb
def answers():
    try:
        return urllib.request.urlopen(os.environ["WANDB_BASE_URL"] + "/healthz").status == 200
    except OSError:
        return False
with wandb.init(id="survivor") as run:
    print("the run has begun", flush=True)
    for step in range(30):
        run.log({"value": step})
    while answers():
        time.sleep(0.05)
    for step in range(30, 60):
        run.log({"value": step})
    print("all rows are logged")
`,
      onOutput: (printed) => {
        begun ||= printed.includes('the run has begun');
        logged ||= printed.includes('all rows are logged');
      },
    });
    const run = scene.stored('survivor');
    // its client must know: one that is killed before the answer to its first request waits for the server
    await until('the script to begin', () => begun, { within: 60_000 });
    await scene.server.kill();
    await until('the script to end its training', () => logged);
    await scene.server.start();
    assertOutcome(await script, '0');
    deepStrictEqual(
      (await run.history()).map(({ value }) => value),
      Array.from({ length: 60 }, (_, step) => step),
    );
    strictEqual(await run.state(), 'finished');
  });

  test('AUT-090: inserting the same (automation, event) twice is impossible by constraint', () =>
    withDatabase(database, async (db) => {
      await db.execute('create table execution_of_test partition of execution default');
      const insert = () =>
        db.execute(
          `insert into execution (tenant_id, event_id, automation_id, ask, revision, status, event_type, action_type,
             subject_kind, subject_id, created_at)
           values (1, 2, 3, 0, 1, 'pending', 'RUN_METRIC', 'NO_OP', 'run', 4, '2026-01-01Z')`,
        );
      strictEqual(await insert(), 1);
      await rejects(insert(), isUniqueViolation);
    }));
});
