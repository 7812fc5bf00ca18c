import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { roundedIn, valueRange } from '../web/components/chart/value-range.ts';
import { assertAccessible } from './support/accessible.ts';
import { python } from './support/python.ts';
import type { Scene } from './support/scene.ts';
import { stage } from './support/stage.ts';
import { visit } from './support/visit.ts';
import { until } from './support/wait.ts';
import { metric } from './support/wire-events.ts';

/** A curve that falls, and leaps once; one that is logged now and then. */
const TRAINING = (entity: string, project: string) => `
import json, wandb
with wandb.init(entity="${entity}", project="${project}", name="brave run (1)") as run:
    for step in range(200):
        row = {"loss": 9.0 if step == 120 else 2 / (step + 1), "lr": 0.1}
        if step % 50 == 0:
            row["val/acc"] = step / 200
        run.log(row)
    print(json.dumps(run.id))
`;

/** A run of the client for which an automation has fired once. */
async function trained(scene: Scene) {
  const high = await scene.automation(metric('loss', '$gt', 5), { name: 'loss is high' });
  const { server, person, team, project } = scene;
  const run = await python<string>({ server, person, source: TRAINING(team, project) });
  const { id } = await high.becomes('finished');
  return { run, execution: id };
}

/** The mark of step 120 stands where the run was then: in its time, and at what another metric had last told. */
async function assertMarkAlongAxes(page: Page, loss: Locator): Promise<void> {
  const mark = loss.getByRole('link', { name: 'loss is high fired: loss = 9' });
  const left = async () => Number(/left: ([\d.]+)%/.exec((await mark.getAttribute('style')) ?? '')?.[1]);
  await loss.getByRole('button', { name: 'Settings of loss' }).click();
  const axis = page.getByLabel('X axis', { exact: true });
  await axis.selectOption('Relative time');
  await loss.getByRole('figure', { name: /last 0.01000 after / }).waitFor();
  await until('the mark along the time', async () => (await mark.count()) === 1 && (await left()) < 100);
  await axis.selectOption('val/acc');
  await loss.getByRole('figure', { name: /at val\/acc 0.7500$/ }).waitFor();
  await until('the mark at the accuracy of step 100', async () => Math.abs((await left()) - (100 * 0.5) / 0.75) < 0.1);
  await page.getByRole('button', { name: 'As all others' }).click();
  await loss.getByRole('figure', { name: 'at step 199' }).waitFor();
  await mark.focus();
}

/** A threshold that was dragged from the highest value to the middle of a chart. */
const draggedTo = (page: Page) =>
  until('the threshold to come along', async () => {
    const value = Number(await thresholdOf(page));
    return value > 2 && value < 8.5 && value;
  });

const thresholdOf = (page: Page) => page.getByRole('textbox', { name: 'Value', exact: true }).inputValue();

const opacityOfBell = (page: Page, metric: string) =>
  page.evaluate<string>(
    `getComputedStyle(document.querySelector('[aria-label="New automation for ${metric}"]')).opacity`,
  );

/** Moves a line by pointer. */
async function drag(page: Page, line: Locator, up: number): Promise<void> {
  const box = await line.boundingBox();
  assert.ok(box);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x, y - up, { steps: 4 });
  await page.mouse.up();
}

describe('charts, in a real browser', () => {
  const scenario = stage('embedded');

  scenario(
    'AUT-145: the bell of a chart leads to an automation of its metric, tried on the past as it is written',
    async (scene) => {
      const { run, execution } = await trained(scene);
      await visit(scene, scene.person, async ({ page }) => {
        await page.goto(`/${scene.team}/${scene.project}/runs/${run}`);
        const loss = page.getByRole('article', { name: 'loss' });
        await loss.getByRole('figure', { name: 'loss: from 0.01000 to 9; last 0.01000 at step 199' }).waitFor();
        await loss.getByText('loss is high').waitFor();
        await page.getByRole('heading', { name: 'val', level: 2 }).waitFor();
        await assertAccessible(page);
        await assertMarkAlongAxes(page, loss);
        await loss.getByRole('link', { name: 'loss is high fired: loss = 9' }).click();
        await page.waitForURL(`**/executions/${execution}`);
        await page.getByRole('figure', { name: 'loss: from' }).getByText('loss is high').waitFor();
        await assertAccessible(page);
        await page.goBack();

        const bell = loss.getByRole('button', { name: 'New automation for loss' });
        await bell.waitFor();
        await page.mouse.move(0, 0);
        await until('the bell waits for the pointer', async () => (await opacityOfBell(page, 'loss')) === '0');
        await bell.focus();
        await until('the bell is seen', async () => (await opacityOfBell(page, 'loss')) === '1');
        await page.keyboard.press('Enter');
        const form = page.getByRole('form', { name: 'New automation for loss' });
        const own = loss.getByRole('slider', { name: 'Threshold' });
        await own.waitFor();
        const offered = Number(await thresholdOf(page));
        assert.equal(offered, 9, 'it begins at the highest of what was logged of late');
        await drag(page, own, -60);
        const chosen = await draggedTo(page);
        await own.focus();
        await page.keyboard.press('ArrowDown');
        await until('the threshold to go down', async () => Number(await thresholdOf(page)) < chosen);
        await assertAccessible(page);
        await form.getByText('below').click();
        await form.getByLabel('Measured as').selectOption('Average');
        await form.getByRole('textbox', { name: 'Value', exact: true }).fill('0.5');
        await until('what is typed moves the line', async () => (await own.getAttribute('aria-valuenow')) === '0.5');
        await form.getByRole('link', { name: 'More options' }).click();
        await page.getByRole('heading', { name: 'New automation' }).waitFor();
        await page.getByLabel('Event', { exact: true }).waitFor();
        const events = await page.getByLabel('Event', { exact: true }).locator('option').allTextContents();
        assert.deepEqual(
          events.map((label) => /metric/.test(label)),
          [true, true, true],
        );
        assert.equal(await page.getByRole('textbox', { name: 'Metric' }).inputValue(), 'loss');
        assert.equal(await page.getByLabel('Run name').inputValue(), '^brave run \\(1\\)$');
        await page.getByText(`${scene.team} / ${scene.project}`).waitFor();

        assert.equal(await page.getByLabel('Comparison').inputValue(), '$lt');
        assert.equal(await page.getByLabel('Aggregation').inputValue(), 'AVERAGE');
        assert.equal(await thresholdOf(page), '0.5');
        await page.getByLabel('Comparison').selectOption('Greater than (>)');
        await page.getByLabel('Aggregation').selectOption('Latest value');
        await page.getByRole('textbox', { name: 'Value', exact: true }).fill('9');
        await page.getByText('Would have fired 0 times in the last 30 days').waitFor();
        const line = page.getByRole('slider', { name: 'Threshold' });
        await line.waitFor();
        await line.scrollIntoViewIfNeeded();
        await drag(page, line, -40);
        const dragged = await draggedTo(page);
        await page.getByText('Would have fired 1 time for 1 run in the last 30 days; 1 run looked at.').waitFor();
        await assertAccessible(page);
        await line.focus();
        await page.keyboard.press('ArrowUp');
        await until('the threshold to go up', async () => Number(await thresholdOf(page)) > dragged);
        await page.getByRole('textbox', { name: 'Value', exact: true }).fill('10');
        await page.getByText('Would have fired 0 times in the last 30 days').waitFor();
      });
    },
  );

  scenario(
    'a project shows the metrics that one chooses, a run its system, an automation what it watches now',
    async (scene) => {
      const watch = await scene.automation(metric('loss', '$gt', 5, { agg: 'AVERAGE', window: 5 }), {
        name: 'mean is high',
      });
      const run = await scene.run({ displayName: 'calm run' });
      const history = [3, 4, 5].map((loss) => ({ loss, acc: loss / 10 }));
      await run.push({ history, events: [{ 'system.cpu': 40 }, { 'system.cpu': 60 }], summary: { loss: 5, acc: 0.5 } });
      await visit(scene, scene.person, async ({ page }) => {
        await page.goto(`/${scene.team}/${scene.project}`);
        await page.getByRole('columnheader', { name: 'acc' }).waitFor();
        await page.getByRole('button', { name: 'Columns' }).click();
        const columns = page.getByRole('dialog', { name: 'Columns' });
        await columns.locator('input').first().focus();
        // the newest is taken away first
        for (const _ of ['loss', 'acc']) await page.keyboard.press('Backspace');
        await columns.locator('input').first().fill('summary.loss');
        await page.keyboard.press('Enter');
        await page.getByRole('columnheader', { name: 'acc' }).waitFor({ state: 'detached' });
        await page.keyboard.press('Escape');
        await assertAccessible(page);
        await page.reload();
        await page.getByRole('columnheader', { name: 'loss' }).waitFor();
        assert.equal(await page.getByRole('columnheader', { name: 'acc' }).count(), 0, 'the address keeps the choice');

        await page.getByRole('link', { name: 'calm run' }).click();
        await page.getByRole('heading', { name: 'System', level: 2 }).waitFor();
        await page.getByRole('figure', { name: 'system.cpu: from 40 to 60; last 60' }).waitFor();
        await page.getByRole('searchbox', { name: 'Search metrics' }).fill('LOS');
        await page.getByRole('heading', { name: 'System', level: 2 }).waitFor({ state: 'detached' });
        await page.getByRole('figure', { name: 'loss' }).waitFor();

        const number = Buffer.from(watch.id, 'base64').toString().split(':')[1];
        await page.goto(`/automations/${number}`);
        await page.getByText('its window has 3 of 5 values').waitFor();
        await page.getByText('3 of 5', { exact: true }).waitFor();
        await assertAccessible(page);
        await run.log({ loss: 6 }, { loss: 7 });
        await page.getByText('5 of 5', { exact: true }).waitFor();
      });
    },
  );
});

test('a chart shows thresholds that lie near, one that is moved however far it is, and its values in any case', () => {
  const inside = (range: readonly [number, number], value: number) => value > range[0] && value < range[1];
  assert.ok(inside(valueRange(0, 1, [1.8], []), 1.8));
  assert.ok(!inside(valueRange(0, 1, [50], []), 50));
  assert.ok(inside(valueRange(0, 1, [], [50]), 50));
  assert.ok(inside(valueRange(3, 3, [], []), 3));
  assert.ok(inside(valueRange(0, 0, [], []), 0));
});

test('a value chosen by hand has no more digits than a hand can mean', () => {
  assert.equal(roundedIn(0.123456, [0, 1]), 0.12);
  assert.equal(roundedIn(1234.56, [0, 5000]), 1230);
  assert.equal(roundedIn(0.00123456, [0, 0.002]), 0.00123);
});
