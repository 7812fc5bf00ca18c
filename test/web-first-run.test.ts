import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { assertAccessible } from './support/accessible.ts';
import { openWindow } from './support/browser.ts';
import { openMachine } from './support/machine.ts';
import { type Receiver, startReceiver } from './support/receiver.ts';
import { type Server, startServer } from './support/server.ts';

let server: Server;
let receiver: Receiver;

const step = (page: Page, title: string) => page.getByRole('listitem').filter({ hasText: title });

/** What its button copies. */
async function copied(page: Page, button: Locator): Promise<string> {
  await button.click();
  return page.evaluate('navigator.clipboard.readText()');
}

describe('the first steps, in a real browser and with the real client', () => {
  before(async () => {
    [server, receiver] = await Promise.all([startServer(), startReceiver()]);
  });
  after(async () => {
    await server.dispose();
    await receiver.close();
  });

  test('a new installation comes from nothing to an automation that fired, by what the page has one copy', async () => {
    const machine = openMachine();
    const inbox = receiver.inbox();
    const { page, context, faults } = await openWindow(server.url, {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await page.goto('/login');
    await page.getByText('API key', { exact: true }).click();
    await page.getByRole('textbox', { name: 'API key' }).fill(server.adminKey);
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Take the first steps' }).click();
    await page.waitForURL('**/welcome');
    await page.getByText('Live', { exact: true }).waitFor();
    const connect = step(page, 'Connect the client');
    await connect.getByRole('button', { name: 'Make an API key' }).waitFor();
    await assertAccessible(page);

    await connect.getByRole('button', { name: 'Make an API key' }).click();
    const key = await copied(page, connect.getByRole('button', { name: 'Copy the key' }));
    const login = await copied(page, connect.getByRole('button', { name: 'Copy the command' }).last());
    await connect.getByText('Waiting for a client').waitFor();
    await machine.run(`${login} ${key}`);
    await connect.getByText('A client came with a key of admin').waitFor();

    const run = step(page, 'Log a run');
    machine.save('first_steps.py', await copied(page, run.getByRole('button', { name: 'Copy Python' })));
    const start = await copied(page, run.getByRole('button', { name: 'Copy the command' }));
    const running = machine.run(start);
    await run.getByText('is here').waitFor();
    await running;
    await run.getByText('is here, finished').waitFor();

    const create = step(page, 'Create an automation');
    await create.getByText('Call a webhook').click();
    await create.getByRole('textbox', { name: 'Address' }).fill(inbox.url);
    await create.getByRole('button', { name: 'Create webhook' }).click();
    machine.save('first_automation.py', await copied(page, create.getByRole('button', { name: 'Copy Python' })));
    await machine.run(await copied(page, create.getByRole('button', { name: 'Copy the command' })));
    await create.getByText('loss is low watches the project').waitFor();
    assert.equal(inbox.received.length, 0);

    const fire = step(page, 'Watch it fire');
    await machine.run(await copied(page, fire.getByRole('button', { name: 'Copy the command' })));
    await fire.getByText('loss is low fired').waitFor();
    await page.mouse.move(0, 0);
    await page.getByRole('tooltip').waitFor({ state: 'detached' });
    await assertAccessible(page);
    const [request] = await inbox.exactly(1);
    assert.deepEqual(Object.keys(JSON.parse(request!.body)), ['run', 'loss']);
    await fire.getByRole('link', { name: 'see why, and what it did' }).click();
    await page.getByRole('heading', { name: 'loss is low', level: 1 }).waitFor();
    await page.getByText('finished').first().waitFor();
    assert.deepEqual(faults, []);
    await context.close();
  });
});
