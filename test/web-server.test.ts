import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { signIn } from './screenshots/screens.ts';
import { assertAccessible } from './support/accessible.ts';
import { openWindow } from './support/browser.ts';
import { rest } from './support/rest.ts';
import { rolesIn } from './support/roles.ts';
import { stage } from './support/stage.ts';
import { visit } from './support/visit.ts';

const SLACK_SECRET = 'a-secret-of-slack-that-nobody-reads';
const PROXY_PASSWORD = 'the-password-of-the-proxy';

const ENV = {
  TRIPLINE_SLACK_CLIENT_ID: '12.34',
  TRIPLINE_SLACK_CLIENT_SECRET: SLACK_SECRET,
  HTTP_PROXY: `http://operator:${PROXY_PASSWORD}@proxy.example:3128`,
  TRIPLINE_EXECUTION_DAYS: '120',
};

describe('the server, in a real browser', () => {
  const scenario = stage('embedded', { env: ENV });

  scenario('an operator reads what the server runs with, and no secret', async (scene) => {
    const operator = { key: scene.server.adminKey };
    await visit(scene, operator, async ({ page }) => {
      await page.goto('/');
      await page.getByRole('button', { name: 'admin', exact: true }).click();
      await page.getByRole('menuitem', { name: 'Server' }).click();
      await page.getByText('secrets are open').waitFor();
      const setting = (name: string) => page.getByRole('row', { name });
      assert.match((await setting('--execution-days').textContent()) ?? '', /120variable$/);
      assert.match((await setting('--port').textContent()) ?? '', /flag$/);
      assert.match((await setting('TRIPLINE_SLACK_CLIENT_SECRET').textContent()) ?? '', /set, never shown/);
      assert.match((await setting('HTTP_PROXY').first().textContent()) ?? '', /http:\/\/proxy\.example:3128/);
      await assertAccessible(page);
      const told = JSON.stringify(await rest(scene.server, operator.key, '/server'));
      for (const secret of [SLACK_SECRET, PROXY_PASSWORD, scene.server.adminKey])
        assert.ok(!told.includes(secret) && !(await page.content()).includes(secret));
    });
  });

  scenario('an operator makes a user for an invitation, who signs in, and deletes one', async (scene) => {
    const { server, team, person } = scene;
    const email = `ines-${team}@elsewhere.example`;
    const username = `ines-${team}`;
    await rest(server, person.key, `/entities/${team}/invites`, { method: 'POST', body: { email, role: 'member' } });
    await visit(scene, { key: server.adminKey }, async ({ page }) => {
      await page.goto(`/${team}/settings/members`);
      await page.getByRole('link', { name: `Make the user of ${email}` }).click();
      await page.getByRole('button', { name: 'Create user' }).click();
      await page.getByText('First password').waitFor();
      await assertAccessible(page);
      const password = (await page.getByRole('dialog').locator('code').last().textContent()) ?? '';
      await page.getByRole('button', { name: 'I have copied it' }).click();
      assert.equal((await rolesIn(scene, team))[username], 'member');
      const fresh = await openWindow(server.url);
      await fresh.page.goto('/');
      await signIn(fresh.page, username, password);
      await fresh.page.getByRole('link', { name: team }).first().waitFor();
      await fresh.context.close();

      assert.equal(await page.getByRole('button', { name: 'Delete admin' }).count(), 0, 'nobody deletes themselves');
      await page.getByRole('button', { name: `Delete ${username}` }).click();
      await page.getByRole('button', { name: 'Delete the user' }).click();
      await page.getByText(`${username} is deleted.`).waitFor();
      await page.getByRole('link', { name: 'Audit log' }).click();
      await page.getByRole('button', { name: 'User deleted' }).first().waitFor();
    });
  });

  scenario('an operator makes an organization and a team in it', async (scene) => {
    const [organization, team] = [`${scene.organization}-new`, `${scene.team}-new`];
    await visit(scene, { key: scene.server.adminKey }, async ({ page }) => {
      await page.goto('/settings/server/organizations');
      await page.getByRole('button', { name: 'New organization' }).click();
      await page.getByLabel('Name').fill(organization);
      await page.getByRole('textbox', { name: 'Admin' }).fill(scene.person.username);
      await page.getByRole('button', { name: 'Create organization' }).click();
      await page.getByRole('heading', { name: organization }).waitFor();
      await page.getByRole('button', { name: 'New team' }).last().click();
      await page.getByLabel('Name').fill(team);
      await page.getByRole('button', { name: 'Create team' }).click();
      await page
        .getByRole('region', { name: `Teams of ${organization}` })
        .getByRole('link', { name: team })
        .waitFor();
      await assertAccessible(page);
      assert.equal((await rolesIn(scene, organization))[scene.person.username], 'admin');
    });
  });
});
