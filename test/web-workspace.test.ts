import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { Locator, Page, Route } from 'playwright-core';
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
        run.define_metric("epoch")
        run.define_metric("val/*", step_metric="epoch")
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

/** Whether a number of steps is another, but for the pixels that a finger is rounded to. */
const near = (steps: number, wanted: number) => Math.abs(steps - wanted) < 30;

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

/** Fingers on the screen of a page; places are parts of the width of what they touch. */
async function fingersOn(page: Page) {
  const screen = await page.context().newCDPSession(page);
  await screen.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 2 });
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', places: readonly { x: number; y: number }[]) =>
    screen.send('Input.dispatchTouchEvent', { type, touchPoints: places.map(({ x, y }, id) => ({ x, y, id })) });
  const placesOn = async (element: Locator) => {
    const box = await element.boundingBox();
    assert.ok(box);
    return (across: readonly number[], down = 0) =>
      across.map((part) => ({ x: box.x + part * box.width, y: box.y + box.height / 2 + down }));
  };
  return {
    slide: async (element: Locator, from: readonly number[], to: readonly number[], down = 0): Promise<void> => {
      const places = await placesOn(element);
      await touch('touchStart', places(from));
      for (const part of [0.25, 0.5, 0.75, 1]) {
        const between = from.map((start, finger) => start + part * ((to[finger] ?? start) - start));
        await touch('touchMove', places(between, part * down));
      }
      await touch('touchEnd', []);
    },
    tapTwice: async (element: Locator): Promise<void> => {
      const places = await placesOn(element);
      for (const _ of ['once', 'twice']) {
        await touch('touchStart', places([0.5]));
        await touch('touchEnd', []);
      }
    },
  };
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

      await page.goto(`/${team}/${project}/workspace?runs=${ids.calm}&find=acc`);
      await figure(page, 'val/acc: from 0 to 0.9967; last 0.9967 at epoch 299').waitFor();
      await page.getByRole('button', { name: 'Settings', exact: true }).click();
      const axis = page.getByLabel('X axis', { exact: true });
      assert.equal(await axis.locator('option:checked').textContent(), 'As the runs define it');
      await axis.selectOption('Step');
      await figure(page, 'val/acc: from 0 to 0.9967; last 0.9967 at step 2,990').waitFor();
      assert.equal(search(page).get('x'), 'step');

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

  scenario(
    'is looked at more closely by pointer, by keyboard and by fingers, down to the true points',
    async (scene) => {
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
        const words = async () => (await cursor.getAttribute('aria-valuetext')) ?? '';
        await until('the cursor tells all lines', async () => /^step \d+, calm .*, brave /.test(await words()));
        await page.keyboard.press('End');
        await until('the last step', async () => (await cursor.getAttribute('aria-valuenow')) === '2999');

        await dragAcross(page, cursor, 0.4, 0.42);
        await dialog.getByRole('button', { name: 'Show all' }).waitFor();
        await until('the part is read closely', () => asked.some((url) => url.searchParams.has('from')));
        const close = asked.find((url) => url.searchParams.has('from'))?.searchParams;
        assert.deepEqual(close?.getAll('run').toSorted(), [brave, calm].toSorted());
        const span = async () =>
          Number(await cursor.getAttribute('aria-valuemax')) - Number(await cursor.getAttribute('aria-valuemin'));
        await until('sixty steps are shown', async () => (await span()) < 100);
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
        await until('dragged to the right, earlier steps come into view', async () => (await low()) < before - 16);
        const dragged = await low();
        await cursor.focus();
        await page.keyboard.press('Shift+ArrowRight');
        await until('later steps come into view', async () => (await low()) > dragged);
        const wide = await span();
        await page.keyboard.press('+');
        await until('fewer steps are shown', async () => (await span()) < wide);
        await page.keyboard.press('Escape');
        await until('Escape shows all, and leaves the plot open', async () => (await span()) === 2_999);
        await dragAcross(page, cursor, 0.4, 0.42);
        await dialog.getByRole('button', { name: 'Show all' }).waitFor();
        const box = await cursor.boundingBox();
        await page.mouse.dblclick(box!.x + 50, box!.y + 50);
        await dialog.getByRole('button', { name: 'Show all' }).waitFor({ state: 'detached' });
        await until('all is shown', async () => (await span()) === 2_999);

        const fingers = await fingersOn(page);
        await fingers.slide(cursor, [0.4, 0.6], [0.2, 0.8]);
        await until('two fingers, three times as far apart, show a third', async () => near(await span(), 1_000));
        const [pinched, held] = [await span(), await low()];
        await fingers.slide(cursor, [0.3], [0.6]);
        await until('one finger takes along what is shown', async () => near(await low(), held - 0.3 * pinched));
        assert.ok(Math.abs((await span()) - pinched) < 1);
        await fingers.tapTwice(cursor);
        await until('all is shown again', async () => (await span()) === 2_999);
        await dialog.getByRole('button', { name: 'New automation' }).click();
        const threshold = dialog.getByRole('slider', { name: 'Threshold' });
        const chosen = async () => Number(await threshold.getAttribute('aria-valuenow'));
        const offered = await chosen();
        const target = await threshold.boundingBox();
        assert.ok(target !== null && target.height >= 24, 'as high as a finger needs');
        await fingers.slide(threshold, [0.5], [0.5], 60);
        await until('a finger drags the threshold', async () => (await chosen()) < offered);
        await page.keyboard.press('Escape');
        await dialog.waitFor({ state: 'detached' });
        assert.equal(search(page).get('panel'), null);
      });
    },
  );

  scenario('draws as many of the newest runs as one likes, and says which of those chosen wait', async (scene) => {
    const { person, team, project } = scene;
    const runs = await Promise.all(Array.from({ length: 52 }, (_, at) => scene.run({ displayName: `run ${at}` })));
    await Promise.all(runs.map((run, at) => run.log({ loss: at }, { loss: at + 1 })));
    await visit(scene, person, async ({ page }) => {
      await page.goto(`/${team}/${project}/workspace`);
      await figure(page, 'loss of 10 runs').waitFor();
      await page.getByRole('combobox', { name: 'Runs that are drawn' }).selectOption('Newest 50 drawn');
      await figure(page, 'loss of 50 runs').waitFor();
      assert.equal(search(page).get('newest'), '50');
      await page.goto(`/${team}/${project}/workspace?runs=${runs.map(({ id }) => id).join()}`);
      await figure(page, 'loss of 50 runs').waitFor();
      await page.getByText('2 more runs chosen: plots draw 50 at once.').waitFor();
      await assertAccessible(page);
      await page.getByRole('checkbox', { name: 'run 7', exact: true }).uncheck();
      await page.getByText('1 more run chosen').waitFor();
      assert.equal(search(page).get('runs')?.split(',').length, 51);
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

      await page.getByRole('link', { name: 'Open going' }).click();
      await figure(page, 'loss: from 1 to 78').waitFor();
      const path = `/entities/${scene.team}/projects/${scene.project}/runs/${run.id}`;
      await rest(scene.server, scene.person.key, path, { method: 'DELETE' });
      await page.getByText('There is nothing here').waitFor();
    });
  });

  scenario(
    'AUT-145: an automation is made on a plot, by dragging its threshold, and shows there what it did',
    async (scene) => {
      const { server, person, team, project } = scene;
      const run = await scene.run({ displayName: 'watched run' });
      await run.log({ loss: 1 }, { loss: 3 }, { loss: 2 });
      await visit(scene, person, async ({ page }) => {
        const panel = page.getByRole('article', { name: 'loss' });
        const bell = { name: 'New automation for loss' };
        // it is pressed before the line is there
        const late = async (route: Route) => {
          await panel.getByRole('button', { ...bell, pressed: true }).waitFor();
          await route.continue();
        };
        await page.route(/\/history\?/, late, { times: 1 });
        await page.goto(`/${team}/${project}/workspace?runs=${run.id}`);
        await panel.hover();
        await panel.getByRole('button', bell).click();
        const line = panel.getByRole('slider', { name: 'Threshold' });
        await line.focus();
        await page.keyboard.press('PageUp');
        const chosen = await until('the threshold to go up', async () => {
          const value = Number(await panel.getByRole('textbox', { name: 'Value' }).inputValue());
          return value > 3 && value;
        });
        await panel.getByText('^watched run$').waitFor();
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
      await page.setViewportSize({ width: 390, height: 600 });
      await page.goto(`/${team}/${project}/workspace`);
      await figure(page, 'loss').waitFor();
      const plot = page.getByRole('slider', { name: 'Cursor of loss' });
      const top = async () => (await plot.boundingBox())?.y ?? 0;
      const before = await top();
      await (await fingersOn(page)).slide(plot, [0.5], [0.5], -120);
      await until('a finger that goes up on a plot turns the page', async () => (await top()) < before - 20);
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
