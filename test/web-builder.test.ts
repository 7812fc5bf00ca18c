import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { signIn } from './screenshots/screens.ts';
import { openWindow } from './support/browser.ts';
import { type FilledServer, openFilledServer } from './support/filled-team.ts';
import { python } from './support/python.ts';
import { rest } from './support/rest.ts';

interface Saved {
  readonly id: string;
  readonly name: string;
  readonly event: { readonly type: string; readonly filter?: unknown };
}

/** Each event type: what is typed into which field, and the same as the client says it. */
const EVENTS: readonly (readonly [label: string, fields: Readonly<Record<string, string>>, client: string])[] = [
  [
    'Run metrics threshold met',
    {
      ...{ Metric: 'val/loss', Aggregation: 'Average', 'Window (values)': '5', Comparison: 'At least', Value: '0.5' },
      'Run name (regular expression)': '^train',
    },
    'OnRunMetric(scope=project, filter=(loss.avg(5) >= 0.5) & RunEvent.name.matches_regex("^train"))',
  ],
  [
    'Run metrics change threshold met',
    {
      ...{ Metric: 'val/loss', Aggregation: 'Minimum', 'Current window (values)': '3', 'Prior window (values)': '3' },
      ...{ Direction: 'Decreases', 'By at least': '0.25' },
    },
    'OnRunMetric(scope=project, filter=loss.min(3).decreases_by(frac=0.25))',
  ],
  [
    'Run metrics z-score threshold met',
    { Metric: 'val/loss', 'Window (values)': '10', 'Z-score (standard deviations)': '2.5' },
    'OnRunMetric(scope=project, filter=abs(loss.zscore(10)) > 2.5)',
  ],
  [
    'Run state change',
    { Finished: ' ', Failed: ' ' },
    'OnRunState(scope=project, filter=RunEvent.state.in_(["finished", "failed"]))',
  ],
  ['A version is unlinked', {}, 'OnUnlinkArtifact(scope=project)'],
  [
    'A new version is linked',
    { 'Add condition': '\n', 'Field 1': 'alias', 'Value 1': 'prod' },
    'OnLinkArtifact(scope=project, filter=ArtifactEvent.alias == "prod")',
  ],
  ...(
    [
      ['An artifact alias is added', 'Alias', 'OnAddArtifactAlias', 'alias'],
      ['An artifact tag is added', 'Tag', 'OnAddArtifactTag', 'tag'],
      ['An artifact tag is removed', 'Tag', 'OnRemoveArtifactTag', 'tag'],
      ['A collection tag is added', 'Tag', 'OnAddCollectionTag', 'tag'],
      ['A collection tag is removed', 'Tag', 'OnRemoveCollectionTag', 'tag'],
    ] as const
  ).map(
    ([label, field, type, name]) =>
      [
        label,
        { [`${field} (regular expression)`]: '^prod' },
        `${type}(scope=project, filter=ArtifactEvent.${name}.matches_regex("^prod"))`,
      ] as const,
  ),
];

const CLIENT = `
import json, wandb
from wandb.automations import *
api = wandb.Api()
project = api.project("segmentation", entity="vision")
loss = RunEvent.metric("val/loss")
`;

let filled: FilledServer;

async function enter(path: string, body: (page: Page) => Promise<void>): Promise<void> {
  const window = await openWindow(filled.server.url, { viewport: { width: 1440, height: 900 } });
  await window.page.goto('/login');
  await signIn(window.page, filled.team.username, filled.team.password);
  await window.page.getByRole('heading', { name: 'Projects', level: 1 }).waitFor();
  await window.page.goto(path);
  await body(window.page);
  assert.deepEqual(window.faults, []);
  await window.context.close();
}

/** What has the focus, by the words that one sees or hears. */
const focused = (page: Page) =>
  page.evaluate<string>(
    '((e) => (e.labels?.[0]?.innerText ?? e.ariaLabel ?? e.innerText ?? "").trim())(document.activeElement)',
  );

/** Goes to a field or button by the tabulator alone. */
async function reach(page: Page, name: string): Promise<void> {
  for (let pressed = 0; pressed < 80; pressed += 1) {
    if ((await focused(page)) === name) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`'${name}' is not reached by the tabulator`);
}

/** Types into a field, presses the space bar on a box, or goes down a list to what begins so. */
async function enterText(page: Page, name: string, text: string): Promise<void> {
  await reach(page, name);
  const kind = await page.evaluate<string>('document.activeElement.type');
  if (kind === 'select-one') return choose(page, text);
  if (kind !== 'checkbox') await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
}

async function choose(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Home');
  for (let pressed = 0; pressed < 20; pressed += 1) {
    const chosen = await page.evaluate<string>('document.activeElement.selectedOptions[0].label');
    if (chosen.startsWith(text)) return;
    await page.keyboard.press('ArrowDown');
  }
  assert.fail(`'${text}' is not in the list`);
}

/** Makes an automation that does nothing, with no pointer. @returns what the server has */
async function make(page: Page, label: string, fields: Readonly<Record<string, string>>): Promise<Saved> {
  await page.goto('/automations/new?entity=vision&project=segmentation');
  await page.getByRole('heading', { name: 'New automation' }).waitFor();
  await press(page, 'Skip to content');
  await enterText(page, 'Event', label);
  for (const [name, text] of Object.entries(fields)) await enterText(page, name, text);
  await press(page, 'Next step');
  await page.getByLabel('Action type').waitFor();
  await enterText(page, 'Action type', 'Do nothing');
  await press(page, 'Next step');
  await page.getByLabel('Description').waitFor();
  await enterText(page, 'Name', label);
  await press(page, 'Create automation');
  await page.getByRole('heading', { name: label, level: 1 }).waitFor();
  const id = new URL(page.url()).pathname.split('/').at(-1);
  return rest<Saved>(filled.server, filled.team.key, `/entities/vision/automations/${id}`);
}

async function press(page: Page, name: string): Promise<void> {
  await reach(page, name);
  await page.keyboard.press('Enter');
}

/** What the client and the code of the pages make, by name. */
async function eventsOf(source: string): Promise<ReadonlyMap<string, Saved['event']>> {
  await python({ server: filled.server, person: { key: filled.team.key } as never, source });
  const { items } = await rest<{ items: Saved[] }>(
    filled.server,
    filled.team.key,
    '/entities/vision/automations?limit=200',
  );
  return new Map(items.map(({ name, event }) => [name, event]));
}

describe('the builder of automations, in a real browser', () => {
  before(async () => {
    filled = await openFilledServer();
  });
  after(() => filled.dispose());

  test('AUT-144: the keyboard alone makes each event type, equal to the client’s object and to the code that is shown', () =>
    enter('/automations', async (page) => {
      const made = new Map<string, Saved['event']>();
      const sources = [CLIENT];
      for (const [label, fields, client] of EVENTS) {
        made.set(label, (await make(page, label, fields)).event);
        await page.getByRole('tab', { name: 'Code' }).click();
        const code = await page.locator('pre').innerText();
        sources.push(`api.create_automation(${client} >> DoNothing(), name="${label} (client)")`);
        sources.push(code.replace(`name="${label}"`, `name="${label} (code)"`));
      }
      const saved = await eventsOf(sources.join('\n'));
      for (const [label, event] of made) {
        assert.deepEqual([label, saved.get(`${label} (client)`)], [label, event]);
        assert.deepEqual([label, saved.get(`${label} (code)`)], [label, event]);
      }
      // the client takes this one for a collection only
      const created = await make(page, 'A new version is added', {});
      assert.deepEqual(created.event, { ...saved.get('A version is unlinked'), type: 'CREATE_ARTIFACT' });
    }));

  test('what is wrong is told at its field, in the server’s words, and the draft outlives the page', () =>
    enter('/automations/new?entity=vision&project=segmentation&metric=val%2Floss', async (page) => {
      await page.getByRole('button', { name: 'Next step' }).click();
      await page.getByText('A number is needed.').waitFor();
      await page.getByRole('textbox', { name: 'Value' }).fill('0.8');
      await page.getByLabel('Run name').fill('(?=x)');
      await page.getByRole('button', { name: 'Next step' }).click();
      assert.equal(await page.getByLabel('Run name').getAttribute('aria-invalid'), 'true');
      await page
        .getByText(/look-ahead/)
        .first()
        .waitFor();
      await page.getByLabel('Run name').fill('^calm');
      await page.getByRole('button', { name: 'Test filters' }).click();
      await page.getByText('2 of the newest 14 match.').waitFor();
      await page.reload();
      assert.equal(await page.getByLabel('Run name').inputValue(), '^calm');
      await page.getByRole('button', { name: 'Next step' }).click();
      await page.getByLabel('Webhook', { exact: true }).selectOption('deploy');
      await page.getByLabel('Payload (JSON)').fill('{"run": ""}');
      await page.getByLabel('Payload (JSON)').press('End');
      for (let back = 0; back < 2; back += 1) await page.keyboard.press('ArrowLeft');
      await page.getByRole('button', { name: 'Insert run_name' }).click();
      assert.equal(await page.getByLabel('Payload (JSON)').inputValue(), '{"run": "${run_name}"}');
      await page.getByRole('button', { name: 'Next step' }).click();
      await page.getByLabel('Name', { exact: true }).fill('Validation loss is too high');
      await page.getByRole('button', { name: 'Create automation' }).click();
      await page.locator('[role=alert], .mantine-TextInput-error').first().waitFor();
      await page.getByLabel('Name', { exact: true }).fill('Another name');
      await page.getByRole('button', { name: 'Create automation' }).click();
      await page.getByRole('heading', { name: 'Another name', level: 1 }).waitFor();
    }));

  test('an automation is asked why, tried on the past, changed, copied and deleted', () =>
    enter('/automations', async (page) => {
      await page.getByRole('link', { name: 'Validation loss is too high' }).click();
      await page.getByRole('combobox', { name: 'Run' }).fill(`vision/segmentation/${filled.team.run}`);
      await page.getByRole('button', { name: 'Why did it not fire?' }).click();
      await page.getByText('Window: 8 of 10').waitFor();
      await page.getByRole('link', { name: 'Edit' }).click();
      await page.getByRole('textbox', { name: 'Window' }).fill('2');
      for (let step = 0; step < 2; step += 1) await page.getByRole('button', { name: 'Next step' }).click();
      await page.getByRole('button', { name: 'Save changes' }).click();
      await page.getByText('over the last 2 values').waitFor();
      await page.getByRole('tab', { name: 'Backtest' }).click();
      await page.getByRole('button', { name: 'Start backtest' }).click();
      await page.getByText(/^finished$/).waitFor();
      await page.getByRole('link', { name: 'Duplicate' }).click();
      for (let step = 0; step < 2; step += 1) await page.getByRole('button', { name: 'Next step' }).click();
      await page.getByRole('button', { name: 'Create automation' }).click();
      await page.getByRole('heading', { name: 'Validation loss is too high (copy)', level: 1 }).waitFor();
      await page.getByRole('button', { name: 'Delete' }).click();
      await page.getByRole('button', { name: 'Delete automation' }).click();
      await page.getByRole('heading', { name: 'Automations', level: 1 }).waitFor();
      await page.getByRole('link', { name: 'Validation loss is too high (copy)' }).waitFor({ state: 'detached' });
    }));
});
