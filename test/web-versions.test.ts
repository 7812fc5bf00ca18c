import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { assertAccessible } from './support/accessible.ts';
import { artifactScene } from './support/artifact-scene.ts';
import { choose } from './support/choose.ts';
import { python } from './support/python.ts';
import { rest } from './support/rest.ts';
import { type Scene, signUp } from './support/scene.ts';
import { stage } from './support/stage.ts';
import { visit } from './support/visit.ts';
import { until } from './support/wait.ts';

/** A dataset that one run logs and another uses, which logs two versions of a model of folders, a table and a reference. */
const CLIENT = `
import json, wandb

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'

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
        for path in ("media/near.svg", "far/apart.svg"):
            with made.new_file(path) as file:
                file.write(PICTURE)
        with made.new_file("pictures.table.json") as file:
            rows = [[{"_type": "image-file", "path": path}] for path in ("media/near.svg", "far/apart.svg")]
            json.dump({"columns": ["picture"], "data": rows}, file)
        made.add_reference("https://bucket.example/far.bin", name="far.bin", checksum=False)
        run.log_artifact(made, aliases=["best"] if loss < 0.3 else [], tags=["small"]).wait()
`;

/** Markdown, with what must come to nothing. */
const DESCRIPTION =
  '# After pruning\n\n![far](https://a.example/far.png)\n\n<img src="/far.png"> <b>bold</b> [nowhere](javascript:alert(1))';

async function logged({ server, person, team, project }: Scene): Promise<void> {
  await python<null>({
    ...{ server, person, env: { WANDB_ENTITY: team, WANDB_PROJECT: project } },
    source: `${CLIENT}\nprint("null")`,
  });
}

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true });

async function isWithin(element: Locator, frame: Locator): Promise<boolean> {
  const [box, around] = [await element.boundingBox(), await frame.boundingBox()];
  return box !== null && around !== null && box.x >= around.x && box.x + box.width <= around.x + around.width;
}

async function addLabel(page: Page, noun: 'alias' | 'tag', of: string, label: string): Promise<void> {
  await button(page, `Add ${noun} to ${of}`).click();
  await page.getByRole('combobox', { name: `New ${noun}` }).fill(label);
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
      await page.getByRole('combobox', { name: 'New alias' }).fill('production');
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
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await assertAccessible(page);
      await button(page, 'Add tag to net:v0').click();
      await page.getByRole('dialog', { name: 'Add tag to net:v0' }).waitFor();
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

  scenario('what others do to artifacts is shown as it happens, and nothing jumps', async (scene) => {
    const artifacts = artifactScene(scene);
    const registry = await artifacts.registry('models');
    const net = artifacts.collection('net');
    const first = await artifacts.log('net', { aliases: ['best'] });
    const live = (page: Page) => page.getByText('Live', { exact: true }).waitFor();
    await visit(scene, scene.teammate, async ({ page }) => {
      await page.goto(`/${scene.team}/${scene.project}/artifacts/model/net`);
      await live(page);
      const row = page.getByRole('row', { name: /Choose v0/ });
      await page.getByRole('row', { name: /v0 best/ }).waitFor();
      const height = (await row.boundingBox())?.height;
      await artifacts.log('net');
      await page.getByRole('row', { name: /v1 latest/ }).waitFor();
      await page.getByText('2 versions').waitFor();
      assert.equal((await row.boundingBox())?.height, height);

      await page.goto(`/${scene.team}/${scene.project}/artifacts/model/net/best`);
      await live(page);
      await button(page, 'Take alias best from net:v0').waitFor();
      const place = await tab(page, 'Metadata').boundingBox();
      await artifacts.addAliases(first, net, 'production');
      await button(page, 'Take alias production from net:v0').waitFor();
      await artifacts.tag(first, { add: ['road'] });
      await button(page, 'Take tag road from net:v0').waitFor();
      await artifacts.link(first, { ...registry, collection: 'Road net' });
      await page.getByRole('link', { name: 'Road net:v0' }).waitFor();
      assert.deepEqual(await tab(page, 'Metadata').boundingBox(), place);

      await page.goto(`/orgs/${registry.entity}/registry/models`);
      await live(page);
      await artifacts.link(first, { ...registry, collection: 'Street net' });
      await page.getByRole('link', { name: 'Street net' }).waitFor();

      await page.goto(`/${scene.team}/${scene.project}/artifacts/model/net/v0`);
      await live(page);
      await artifacts.delete(first);
      await heading(page, 'Not found');
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
        const title = page.getByRole('heading', { name: 'read me: <script>alert(1)</script>' });
        await title.waitFor();
        await assertAccessible(page);
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          page.getByRole('link', { name: 'Download', exact: true }).click(),
        ]);
        assert.equal(readFileSync(await download.path(), 'utf8'), '# read me: <script>alert(1)</script>');
        await page.reload();
        await title.waitFor();
        await page.goBack();
        await button(page, 'notes').waitFor();
        await page.getByRole('searchbox', { name: 'Search files' }).fill('scores');
        await button(page, 'scores.table.json').click();
        await page.getByRole('cell', { name: 'dog' }).waitFor();
        await page.getByRole('searchbox', { name: 'Search files' }).fill('pictures');
        await button(page, 'pictures.table.json').click();
        for (const path of ['media/near.svg', 'far/apart.svg']) await page.getByRole('img', { name: path }).waitFor();

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
        const width = async () => (await graph.getByRole('link', { name: /frames:v0/ }).boundingBox())?.width ?? 0;
        const drawn = await width();
        await graph.press('+');
        await until('the graph is drawn larger', async () => Math.abs((await width()) / drawn - 1.25) < 0.02);
        await page.setViewportSize({ width: 390, height: 844 });
        await button(page, 'Show the whole graph').click();
        for (const name of [/frames:v0/, /train-1/])
          await until(`${name} is in sight`, () => isWithin(graph.getByRole('link', { name }), graph));
        await page.setViewportSize({ width: 1440, height: 900 });
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
    await artifactScene(scene).log('net', { metadata: { eval: { loss: 0.25 } } });
    await visit(scene, scene.person, async ({ page }) => {
      await page.goto(`/${scene.team}/${scene.project}/artifacts/model/net/v0`);
      await button(page, 'Add a description').click();
      await page.getByRole('textbox', { name: 'Description' }).fill(DESCRIPTION);
      await button(page, 'Save').click();
      await button(page, 'Edit description').waitFor();
      await page.getByRole('heading', { level: 2, name: 'After pruning', exact: true }).waitFor();
      await page.getByText('<img src="/far.png"> <b>bold</b> nowhere', { exact: true }).waitFor();
      assert.equal(await page.getByRole('link', { name: 'far' }).getAttribute('href'), 'https://a.example/far.png');
      assert.equal(await page.getByRole('link', { name: 'nowhere' }).or(page.locator('img[src*="far"]')).count(), 0);
      await assertAccessible(page);
      await choose(page, 'Time to live', '30 days');
      await tab(page, 'Metadata').click();
      await button(page, 'Edit as JSON').click();
      const text = page.getByRole('textbox', { name: 'Metadata' });
      await text.fill('{"eval": ');
      await page.getByText('This is no JSON yet.').waitFor();
      await page.getByRole('button', { name: 'Save', exact: true, disabled: true }).waitFor();
      await text.fill('{"eval": {"loss": 0.125}, "worst": NaN}');
      await button(page, 'Save').click();
      await page.getByText('The metadata is saved.').waitFor();
      await page.getByText('0.125').waitFor();
    });
    const source = `import json, os, wandb
art = wandb.Api().artifact(os.environ["NAME"])
print(json.dumps([art.description, art.metadata["eval"]["loss"], art.ttl.days]))`;
    const env = { NAME: `${scene.team}/${scene.project}/net:v0` };
    const read = await python<unknown[]>({ server: scene.server, person: scene.person, env, source });
    assert.deepEqual(read, [DESCRIPTION, 0.125, 30]);
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
      await refusal.filter({ hasText: /best in .*production in .*Road net/ }).waitFor();
      await assertAccessible(page);
      await page.keyboard.press('Escape');
      await button(page, 'More to do with this version').and(page.locator(':focus')).waitFor();
      await button(page, 'Add alias to net:v0').focus();
      await page.keyboard.press('Enter');
      await page.getByRole('combobox', { name: 'New alias' }).and(page.locator(':focus')).waitFor();
      await page.keyboard.press('Escape');
      await button(page, 'Add alias to net:v0').and(page.locator(':focus')).waitFor();

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
    const artifacts = artifactScene(scene);
    await artifacts.log('frames', { type: 'dataset' });
    for (const loss of [0.5, 0.25]) {
      await artifacts.log('net', { metadata: { eval: { loss }, note: 'of the road' } });
    }
    await visit(scene, scene.person, async ({ page }) => {
      await page.goto(`/${scene.team}/${scene.project}/artifacts/model/net`);
      await button(page, 'Add a description').click();
      await page.getByRole('textbox', { name: 'Description' }).fill('of the road');
      await button(page, 'Save').click();
      await page.getByText('of the road').waitFor();
      await addLabel(page, 'tag', 'net', 'vision');
      await button(page, 'Take tag vision from net').waitFor();
      await addLabel(page, 'alias', 'v0', 'first');
      await page.getByRole('row', { name: /v0 first/ }).waitFor();

      await button(page, 'Filter').click();
      const line = async (number: number, field: string, comparison: string, value: string) => {
        await page.getByRole('combobox', { name: `Field ${number}` }).fill(field);
        await page.getByRole('combobox', { name: `Comparison ${number}` }).selectOption(comparison);
        await page.getByRole('textbox', { name: `Value ${number}` }).fill(value);
      };
      await line(1, 'eval.loss', '<', '0.3');
      await button(page, 'Add condition').click();
      await line(2, 'metadata.note', 'contains', 'road');
      await button(page, 'Show these').click();
      await page.getByText(/write metadata\.eval\.loss/).waitFor();
      await page.getByRole('combobox', { name: 'Field 1' }).fill('');
      await page.getByRole('option', { name: 'metadata.eval.loss' }).click();
      await assertAccessible(page);
      await button(page, 'Show these').click();
      await page.getByRole('link', { name: 'v0', exact: true }).waitFor({ state: 'detached' });
      await button(page, 'Take away: metadata.note contains road').waitFor();
      await page.reload();
      await page.getByRole('link', { name: 'v1', exact: true }).waitFor();
      await page.getByRole('link', { name: 'v0', exact: true }).waitFor({ state: 'detached' });
      await page.getByRole('combobox', { name: 'Alias' }).fill('FI');
      await page.getByRole('option', { name: 'first' }).click();
      await page.getByText('No version matches').waitFor();
      await assertAccessible(page);
      await button(page, 'Show all').click();
      await page.getByRole('link', { name: 'v0', exact: true }).waitFor();

      await button(page, 'Size').focus();
      await page.keyboard.press('Enter');
      await page.getByRole('columnheader', { name: 'Size' }).and(page.locator('[aria-sort="descending"]')).waitFor();
      await page.keyboard.press('Enter');
      await page.reload();
      await page.getByRole('columnheader', { name: 'Size' }).and(page.locator('[aria-sort="ascending"]')).waitFor();
      await page.getByRole('row').nth(1).getByRole('link', { name: 'v0', exact: true }).waitFor();

      await tab(page, 'Compare').click();
      await page.getByRole('row', { name: 'eval.loss 0.5 0.25' }).waitFor();
      await page.getByRole('row', { name: /^note/ }).waitFor({ state: 'detached' });
      assert.equal(await page.getByRole('row').count(), 2, 'only what differs');
      await page.getByRole('switch', { name: 'Also what is the same' }).click();
      await page.getByRole('row', { name: /^note/ }).waitFor();
      await assertAccessible(page);
      const choose = async (side: string, text: string, version: RegExp) => {
        await page.getByRole('combobox', { name: side }).fill(text);
        await page.getByRole('option', { name: version }).click();
      };
      await choose('To', 'IRS', /^v0 first/);
      await choose('From', '1', /^v1/);
      await page.getByRole('row', { name: 'eval.loss 0.25 0.5' }).waitFor();

      for (let more = 0; more < 3; more += 1) await artifacts.log('net', { metadata: { more } });
      await tab(page, 'Versions').click();
      await page.getByRole('link', { name: 'v4', exact: true }).waitFor();
      await page.getByRole('checkbox', { name: 'Choose all shown: Versions of net' }).focus();
      await page.keyboard.press('Space');
      await page.getByText('5 versions chosen').waitFor();
      await page.getByRole('checkbox', { name: 'Choose v2' }).focus();
      await page.keyboard.press('Space');
      await page.getByText('4 versions chosen').waitFor();
      await button(page, 'Delete').focus();
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: 'Delete 3 versions?' });
      await dialog.getByText('v1, v3, v4').waitFor();
      await dialog.getByText(`first in ${scene.team}/${scene.project}/net`).waitFor();
      await assertAccessible(page);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
      await button(page, 'Delete').and(page.locator(':focus')).waitFor();
      await page.keyboard.press('Enter');
      await dialog.getByRole('button', { name: 'Delete 3 versions' }).click();
      await page.getByText('3 versions deleted. Kept: v0.').waitFor();
      await page.getByRole('link', { name: 'v4', exact: true }).waitFor({ state: 'detached' });
      assert.deepEqual(
        (await page.getByRole('row').getByRole('link', { name: /^v\d$/ }).allTextContents()).toSorted(),
        ['v0', 'v2'],
      );

      await button(page, 'More to do with this collection').click();
      await page.getByRole('menuitem', { name: 'Rename' }).click();
      await page.getByRole('textbox', { name: 'Name' }).fill('road-net');
      await button(page, 'Rename').click();
      await heading(page, 'road-net');
      await page.getByRole('link', { name: 'v2', exact: true }).waitFor();
      await button(page, 'More to do with this collection').click();
      await page.getByRole('menuitem', { name: 'Delete collection' }).click();
      await page.getByRole('button', { name: 'Delete collection', disabled: true }).waitFor();
      await page.getByRole('textbox', { name: 'Type road-net to confirm' }).fill('road-net');
      await button(page, 'Delete collection').click();
      await page.getByRole('link', { name: 'frames' }).waitFor();
      await page.getByRole('link', { name: 'road-net' }).waitFor({ state: 'detached' });
    });
  });
});
