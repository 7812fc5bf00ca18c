import { deepStrictEqual } from 'node:assert/strict';
import { onOneDatabase } from '../support/databases.ts';
import { stage } from '../support/stage.ts';
import type { Payload } from '../support/watch.ts';
import { metric } from '../support/wire-events.ts';

const cpu = (...values: number[]) => values.map((value) => ({ 'system.cpu': value, 'system.gpu.0.temp': value }));
const told = (payloads: readonly Payload[]) => payloads.map(({ metric: name, values }) => `${name}: ${values}`);

onOneDatabase('embedded', (database) => {
  const scenario = stage(database);

  scenario('AUT-068: system.cpu fires on the events stream, and bare cpu does too', async (scene) => {
    const watches = await Promise.all(
      ['system.cpu', 'system/cpu', 'cpu', 'gpu.0.temp'].map((name) => scene.automation(metric(name, '$gt', 90))),
    );
    const labelled = await scene.automation(metric('system.cpu/l:worker-1', '$gt', 90));
    const run = await scene.run();
    await run.push({ events: cpu(50, 95) });
    const payloads = await Promise.all(watches.map((watch) => watch.fires(1)));
    deepStrictEqual(told(payloads.flat()), ['system.cpu: 95', 'system/cpu: 95', 'cpu: 95', 'gpu.0.temp: 95']);
    await labelled.firesNothing();
    await run.push({ events: [{ 'system.cpu/l:worker-1': 99 }] });
    await labelled.fires(1);
  });

  scenario(
    'AUT-068: bare cpu is the run’s own metric from its first value on, and no window holds both',
    async (scene) => {
      const bare = await scene.automation(metric('cpu', '$gt', 90, { agg: 'AVERAGE', window: 2 }));
      const system = await scene.automation(metric('system.cpu', '$gt', 90, { agg: 'AVERAGE', window: 3 }));
      const run = await scene.run();
      await run.push({ events: cpu(80) });
      await run.log({ cpu: 99 });
      await run.push({ events: cpu(99, 99) });
      await system.fires(1);
      await bare.firesNothing();
      await run.log({ cpu: 98 });
      deepStrictEqual(told(await bare.fires(1)), ['cpu: 99, 98']);
    },
  );

  scenario('AUT-068: an automation made later learns from stored lines which series is meant', async (scene) => {
    const logs = await scene.run();
    await logs.log({ cpu: 1 });
    await logs.push({ events: cpu(99, 99) });
    const samples = await scene.run();
    await samples.push({ events: cpu(91, 92) });
    const bare = await scene.automation(metric('cpu', '$gt', 90, { agg: 'AVERAGE', window: 3 }));
    await logs.push({ events: cpu(99, 99) });
    await bare.firesNothing();
    await samples.push({ events: cpu(93) });
    deepStrictEqual(told(await bare.fires(1)), ['cpu: 91, 92, 93']);
  });
});
