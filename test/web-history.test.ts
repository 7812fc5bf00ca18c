import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { curlCommand } from '../web/features/executions/components/curl.ts';
import { assertAccessible } from './support/accessible.ts';
import type { Scene } from './support/scene.ts';
import { stage } from './support/stage.ts';
import { exportedLines, visit } from './support/visit.ts';
import { metric } from './support/wire-events.ts';

/** One failed and one finished execution of two automations. */
async function twoExecutions(scene: Scene) {
  const losses = await scene.automation(metric('loss', '$gt', 10, { agg: 'AVERAGE', window: 2 }), {
    name: 'loss is high',
  });
  const gains = await scene.automation(metric('gain', '$gt', 10), { name: 'gain is high' });
  losses.inbox.reply({ status: 418, body: 'a teapot' });
  const run = await scene.run({ displayName: 'brave run' });
  await run.log({ loss: 9 }, { loss: 13, gain: 11 });
  const { id: failed } = await losses.becomes('failed');
  await gains.becomes('finished');
  return { run, losses, failed };
}

describe('the history, in a real browser', () => {
  const scenario = stage('embedded');

  scenario('a history is narrowed in its address, exported so, and retried in bulk after a count', (scene) =>
    visit(scene, scene.person, async ({ page }) => {
      const { losses } = await twoExecutions(scene);
      await page.goto(`/${scene.team}/${scene.project}/automations/history`);
      await page.getByRole('link', { name: 'gain is high' }).waitFor();
      await assertAccessible(page);
      await page.getByRole('combobox', { name: 'Status' }).click();
      await page.getByRole('option', { name: 'failed' }).click();
      await page.keyboard.press('Escape');
      await page.getByRole('link', { name: 'gain is high' }).waitFor({ state: 'detached' });
      await page.reload();
      await page.getByRole('link', { name: 'loss is high' }).waitFor();
      assert.equal(await page.getByRole('row').count(), 2, 'the address keeps the filter');

      const lines = await exportedLines<{ status: string }>(page);
      assert.deepEqual(
        lines.map((line) => line.status),
        ['failed'],
      );

      await page.getByRole('button', { name: 'All of these' }).click();
      await page.getByRole('menuitem', { name: 'Retry…' }).click();
      await page.getByText('1 execution will be retried').waitFor();
      await page.getByRole('button', { name: 'Retry 1 execution' }).click();
      await losses.inbox.exactly(2);
      await losses.becomes('finished');
      await page.getByText('No execution matches').waitFor();
      await page.goto(`/automations/history?entity=${scene.team}`);
      await page.getByRole('link', { name: 'loss is high' }).waitFor();
    }),
  );

  scenario('a permalink explains an execution, from the run to it, and retries it where one may', async (scene) => {
    const { run, losses, failed } = await twoExecutions(scene);
    await visit(scene, scene.person, async ({ page }) => {
      await page.goto(`/${scene.team}/${scene.project}/runs/${run.id}?tab=overview`);
      const triggered = page.getByRole('region', { name: 'Triggered automations' });
      await triggered.getByRole('link', { name: 'loss is high' }).click();
      await page.waitForURL(`**/executions/${failed}`);
      await page.getByText('AVERAGE(loss) = 11').first().waitFor();
      await page.getByRole('figure', { name: 'loss: from 9 to 13; last 13 at step 1' }).waitFor();
      await assertAccessible(page);
      await page.getByRole('tab', { name: 'Response' }).click();
      await page.getByText('a teapot').waitFor();
      await page.getByRole('tab', { name: 'Request' }).click();
      await page.getByText('"run": "brave run"').waitFor();
      assert.equal(await page.getByRole('button', { name: 'Cancel' }).count(), 0);
      await page.getByRole('button', { name: 'Retry now' }).click();
      await losses.inbox.exactly(2);
      await page.getByText('Attempt 2').waitFor();
      await page.getByRole('button', { name: 'Retry now' }).waitFor({ state: 'detached' });
    });
  });
});

test('the shell passes on what was sent, with secrets from variables', () => {
  const headers = { Authorization: 'Bearer [masked]', 'X-Note': "it's" };
  const request = { method: 'POST', url: 'https://x/…', headers };
  const command = curlCommand(request, `{"key":"[masked]","text":"$HOME 'a'"}`).replace(/^curl/, "printf '%s\\n'");
  const env = { WEBHOOK_URL: 'https://hook', AUTHORIZATION: 'token', SECRET: 's3' };
  const words = execFileSync('sh', ['-c', command], { env, encoding: 'utf8' }).trim().split('\n');
  assert.deepEqual(words, [
    ...['-X', 'POST', 'https://hook', '-H', 'Authorization: Bearer token', '-H', "X-Note: it's"],
    ...['--data-raw', `{"key":"s3","text":"$HOME 'a'"}`],
  ]);
});
