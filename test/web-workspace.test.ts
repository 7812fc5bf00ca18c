import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { assertAccessible } from './support/accessible.ts';
import { python } from './support/python.ts';
import { rest } from './support/rest.ts';
import { stage } from './support/stage.ts';
import { viewerOf } from './support/viewer-of.ts';
import { visit } from './support/visit.ts';
import { until } from './support/wait.ts';

/** Three runs of the client: two long ones, and one that has logged other metrics. */
const TRAINING = (entity: string, project: string) => `
import wandb
ids = {}
for name, steps, scale in (("brave", 3000, 1), ("calm", 3000, 2), ("short", 30, 3)):
    with wandb.init(entity="${entity}", project="${project}", name=name) as run:
        for step in range(steps):
            row = {"train/loss": scale / (step + 1) + (50 if step == 1234 else 0)}
            if step % 10 == 0:
                row["val/acc"] = step / steps
                row["epoch"] = step // 10
            run.log(row)
        ids[name] = run.id
import json
print(json.dumps(ids))
`;

type Ids = Readonly<Record<'brave' | 'calm' | 'short', string>>;

const figure = (page: Page, name: string) => page.getByRole('figure', { name });
const search = (page: Page) => new URL(page.url()).searchParams;

/** Drags from one part of the width of an element to another. */
async function dragAcross(page: Page, element: Locator, from: number, to: number, key?: 'Shift'): Promise<void> {
  const box = await element.boundingBox();
  assert.ok(box);
  const y = box.y + box.height / 2;
  if (key !== undefined) await page.keyboard.down(key);
  await page.mouse.move(box.x + from * box.width, y);
  await page.mouse.down();
  await page.mouse.move(box.x + to * box.width, y, { steps: 6 });
  await page.mouse.up();
  if (key !== undefined) await page.keyboard.up(key);
}

describe('the workspace of a project, in a real browser', () => {
  const scenario = stage('embedded');

  scenario('draws every metric over the runs of the client that one chooses, as the address says', async (scene) => {
    const { server, person, team, project } = scene;
    const ids = await python<Ids>({ server, person, source: TRAINING(team, project) });
    await visit(scene, person, async ({ page }) => {
      await page.goto(`/${team}/${project}`);
      await page.getByRole('link', { name: 'Workspace' }).click();
      await figure(page, 'train/loss of 3 runs').waitFor();
      await page.getByRole('heading', { name: 'train', level: 2 }).waitFor();
      await assertAccessible(page);

      await page.getByRole('checkbox', { name: 'short' }).uncheck();
      await figure(page, 'train/loss of 2 runs').waitFor();
      assert.equal(search(page).get('runs'), `${ids.calm},${ids.brave}`);
      await page.reload();
      await figure(page, 'train/loss of 2 runs').waitFor();
      await page.getByRole('searchbox', { name: 'Search runs' }).fill('sho');
      await page.getByRole('checkbox', { name: 'brave' }).waitFor();
      await page.getByRole('checkbox', { name: 'short' }).check();
      await figure(page, 'train/loss of 3 runs').waitFor();
      await page.getByRole('button', { name: 'Newest' }).click();
      await figure(page, 'train/loss: from').waitFor();
      await page.getByRole('searchbox', { name: 'Search runs' }).fill('');
      await figure(page, 'train/loss of 3 runs').waitFor();
      assert.equal(search(page).get('runs'), null);

      await page.getByRole('button', { name: 'train 1' }).click();
      await figure(page, 'train/loss').waitFor({ state: 'detached' });
      assert.equal(search(page).get('closed'), '["train"]');
      await page.getByRole('button', { name: 'train 1' }).click();
      await page.getByRole('searchbox', { name: 'Search metrics' }).fill('ACC');
      await figure(page, 'train/loss').waitFor({ state: 'detached' });
      await figure(page, 'val/acc of 3 runs').waitFor();

      await page.getByRole('button', { name: 'Settings', exact: true }).click();
      await page.getByLabel('X axis', { exact: true }).selectOption('Relative time');
      await page.getByRole('checkbox', { name: 'Logarithmic values' }).check();
      await page.getByRole('slider', { name: 'Smoothing' }).focus();
      await page.keyboard.press('ArrowRight');
      await assertAccessible(page);
      await page.keyboard.press('Escape');
      await until('the address tells the smoothing', () => search(page).get('smooth') === '0.01');
      assert.deepEqual([search(page).get('x'), search(page).get('log')], ['runtime', 'y']);

      await page.goto(`/${team}/${project}/workspace?x=metric.epoch&runs=${ids.calm}`);
      await figure(page, 'train/loss: from').waitFor();
      const words = await page.getByRole('figure', { name: 'train/loss: from' }).locator('figcaption').textContent();
      assert.match(words ?? '', /at epoch 299$/, 'the lines that hold both, and no others');
      await page.getByRole('button', { name: 'Settings of train/loss' }).click();
      await page.getByLabel('X axis', { exact: true }).selectOption('Step');
      await figure(page, 'at step 2,999').waitFor();
      assert.deepEqual(JSON.parse(search(page).get('set') ?? ''), { 'train/loss': {} });
      await page.getByRole('button', { name: 'As all others' }).click();
      await figure(page, 'at epoch 299').first().waitFor();
    });
  });

  scenario('is looked at more closely by pointer and by keyboard, down to the true points', async (scene) => {
    const { server, person, team, project } = scene;
    const { brave, calm } = await python<Ids>({ server, person, source: TRAINING(team, project) });
    await visit(scene, person, async ({ page }) => {
      const asked: URL[] = [];
      page.on('request', (request) => {
        if (/\/history\?/.test(request.url())) asked.push(new URL(request.url()));
      });
      await page.goto(`/${team}/${project}/workspace?runs=${brave},${calm}&panel=train%2Floss`);
      const dialog = page.getByRole('dialog', { name: 'train/loss' });
      const cursor = dialog.getByRole('slider', { name: 'Cursor of train/loss' });
      await cursor.waitFor();
      await assertAccessible(page);
      await dialog
        .getByRole('cell', { name: '51.00' })
        .or(dialog.getByRole('cell', { name: '50.00' }))
        .first()
        .waitFor();

      await cursor.focus();
      await page.keyboard.press('Home');
      await page.keyboard.press('ArrowRight');
      assert.match((await cursor.getAttribute('aria-valuetext')) ?? '', /^step \d+, calm .*, brave /);
      await page.keyboard.press('End');
      assert.equal(await cursor.getAttribute('aria-valuenow'), '2999');

      await dragAcross(page, cursor, 0.4, 0.42);
      await dialog.getByRole('button', { name: 'Show all' }).waitFor();
      await until('the part is read closely', () => asked.some((url) => url.searchParams.has('from')));
      const close = asked.find((url) => url.searchParams.has('from'))?.searchParams;
      assert.deepEqual(close?.getAll('run').toSorted(), [brave, calm].toSorted());
      const span = async () =>
        Number(await cursor.getAttribute('aria-valuemax')) - Number(await cursor.getAttribute('aria-valuemin'));
      assert.ok((await span()) < 100, 'sixty steps are shown');
      await cursor.focus();
      await until('the cursor goes from one step to the next, as they were logged', async () => {
        await page.keyboard.press('Home');
        const places = [];
        for (let turn = 0; turn < 3; turn += 1) {
          await page.keyboard.press('ArrowRight');
          places.push(Number(await cursor.getAttribute('aria-valuenow')));
        }
        return places[2]! - places[0]! === 2;
      });

      const low = () => cursor.getAttribute('aria-valuemin').then(Number);
      const before = await low();
      await dragAcross(page, cursor, 0.3, 0.6, 'Shift');
      assert.ok((await low()) < before, 'dragged to the right, earlier steps come into view');
      const dragged = await low();
      await cursor.focus();
      await page.keyboard.press('Shift+ArrowRight');
      assert.ok((await low()) > dragged);
      const wide = await span();
      await page.keyboard.press('+');
      assert.ok((await span()) < wide);
      await page.keyboard.press('Escape');
      assert.equal(await span(), 2_999, 'Escape shows all, and leaves the plot open');
      await dragAcross(page, cursor, 0.4, 0.42);
      await dialog.getByRole('button', { name: 'Show all' }).waitFor();
      const box = await cursor.boundingBox();
      await page.mouse.dblclick(box!.x + 50, box!.y + 50);
      await dialog.getByRole('button', { name: 'Show all' }).waitFor({ state: 'detached' });
      assert.equal(await span(), 2_999);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      assert.equal(search(page).get('panel'), null);
    });
  });

  scenario('a run that goes on is asked only for what is new', async (scene) => {
    const run = await scene.run({ displayName: 'going' });
    await run.log(...Array.from({ length: 40 }, (_, step) => ({ loss: 40 - step })));
    await visit(scene, scene.person, async ({ page }) => {
      const asked: URL[] = [];
      page.on('request', (request) => {
        if (/\/history\?/.test(request.url())) asked.push(new URL(request.url()));
      });
      await page.goto(`/${scene.team}/${scene.project}/workspace`);
      await figure(page, 'loss: from 1 to 40; last 1 at step 39').waitFor();
      await page.getByText('Live', { exact: true }).waitFor();
      await run.log({ loss: 77 });
      await figure(page, 'loss: from 1 to 77; last 77 at step 40').waitFor();
      await run.log({ loss: 78 });
      await run.finish();
      await figure(page, 'loss: from 1 to 78; last 78 at step 41').waitFor();
      await page.getByText('finished').first().waitFor();
      const whole = asked.filter((url) => !url.searchParams.has('fromLine'));
      assert.equal(whole.length, 1, 'all of it once');
      assert.ok(asked.some((url) => url.searchParams.get('fromLine') === '40'));
    });
  });

  scenario(
    'AUT-145: an automation is made on a plot, by dragging its threshold, and shows there what it did',
    async (scene) => {
      const { server, person, team, project } = scene;
      const run = await scene.run({ displayName: 'watched run' });
      await run.log({ loss: 1 }, { loss: 3 }, { loss: 2 });
      await visit(scene, person, async ({ page }) => {
        await page.goto(`/${team}/${project}/workspace?runs=${run.id}`);
        const panel = page.getByRole('article', { name: 'loss' });
        await panel.hover();
        await panel.getByRole('button', { name: 'New automation for loss' }).click();
        const line = panel.getByRole('slider', { name: 'Threshold' });
        await line.focus();
        await page.keyboard.press('PageUp');
        const chosen = Number(await panel.getByRole('textbox', { name: 'Value' }).inputValue());
        assert.ok(chosen > 3);
        await panel.getByRole('button', { name: 'Create automation' }).click();
        await page.getByText('watches loss from now on').waitFor();
        await panel.locator('span', { hasText: /loss/ }).first().waitFor();
        const { items } = await rest<{ items: { event: object; action: object; name: string }[] }>(
          server,
          person.key,
          `/entities/${team}/automations`,
        );
        assert.equal(items.length, 1);
        const { event, action } = items[0]!;
        assert.deepEqual(action, { type: 'NO_OP' });
        assert.deepEqual(
          { ...event },
          {
            ...{
              type: 'RUN_METRIC',
              metric: 'loss',
              aggregation: null,
              window: 1,
              comparison: '$gt',
              threshold: chosen,
            },
            runFilter: { $and: [{ display_name: { $regex: '^watched run$' } }] },
          },
        );
        await run.log({ loss: chosen + 1 });
        await panel.getByRole('link', { name: /fired: loss = / }).click();
        await page.waitForURL('**/executions/*');
      });
    },
  );

  scenario('whoever may only look has no bell, and a phone has its runs in a drawer', async (scene) => {
    const { team, project } = scene;
    const run = await scene.run({ displayName: 'only run' });
    await run.log({ loss: 1 }, { loss: 2 });
    const viewer = await viewerOf(scene);
    await visit(scene, viewer, async ({ page }) => {
      await page.setViewportSize({ width: 390, height: 844 });
      await page.goto(`/${team}/${project}/workspace`);
      await figure(page, 'loss').waitFor();
      assert.equal(await page.getByRole('button', { name: 'New automation for loss' }).count(), 0);
      await page.getByRole('button', { name: 'Runs (1 drawn)' }).click();
      const drawer = page.getByRole('dialog', { name: 'Runs' });
      await drawer.getByRole('checkbox', { name: 'only run' }).uncheck();
      await assertAccessible(page);
      await page.keyboard.press('Escape');
      await page.getByText('No run is drawn').waitFor();
      assert.equal(search(page).get('runs'), '');
    });
  });
});
