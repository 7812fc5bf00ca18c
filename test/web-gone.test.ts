import { describe } from 'node:test';
import type { Page } from 'playwright-core';
import { artifactScene } from './support/artifact-scene.ts';
import { stage } from './support/stage.ts';
import { visit } from './support/visit.ts';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor();

/** Opens a page, and waits until it is told what happens. */
async function openTold(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.getByText('Live', { exact: true }).waitFor();
}

/** From now on deeds are answered only once the page has been told of them. */
async function answerAfterNews(page: Page): Promise<void> {
  await page.route('**/api/v1/**', async (route) => {
    if (!['PATCH', 'DELETE'].includes(route.request().method())) return route.fallback();
    const response = await route.fetch();
    await page.getByText('There is nothing here').waitFor();
    await route.fulfill({ response });
  });
}

describe('pages of what is deleted or renamed, where the news of it is faster than the answer', () => {
  const scenario = stage('embedded');

  scenario('lead to where it was, and say what was done', async (scene) => {
    const { organization, team, project } = scene;
    const artifacts = artifactScene(scene);
    const registry = await artifacts.registry('models');
    const version = await artifacts.log('net');
    await artifacts.log('net');
    await artifacts.link(version, { ...registry, collection: 'Road net' });
    const run = await scene.run({ displayName: 'late answer' });
    await visit(scene, scene.person, async ({ page }) => {
      await answerAfterNews(page);
      const told = (what: string) => page.getByText(what, { exact: true }).waitFor();

      await openTold(page, `/${team}/${project}/runs/${run.id}`);
      await button(page, 'More of late answer').click();
      await page.getByRole('menuitem', { name: 'Delete' }).click();
      await button(page, 'Delete run').click();
      await heading(page, project);
      await told('late answer is deleted.');

      await openTold(page, `/${organization}/wandb-registry-models/artifacts/model/Road%20net/v0`);
      await button(page, 'Unlink Road net:v0').click();
      await button(page, 'Unlink').last().click();
      await heading(page, 'Road net');
      await told('Road net:v0 is unlinked.');

      await openTold(page, `/${team}/${project}/artifacts/model/net/v0`);
      await button(page, 'More to do with this version').click();
      await page.getByRole('menuitem', { name: 'Delete version' }).click();
      await button(page, 'Delete version').click();
      await heading(page, 'net');
      await told('net:v0 is deleted.');

      await openTold(page, `/${team}/${project}/artifacts/model/net`);
      await button(page, 'More to do with this collection').click();
      await page.getByRole('menuitem', { name: 'Rename' }).click();
      await page.getByRole('textbox', { name: 'Name' }).fill('net of roads');
      await button(page, 'Rename').click();
      await heading(page, 'net of roads');
      await told('net is called net of roads now.');

      await button(page, 'More to do with this collection').click();
      await page.getByRole('menuitem', { name: 'Delete collection' }).click();
      await page.getByRole('textbox', { name: 'Type net of roads to confirm' }).fill('net of roads');
      await button(page, 'Delete collection').click();
      await heading(page, project);
      await told('net of roads is deleted.');

      await openTold(page, `/orgs/${organization}/registry/models/settings`);
      await page.getByRole('textbox', { name: 'Name' }).fill('best');
      await button(page, 'Save settings').click();
      await heading(page, 'best');
      await told('The settings are saved.');

      await button(page, 'Delete registry').click();
      await page.getByRole('textbox', { name: 'Type best to confirm' }).fill('best');
      await page.getByRole('dialog').getByRole('button', { name: 'Delete registry' }).click();
      await heading(page, 'Registries');
      await told('The registry best is deleted.');
    });
  });
});
