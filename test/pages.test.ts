import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { openNavigation, SCREENS, signIn } from './screenshots/screens.ts';
import { objections } from './support/accessible.ts';
import { openWindow, type Window } from './support/browser.ts';
import { type FilledServer, type FilledTeam, openFilledServer } from './support/filled-team.ts';
import { runPython } from './support/python.ts';
import type { Server } from './support/server.ts';

const WIDE = { viewport: { width: 1440, height: 900 } };

let filled: FilledServer;
let server: Server;
let team: FilledTeam;

/** A window, whose scripts must not have failed and whose policy must not have refused anything. */
async function visit(body: (window: Window) => Promise<void>, options: object = WIDE): Promise<void> {
  const window = await openWindow(server.url, options);
  await window.page.clock.setFixedTime(server.clock.now());
  await body(window);
  assert.deepEqual(window.faults, []);
  await window.context.close();
}

async function visitSignedIn(body: (window: Window) => Promise<void>, options: object = WIDE): Promise<void> {
  await visit(async (window) => {
    await enter(window.page);
    await body(window);
  }, options);
}

async function enter(page: Page): Promise<void> {
  await page.goto('/login');
  await signIn(page, team.username, team.password);
  await page.getByRole('heading', { name: 'Projects', level: 1 }).waitFor();
}

describe('the pages, in a real browser', () => {
  before(async () => {
    filled = await openFilledServer();
    ({ server, team } = filled);
  });
  after(() => filled.dispose());

  test('a page is served to whoever asks for one, never in place of what protocols answer', async () => {
    const asPage = { headers: { accept: 'text/html,*/*', 'accept-encoding': 'gzip, deflate, br' } };
    const page = await server.call(`/${team.team}/any/path`, asPage);
    assert.deepEqual(
      [page.status, page.headers['content-type'], page.headers['content-encoding']],
      [200, 'text/html; charset=utf-8', 'br'],
    );
    const policy = String(page.headers['content-security-policy']);
    assert.match(policy, /default-src 'none'/);
    assert.doesNotMatch(policy, /unsafe/);
    for (const path of [
      '/graphql',
      '/api/v1/nothing',
      '/files/x',
      '/storage/x',
      '/slack',
      '/assets/none.js',
      '/oidc/x',
    ]) {
      const answer = await server.call(path, asPage);
      assert.deepEqual(
        [path, answer.status, answer.headers['content-type']],
        [path, 404, 'application/json; charset=utf-8'],
      );
    }
    assert.equal((await server.call(`/${team.team}`)).status, 404, 'to programs there is no page');
    assert.equal((await server.call('/healthz', asPage)).headers['content-security-policy'], undefined);
    const [, script = ''] =
      /src="(\/assets\/[^"]+\.js)"/.exec((await server.call('/', { headers: { accept: 'text/html' } })).text) ?? [];
    const asset = await server.call(script, { headers: { 'accept-encoding': 'gzip' } });
    assert.deepEqual(
      [asset.headers['cache-control'], asset.headers['content-encoding']],
      ['public, max-age=31536000, immutable', 'gzip'],
    );
    const known = { headers: { ...asPage.headers, 'if-none-match': String(page.headers.etag) } };
    assert.equal((await server.call('/', known)).status, 304);
    assert.equal((await server.call('/', { method: 'HEAD', ...asPage })).status, 200);
  });

  test('an address that is visited by nobody is reached after signing in, by API key', () =>
    visit(async ({ page }) => {
      const deep = `/${team.team}/${team.project}/runs/${team.run}`;
      await page.goto(deep);
      await page.getByText('API key', { exact: true }).click();
      await page.getByRole('textbox', { name: 'API key' }).fill('nobody has this');
      await page.keyboard.press('Enter');
      await page.getByText('Nobody has this API key.').waitFor();
      await page.getByRole('textbox', { name: 'API key' }).fill(team.key);
      await page.keyboard.press('Enter');
      await page.getByRole('article', { name: 'val/loss' }).waitFor();
      assert.equal(new URL(page.url()).pathname, deep);
    }));

  test('the address after signing in is never one of another site', () =>
    visit(async ({ page }) => {
      await page.goto('/login?to=//evil.example/x');
      await signIn(page, team.username, team.password);
      await page.getByRole('heading', { name: 'Projects', level: 1 }).waitFor();
      assert.equal(new URL(page.url()).origin, server.url);
    }));

  test('wrong passwords are told at the field, and then when to come again', () =>
    visit(async ({ page }) => {
      await page.goto('/login');
      for (let attempt = 0; attempt < 5; attempt += 1) {
        await signIn(page, 'tom.becker', `guess ${attempt}`);
        await page.getByText('Wrong user name or password.').waitFor();
      }
      await signIn(page, 'tom.becker', 'one more');
      await page.getByRole('alert').getByText('Too many attempts to sign in: come again in 15 minutes.').waitFor();
    }));

  test('who signs out everywhere is asked again in every browser', () =>
    visit(async (other) => {
      await enter(other.page);
      await visit(async ({ page }) => {
        await enter(page);
        await page.goto('/settings');
        await page.getByText('this one').waitFor();
        await page.getByRole('button', { name: 'Sign out everywhere' }).click();
        await page.getByRole('heading', { name: 'Sign in to Tripline' }).waitFor();
      });
      // the page there is told at once
      await other.page.getByRole('heading', { name: 'Sign in to Tripline' }).waitFor();
      assert.match(other.page.url(), /\/login\?to=%2F$/);
    }));

  test('colours follow the system until somebody chooses, and the choice is kept', () =>
    visitSignedIn(
      async ({ page }) => {
        const scheme = () => page.locator('html').getAttribute('data-mantine-color-scheme');
        assert.equal(await scheme(), 'dark');
        await page.getByRole('button', { name: team.username }).click();
        await page.getByRole('menuitemradio', { name: 'Light' }).click();
        assert.equal(await scheme(), 'light');
        await page.reload();
        assert.equal(await scheme(), 'light');
      },
      { ...WIDE, colorScheme: 'dark' },
    ));

  test('everything is reached by keyboard: the palette, the search of a list, the content', () =>
    visitSignedIn(async ({ page }) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('textbox', { name: 'Go to' }).fill('segmen');
      await page.getByText('segmentation').last().waitFor();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'segmentation', level: 1 }).waitFor();
      await page.keyboard.press('/');
      await page.keyboard.type('wild-river-3');
      await page.getByRole('row').nth(2).waitFor({ state: 'detached' });
      assert.match(page.url(), /search=wild-river-3$/);
      await page.keyboard.press('Escape');
      await page.getByRole('link', { name: 'calm-lake-1', exact: true }).waitFor();
      await page.reload();
      await page.getByRole('row').nth(2).waitFor();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      assert.equal(await page.evaluate('document.activeElement.id'), 'content');
    }));

  test('an automation is switched off, and stays so', () =>
    visitSignedIn(async ({ page }) => {
      await page.goto('/automations');
      const enabled = page.getByRole('switch', { name: 'A run failed is enabled' });
      assert.equal(await enabled.isChecked(), true);
      const answered = page.waitForResponse((response) => response.request().method() === 'PATCH');
      await page.getByRole('row', { name: 'A run failed' }).locator('label').first().click();
      assert.equal((await answered).status(), 200);
      await page.reload();
      await enabled.waitFor();
      assert.equal(await enabled.isChecked(), false);
    }));

  test('wandb login leads here, and the client takes the key that is made', () =>
    visitSignedIn(async ({ page }) => {
      await page.goto('/authorize?ref=models');
      await page.getByRole('button', { name: 'Make a key for wandb login' }).click();
      const key = await page.locator('code').first().innerText();
      const source = 'import wandb; wandb.login(verify=True); print(wandb.Api().viewer.username)';
      const client = await runPython({ server, person: { key }, source });
      assert.match(client.stdout, /^maria$/m, client.stderr);
      await page.goto('/settings/api-keys');
      await page.getByRole('row', { name: 'wandb login' }).getByRole('button', { name: 'Delete' }).click();
      await page.getByRole('button', { name: 'Delete the key' }).click();
      await page.getByRole('row', { name: 'wandb login' }).waitFor({ state: 'detached' });
      assert.equal((await server.call('/api/v1/viewer', { key })).status, 401);
    }));

  test('a failing request is told in a notice, and nothing looks as if it had worked', () =>
    visitSignedIn(async ({ page }) => {
      await page.goto('/settings/api-keys');
      await page.getByText('laptop').waitFor();
      await page.route('**/api/v1/viewer/api-keys', (route) => route.abort());
      await page.getByRole('button', { name: 'New API key' }).click();
      await page.getByRole('button', { name: 'Create key' }).click();
      await page.getByText('Tripline cannot be reached.').waitFor();
      await page.getByRole('button', { name: 'Create key' }).waitFor();
    }));

  test('what makes no sense in an address is left out, and no page breaks on it', () =>
    visit(async ({ page }) => {
      await page.goto('/login?to=5');
      await page.getByRole('heading', { name: 'Sign in to Tripline' }).waitFor();
      await enter(page);
      const project = `/${team.team}/${team.project}`;
      const addresses: Readonly<Record<string, string>> = {
        [project]: 'search filter sort columns group groups runs',
        [`${project}/workspace`]: 'x smooth log find closed panel set search newest',
        [`${project}/runs/${team.run}`]: 'tab line find folder file x smooth log closed panel set',
        [`${project}/artifacts`]: 'search type',
        '/automations': 'search event action scope last enabled sort order',
        '/automations/history': 'entity search status event automation from to sort order',
        '/automations/new': 'step type comparison aggregation action',
        [`/${team.team}/settings/slack`]: 'open of refused',
      };
      for (const [path, names] of Object.entries(addresses)) {
        await page.goto(`${path}?${names.replaceAll(' ', '=[["x"]]&')}=[["x"]]`);
        await page.waitForURL(({ pathname, search }) => `${pathname}${search}` === path);
        const heading = page.getByRole('heading', { level: 1 });
        assert.notEqual(await heading.textContent(), 'Something is wrong', path);
      }
    }));

  test('axe finds nothing on any screen, in light colours and in dark ones', () =>
    visit(async ({ page }) => {
      const found: string[] = [];
      for (const { name, path, act } of SCREENS) {
        if (path !== undefined) await page.goto(path(team));
        await act?.(page, team);
        const told = await objections(page, (colours) => inColours(page, colours));
        found.push(...told.map((each) => `${name}, ${each}`));
      }
      assert.deepEqual(found, []);
    }));

  test('on a phone the navigation is a drawer, and no page is wider than the screen', () =>
    visitSignedIn(
      async ({ page }) => {
        await openNavigation(page);
        await page.getByRole('dialog').getByRole('link', { name: 'Automations' }).click();
        await page.getByRole('dialog').waitFor({ state: 'detached' });
        const automations = ['/automations', '/automations/history', '/automations/new'];
        const settings = ['webhooks', 'slack', 'secrets'].map((part) => `/${team.team}/settings/${part}`);
        const own = ['/settings', '/settings/api-keys'];
        for (const path of ['/', `/${team.team}/${team.project}`, ...automations, ...settings, ...own]) {
          await page.goto(path);
          await page.getByRole('heading', { level: 1 }).waitFor();
          assert.equal(await page.evaluate("document.getElementById('scrolled').scrollWidth"), 390, path);
        }
      },
      { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
    ));
});

/** Has the system prefer other colours, and waits until the page follows. */
async function inColours(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
}
