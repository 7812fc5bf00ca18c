import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { forEachSharedDatabase } from '../support/databases.ts';
import type { Scene } from '../support/scene.ts';
import type { Server } from '../support/server.ts';
import { stage } from '../support/stage.ts';
import { HOUR, MINUTE } from '../support/test-clock.ts';
import { until } from '../support/wait.ts';
import { type Payload, webhookId } from '../support/watch.ts';
import { metric, state } from '../support/wire-events.ts';

const NODES = 4;
const CHUNKS = 30;
const LINES = 5;

const numbers = (from: number, count: number) => Array.from({ length: count }, (_, at) => from + at);
const windowOf = (payload: Payload) => payload.values?.split(',').map(Number);

/** A chunk of lines whose values are their own numbers. */
function chunkAt(offset: number): string {
  const content = numbers(offset, LINES).map((value) => JSON.stringify({ _step: value, value }));
  return JSON.stringify({ files: { 'wandb-history.jsonl': { offset, content } } });
}

/** Several processes on one PostgreSQL; the embedded one has one process by design. */
forEachSharedDatabase((database) => {
  const scenario = stage(database, { nodes: NODES });

  scenario(
    'chunks of a run at several nodes at once, doubled and late, give each line once and each firing once',
    async (scene) => {
      const total = CHUNKS * LINES;
      const watches = [
        await scene.automation(metric('value', '$gt', 40)),
        await scene.automation(metric('value', '$gt', 60, { agg: 'AVERAGE', window: 7 })),
        await scene.automation(metric('value', '$gt', 100, { agg: 'MIN', window: 12 })),
      ];
      const runs = [await scene.run(), await scene.run(), await scene.run()];
      await Promise.all(runs.map((run) => sendEverywhere(scene, run.id)));
      for (const run of runs) {
        const rows = await run.history();
        deepStrictEqual(
          rows.map(({ value }) => value),
          numbers(0, total),
        );
      }
      const expected = [[41], numbers(58, 7), numbers(101, 12)];
      for (const [at, watch] of watches.entries()) {
        const payloads = await watch.fires(runs.length);
        deepStrictEqual(
          payloads.map(windowOf),
          runs.map(() => expected[at]),
        );
      }
    },
  );

  scenario('AUT-085: a definition saved on node A applies to the next chunk received by node B', async (scene) => {
    const run = await scene.run();
    // every node knows the run and the rules as they were
    for (const node of scene.nodes) await run.via(node).log({ loss: 0 });
    for (const node of scene.nodes.slice(1)) {
      const watch = await scene.automation(metric('loss', '$gt', 10));
      await run.via(node).log({ loss: 11 });
      await watch.fires(1);
      await watch.edit({}, metric('loss', '$gt', 20));
      await run.via(node).log({ loss: 15 });
      await watch.fires(1);
      await run.via(node).log({ loss: 21 });
      await watch.fires(2);
      await watch.edit({}, metric('loss', '$gt', 30));
      await watch.edit({ enabled: false }, metric('loss', '$gt', 30));
      await run.via(node).log({ loss: 31 });
      await watch.fires(2);
      await watch.delete();
    }
  });

  scenario('AUT-073: five minutes without heartbeat fire FAILED, once, by exactly one of four nodes', async (scene) => {
    const watch = await scene.automation(state(['FAILED']));
    const runs = await Promise.all(numbers(0, 30).map(() => scene.run()));
    scene.server.clock.move(4 * MINUTE);
    const [alive, ...silent] = runs;
    await alive!.via(scene.nodes[1]!).heartbeat();
    scene.server.clock.move(4 * MINUTE);
    for (const run of silent) {
      await until('the silent run to be found crashed', async () => (await run.state()) === 'crashed');
    }
    await watch.fires(silent.length);
    strictEqual(await alive!.state(), 'running');
    scene.server.clock.move(6 * MINUTE);
    await until('the last run to be found crashed', async () => (await alive!.state()) === 'crashed');
    await watch.fires(runs.length);
  });

  scenario('windows taken over by another node have the same answers', async (scene) => {
    const watch = await scene.automation(metric('value', '$gt', 0, { agg: 'AVERAGE', window: 4 }));
    const run = await scene.run();
    const log = async (node: Server, value: number) => {
      await run.via(node).log({ value });
      // time moves only while nothing is on the wire: a node that seems frozen loses its leases
      await watch.fires(Math.max(0, value - 3));
      // and after a day an automation fires for the run again
      scene.server.clock.move(25 * HOUR);
    };
    for (const value of numbers(1, 10)) await log(scene.nodes[value % NODES]!, value);
    const [heir, dead] = [scene.nodes[1]!, scene.nodes[2]!];
    await dead.kill();
    // whatever it held is free
    scene.server.clock.move(MINUTE);
    await log(heir, 11);
    await dead.start();
    await log(dead, 12);
    const payloads = await watch.fires(9);
    deepStrictEqual(
      payloads.map((payload) => windowOf(payload)!).toSorted((one, other) => one[0]! - other[0]!),
      numbers(1, 9).map((first) => numbers(first, 4)),
    );
  });

  scenario('AUT-088: four nodes with 1,000 due executions deliver 1,000 distinct ids, none twice', async (scene) => {
    const [automations, runs] = [5, 50];
    const watches = [];
    for (let at = 0; at < NODES * automations; at += 1) {
      const where = { 'config.node': at % NODES };
      watches.push(await scene.automation(metric('loss', '$gt', 10, { where })));
    }
    // each node wakes itself for what it stored; the others look at the queue by themselves
    const works = scene.nodes.flatMap((node, at) => numbers(0, runs).map(() => ({ node, at })));
    const started = await Promise.all(
      works.map(async ({ node, at }) => ({ node, run: await scene.run({ config: { node: at } }) })),
    );
    await Promise.all(started.map(({ node, run }) => run.via(node).log({ loss: 11 })));
    for (const watch of watches) await watch.fires(runs);
    const ids = watches.flatMap(({ inbox }) => inbox.received.map(webhookId));
    strictEqual(ids.length, 1000);
    strictEqual(new Set(ids).size, 1000);
  });
});

/** Each chunk goes to all nodes at once, and with it a late copy of an earlier one to one of them. */
async function sendEverywhere({ nodes, person, team, project }: Scene, run: string): Promise<void> {
  const post = async (node: Server, body: string): Promise<void> => {
    const path = `/files/${team}/${project}/${run}/file_stream`;
    const { status, text } = await node.call(path, { method: 'POST', key: person.key, body });
    strictEqual(status, 200, text);
  };
  for (let chunk = 0; chunk < CHUNKS; chunk += 1) {
    const earlier = (chunk * 7) % (chunk + 1);
    await Promise.all([
      post(nodes[chunk % NODES]!, chunkAt(earlier * LINES)),
      ...nodes.map((node) => post(node, chunkAt(chunk * LINES))),
    ]);
  }
}
