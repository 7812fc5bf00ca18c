import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, describe } from 'node:test';
import type { Page } from 'playwright-core';
import { assertAccessible } from './support/accessible.ts';
import { freePort } from './support/free-port.ts';
import { rest } from './support/rest.ts';
import { type Scene, signUp } from './support/scene.ts';
import { startSlackServer } from './support/slack-server.ts';
import { stage } from './support/stage.ts';
import { visit } from './support/visit.ts';
import { until } from './support/wait.ts';
import { metric, state } from './support/wire-events.ts';

const TOKEN = 'token-that-nobody-reads-again';
const KEY = 'key-that-nobody-reads-again';
const CHANNEL = { team: { id: 'T1', name: 'Acme' }, channel: { id: 'C1', name: '#alerts' } };

const slack = await startSlackServer();
after(() => slack.close());

interface Listed {
  readonly id: string;
  readonly name: string;
  readonly settings: Readonly<Record<string, unknown>> | null;
}

const listed = async ({ server, person, team }: Scene, name: string): Promise<Listed | undefined> => {
  const { items } = await rest<{ items: Listed[] }>(server, person.key, `/entities/${team}/integrations`);
  return items.find((item) => item.name === name);
};

/** Waits for a dialog. */
const dialog = async (page: Page, name: string) => {
  const found = page.getByRole('dialog', { name });
  await found.waitFor();
  return found;
};

const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });

/** Makes a secret in the dialog beside a choice of one. */
async function newSecret(page: Page, beside: string, name: string, value: string): Promise<void> {
  await page.getByRole('button', { name: `New secret for ${beside}` }).click();
  const form = await dialog(page, 'New secret');
  await form.getByLabel('Name').fill(name);
  await form.getByRole('textbox', { name: 'Value' }).fill(value);
  await form.getByRole('button', { name: 'Create secret' }).click();
  await form.waitFor({ state: 'detached' });
}

async function choose(page: Page, inMenuOf: string, deed: string): Promise<void> {
  await page.getByRole('button', { name: `More for ${inMenuOf}` }).click();
  await page.getByRole('menuitem', { name: deed }).click();
}

describe('webhooks, Slack channels and secrets, in a real browser', () => {
  const scenario = stage('embedded', {
    env: {
      TRIPLINE_SLACK_URL: slack.url,
      TRIPLINE_SLACK_CLIENT_ID: slack.app.clientId,
      TRIPLINE_SLACK_CLIENT_SECRET: slack.app.clientSecret,
    },
  });

  scenario('a webhook is made with its secrets and all its options, and tested', (scene) =>
    visit(scene, scene.person, async ({ page }) => {
      const { inbox } = await scene.webhook();
      await page.goto(`/${scene.team}`);
      await page.getByRole('link', { name: 'Settings' }).click();
      await page.getByRole('button', { name: 'New webhook' }).click();
      const form = await dialog(page, 'New webhook');
      await form.getByLabel('Name', { exact: true }).fill('deploy');
      await form.getByLabel('URL').fill('ftp://host/');
      await form.getByRole('button', { name: 'Create webhook' }).click();
      await form.getByText('The URL must be absolute and begin with https:// or http://.').waitFor();
      await form.getByLabel('URL').fill(inbox.url);
      await newSecret(page, 'access token', 'DEPLOY_TOKEN', TOKEN);
      await newSecret(page, 'signing secret', 'SIGNING_KEY', KEY);
      await form.getByText('Further options').click();
      await form.getByLabel('Signature').selectOption('hex');
      await form.getByLabel('Delivery schedule').selectOption('One attempt');
      await form.getByLabel('Timeout (seconds)').fill('abc');
      await form.getByRole('button', { name: 'Add header' }).click();
      await form.getByLabel('Name of header 1').fill('X-Run');
      await form.getByLabel('Value of header 1').fill('${run_name}');
      await form.getByRole('button', { name: 'Create webhook' }).click();
      await form.getByText('A number is needed, or nothing.').waitFor();
      await form.getByLabel('Timeout (seconds)').fill('7');
      await form.getByLabel('Requests a second').fill('3');
      const preview = await form.getByRole('complementary', { name: 'The request' }).innerText();
      assert.match(preview, /X-Run: \$\{run_name\}\nAuthorization: Bearer \[masked\]/);
      await form.getByRole('button', { name: 'Create webhook' }).click();

      const test = await dialog(page, 'Test deploy');
      await test.getByLabel('Payload (JSON)').fill('{"text": "${run_name} ${nonsense}"}');
      await test.getByRole('button', { name: 'Preview' }).click();
      await test.getByText('No event has nonsense').waitFor();
      assert.equal(inbox.received.length, 0);
      await test.getByRole('button', { name: 'Send test request' }).click();
      await test.getByText('200 Delivered').waitFor();
      const { headers, body } = await inbox.next();
      assert.deepEqual(JSON.parse(body), { text: 'sample-run ${nonsense}' });
      assert.equal(headers.authorization, `Bearer ${TOKEN}`);
      assert.equal(headers['x-run'], 'sample-run');
      assert.equal(headers['x-wandb-signature'], createHmac('sha256', KEY).update(body).digest('hex'));
      await test.getByText('Authorization: Bearer [masked]').waitFor();
      await assertAccessible(page);
      const { settings } = (await listed(scene, 'deploy'))!;
      assert.deepEqual(
        [settings?.schedule, settings?.timeoutSeconds, settings?.inFlight, settings?.perSecond],
        ['none', 7, null, 3],
      );
      const content = await page.content();
      assert.ok(!content.includes(TOKEN) && !content.includes(KEY));
    }),
  );

  scenario('a test says in words what became of it, with a past event', (scene) =>
    visit(scene, scene.person, async ({ page }) => {
      const { inbox, name } = await scene.webhook();
      const watched = await scene.automation(metric('loss', '$gt', 10));
      await (await scene.run({ displayName: 'brave run' })).log({ loss: 13 });
      await watched.becomes('finished');
      const { id } = (await listed(scene, name))!;
      await page.goto(`/${scene.team}/settings/webhooks?open=test&of=${id}`);
      const test = await dialog(page, `Test ${name}`);
      const send = async (words: string) => {
        await test.getByRole('button', { name: 'Send test request' }).click();
        await test.getByText(words).first().waitFor();
      };
      await test.getByText('brave run: loss = 13').waitFor({ state: 'attached' });
      await test.getByLabel('About').selectOption({ index: 1 });
      inbox.react(() => ({ status: 418, body: 'a teapot' }));
      await send('418 Not accepted');
      await test.getByText('a teapot').waitFor();
      assert.match((await inbox.next()).body, /brave run/);
      inbox.react(() => 'cut');
      await send('The connection was closed before the answer was complete');
      await test.getByText('It failed while waiting for the answer').waitFor();
      inbox.react(() => 'hang');
      await test.getByRole('button', { name: 'Send test request' }).click();
      await test.getByText('It is given up after 20 s.').waitFor();
      const patch = (url: string) =>
        rest(scene.server, scene.person.key, `/entities/${scene.team}/integrations/${id}`, {
          method: 'PATCH',
          body: { url },
        });
      for (const [url, words] of [
        [`http://127.0.0.1:${await freePort()}/`, 'Nothing listens at this address'],
        ['https://no-such-host.invalid/', 'The host name could not be resolved'],
        [inbox.url.replace('http:', 'https:'), 'No secure connection could be made'],
        ['http://169.254.169.254/', 'This address may not be reached from here'],
      ] as const) {
        await patch(url);
        await page.reload();
        await send(words);
      }
      assert.match(await test.getByRole('alert').first().innerText(), /169\.254\.169\.254/);
    }),
  );

  scenario(
    'a disabled webhook says why, is enabled again with what was skipped, and is deleted with its users named',
    (scene) =>
      visit(scene, scene.person, async ({ page }) => {
        const watched = await scene.automation(state(['FINISHED']), { name: 'tell the pager' });
        watched.inbox.reply(410);
        await (await scene.run()).finish(0);
        await watched.becomes('failed');
        await (await scene.run()).finish(0);
        await watched.becomes('skipped');
        await page.goto(`/${scene.team}/settings/webhooks`);
        const webhook = row(page, 'the receiver answered 410: it is gone for good');
        await webhook.getByText('disabled', { exact: true }).waitFor();
        await webhook.getByText('410', { exact: true }).waitFor();
        await webhook.getByRole('button', { name: '1 automation' }).click();
        await page.getByRole('link', { name: 'tell the pager' }).waitFor();
        await assertAccessible(page);
        await page.keyboard.press('Escape');
        await webhook.getByRole('button', { name: 'Enable again' }).click();
        const skipped = await dialog(page, 'Deliver what was skipped?');
        await skipped.getByText('1 execution was skipped').waitFor();
        await skipped.getByRole('button', { name: 'Deliver them now' }).click();
        await watched.inbox.exactly(2);
        await page.getByText('works', { exact: true }).waitFor();

        const name = (await page.getByRole('button', { name: /^More for / }).getAttribute('aria-label'))!.slice(9);
        await choose(page, name, 'Edit');
        const form = await dialog(page, `Edit ${name}`);
        await form.getByLabel('Name', { exact: true }).fill('the pager');
        await form.getByRole('button', { name: 'Save changes' }).click();
        await choose(page, 'the pager', 'Delete');
        const deletion = await dialog(page, 'Delete the webhook “the pager”?');
        await deletion.getByRole('link', { name: 'tell the pager' }).waitFor();
        await deletion.getByRole('button', { name: 'Delete it all the same' }).click();
        await page.getByText('No webhooks yet').waitFor();
      }),
  );

  scenario(
    'a Slack channel is connected in another tab, tested, shown as broken and removed; another by its URL',
    (scene) =>
      visit(scene, scene.person, async ({ page, context }) => {
        await page.goto(`/${scene.team}/settings/slack`);
        await page.getByRole('button', { name: 'Add channel' }).click();
        const form = await dialog(page, 'Add a Slack channel');
        const link = form.getByRole('link', { name: 'Connect Slack' });
        const declined = await until('an address', async () => (await link.getAttribute('href')) ?? undefined);
        await assertAccessible(page);
        const [other] = await Promise.all([context.waitForEvent('page'), link.click()]);
        await form.getByText('Choose the channel in the other tab.').waitFor();
        await other.goto(slack.authorize(declined, 'refused'));
        await other.getByText('The connection was declined in Slack.').waitFor();
        assert.equal(new URL(other.url()).pathname, `/${scene.team}/settings/slack`);
        await assertAccessible(other);
        const address = await until('an address that was not used', async () => {
          const next = await link.getAttribute('href');
          return next !== null && next !== declined && next;
        });
        await other.goto(slack.authorize(address, CHANNEL));
        await other.getByText('#alerts (Acme) is connected').waitFor();
        assert.equal(new URL(other.url()).pathname, `/${scene.team}/settings/slack`);
        await assertAccessible(other);
        await other.close();

        const test = await dialog(page, 'Test #alerts (Acme)');
        await test.getByRole('button', { name: 'Send test message' }).click();
        await test.getByText('200 Delivered').waitFor();
        const hook = slack.hookOf('C1');
        assert.match((await hook.exactly(1))[0]!.shown, /Test message/);
        hook.reply({ status: 410, word: 'channel_is_archived' });
        await test.getByRole('button', { name: 'Send test message' }).click();
        await test.getByText('410 Not accepted').waitFor();
        await page.keyboard.press('Escape');
        await page.getByText('The channel is archived in Slack.').waitFor();
        await assertAccessible(page);

        await page.getByRole('button', { name: 'Add channel' }).click();
        await form.getByRole('textbox', { name: 'URL' }).fill('https://hooks.slack.com.evil.example/services/secret');
        await form.getByLabel('Channel', { exact: true }).fill('#training');
        await form.getByLabel('Workspace').fill('Acme');
        await form.getByRole('button', { name: 'Add channel' }).click();
        await form.getByText('The URL must be that of an incoming webhook').waitFor();
        await form.getByRole('textbox', { name: 'URL' }).fill(slack.hook().url);
        await form.getByRole('button', { name: 'Add channel' }).click();
        await dialog(page, 'Test #training (Acme)');
        await page.keyboard.press('Escape');
        await choose(page, '#alerts (Acme)', 'Delete');
        await page.getByRole('button', { name: 'Delete Slack channel' }).click();
        await page.getByText('The channel is archived in Slack.').waitFor({ state: 'detached' });
        await row(page, '#training (Acme)').waitFor();
      }),
  );

  scenario('a secret is written, replaced and deleted with its users named, and never read', (scene) =>
    visit(scene, scene.person, async ({ page }) => {
      const { inbox, name } = await scene.webhook();
      const webhook = `/entities/${scene.team}/integrations/${(await listed(scene, name))!.id}`;
      await page.goto(`/${scene.team}/settings/secrets`);
      await page.getByText('No secrets yet').waitFor();
      await page.getByRole('button', { name: 'New secret' }).click();
      const form = await dialog(page, 'New secret');
      await form.getByLabel('Name').fill('ACCESS_TOKEN');
      await form.getByRole('textbox', { name: 'Value' }).fill('short');
      await form.getByRole('button', { name: 'Create secret' }).click();
      await form.getByText("The name 'ACCESS_TOKEN' is reserved").waitFor();
      await assertAccessible(page);
      await form.getByLabel('Name').fill('TOKEN');
      await form.getByRole('button', { name: 'Create secret' }).click();
      await page.getByText('shorter than 6 characters').waitFor();
      await rest(scene.server, scene.person.key, webhook, { method: 'PATCH', body: { accessTokenRef: 'TOKEN' } });

      await page.getByRole('button', { name: 'Replace the value of TOKEN' }).click();
      const replacement = await dialog(page, 'Replace the value of TOKEN');
      await replacement.getByRole('textbox', { name: 'Value' }).fill(TOKEN);
      await replacement.getByLabel('The old value stops signing').selectOption('After one day');
      await replacement.getByRole('button', { name: 'Replace value' }).click();
      await page.getByText('The old value signs too until').waitFor();
      await rest(scene.server, scene.person.key, `${webhook}/test`, { method: 'POST', body: {} });
      assert.equal((await inbox.next()).headers.authorization, `Bearer ${TOKEN}`);
      await page.reload();
      await row(page, 'TOKEN').getByText(name).waitFor();
      assert.ok(!(await page.content()).includes(TOKEN));

      await choose(page, 'TOKEN', 'Access');
      await page.getByRole('switch', { name: 'Further headers of webhooks' }).click();
      await page.getByText('closed to headers').waitFor();
      await page.keyboard.press('Escape');
      await choose(page, 'TOKEN', 'Delete');
      const deletion = await dialog(page, 'Delete the secret TOKEN?');
      await deletion.getByText(`the webhook “${name}”`).waitFor();
      await deletion.getByRole('button', { name: 'Delete it all the same' }).click();
      await page.getByText('No secrets yet').waitFor();
    }),
  );

  scenario('a member sees names and no button, a viewer nothing of it', async (scene) => {
    const { name } = await scene.webhook();
    const viewer = await signUp(scene.server);
    const members = `/entities/${scene.team}/members`;
    const ask = (path: string, body: object) => rest(scene.server, scene.person.key, path, { method: 'POST', body });
    await ask(members, { username: viewer.username, role: 'viewer' });
    await ask(`/entities/${scene.team}/secrets`, { name: 'TOKEN', value: TOKEN });
    const channel = { teamName: 'Acme', channelName: '#alerts', url: slack.hook().url };
    await ask(`/entities/${scene.team}/slack-channels`, channel);
    await visit(scene, scene.teammate, async ({ page }) => {
      for (const [part, shown] of [
        ['webhooks', name],
        ['slack', '#alerts (Acme)'],
        ['secrets', 'TOKEN'],
      ] as const) {
        await page.goto(`/${scene.team}/settings/${part}?open=new`);
        await page.getByText(shown, { exact: true }).waitFor();
        assert.deepEqual(await page.getByRole('main').getByRole('button').allInnerTexts(), [], part);
        assert.equal(await page.getByRole('dialog').count(), 0);
        await assertAccessible(page);
      }
    });
    await visit(scene, viewer, async ({ page }) => {
      await page.goto(`/${scene.team}`);
      await page.getByRole('heading', { name: scene.team, level: 1 }).waitFor();
      await page.getByRole('main').getByRole('link', { name: 'Settings' }).click();
      await page.getByRole('link', { name: 'Members' }).waitFor();
      for (const part of ['Webhooks', 'Slack channels', 'Secrets']) {
        assert.equal(await page.getByRole('main').getByRole('link', { name: part }).count(), 0, part);
      }
      await page.goto(`/${scene.team}/settings/webhooks`);
      await page.getByText('This is not for you').waitFor();
      await assertAccessible(page);
    });
  });

  scenario('the builder makes a webhook and a Slack channel without leaving, and keeps what was written', (scene) =>
    visit(scene, scene.person, async ({ page }) => {
      const start = `/automations/new?entity=${scene.team}&project=${scene.project}&metric=loss&step=action`;
      await page.goto(start);
      await page.getByLabel('Payload (JSON)').fill('{"run": "${run_name}"}');
      await page.getByRole('button', { name: 'New webhook' }).click();
      const form = await dialog(page, 'New webhook');
      await form.getByLabel('Name', { exact: true }).fill('made on the way');
      await form.getByLabel('URL').fill('https://example.com/hook');
      await assertAccessible(page);
      await form.getByRole('button', { name: 'Create webhook' }).click();
      await form.waitFor({ state: 'detached' });
      const webhook = (await listed(scene, 'made on the way'))!;
      assert.equal(await page.getByLabel('Webhook', { exact: true }).inputValue(), webhook.id);
      assert.equal(await page.getByLabel('Payload (JSON)').inputValue(), '{"run": "${run_name}"}');

      await page.getByLabel('Action type').selectOption('Slack notification');
      await page.getByRole('button', { name: 'Add a Slack channel' }).click();
      const paste = await dialog(page, 'Add a Slack channel');
      await paste.getByRole('textbox', { name: 'URL' }).fill(slack.hook().url);
      await paste.getByLabel('Channel', { exact: true }).fill('#fresh');
      await paste.getByLabel('Workspace').fill('Acme');
      await paste.getByRole('button', { name: 'Add channel' }).click();
      await paste.waitFor({ state: 'detached' });
      const channel = (await listed(scene, '#fresh (Acme)'))!;
      assert.equal(await page.getByLabel('Slack channel', { exact: true }).inputValue(), channel.id);
    }),
  );
});
