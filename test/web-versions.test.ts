import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe } from 'node:test';
import type { Page } from 'playwright-core';
import { assertAccessible } from './support/accessible.ts';
import { artifactScene } from './support/artifact-scene.ts';
import { choose } from './support/choose.ts';
import { python } from './support/python.ts';
import { rest } from './support/rest.ts';
import { type Scene, signUp } from './support/scene.ts';
import { stage } from './support/stage.ts';
import { visit } from './support/visit.ts';

/** A dataset that one run logs and another uses, which logs two versions of a model of folders, a table and a reference. */
const CLIENT = `
import wandb

with wandb.init(name="prepare-1") as run:
    data = wandb.Artifact("frames", type="dataset")
    with data.new_file("frames.txt") as file:
        file.write("many")
    run.log_artifact(data).wait()

with wandb.init(name="train-1") as run:
    run.use_artifact("frames:latest")
    for loss in (0.5, 0.25):
        made = wandb.Artifact("net", type="model", metadata={"eval": {"loss": loss}, "worst": float("nan"), "note": "of the road"})
        with made.new_file("deep/notes/readme.md") as file:
            file.write("# read me: <script>alert(1)</script>")
        with made.new_file("config.json") as file:
            file.write('{"layers": 12}')
        made.add(wandb.Table(columns=["class", "score"], data=[["cat", 0.9], ["dog", loss]]), "scores")
        made.add_reference("https://bucket.example/far.bin", name="far.bin", checksum=False)
        run.log_artifact(made, aliases=["best"] if loss < 0.3 else [], tags=["small"]).wait()
`;

async function logged({ server, person, team, project }: Scene): Promise<void> {
  await python<null>({
    ...{ server, person, env: { WANDB_ENTITY: team, WANDB_PROJECT: project } },
    source: `${CLIENT}\nprint("null")`,
  });
}

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true });

async function addLabel(page: Page, noun: 'alias' | 'tag', of: string, label: string): Promise<void> {
  await button(page, `Add ${noun} to ${of}`).click();
  await page.getByRole('textbox', { name: `New ${noun}` }).fill(label);
  await page.keyboard.press('Enter');
}

describe('versions and collections that are changed in a real browser', () => {
  const scenario = stage('embedded');

  scenario('an alias that is added on the page of a version fires an automation, like the client’s', async (scene) => {
    const artifacts = artifactScene(scene);
    await artifacts.log('net');
    const watch = await artifacts.automation(artifacts.project, 'ADD_ARTIFACT_ALIAS', { alias: 'production' });
    await visit(scene, scene.teammate, async ({ page }) => {
      const version = `/${scene.team}/${scene.project}/artifacts/model/net/v0`;
      await page.goto(version);
      await addLabel(page, 'alias', 'net:v0', 'v1');
      await page.getByText(/looks like the number of a version/).waitFor();
      await page.getByRole('textbox', { name: 'New alias' }).fill('production');
      await page.keyboard.press('Enter');
      await button(page, 'Take alias production from net:v0').waitFor();
      await watch.fires(1);
      await tab(page, 'Automations').click();
      await page.getByRole('link', { name: watch.name }).waitFor();
      await tab(page, 'Overview').click();
      await button(page, 'Take alias production from net:v0').click();
      await button(page, 'Take alias production from net:v0').waitFor({ state: 'detached' });
      await addLabel(page, 'tag', 'net:v0', 'road');
      await button(page, 'Take tag road from net:v0').waitFor();
      await assertAccessible(page);
    });
    const viewer = await signUp(scene.server);
    const body = { username: viewer.username, role: 'viewer' };
    await rest(scene.server, scene.person.key, `/entities/${scene.team}/members`, { method: 'POST', body });
    await visit(scene, viewer, async ({ page }) => {
      await page.goto(`/${scene.team}/${scene.project}/artifacts/model/net/v0`);
      await page.getByText('road', { exact: true }).waitFor();
      for (const name of [/^Add/, /^Take/, /^More to do/, /^Edit/, /^Link/]) {
        assert.equal(await page.getByRole('button', { name }).count(), 0, String(name));
      }
    });
  });

  scenario(
    'what a client logged is looked through: files by folder, previews, references, metadata, lineage',
    async (scene) => {
      await logged(scene);
      await visit(scene, scene.person, async ({ page }) => {
        const version = `/${scene.team}/${scene.project}/artifacts/model/net/best`;
        await page.goto(version);
        await heading(page, 'net:v1');
        await page.getByText(`run.use_artifact("${scene.team}/${scene.project}/net:v1")`).waitFor();
        await tab(page, 'Files').click();
        await page.getByText('https://bucket.example/far.bin').waitFor();
        assert.equal(
          await page.getByRole('link', { name: 'https://bucket.example/far.bin' }).count(),
          0,
          'no link leads out',
        );
        await button(page, 'deep').click();
        await button(page, 'notes').click();
        await button(page, 'readme.md').click();
        await page.getByText('# read me: <script>alert(1)</script>').waitFor();
        await assertAccessible(page);
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          page.getByRole('link', { name: 'Download readme.md' }).click(),
        ]);
        assert.equal(readFileSync(await download.path(), 'utf8'), '# read me: <script>alert(1)</script>');
        await page.reload();
        await page.getByText('# read me: <script>alert(1)</script>').waitFor();
        await page.goBack();
        await button(page, 'notes').waitFor();
        await page.getByRole('searchbox', { name: 'Search files' }).fill('scores');
        await button(page, 'scores.table.json').click();
        await page.getByRole('cell', { name: 'dog' }).waitFor();

        await tab(page, 'Metadata').click();
        await page.getByText('of the road').waitFor();
        await page.getByRole('searchbox', { name: 'Search metadata' }).fill('LOSS');
        await page.getByText('of the road').waitFor({ state: 'detached' });
        await page.getByText('0.25').waitFor();
        await assertAccessible(page);

        await tab(page, 'Lineage').click();
        const graph = page.getByRole('region', { name: 'Lineage graph' });
        await graph.getByRole('link', { name: /frames:v0/ }).waitFor();
        await page.getByRole('row', { name: /train-1.*frames:v0/ }).waitFor();
        await assertAccessible(page);
        await graph.getByRole('link', { name: /frames:v0/ }).focus();
        await page.keyboard.press('Enter');
        await heading(page, 'frames:v0');
        await page
          .getByRole('region', { name: 'Lineage graph' })
          .getByRole('link', { name: /net:v0/ })
          .waitFor();
        await page
          .getByRole('region', { name: 'Lineage graph' })
          .getByRole('link', { name: /train-1/ })
          .click();
        await heading(page, 'train-1');
      });
    },
  );

  scenario('description, metadata and time to live are changed in place, and the client reads them', async (scene) => {
    await logged(scene);
    await visit(scene, scene.person, async ({ page }) => {
      await page.goto(`/${scene.team}/${scene.project}/artifacts/model/net/v1`);
      await button(page, 'Add a description').click();
      await page.getByRole('textbox', { name: 'Description' }).fill('after pruning');
      await button(page, 'Save').click();
      await button(page, 'Edit description').waitFor();
      await choose(page, 'Time to live', '30 days');
      await tab(page, 'Metadata').click();
      await button(page, 'Edit as JSON').click();
      const text = page.getByRole('textbox', { name: 'Metadata' });
      await text.fill('{"eval": ');
      await page.getByText('This is no JSON yet.').waitFor();
      assert.ok(await button(page, 'Save').isDisabled());
      await text.fill('{"eval": {"loss": 0.125}, "worst": NaN}');
      await button(page, 'Save').click();
      await page.getByText('0.125').waitFor();
    });
    const source = `import json, os, wandb
art = wandb.Api().artifact(os.environ["NAME"])
print(json.dumps([art.description, art.metadata["eval"]["loss"], art.ttl.days]))`;
    const env = { NAME: `${scene.team}/${scene.project}/net:v1` };
    const read = await python<unknown[]>({ server: scene.server, person: scene.person, env, source });
    assert.deepEqual(read, ['after pruning', 0.125, 30]);
  });

  scenario('a version is linked to a registry, unlinked, and deleted with the aliases that kept it', async (scene) => {
    const artifacts = artifactScene(scene);
    await artifacts.registry('models', ['production']);
    await artifacts.log('net', { aliases: ['best'] });
    await visit(scene, scene.person, async ({ page }) => {
      const version = `/${scene.team}/${scene.project}/artifacts/model/net/v0`;
      await page.goto(version);
      await button(page, 'Link to registry').click();
      await page.getByRole('combobox', { name: 'Collection' }).fill('Road net');
      await page.getByText('The collection Road net will be made.').waitFor();
      await page.getByRole('combobox', { name: 'Aliases' }).fill('production');
      await page.keyboard.press('Enter');
      await assertAccessible(page);
      await button(page, 'Link version').click();
      await page.getByRole('link', { name: 'Road net:v0' }).click();
      await heading(page, 'Road net:v0');
      await button(page, 'Take alias production from Road net:v0').waitFor();

      await page.goto(version);
      await button(page, 'More to do with this version').click();
      await page.getByRole('menuitem', { name: 'Delete version' }).click();
      await button(page, 'Delete version').click();
      const refusal = page.getByRole('alert').filter({ hasText: 'remove them, or delete it' });
      await refusal.waitFor();
      assert.match((await refusal.textContent()) ?? '', /best in .*production in .*Road net/);
      await assertAccessible(page);
      await button(page, 'Cancel').click();

      await page.getByRole('link', { name: 'Road net:v0' }).click();
      await button(page, 'Unlink Road net:v0').click();
      await button(page, 'Unlink').last().click();
      await heading(page, 'Road net');
      await page.getByText('No versions').waitFor();

      await page.goto(version);
      await button(page, 'More to do with this version').click();
      await page.getByRole('menuitem', { name: 'Delete version' }).click();
      await button(page, 'Delete version').click();
      await button(page, 'Delete with its aliases').click();
      await heading(page, 'net');
      await page.getByText('No versions').waitFor();
    });
  });

  scenario('a collection is described, tagged, narrowed, compared, renamed and deleted', async (scene) => {
    await logged(scene);
    await visit(scene, scene.person, async ({ page }) => {
      await page.goto(`/${scene.team}/${scene.project}/artifacts/model/net`);
      await button(page, 'Add a description').click();
      await page.getByRole('textbox', { name: 'Description' }).fill('of the road');
      await button(page, 'Save').click();
      await page.getByText('of the road').waitFor();
      await addLabel(page, 'tag', 'net', 'vision');
      await button(page, 'Take tag vision from net').waitFor();
      await addLabel(page, 'alias', 'v0', 'first');
      await page.getByRole('row', { name: /^v0 first/ }).waitFor();

      await page.getByRole('textbox', { name: 'Path of metadata' }).fill('eval.loss');
      await choose(page, 'Comparison', '<');
      await page.getByRole('textbox', { name: 'Value of metadata' }).fill('0.3');
      await page.getByRole('link', { name: 'v0', exact: true }).waitFor({ state: 'detached' });
      await page.reload();
      await page.getByRole('link', { name: 'v1', exact: true }).waitFor();
      assert.equal(await page.getByRole('link', { name: 'v0', exact: true }).count(), 0, 'the address keeps it');
      await choose(page, 'Alias', 'first');
      await page.getByText('No version matches').waitFor();
      await assertAccessible(page);
      await button(page, 'Show all').click();
      await page.getByRole('link', { name: 'v0', exact: true }).waitFor();

      await tab(page, 'Compare').click();
      await page.getByRole('row', { name: 'eval.loss 0.5 0.25' }).waitFor();
      assert.equal(await page.getByRole('row').count(), 2, 'only what differs');
      await page.getByRole('switch', { name: 'Also what is the same' }).click();
      await page.getByRole('row', { name: /^note/ }).waitFor();
      await assertAccessible(page);

      await button(page, 'More to do with this collection').click();
      await page.getByRole('menuitem', { name: 'Rename' }).click();
      await page.getByRole('textbox', { name: 'Name' }).fill('road-net');
      await button(page, 'Rename').click();
      await heading(page, 'road-net');
      await page.getByRole('link', { name: 'v1', exact: true }).waitFor();
      await button(page, 'More to do with this collection').click();
      await page.getByRole('menuitem', { name: 'Delete collection' }).click();
      assert.ok(await button(page, 'Delete collection').isDisabled());
      await page.getByRole('textbox', { name: 'Type road-net to confirm' }).fill('road-net');
      await button(page, 'Delete collection').click();
      await page.getByRole('link', { name: 'frames' }).waitFor();
      assert.equal(await page.getByRole('link', { name: 'road-net' }).count(), 0);
    });
  });
});
