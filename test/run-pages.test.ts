import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { findProject } from '../src/directory/find-project.ts';
import { ensurePartitions } from '../src/store/partitions.ts';
import { type InProcess, openInProcess } from './support/in-process.ts';
import { seedRun } from './support/seeded-runs.ts';

const RUNS = '/entities/vision/projects/cats/runs';
let here: InProcess;

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
      await seedRun(here.ground, place, {
        name: `run${index}`,
        displayName,
        createdAt: now - 3000 + index * 1000,
        summary: { loss: index, acc: Number.NaN, label: 'x', image: { _type: 'image' }, _step: 4 },
        config: { lr: { value: 0.1 }, depth: 3, _wandb: { value: {} } },
      });
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

  test('what is hidden is not found', async () => {
    for (const path of ['', '/runs', '/runs/run1']) {
      const hidden = await here.rest('eve', 'GET', `/entities/vision/projects/cats${path}`);
      assert.equal(hidden.status, 404, path);
    }
    assert.equal((await here.rest('ann', 'GET', `${RUNS}/none`)).status, 404);
  });
});
