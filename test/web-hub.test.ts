import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { Page } from 'playwright-core';
import { assertAccessible } from './support/accessible.ts';
import { rest } from './support/rest.ts';
import type { Scene } from './support/scene.ts';
import { stage } from './support/stage.ts';
import { viewerOf } from './support/viewer-of.ts';
import { visit } from './support/visit.ts';
import { metric } from './support/wire-events.ts';

interface Made {
  readonly id: string;
  readonly event: object;
}

/** An automation of the project, as the API takes it. */
const make = ({ server, person, team, project }: Scene, fields: object): Promise<Made> =>
  rest(server, person.key, `/entities/${team}/automations`, {
    method: 'POST',
    body: { scope: { kind: 'project', project }, action: { type: 'NO_OP' }, ...fields },
  });

/** Two automations that watch runs, of which one failed, and one that watches artifacts. */
async function threeAutomations(scene: Scene) {
  const losses = await scene.automation(metric('loss', '$gt', 10), { name: 'loss is high' });
  losses.inbox.reply({ status: 418, body: 'a teapot' });
  await scene.automation(metric('gain', '$gt', 100), { name: 'gain is high' });
  const filter = { $or: [{ alias: 'production' }, { 'metadata.auc': { $gt: 0.9 } }] };
  const odd = await make(scene, { name: 'deploy', event: { type: 'ADD_ARTIFACT_ALIAS', filter } });
  const run = await scene.run({ displayName: 'brave run' });
  await run.log({ loss: 13, gain: 11 });
  const { id: failed } = await losses.becomes('failed');
  return { run, losses, failed, odd };
}

const names = (page: Page) =>
  page
    .getByRole('row')
    .getByRole('link')
    .filter({ hasNotText: /ago|now|failed/ })
    .allInnerTexts();

describe('the lists of automations, in a real browser', () => {
  const scenario = stage('embedded');

  scenario(
    'automations are narrowed and sorted in the address, switched, and deleted after a question',
    async (scene) => {
      await threeAutomations(scene);
      await visit(scene, scene.person, async ({ page }) => {
        await page.goto('/automations');
        await page.getByRole('link', { name: 'loss is high' }).waitFor();
        await page.getByText('where alias is "production" or metadata.auc is above 0.9').waitFor();
        await page.getByText('1 failed').waitFor();
        await assertAccessible(page);
        await page.getByRole('combobox', { name: 'Sort by' }).click();
        await page.getByRole('option', { name: 'by failures in 24 h' }).click();
        await page.waitForURL('**/automations?sort=failures');
        await page.getByRole('row').nth(1).getByRole('link', { name: 'loss is high' }).waitFor();
        await page.getByRole('button', { name: 'More filters' }).click();
        await page.getByRole('combobox', { name: 'Last execution' }).click();
        await page.getByRole('option', { name: 'never executed' }).click();
        await page.keyboard.press('Escape');
        await page.getByRole('link', { name: 'loss is high' }).waitFor({ state: 'detached' });
        await page.reload();
        await page.getByRole('link', { name: 'gain is high' }).waitFor();
        assert.deepEqual((await names(page)).toSorted(), ['deploy', 'gain is high']);
        await page.getByRole('searchbox', { name: 'Search automations' }).fill('nothing of the kind');
        await page.getByText('No automation matches').waitFor();
        await page.getByRole('button', { name: 'Show all' }).click();

        await page.getByRole('button', { name: 'More of deploy' }).click();
        await page.getByRole('menuitem', { name: 'Disable' }).click();
        await page.getByRole('switch', { name: 'deploy is enabled', checked: false }).waitFor();
        await page.getByRole('button', { name: 'More of deploy' }).click();
        await page.getByRole('menuitem', { name: 'Delete' }).click();
        await page.getByRole('button', { name: 'Delete automation' }).click();
        await page.getByRole('link', { name: 'deploy' }).waitFor({ state: 'detached' });
        await page.goto(`/${scene.team}/${scene.project}/automations`);
        await page.getByRole('link', { name: 'gain is high' }).waitFor();
        assert.deepEqual(await names(page), ['gain is high', 'loss is high']);
      });
    },
  );

  scenario('AUT-147: who may only look is shown no button that would be refused', async (scene) => {
    const { odd, failed } = await threeAutomations(scene);
    const watching = await viewerOf(scene);
    for (const person of [watching, scene.teammate]) {
      await visit(scene, person, async ({ page }) => {
        const none = async (...buttons: readonly string[]) => {
          for (const name of buttons) assert.equal(await page.getByRole('button', { name }).count(), 0, name);
        };
        await page.goto(`/${scene.team}/${scene.project}/automations`);
        await page.getByRole('link', { name: 'deploy' }).waitFor();
        assert.equal(await page.getByRole('switch').count(), 0);
        assert.equal(await page.getByRole('link', { name: 'New automation' }).count(), 0);
        await page.getByRole('button', { name: 'More of deploy' }).click();
        assert.deepEqual(await page.getByRole('menuitem').allInnerTexts(), ['Test', 'History']);
        await page.goto(`/automations/${odd.id}`);
        await page.getByRole('tab', { name: 'Backtest' }).waitFor();
        await none('Delete');
        assert.equal(await page.getByRole('link', { name: 'Edit' }).count(), 0);
        assert.equal(await page.getByRole('tab', { name: 'Audit' }).count(), 0);
        await page.goto(`/automations/${odd.id}/edit`);
        await page.getByText('This is not for you').waitFor();
        await page.goto(`/executions/${failed}`);
        await page.getByRole('heading', { name: 'What happened' }).waitFor();
        await none('Retry now', 'Cancel', 'Run anyway');
      });
    }
  });

  scenario('an automation is tested on what happened, and a run leads to why one did not fire', async (scene) => {
    const { run } = await threeAutomations(scene);
    await visit(scene, scene.person, async ({ page }) => {
      await page.goto(`/${scene.team}/${scene.project}/runs/${run.id}?tab=overview`);
      await page.getByRole('link', { name: 'Why not? gain is high' }).click();
      await page.getByText('Nearest: gain = 11').waitFor();
      await page.goto('/automations');
      await page.getByRole('button', { name: 'More of loss is high' }).click();
      await page.getByRole('menuitem', { name: 'Test' }).click();
      await page.getByText('It would fire').waitFor();
      await page.getByText('loss = 13; it waits for loss > 10').waitFor();
      await page.getByText('"run": "brave run"').waitFor();
      await assertAccessible(page);
    });
  });

  scenario(
    'a filter that no line of the form can say stays as it was, and one that lines can say is edited',
    async (scene) => {
      const { odd } = await threeAutomations(scene);
      const path = `/entities/${scene.team}/automations/${odd.id}`;
      const saved = () => rest<Made>(scene.server, scene.person.key, path);
      await visit(scene, scene.person, async ({ page }) => {
        const save = async () => {
          await page.getByRole('button', { name: 'Details' }).click();
          await page.getByRole('button', { name: 'Save changes' }).click();
          await page.getByRole('tab', { name: 'Audit' }).waitFor();
        };
        await page.goto(`/automations/${odd.id}/edit?step=details`);
        await page.getByLabel('Description').fill('for everybody');
        await save();
        assert.deepEqual((await saved()).event, odd.event);
        await page.getByRole('link', { name: 'Edit' }).click();
        await page.getByRole('button', { name: 'Add condition' }).click();
        await page.getByRole('combobox', { name: 'Field 1' }).fill('size');
        await page.getByRole('combobox', { name: 'Comparison 1' }).selectOption('>');
        await page.getByRole('textbox', { name: 'Value 1' }).fill('1000');
        await save();
        await page.getByText('size is above 1000 and (alias is "production" or metadata.auc is above 0.9)').waitFor();
        await page.getByRole('tab', { name: 'Audit' }).click();
        await page.getByText('description', { exact: true }).waitFor();
      });
    },
  );

  scenario(
    'what is written is linted and rendered as one types, and a taken name is told at its field',
    async (scene) => {
      await threeAutomations(scene);
      await visit(scene, scene.person, async ({ page }) => {
        await page.goto(`/automations/new?entity=${scene.team}&project=${scene.project}&metric=loss`);
        await page.getByRole('textbox', { name: 'Value' }).fill('1');
        await page.getByRole('button', { name: 'Next step' }).click();
        const payload = page.getByLabel('Payload (JSON)');
        await payload.fill('{"text": ${run_name}}');
        await page.getByText(/put variables in quotes/).waitFor();
        await payload.fill('{"text": "${run_name} ${nobody} ${alias}"}');
        await page.getByText('nobody is no variable of any event').waitFor();
        await page.getByText('alias is always empty for this event').waitFor();
        await page.getByText('"text": "brave run ${nobody} "').waitFor();
        await assertAccessible(page);
        await page.getByLabel('Action type').selectOption('Slack notification');
        await page.getByLabel('Title').fill('*${run_name}* is off');
        await page.getByRole('figure').getByText('brave run', { exact: true }).waitFor();
        await page.getByLabel('Action type').selectOption('Do nothing');
        await page.getByRole('button', { name: 'Next step' }).click();
        await page.getByLabel('Name', { exact: true }).fill('gain is high');
        await page.getByRole('button', { name: 'Create automation' }).click();
        await page.getByText("Automation 'gain is high' exists in this scope").waitFor();
        assert.equal(await page.getByLabel('Name', { exact: true }).getAttribute('aria-invalid'), 'true');
      });
    },
  );
});
