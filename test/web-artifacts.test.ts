import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { assertAccessible } from './support/accessible.ts';
import type { ProjectName } from './support/artifact-deeds.ts';
import { artifactScene } from './support/artifact-scene.ts';
import { python } from './support/python.ts';
import { type Scene, signUp } from './support/scene.ts';
import { stage } from './support/stage.ts';
import { visit } from './support/visit.ts';
import { until } from './support/wait.ts';
import type { ArtifactEventType } from './support/wire-events.ts';

/** Two versions of a model, of which the second is linked to a registry. */
const CLIENT = `
import json, os, wandb

def model(text):
    made = wandb.Artifact("net", type="model", metadata={"eval": {"loss": 0.25}}, description="after pruning")
    with made.new_file("content.txt") as file:
        file.write(text)
    return made

with wandb.init(name="calm-lake-1") as run:
    run.log_artifact(model("one")).wait()
    logged = run.log_artifact(model("two"), aliases=["best"], tags=["pruned"]).wait()
    linked = run.link_artifact(logged, os.environ["REGISTRY"] + "/Road net", aliases=["production"])
print(json.dumps([logged.url, linked.url]))
`;

/** A registry that automations watch at each height: its organization, itself, a collection of it; and the team's. */
async function watchedRegistry(scene: Scene, fill: (registry: ProjectName) => Promise<void>): Promise<ProjectName> {
  const artifacts = artifactScene(scene);
  const registry = await artifacts.registry('models');
  const watch = (
    place: Parameters<typeof artifacts.automation>[0],
    type: ArtifactEventType,
    name: string,
    where = {},
  ) => artifacts.automation(place, type, where, { name });
  const all = await watch(scene.organization, 'LINK_MODEL', 'every link');
  const releases = await watch(registry, 'ADD_ARTIFACT_ALIAS', 'releases', { alias: 'production' });
  await watch(scene.team, 'CREATE_ARTIFACT', 'new models', { artifact_type: 'model' });
  await fill(registry);
  await all.becomes('finished');
  await releases.becomes('finished');
  await watch({ ...registry, collection: 'Road net' }, 'LINK_MODEL', 'road links');
  return registry;
}

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
/** Waits until a field has a value. */
const holds = (field: Locator, value: string) =>
  until(`a field to hold ${value}`, async () => (await field.inputValue()) === value);
const link = (page: Page, name: string) => page.getByRole('link', { name, exact: true });

describe('artifacts and registries, in a real browser', () => {
  const scenario = stage('embedded');

  scenario(
    'AUT-146: what the client prints opens the version, which tells where it is and what it triggered',
    async (scene) => {
      const { server, person, team, project } = scene;
      let [logged, linked] = ['', ''];
      const registry = await watchedRegistry(scene, async ({ project: REGISTRY }) => {
        const env = { WANDB_ENTITY: team, WANDB_PROJECT: project, REGISTRY };
        [logged, linked] = await python<[string, string]>({ server, person, env, source: CLIENT });
      });
      await visit(scene, scene.person, async ({ page }) => {
        await page.goto(linked);
        await heading(page, 'Road net:v0');
        const shown = async (...words: string[]) => {
          for (const each of words) await page.getByText(each, { exact: true }).first().waitFor();
        };
        await shown('production', 'pruned', 'after pruning');
        await assertAccessible(page);
        await page.getByRole('tab', { name: 'Metadata' }).click();
        await shown('eval', 'loss');
        await page.getByRole('tab', { name: 'Automations' }).click();
        await shown('every link', 'releases', 'new models');
        await assertAccessible(page);
        await page.getByRole('tab', { name: 'Overview' }).click();
        await link(page, 'calm-lake-1').click();
        await heading(page, 'calm-lake-1');

        await page.goto(`${logged}/files/content.txt`);
        await page.getByText('two', { exact: true }).waitFor();
        await page.goto(logged);
        await heading(page, 'net:v1');
        await link(page, 'Road net:v0').click();
        await heading(page, 'Road net:v0');
        await page.getByRole('navigation', { name: 'Where you are' }).getByRole('link', { name: 'models' }).click();
        await heading(page, 'models');
        await link(page, 'Road net').waitFor();
        await assertAccessible(page);
        await link(page, 'Automations history').click();
        await link(page, 'releases').click();
        // the history has links of this name too
        await page.getByRole('heading', { name: 'What happened' }).waitFor();
        await link(page, 'Road net:v0').click();
        await heading(page, 'Road net:v0');

        await page.goto(`/${registry.entity}/${registry.project}`);
        await heading(page, 'models');
        await page
          .getByRole('navigation', { name: 'Parts of models' })
          .getByRole('link', { name: 'Automations', exact: true })
          .click();
        await link(page, 'road links').waitFor();
        await page.keyboard.press('Control+K');
        await page.getByRole('textbox', { name: 'Go to' }).fill(`registry of ${scene.organization}`);
        await page.keyboard.press('Enter');
        await heading(page, 'models');
      });
    },
  );

  scenario(
    'a project shows its collections by type, a collection its versions, what watches it from where, and counts',
    async (scene) => {
      const artifacts = artifactScene(scene);
      const registry = await watchedRegistry(scene, async (models) => {
        await artifacts.log('run-1-table', { type: 'run_table' });
        await artifacts.log('frames', { type: 'dataset' });
        await artifacts.log('net');
        const best = await artifacts.log('net', { aliases: ['best'], tags: ['pruned'] });
        await artifacts.link(best, { ...models, collection: 'Road net' }, 'production');
      });
      await visit(scene, scene.person, async ({ page }) => {
        await page.goto(`/${scene.team}/${scene.project}`);
        await link(page, 'Artifacts').click();
        await link(page, 'frames').waitFor();
        await link(page, 'net').waitFor();
        assert.equal(await page.getByRole('row').count(), 3, 'what the client logs by itself is left out');
        await assertAccessible(page);
        await page.getByText('run_table', { exact: true }).click();
        await page.getByRole('cell', { name: 'run_table' }).waitFor();
        await page.getByText('model', { exact: true }).first().click();
        await link(page, 'net').click();
        await heading(page, 'net');
        await page.getByRole('row', { name: /v1 best .*latest .*pruned/ }).waitFor();
        await assertAccessible(page);
        await page.getByRole('searchbox', { name: 'Search versions' }).fill('best');
        await link(page, 'v0').waitFor({ state: 'detached' });
        await page.getByRole('link', { name: '3 executions caused by v1' }).click();
        await heading(page, 'net:v1');
        await link(page, 'every link').waitFor();

        await page.goto(`/${registry.entity}/${registry.project}/artifacts/model/Road%20net?tab=automations`);
        await page.getByRole('row', { name: /every link.*from organization/ }).waitFor();
        await page.getByRole('row', { name: /releases.*from registry/ }).waitFor();
        await page.getByRole('switch', { name: 'road links is enabled' }).waitFor();
        assert.equal(await page.getByRole('switch').count(), 1, 'only its own are changed here');
        await assertAccessible(page);
        await page.getByRole('tab', { name: 'History' }).click();
        await link(page, 'releases').waitFor();
        await link(page, 'New automation').click();
        await holds(page.getByRole('combobox', { name: 'Collection' }), 'Road net');
        await holds(page.getByLabel('Event', { exact: true }), 'LINK_MODEL');

        await page.goto(`/${scene.team}/${scene.project}/artifacts/model/net?tab=automations`);
        await page.getByRole('row', { name: /new models.*from team/ }).waitFor();
        await page.getByRole('row', { name: /every link.*from organization/ }).waitFor();
      });
    },
  );

  scenario('names are suggested where an automation watches and where one asks why', async (scene) => {
    const artifacts = artifactScene(scene);
    const registry = await artifacts.registry('models');
    await artifacts.automation(artifacts.project, 'LINK_MODEL', undefined, { name: 'links' });
    await artifacts.log('net');
    await artifacts.link(await artifacts.log('net'), { ...registry, collection: 'Road net' });
    await visit(scene, scene.person, async ({ page }) => {
      await page.goto(`/automations/new?entity=${registry.entity}`);
      await page.getByLabel('Scope', { exact: true }).selectOption('collection');
      await page.getByRole('combobox', { name: 'Project' }).fill('MOD');
      await page.getByRole('option', { name: registry.project }).click();
      await page.getByRole('combobox', { name: 'Collection' }).fill('road');
      await assertAccessible(page);
      await page.getByRole('option', { name: 'Road net' }).click();
      await holds(page.getByRole('combobox', { name: 'Collection' }), 'Road net');

      await page.goto('/automations');
      await link(page, 'links').click();
      await page.getByRole('combobox', { name: 'Version' }).click();
      await page.getByRole('option', { name: `${scene.team}/${scene.project}/net:` }).click();
      await page.getByRole('option', { name: `${scene.team}/${scene.project}/net:v1` }).click();
      await page.getByRole('button', { name: 'Why did it not fire?' }).click();
      await page.getByText(/nothing of its kind happened/i).waitFor();
    });
  });

  scenario('where there is nothing it says what would be; what one may not do or see is not there', async (scene) => {
    const artifacts = artifactScene(scene);
    const registry = await artifacts.registry('models');
    await visit(scene, scene.person, async ({ page }) => {
      await page.goto(`/${scene.team}/${scene.project}/artifacts`);
      await page.getByText('No artifacts yet').waitFor();
      await page.goto(`/orgs/${registry.entity}/registry/models`);
      await page.getByText('No collections yet').waitFor();
      await assertAccessible(page);
    });
    await artifacts.log('net');
    const collection = `/${scene.team}/${scene.project}/artifacts/model/net?tab=automations`;
    await visit(scene, scene.teammate, async ({ page }) => {
      await page.goto(collection);
      await page.getByText('Nothing watches this collection').waitFor();
      await page.goto(`/orgs/${registry.entity}/registry/models/automations`);
      await page.getByText('No automations yet').waitFor();
      assert.equal(await link(page, 'New automation').count(), 0);
    });
    await visit(scene, await signUp(scene.server), async ({ page }) => {
      for (const path of [
        collection,
        `/orgs/${registry.entity}/registry/models`,
        `/${scene.team}/${scene.project}/artifacts`,
      ]) {
        await page.goto(path);
        await page.getByText('There is nothing here').waitFor();
      }
      await assertAccessible(page);
    });
  });
});
