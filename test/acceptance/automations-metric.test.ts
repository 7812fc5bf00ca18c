import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { onOneDatabase } from '../support/databases.ts';
import { stage } from '../support/stage.ts';
import { HOUR, SECOND } from '../support/test-clock.ts';
import type { Payload } from '../support/watch.ts';
import { change, metric, zscore } from '../support/wire-events.ts';

const DAY = 24 * HOUR;

const losses = (...values: number[]) => values.map((loss) => ({ loss }));
const times = <T>(n: number, value: T): T[] => Array.from({ length: n }, () => value);
/** The values of the window that fired, newest last. */
const windowOf = (payload: Payload | undefined) => payload?.values?.split(',').map(Number);

onOneDatabase('embedded', (database) => {
  const scenario = stage(database);

  scenario('AUT-050: with window 5, rows without the metric in between do not count', async (scene) => {
    const watch = await scene.automation(metric('loss', '$gt', 0, { agg: 'AVERAGE', window: 5 }));
    const run = await scene.run();
    const other = times(10, { accuracy: 1 });
    await run.log(...losses(1, 2), ...other, ...losses(3), ...other, ...losses(4));
    await watch.firesNothing();
    await run.log(...other, ...losses(5));
    const [payload] = await watch.fires(1);
    deepStrictEqual(windowOf(payload), [1, 2, 3, 4, 5]);
  });

  scenario('AUT-051: of ten values in one request only the sixth matches: it fires once, with it', async (scene) => {
    const watch = await scene.automation(metric('loss', '$gt', 50));
    const run = await scene.run();
    await run.log(...losses(1, 2, 3, 4, 5, 100, 7, 8, 9, 10));
    const [payload] = await watch.fires(1);
    deepStrictEqual(windowOf(payload), [100]);
  });

  scenario('AUT-052: the same chunk sent twice fires once and does not advance the window twice', async (scene) => {
    const single = await scene.automation(metric('loss', '$gt', 10));
    const window = await scene.automation(metric('loss', '$gt', 10, { agg: 'MIN', window: 3 }));
    const run = await scene.run();
    await run.log(...losses(11, 12));
    await run.again();
    await window.firesNothing();
    await run.log(...losses(13));
    await run.again();
    await single.fires(1);
    const [payload] = await window.fires(1);
    deepStrictEqual(windowOf(payload), [11, 12, 13]);
  });

  scenario('AUT-053: AVERAGE over 5 does not fire at four values, and can fire at the fifth', async (scene) => {
    const watch = await scene.automation(metric('loss', '$gt', 10, { agg: 'AVERAGE', window: 5 }));
    const run = await scene.run();
    await run.log(...losses(1e9, 1e9, 1e9, 1e9));
    await watch.firesNothing();
    await run.log(...losses(0));
    await watch.fires(1);
  });

  scenario('AUT-054: without aggregation the first value can fire and window_size is ignored', async (scene) => {
    const watch = await scene.automation(metric('loss', '$lt', 1, { window: 5 }));
    const run = await scene.run();
    await run.log(...losses(0.5));
    const [payload] = await watch.fires(1);
    deepStrictEqual(windowOf(payload), [0.5]);
  });

  scenario('AUT-055: a run that matches 100 times within 24 h fires once; two such runs fire twice', async (scene) => {
    const watch = await scene.automation(metric('loss', '$gt', 10));
    const first = await scene.run();
    for (const values of times(10, times(10, 11))) await first.log(...losses(...values));
    await watch.fires(1);
    const second = await scene.run();
    await second.log(...losses(...times(100, 11)));
    await watch.fires(2);
  });

  scenario('AUT-056: 24 h after a firing, the next value that matches fires again', async (scene) => {
    const watch = await scene.automation(metric('loss', '$gt', 10));
    const run = await scene.run();
    await run.log(...losses(11));
    await watch.fires(1);
    scene.server.clock.move(DAY - 10 * SECOND);
    await run.log(...losses(12));
    await watch.fires(1);
    scene.server.clock.move(11 * SECOND);
    await run.log(...losses(9));
    await watch.fires(1);
    await run.log(...losses(13));
    const payloads = await watch.fires(2);
    deepStrictEqual(payloads.map(windowOf), [[11], [13]]);
  });

  scenario('AUT-057: an execution that ended failed does not lift the 24 h limit', async (scene) => {
    const watch = await scene.automation(metric('loss', '$gt', 10));
    watch.inbox.reply(400);
    const run = await scene.run();
    await run.log(...losses(11));
    await watch.becomes('failed');
    await run.log(...losses(12));
    strictEqual((await watch.executions()).length, 1);
  });

  scenario('AUT-058: created after nine of ten values, it fires on the tenth with a full window', async (scene) => {
    const run = await scene.run();
    await run.log(...losses(1, 2, 3, 4, 5, 6, 7, 8, 9));
    const watch = await scene.automation(metric('loss', '$gt', 0, { agg: 'AVERAGE', window: 10 }));
    await watch.firesNothing();
    await run.log(...losses(10));
    const [payload] = await watch.fires(1);
    deepStrictEqual(windowOf(payload), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  scenario('AUT-059: NaN neither fires nor advances the window; both infinities are compared', async (scene) => {
    const above = await scene.automation(metric('loss', '$gt', 10));
    const below = await scene.automation(metric('loss', '$lt', 0));
    const full = await scene.automation(metric('loss', '$gt', 0, { agg: 'MIN', window: 3 }));
    const run = await scene.run();
    await run.log(...losses(1, Number.NaN, 2, Number.NaN));
    for (const watch of [above, below, full]) await watch.firesNothing();
    await run.log(...losses(Number.POSITIVE_INFINITY));
    await above.fires(1);
    await full.fires(1);
    await below.firesNothing();
    await run.log(...losses(Number.NEGATIVE_INFINITY));
    await below.fires(1);
  });

  scenario('AUT-060: the mean of 10,000 times 0.1 is 0.1: $gt 0.1 does not fire, $gte 0.1 does', async (scene) => {
    const above = await scene.automation(metric('loss', '$gt', 0.1, { agg: 'AVERAGE', window: 10_000 }));
    const atLeast = await scene.automation(metric('loss', '$gte', 0.1, { agg: 'AVERAGE', window: 10_000 }));
    const run = await scene.run();
    await run.log(...losses(...times(10_000, 0.1)));
    await atLeast.fires(1);
    await above.firesNothing();
  });

  scenario('AUT-061: MIN, MAX and AVERAGE over a sliding window agree with a naive recomputation', async (scene) => {
    const values = Array.from({ length: 60 }, (_, at) => Math.sin(at * at) * 100);
    const windows = values.slice(6).map((_, at) => values.slice(at, at + 7));
    const naive = {
      MIN: (window: number[]) => Math.min(...window),
      MAX: (window: number[]) => Math.max(...window),
      AVERAGE: (window: number[]) => window.reduce((sum, value) => sum + value, 0) / window.length,
    };
    const cases = (['MIN', 'MAX', 'AVERAGE'] as const).map((agg) => {
      const threshold = windows.map(naive[agg]).toSorted((a, b) => b - a)[20] ?? 0;
      return { agg, threshold, expected: windows.find((window) => naive[agg](window) > threshold) };
    });
    const watches = await Promise.all(
      cases.map(({ agg, threshold }) => scene.automation(metric('loss', '$gt', threshold, { agg, window: 7 }))),
    );
    const run = await scene.run();
    for (let at = 0; at < values.length; at += 4) await run.log(...losses(...values.slice(at, at + 4)));
    for (const [at, watch] of watches.entries()) {
      const [payload] = await watch.fires(1);
      deepStrictEqual(windowOf(payload), cases[at]?.expected);
    }
  });

  scenario(
    'AUT-062: change ABSOLUTE by 2: INCREASE fires at exactly 2, ANY at -2, DECREASE not at +2',
    async (scene) => {
      const increase = await scene.automation(change('loss', 'INCREASE', 2));
      const any = await scene.automation(change('loss', 'ANY', 2));
      const decrease = await scene.automation(change('loss', 'DECREASE', 2));
      const rising = await scene.run();
      await rising.log(...losses(5, 6.75));
      await increase.firesNothing();
      await rising.log(...losses(8.75));
      await increase.fires(1);
      await any.fires(1);
      await decrease.firesNothing();
      const falling = await scene.run();
      await falling.log(...losses(5, 3));
      await increase.fires(1);
      await any.fires(2);
      await decrease.fires(1);
    },
  );

  scenario('AUT-063: RELATIVE from -2 to -1 is an increase of 0.5', async (scene) => {
    const half = await scene.automation(change('loss', 'INCREASE', 0.5, { type: 'RELATIVE' }));
    const more = await scene.automation(change('loss', 'INCREASE', 0.51, { type: 'RELATIVE' }));
    const decrease = await scene.automation(change('loss', 'DECREASE', 0.1, { type: 'RELATIVE' }));
    const run = await scene.run();
    await run.log(...losses(-2, -1));
    await half.fires(1);
    await more.firesNothing();
    await decrease.firesNothing();
  });

  scenario('AUT-064: RELATIVE with prior 0: 0 to 0 fires nothing, 0 to 1 INCREASE and ANY only', async (scene) => {
    const increase = await scene.automation(change('loss', 'INCREASE', 1000, { type: 'RELATIVE' }));
    const any = await scene.automation(change('loss', 'ANY', 1000, { type: 'RELATIVE' }));
    const decrease = await scene.automation(change('loss', 'DECREASE', 0.1, { type: 'RELATIVE' }));
    const run = await scene.run();
    await run.log(...losses(0, 0));
    for (const watch of [increase, any, decrease]) await watch.firesNothing();
    await run.log(...losses(1));
    await increase.fires(1);
    await any.fires(1);
    await decrease.firesNothing();
  });

  scenario('AUT-065: change with C = 10, P = 50 cannot fire before the 60th value', async (scene) => {
    const watch = await scene.automation(change('loss', 'INCREASE', 1, { agg: 'AVERAGE', current: 10, prior: 50 }));
    const run = await scene.run();
    await run.log(...losses(...times(49, 0), ...times(10, 100)));
    await watch.firesNothing();
    await run.log(...losses(100));
    await watch.fires(1);
  });

  scenario(
    'AUT-066: z-score with W = 5, t = 2 fires for 1,2,1,2,1 then 100, which its baseline excludes',
    async (scene) => {
      const watch = await scene.automation(zscore('loss', 'INCREASE', 2, 5));
      const run = await scene.run();
      await run.log(...losses(1, 2, 1, 2, 1));
      await watch.firesNothing();
      await run.log(...losses(100));
      await watch.fires(1);
    },
  );

  scenario('AUT-069: metric d.x matches a nested value; strings and booleans are not values', async (scene) => {
    const watch = await scene.automation(metric('d.x', '$gte', 1));
    const run = await scene.run();
    await run.log({ d: { x: '7' } }, { d: { x: true } }, { d: { x: null } }, { d: { x: [9] } });
    await watch.firesNothing();
    await run.log({ d: { x: 1 } });
    const [payload] = await watch.fires(1);
    strictEqual(payload?.metric, 'd.x');
  });

  scenario('AUT-084: editing the threshold resets the 24 h limit; editing the description does not', async (scene) => {
    const watch = await scene.automation(metric('loss', '$gt', 10));
    const run = await scene.run();
    await run.log(...losses(20));
    await watch.fires(1);
    await watch.edit({ description: 'wakes the person on duty' });
    await run.log(...losses(21));
    await watch.fires(1);
    await watch.edit({}, metric('loss', '$gt', 15));
    await watch.fires(1);
    await run.log(...losses(22));
    await watch.fires(2);
  });

  scenario('a metric firing tells what was true: event, run, window, condition', async (scene) => {
    const watch = await scene.automation(metric('loss', '$gt', 0.6, { agg: 'AVERAGE', window: 2 }));
    const run = await scene.run({ displayName: 'brave-run' });
    await run.log(...losses(0.5, 0.75));
    const [payload] = await watch.fires(1);
    deepStrictEqual(
      { ...payload, values: windowOf(payload) },
      {
        event: 'RUN_METRIC',
        author: scene.person.username,
        entity: scene.team,
        project: scene.project,
        automation: watch.name,
        run: 'brave-run',
        status: '',
        metric: 'loss',
        values: [0.5, 0.75],
        filter: 'AVERAGE(loss) over the last 2 values > 0.6',
        short: 'AVERAGE(loss) > 0.6',
        current: 'AVERAGE(loss) = 0.625',
      },
    );
  });
});
