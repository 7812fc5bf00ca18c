import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { findProject } from '../src/directory/find-project.ts';
import { ensurePartitions } from '../src/store/partitions.ts';
import type { RunKey } from '../src/store/run-heads.ts';
import { type InProcess, openInProcess } from './support/in-process.ts';
import { seedLines, seedRun } from './support/seeded-runs.ts';

const PROJECT = '/entities/vision/projects/cats';
const RUNS = '/entities/vision/projects/cats/runs';
let here: InProcess;
/** `run1`. */
let drawn: RunKey;

describe('runs over REST', () => {
  before(async () => {
    here = await openInProcess();
    await ensurePartitions(here.ground.database, here.ground.clock.now());
    for (const name of ['ann', 'eve']) await here.user(name);
    await here.organization('acme', { ann: 'admin' });
    await here.team('acme', 'vision', { ann: 'admin' });
    await here.as('ann', 'mutation C($input: UpsertModelInput!) { upsertModel(input: $input) { inserted } }', {
      input: { name: 'cats', entityName: 'vision' },
    });
    const ann = await here.viewer('ann');
    const project = (await findProject(here.ground, ann, 'vision', 'cats'))!;
    const place = { tenantId: project.tenantId, projectId: project.id, userId: ann.userId };
    const now = here.ground.clock.now();
    for (const [index, displayName] of ['calm-lake-1', 'Bold.Fire-2', 'bold-river-3'].entries()) {
      const key = await seedRun(here.ground, place, {
        name: `run${index}`,
        displayName,
        createdAt: now - 3000 + index * 1000,
        summary: { loss: index, acc: Number.NaN, label: 'x', image: { _type: 'image' }, _step: 4 },
        config: { lr: { value: 0.1 }, depth: 3, _wandb: { value: {} } },
      });
      if (index === 1) drawn = key;
    }
  });

  test('a list shows the newest first, with plain metrics, page by page', async () => {
    const first = await here.rest('ann', 'GET', `${RUNS}?limit=2`);
    const names = first.body.items.map((item: { name: string }) => item.name);
    assert.deepEqual(names, ['bold-river-3', 'Bold.Fire-2']);
    const [newest] = first.body.items;
    assert.deepEqual([newest.author, newest.metrics], ['ann', { loss: 2, acc: 'NaN', label: 'x' }]);
    const rest = await here.rest('ann', 'GET', `${RUNS}?limit=2&cursor=${first.body.nextCursor}`);
    assert.deepEqual([rest.body.items.length, rest.body.nextCursor], [1, null]);
  });

  test('a search finds part of a name or id, in any case and literally', async () => {
    const found = async (text: string) =>
      (await here.rest('ann', 'GET', `${RUNS}?search=${encodeURIComponent(text)}`)).body.items.map(
        (item: { id: string }) => item.id,
      );
    assert.deepEqual(await found('BOLD'), ['run2', 'run1']);
    assert.deepEqual(await found('d.F'), ['run1']);
    assert.deepEqual(await found('RUN0'), ['run0']);
    assert.deepEqual(await found('('), []);
  });

  test('a run tells its config and summary as people wrote them', async () => {
    const { body } = await here.rest('ann', 'GET', `${RUNS}/run1`);
    assert.deepEqual(body.config, { lr: 0.1, depth: 3 });
    assert.deepEqual(body.summary.acc, 'NaN');
  });

  test('charts: names of what has numbers, and its history with every spike, by step or by time', async () => {
    const rows = Array.from({ length: 3_000 }, (_, step) => ({
      ...{ _step: 2 * step, _timestamp: 1_000 + step, loss: step === 1_234 ? 9 : 1 / (step + 1), note: 'text' },
      ...(step % 1_000 === 0 ? { 'val/loss': step === 2_000 ? Number.POSITIVE_INFINITY : step } : {}),
    }));
    await seedLines(here.ground, drawn, 'history', rows);
    await seedLines(here.ground, drawn, 'events', [{ _wandb: true, _timestamp: 1_500, 'system.cpu': 40 }]);
    const names = await here.rest('ann', 'GET', `${RUNS}/run1/metrics`);
    assert.deepEqual(
      names.body.items.map(({ name, system, values }: { name: string; system: boolean; values: number }) => {
        return [name, system, values];
      }),
      [
        ...[
          ['_step', false, 3_000],
          ['_timestamp', false, 3_000],
          ['loss', false, 3_000],
        ],
        ...[
          ['system.cpu', true, 1],
          ['val/loss', false, 3],
        ],
      ],
    );
    const found = await here.rest('ann', 'GET', `${RUNS}/run1/metrics?search=LOSS`);
    assert.equal(found.body.total, 2);
    const { body } = await here.rest('ann', 'GET', `${RUNS}/run1/history?metric=loss&metric=val%2Floss&points=100`);
    const [loss, rare] = body.series;
    assert.ok(loss.x.length <= 100 && loss.count === 3_000);
    assert.deepEqual([loss.x[loss.values.indexOf(9)], loss.x[0], loss.x.at(-1)], [2_468, 0, 5_998]);
    assert.deepEqual(rare, {
      ...{ metric: 'val/loss', count: 3, x: [0, 2_000, 4_000], values: [0, 1_000, 'Infinity'], means: null },
    });
    assert.deepEqual([body.lines, body.epoch], [3_000, 0]);
    const mean = loss.means.values.reduce((sum: number, value: number) => sum + value, 0) / loss.means.values.length;
    assert.ok(mean > 0.003 && mean < 0.02, `the mean of stretches is hardly moved by one spike: ${mean}`);
    const later = await here.rest('ann', 'GET', `${RUNS}/run1/history?metric=loss&fromLine=2998`);
    assert.deepEqual([later.body.series[0].x, later.body.lines], [[5_996, 5_998], 3_000]);
    const zoomed = await here.rest('ann', 'GET', `${RUNS}/run1/history?metric=loss&from=100&to=105`);
    assert.deepEqual(zoomed.body.series[0].x, [100, 102, 104]);
    const joined = await here.rest('ann', 'GET', `${RUNS}/run1/history?metric=loss&x=val%2Floss`);
    assert.deepEqual([joined.body.series[0].x, joined.body.series[0].count], [[0, 1_000], 2], 'lines that hold both');
    const many = await here.rest('ann', 'GET', `${PROJECT}/history?run=none&run=run1&metric=val%2Floss`);
    assert.deepEqual(
      many.body.runs.map(({ run, series }: { run: string; series: { x: number[] }[] }) => [run, series[0]?.x]),
      [['run1', [0, 2_000, 4_000]]],
    );
    const shared = await here.rest('ann', 'GET', `${PROJECT}/metrics?run=run1&run=none&search=loss`);
    assert.deepEqual(shared.body, {
      total: 2,
      items: ['loss', 'val/loss'].map((name) => ({ name, system: false, runs: 1, stepMetric: null })),
    });
    const tooMany = Array.from({ length: 20 }, (_, at) => `run=r${at}&metric=m${at}`).join('&');
    const bounded = await here.rest('ann', 'GET', `${PROJECT}/history?${tooMany}&points=2000`);
    assert.deepEqual([bounded.status, bounded.body.errors[0].path], [400, 'querystring.points']);
    const crowded = await here.rest('ann', 'GET', `${PROJECT}/history?metric=a&run=r&${tooMany}`);
    assert.equal(crowded.status, 400);
    const around = await here.rest(
      'ann',
      'GET',
      `${RUNS}/run1/history?metric=loss&by=time&fromLine=1233&beforeLine=1236`,
    );
    assert.deepEqual(around.body.series[0].x, [2_233, 2_234, 2_235]);
    const cpu = await here.rest('ann', 'GET', `${RUNS}/run1/history?metric=system.cpu&by=time`);
    assert.deepEqual([cpu.body.series[0].x, cpu.body.series[0].values], [[1_500], [40]]);
    for (const refused of [
      'metric=system.cpu',
      'metric=loss&metric=system.cpu&by=time',
      'points=10',
      'metric=a&points=1',
      'metric=system.cpu&by=time&x=loss',
    ]) {
      assert.equal((await here.rest('ann', 'GET', `${RUNS}/run1/history?${refused}`)).status, 400, refused);
    }
    assert.deepEqual((await here.rest('ann', 'GET', `${RUNS}/run1/firings`)).body, { items: [] });
    assert.deepEqual((await here.rest('ann', 'GET', `${PROJECT}/firings?run=run1`)).body, { items: [] });
  });

  test('what is hidden is not found', async () => {
    for (const path of [
      '',
      '/runs',
      '/runs/run1',
      '/runs/run1/metrics',
      '/runs/run1/history?metric=a',
      '/runs/run1/firings',
      '/metrics?run=run1',
      '/history?run=run1&metric=a',
      '/firings?run=run1',
    ]) {
      const hidden = await here.rest('eve', 'GET', `/entities/vision/projects/cats${path}`);
      assert.equal(hidden.status, 404, path);
    }
    assert.equal((await here.rest('ann', 'GET', `${RUNS}/none`)).status, 404);
  });
});
