import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { Page } from 'playwright-core';
import { assertAccessible } from './support/accessible.ts';
import { python } from './support/python.ts';
import type { Scene } from './support/scene.ts';
import { stage } from './support/stage.ts';
import { visit } from './support/visit.ts';
import { until } from './support/wait.ts';

/** Six runs as a small sweep leaves them. */
const CLIENT = `
import json, wandb
ids = []
for seed in range(6):
    config = {"lr": (seed + 1) / 10, "opt": {"name": "adam" if seed % 2 else "sgd"}}
    tags = ["base"] if seed < 2 else []
    with wandb.init(name=f"seed {seed}", group="warm" if seed < 4 else "cold", config=config, tags=tags) as run:
        run.log({"loss": 6 - seed, "val/acc": seed / 10})
        ids.append(run.id)
print(json.dumps(ids))
`;

async function sweep({ server, person, team, project }: Scene): Promise<string[]> {
  const env = { WANDB_ENTITY: team, WANDB_PROJECT: project };
  return python<string[]>({ server, person, env, source: CLIENT });
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });

/** The names that a list of runs shows, from above. */
function names(page: Page, label: string | RegExp): Promise<string[]> {
  return page.getByRole('region', { name: label }).getByRole('link').allTextContents();
}

async function shows(page: Page, expected: readonly string[], label: string | RegExp = /^Runs of/): Promise<void> {
  const last = expected.at(-1) ?? '';
  await page.getByRole('region', { name: label }).getByRole('link', { name: last, exact: true }).waitFor();
  const isSo = async () => (await names(page, label)).join() === expected.join();
  await until('the runs to stand in order', isSo).catch(async () =>
    assert.deepEqual(await names(page, label), expected),
  );
}

async function bothThemes(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await assertAccessible(page);
  }
}

describe('the runs of a project, in a real browser', () => {
  const scenario = stage('embedded');

  scenario(
    'runs of the client are filtered, sorted and shown by any of their keys, and the address keeps it',
    async (scene) => {
      await sweep(scene);
      await visit(scene, scene.person, async ({ page }) => {
        await page.goto(`/${scene.team}/${scene.project}`);
        await page.getByRole('columnheader', { name: 'val/acc' }).waitFor();
        await page.getByText('6 runs', { exact: true }).waitFor();
        await shows(
          page,
          [5, 4, 3, 2, 1, 0].map((seed) => `seed ${seed}`),
        );

        await button(page, 'Filter').click();
        await page.getByRole('combobox', { name: 'Field 1' }).fill('config.opt.name');
        await page.getByRole('textbox', { name: 'Value 1' }).fill('adam');
        await button(page, 'Add condition').click();
        await page.getByRole('combobox', { name: 'Field 2' }).fill('colour');
        await page.getByRole('textbox', { name: 'Value 2' }).fill('red');
        await page.keyboard.press('Enter');
        await page.getByRole('alert').getByText('Runs have no field colour').waitFor();
        await page.getByRole('combobox', { name: 'Field 2' }).fill('config.lr');
        await page.getByLabel('Comparison 2').selectOption('>');
        await page.getByRole('textbox', { name: 'Value 2' }).fill('0.3');
        await bothThemes(page);
        await page.keyboard.press('Enter');
        await shows(page, ['seed 5', 'seed 3']);
        await page.getByText('2 runs', { exact: true }).waitFor();

        await page.getByRole('button', { name: 'loss' }).focus();
        await page.keyboard.press('Enter');
        await shows(page, ['seed 3', 'seed 5']);
        assert.equal(await page.getByRole('columnheader', { name: 'loss' }).getAttribute('aria-sort'), 'descending');

        await button(page, 'Columns').click();
        const columns = page.getByRole('dialog', { name: 'Columns' }).locator('input').first();
        await columns.fill('config.lr');
        await page.keyboard.press('Enter');
        await page.getByRole('columnheader', { name: 'config.lr' }).waitFor();
        await columns.fill('nonsense');
        await page.keyboard.press('Enter');
        await page.getByText('Runs have no field nonsense').waitFor();
        await bothThemes(page);
        await page.keyboard.press('Escape');

        await page.reload();
        await page.getByRole('cell', { name: '0.6000' }).waitFor();
        await shows(page, ['seed 3', 'seed 5']);
        await button(page, 'Take away: config.opt.name is adam').click();
        await shows(page, ['seed 3', 'seed 4', 'seed 5']);
        await page.getByRole('searchbox', { name: 'Search runs' }).fill('SEED 4');
        await shows(page, ['seed 4']);
        await page.getByRole('searchbox', { name: 'Search runs' }).fill('nobody');
        await page.getByText('No run is like that').waitFor();
        await button(page, 'Show all').click();
        await page.getByText('6 runs', { exact: true }).waitFor();
      });
    },
  );

  scenario('runs are grouped by what they have in common, and a group opens to its runs', async (scene) => {
    await sweep(scene);
    await visit(scene, scene.person, async ({ page }) => {
      await page.goto(`/${scene.team}/${scene.project}`);
      await button(page, 'Group').click();
      await page.getByRole('dialog', { name: 'Group' }).locator('input').first().fill('config.opt.name');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Escape');
      await page.getByText('2 groups').waitFor();
      const adam = page.getByRole('row', { name: /adam/ });
      await adam.getByText('mean 3', { exact: true }).waitFor();
      await adam.getByText('1 to 5').waitFor();
      await adam.getByText('latest 1').waitFor();
      const leads = (name: string) =>
        page
          .getByRole('button', { name: /^config\.opt\.name/ })
          .first()
          .filter({ hasText: name })
          .waitFor();
      await page.getByRole('combobox', { name: 'Sort groups by' }).click();
      await page.getByRole('option', { name: 'Groups by config.opt.name' }).click();
      await leads('adam');
      await button(page, 'Sort groups by: Ascending').click();
      await leads('sgd');
      await page.getByRole('button', { name: /adam/ }).focus();
      await page.keyboard.press('Enter');
      await shows(page, ['seed 5', 'seed 3', 'seed 1'], /^Runs with config.opt.name adam/);
      await bothThemes(page);
      await page.reload();
      await page.getByText('2 groups').waitFor();
      await page.goto(`/${scene.team}/${scene.project}?group=${encodeURIComponent('["tags"]')}&groups=-count`);
      await page.getByRole('button', { name: 'Tags base' }).click();
      await shows(page, ['seed 1', 'seed 0'], 'Runs with Tags base');
    });
  });

  scenario('chosen runs lead to the workspace, get tags and are deleted once that is confirmed', async (scene) => {
    const ids = await sweep(scene);
    await visit(scene, scene.person, async ({ page }) => {
      await page.goto(`/${scene.team}/${scene.project}`);
      await page.getByRole('checkbox', { name: 'Choose seed 1' }).focus();
      await page.keyboard.press('Space');
      await page.getByRole('checkbox', { name: 'Choose seed 4' }).check();
      const compare = page.getByRole('link', { name: 'Compare 2 runs in the workspace' });
      assert.equal(
        await compare.getAttribute('href'),
        `/${scene.team}/${scene.project}/workspace?runs=${ids[1]}%2C${ids[4]}`,
      );
      await page.reload();
      await page.getByText('2 runs chosen').waitFor();
      await bothThemes(page);

      await button(page, 'Tag').focus();
      await page.keyboard.press('Enter');
      await page.getByRole('dialog', { name: 'Tags of 2 runs' }).locator(':focus').waitFor();
      await page.keyboard.press('Escape');
      await button(page, 'Tag').and(page.locator(':focus')).waitFor();
      await page.keyboard.press('Enter');
      await page.getByRole('dialog', { name: 'Tags of 2 runs' }).locator('input').first().fill('best');
      await page.keyboard.press('Enter');
      await bothThemes(page);
      await button(page, 'Tag 2 runs').click();
      await page.getByText('The tags of 2 runs were changed.').waitFor();
      await page.goto(`/${scene.team}/${scene.project}?filter=${encodeURIComponent('{"tags":"best"}')}`);
      await shows(page, ['seed 4', 'seed 1']);

      await page.getByRole('checkbox', { name: /^Choose all shown/ }).check();
      await button(page, 'Delete').click();
      const dialog = page.getByRole('dialog', { name: 'Delete 2 runs?' });
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await dialog.waitFor({ state: 'hidden' });
      await button(page, 'Delete').click();
      await dialog.getByRole('button', { name: 'Delete 2 runs' }).click();
      await page.getByText('2 runs deleted.').waitFor();
      await page.getByText('No run is like that').waitFor();
      await button(page, 'Show all').click();
      await shows(
        page,
        [5, 3, 2, 0].map((seed) => `seed ${seed}`),
      );

      // all that are found, shown or not; who looks for something else has not chosen that
      const going = await scene.run({ displayName: 'goes on' });
      await button(page, 'Choose all 5').click();
      await page.getByText('All 5 runs chosen').waitFor();
      await button(page, 'Stop').click();
      const stop = page.getByRole('dialog', { name: 'Stop 1 running run?' });
      await stop.getByText('What has ended stays as it is: 4 runs.').waitFor();
      await bothThemes(page);
      await page.keyboard.press('Escape');
      await stop.waitFor({ state: 'hidden' });
      await button(page, 'Choose none').click();
      await page.getByRole('checkbox', { name: 'Choose seed 0' }).check();
      await button(page, 'Stop').click();
      const none = page.getByRole('dialog', { name: 'Nothing to stop' });
      await none.getByText('The chosen run has ended.').waitFor();
      assert.ok(await none.getByRole('button', { name: 'Stop running runs' }).isDisabled());
      await none.getByRole('button', { name: 'Close' }).last().click();
      await none.waitFor({ state: 'hidden' });
      await page.getByRole('checkbox', { name: 'Choose goes on' }).check();
      await button(page, 'Stop').click();
      await stop.getByRole('button', { name: 'Stop 1 running run' }).click();
      await page.getByText('The clients of 1 run are asked to stop.').waitFor();
      assert.equal(await going.heartbeat(), true);
      await button(page, 'Choose none').click();
      await going.finish(255);

      await button(page, 'Choose all 5').click();
      await page.getByText('All 5 runs chosen').waitFor();
      await page.getByRole('searchbox', { name: 'Search runs' }).fill('seed 2');
      await shows(page, ['seed 2']);
      await page.getByText('1 run', { exact: true }).waitFor();
      await page.getByRole('searchbox', { name: 'Search runs' }).fill('seed');
      await button(page, 'Choose all 4').click();
      await page.getByRole('checkbox', { name: 'Choose seed 3', checked: true }).waitFor();
      await button(page, 'Delete').click();
      await page.getByRole('dialog', { name: 'Delete 4 runs?' }).getByRole('button', { name: 'Delete 4 runs' }).click();
      await page.getByText('4 runs deleted.').waitFor();
      await page.getByText('No run is like that').or(page.getByText('No run is called that')).waitFor();
    });
  });
});
