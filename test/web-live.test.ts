import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { Page } from 'playwright-core';
import { assertAccessible } from './support/accessible.ts';
import { openWindow } from './support/browser.ts';
import type { Scene } from './support/scene.ts';
import { stage } from './support/stage.ts';
import { until } from './support/wait.ts';
import { metric } from './support/wire-events.ts';

async function signIn({ server, person }: Scene): Promise<Page> {
  const { page } = await openWindow(server.url, { viewport: { width: 1440, height: 700 } });
  await page.goto('/login');
  await page.getByText('API key', { exact: true }).click();
  await page.getByRole('textbox', { name: 'API key' }).fill(person.key);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Projects', level: 1 }).waitFor();
  return page;
}

async function readers({ server }: Scene): Promise<number> {
  const { text } = await server.call('/metrics');
  return Number(/^tripline_live_readers (\d+)$/m.exec(text)?.[1]);
}

const live = (page: Page) => page.getByText('Live', { exact: true }).waitFor();

/** As when somebody goes to another tab, or comes back: what a browser without windows cannot do. */
async function setHidden(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate(
    `Object.defineProperty(document, 'hidden', { configurable: true, get: () => ${hidden} });
     document.dispatchEvent(new Event('visibilitychange'))`,
  );
}

describe('pages that are told what happens', () => {
  const scenario = stage('embedded');

  scenario('a history, a run list and a run show what happens as it happens, and nothing jumps', async (scene) => {
    const watch = await scene.automation(metric('loss', '$gt', 10), { name: 'loss is high' });
    for (let at = 0; at < 20; at += 1) await (await scene.run({ displayName: `early ${at}` })).log({ loss: 11 });
    const page = await signIn(scene);
    await page.goto(`/${scene.team}/${scene.project}/automations/history`);
    await live(page);
    const rows = page.getByRole('row');
    const seen = page.getByRole('row').filter({ hasText: 'early 3' });
    await seen.scrollIntoViewIfNeeded();
    const place = (await seen.boundingBox())!.y;
    const before = await rows.count();
    await (await scene.run({ displayName: 'late run' })).log({ loss: 11 });
    await rows.filter({ hasText: 'late run' }).waitFor({ state: 'attached' });
    await until('one row more', async () => (await rows.count()) === before + 1);
    await until('what one reads to stay where it is', async () => Math.abs((await seen.boundingBox())!.y - place) < 2);
    await watch.fires(21);

    await page.goto(`/${scene.team}/${scene.project}`);
    await live(page);
    const run = await scene.run({ displayName: 'the newest' });
    await page.getByRole('link', { name: 'the newest' }).waitFor();
    await page.getByRole('link', { name: 'the newest' }).click();
    await page.getByRole('tab', { name: 'Overview' }).click();
    await live(page);
    await run.push({ history: [{ loss: 3 }], summary: { loss: 3 } });
    await page.getByRole('region', { name: 'Summary' }).getByText('3', { exact: true }).waitFor();
    await run.finish();
    await page.getByText('finished').waitFor();
    await page.context().close();
  });

  scenario('an execution shows its attempts, and a list of automations what they did last', async (scene) => {
    const watch = await scene.automation(metric('loss', '$gt', 10), { name: 'loss is high' });
    watch.inbox.reply({ status: 418, body: 'a teapot' });
    const page = await signIn(scene);
    await page.goto(`/${scene.team}/${scene.project}/automations`);
    await live(page);
    await (await scene.run()).log({ loss: 11 });
    await page.getByRole('row').filter({ hasText: 'failed' }).waitFor();
    const [execution] = await watch.executions();
    await page.goto(`/executions/${execution!.id}`);
    await live(page);
    await page.getByText('failed').first().waitFor();
    const retried = await scene.server.call(`/api/v1/entities/${scene.team}/executions/${execution!.id}/retry`, {
      method: 'POST',
      key: scene.person.key,
    });
    assert.equal(retried.status, 200);
    await page.getByText('Attempt 2').waitFor();
    await page.context().close();
  });

  scenario('a tab that nobody sees has no connection; a server that comes back is heard again', async (scene) => {
    const page = await signIn(scene);
    await page.goto(`/${scene.team}/${scene.project}`);
    await live(page);
    await setHidden(page, true);
    await until('the connection to be closed', async () => (await readers(scene)) === 0);
    const unseen = await scene.run({ displayName: 'unseen' });
    await setHidden(page, false);
    await page.getByRole('link', { name: 'unseen' }).waitFor();
    await live(page);
    await scene.server.stop();
    await page.getByText('Reconnecting …').waitFor();
    const away = page.getByText('Tripline cannot be reached.', { exact: true });
    await away.waitFor();
    await page.getByRole('link', { name: 'unseen' }).waitFor();
    await assertAccessible(page);
    // a page whose code was never read
    const parts = page.getByRole('navigation', { name: `Parts of ${scene.project}` });
    await parts.getByRole('link', { name: 'Artifacts', exact: true }).click();
    await page.getByRole('link', { name: 'unseen' }).waitFor({ state: 'detached' });
    await scene.server.start();
    await away.waitFor({ state: 'detached' });
    await page.getByText('No artifacts yet').waitFor();
    await parts.getByRole('link', { name: 'Runs', exact: true }).click();
    await live(page);
    await unseen.finish();
    await page.getByRole('row').filter({ hasText: 'unseen' }).getByText('finished').waitFor();
    await page.context().close();
  });
});
