import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { Page } from 'playwright-core';
import { assertAccessible } from './support/accessible.ts';
import { artifactScene } from './support/artifact-scene.ts';
import { choose } from './support/choose.ts';
import { python } from './support/python.ts';
import { rest } from './support/rest.ts';
import { stage } from './support/stage.ts';
import { visit } from './support/visit.ts';

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const part = (page: Page, of: string, name: string) =>
  page.getByRole('navigation', { name: `Parts of ${of}` }).getByRole('link', { name, exact: true });

const ofDialog = (page: Page, name: string) => page.getByRole('dialog').getByRole('button', { name, exact: true });

/** Presses a button of the dialog that must be done with what it asks before it is gone. */
async function submit(page: Page, name: string): Promise<void> {
  await ofDialog(page, name).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

/** Adds one to a field of several texts. */
async function addText(page: Page, field: string, text: string): Promise<void> {
  await page.getByRole('combobox', { name: field }).fill(text);
  await page.keyboard.press('Enter');
}

describe('registries that are made and governed in a real browser', () => {
  const scenario = stage('embedded');

  scenario(
    'a registry is made with the types that it takes, gets a collection, and the client links to it',
    async (scene) => {
      const { server, person, organization, team, project } = scene;
      await visit(scene, person, async ({ page }) => {
        await page.goto('/registries');
        await page.getByText('No registries yet').waitFor();
        await button(page, 'New registry').click();
        await page.getByRole('textbox', { name: 'Name' }).fill('models');
        await page.getByRole('textbox', { name: 'Description' }).fill('What may be deployed');
        await addText(page, 'Types', 'model');
        await assertAccessible(page);
        await button(page, 'Create registry').click();
        await heading(page, 'models');
        await page.getByText('What may be deployed').waitFor();
        await button(page, 'New collection').click();
        await page.getByRole('textbox', { name: 'Name' }).fill('Road net');
        await assertAccessible(page);
        await button(page, 'Create collection').click();
        await heading(page, 'Road net');
        await page.getByText('artifact.link(').waitFor();

        await part(page, 'models', 'Settings').waitFor({ state: 'detached' });
        await page.goto(`/orgs/${organization}/registry/models`);
        await part(page, 'models', 'Settings').click();
        await addText(page, 'Protected aliases', 'latest');
        await button(page, 'Save settings').click();
        await page.getByText(/'latest' cannot be protected/).waitFor();
        await page.getByRole('combobox', { name: 'Protected aliases' }).press('Backspace');
        await addText(page, 'Protected aliases', 'production');
        await button(page, 'Save settings').click();
        await page.getByText('The settings are saved.').waitFor();
        await assertAccessible(page);
      });
      const source = `import json, os, wandb
with wandb.init() as run:
    refused = None
    for kind in ("dataset", "model"):
        made = wandb.Artifact(kind, type=kind)
        with made.new_file("a.txt") as file:
            file.write(kind)
        logged = run.log_artifact(made).wait()
        try:
            linked = logged.link(os.environ["TARGET"], aliases=["production"])
        except Exception as error:
            refused = kind
print(json.dumps([refused, linked.name]))`;
      const env = {
        ...{ WANDB_ENTITY: team, WANDB_PROJECT: project },
        TARGET: `${organization}/wandb-registry-models/Road net`,
      };
      assert.deepEqual(await python<string[]>({ server, person, env, source }), ['dataset', 'Road net:v0']);
      await visit(scene, person, async ({ page }) => {
        await page.goto(`/orgs/${organization}/registry/models/settings`);
        const path = `/organizations/${organization}/registries/models`;
        const elsewhere = { description: 'of the sea', visibility: 'Restricted', protectedAliases: ['golden'] };
        await page.getByRole('textbox', { name: 'Description' }).fill('of the road');
        await addText(page, 'Protected aliases', 'best');
        // somebody else saves just before
        let isFirst = true;
        await page.route('**/registries/models', async (route) => {
          if (isFirst && route.request().method() === 'PATCH') {
            isFirst = false;
            await rest(server, person.key, path, { method: 'PATCH', body: elsewhere });
          }
          await route.continue();
        });
        await button(page, 'Save settings').click();
        await page.getByText('Somebody changed these settings meanwhile').waitFor();
        await page.getByText('golden added, production taken away').waitFor();
        await page.getByRole('radio', { name: 'people and teams who are invited', checked: true }).waitFor();
        await page.getByText('“of the sea” – you wrote something else').waitFor();
        await assertAccessible(page);
        await button(page, 'Save settings').click();
        await page.getByText('The settings are saved.').waitFor();
        const { description, visibility, protectedAliases } = await rest<Record<string, unknown>>(
          server,
          person.key,
          path,
        );
        assert.deepEqual(
          { description, visibility, protectedAliases },
          { ...elsewhere, description: 'of the road', protectedAliases: ['golden', 'best'] },
        );
        // who does not touch what another changes is shown it
        await rest(server, person.key, path, { method: 'PATCH', body: { description: 'of the sky' } });
        await page.getByText('These settings were changed elsewhere meanwhile.').waitFor();
        assert.equal(await page.getByRole('textbox', { name: 'Description' }).inputValue(), 'of the sky');

        await page.getByRole('textbox', { name: 'Name' }).fill('best');
        await button(page, 'Save settings').click();
        await heading(page, 'best');
        await button(page, 'Delete registry').click();
        const name = page.getByRole('textbox', { name: 'Type best to confirm' });
        await name.waitFor();
        await page.getByRole('button', { name: 'Delete registry', disabled: true }).waitFor();
        await name.fill('best');
        await submit(page, 'Delete registry');
        await page.getByText('No registries yet').waitFor();
      });
    },
  );

  scenario('people and teams get roles, which decide what the pages offer them', async (scene) => {
    const artifacts = artifactScene(scene);
    const registry = await artifacts.registry('models', ['production']);
    const version = await artifacts.log('net');
    await artifacts.link(version, { ...registry, collection: 'Road net' }, 'production');
    const { organization, person, teammate, team } = scene;
    const members = `/orgs/${organization}/registry/models/members`;
    const linked = `/${organization}/wandb-registry-models/artifacts/model/Road%20net/v0`;
    await visit(scene, teammate, async ({ page }) => {
      await page.goto(linked);
      await page.getByText('production', { exact: true }).waitFor();
      assert.equal(
        await page.getByRole('button', { name: /^(Add|Take) alias/ }).count(),
        0,
        'a viewer changes nothing',
      );
      await page.goto(`/orgs/${organization}/registry/models`);
      await part(page, 'models', 'Members').waitFor();
      assert.equal(await part(page, 'models', 'Settings').count(), 0);
      assert.equal(await button(page, 'New collection').count(), 0);
    });
    await visit(scene, person, async ({ page }) => {
      await page.goto(members);
      await page.getByRole('row', { name: new RegExp(person.username) }).waitFor();
      await button(page, 'Add').click();
      await page.getByRole('combobox', { name: 'User name' }).fill('nobody-of-this-name');
      await ofDialog(page, 'Add').click();
      await page.getByText(/not found/i).waitFor();
      await page.getByRole('combobox', { name: 'User name' }).fill(teammate.username);
      await page.getByRole('option', { name: teammate.username, exact: true }).click();
      await submit(page, 'Add');
      await page.getByRole('row', { name: new RegExp(teammate.username) }).waitFor();
      await button(page, 'Add').click();
      await page.getByText('Team', { exact: true }).click();
      await page.getByRole('combobox', { name: 'Team' }).fill(team);
      await page.getByRole('option', { name: team, exact: true }).click();
      await choose(page, 'Role', 'viewer');
      await submit(page, 'Add');
      await page.getByRole('row', { name: new RegExp(`${team}.*team`) }).waitFor();
      await assertAccessible(page);
    });
    await visit(scene, teammate, async ({ page }) => {
      await page.goto(linked);
      await button(page, 'Take alias latest from Road net:v0').waitFor();
      const kept = page.getByRole('button', { name: 'Take alias production from Road net:v0' });
      assert.equal(await kept.count(), 0, 'a protected alias is for admins');
      assert.equal(await button(page, 'Unlink Road net:v0').count(), 0, 'and so is the link that it keeps');
      await button(page, 'Add alias to Road net:v0').click();
      await page.getByRole('combobox', { name: 'New alias' }).fill('production');
      await page.getByText('Protected: for admins of the registry.').waitFor();
    });
    await visit(scene, teammate, async ({ page: theirs }) => {
      await theirs.goto(linked);
      await theirs.getByText('Live', { exact: true }).waitFor();
      await visit(scene, person, async ({ page }) => {
        await page.goto(members);
        await choose(page, `Role of ${teammate.username}`, 'admin');
        await page.getByText(`${teammate.username} is admin of models now.`).waitFor();
        await button(theirs, 'Take alias production from Road net:v0').waitFor();
        await button(page, `Remove ${team}`).click();
        await button(page, 'End role').click();
        await page.getByRole('row', { name: new RegExp(`${team}.*team`) }).waitFor({ state: 'detached' });
      });
    });
  });

  scenario(
    'collections and versions of all registries are found on one page, and collections by the palette',
    async (scene) => {
      const artifacts = artifactScene(scene);
      const [models, data] = [await artifacts.registry('models'), await artifacts.registry('data')];
      const net = await artifacts.log('net', { tags: ['night'] });
      await artifacts.link(net, { ...models, collection: 'Road net' }, 'golden');
      await artifacts.link(await artifacts.log('frames', { type: 'dataset' }), {
        ...data,
        collection: 'Golden frames',
      });
      await visit(scene, scene.person, async ({ page }) => {
        await page.goto('/registries');
        await page.getByRole('link', { name: 'data' }).waitFor();
        await page.getByRole('searchbox', { name: 'Search all registries' }).fill('GOLDEN');
        await page.getByRole('link', { name: 'Golden frames', exact: true }).waitFor();
        await page.getByRole('link', { name: 'Road net:v0' }).waitFor();
        await assertAccessible(page);
        await page.reload();
        await page.getByRole('link', { name: 'Road net:v0' }).click();
        await heading(page, 'Road net:v0');
        await page.goto('/registries?search=none%20of%20it');
        await page.getByText('Nothing matches').waitFor();
        await page.keyboard.press('Control+K');
        await page.getByRole('textbox', { name: 'Go to' }).fill('golden fr');
        await page.getByRole('button', { name: /Golden frames/ }).click();
        await heading(page, 'Golden frames');
      });
    },
  );
});
