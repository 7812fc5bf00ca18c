import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { changesOf } from '../web/features/audit/components/changes.ts';
import { assertAccessible } from './support/accessible.ts';
import { choose } from './support/choose.ts';
import { logging, logVersion } from './support/logged-version.ts';
import { rest } from './support/rest.ts';
import { rolesIn } from './support/roles.ts';
import { type Person, type Scene, signUp } from './support/scene.ts';
import { startSlackServer } from './support/slack-server.ts';
import { stage } from './support/stage.ts';
import { exportedLines, visit } from './support/visit.ts';
import { until } from './support/wait.ts';

const slack = await startSlackServer();
after(() => slack.close());

const PARTS = ['Members', 'Alerts', 'Audit log'];

/** Those of the parts that somebody is led to. */
async function partsShown(page: Page, of: string): Promise<string[]> {
  const tabs = await page
    .getByRole('navigation', { name: `Settings of ${of}` })
    .getByRole('link')
    .allTextContents();
  return PARTS.filter((part) => tabs.includes(part));
}

/** An admin makes themselves a viewer. */
async function stepDown(page: Page, username: string): Promise<void> {
  await choose(page, `Role of ${username}`, 'viewer');
  await page.getByRole('button', { name: 'Change my role' }).click();
  await page.getByRole('button', { name: 'Invite' }).waitFor({ state: 'detached' });
}

/** How a key is answered. */
const statusOf = async ({ server }: Scene, key: string) => (await server.call('/api/v1/viewer', { key })).status;

/** A Slack channel of an entity. */
async function channel({ server, person }: Scene, entity: string) {
  const hook = slack.hook();
  const body = { teamName: 'Acme', channelName: '#training', url: hook.url };
  await rest(server, person.key, `/entities/${entity}/slack-channels`, { method: 'POST', body });
  return hook;
}

describe('who belongs to a team, in a real browser', () => {
  const scenario = stage('embedded', {
    env: { TRIPLINE_SLACK_URL: slack.url, TRIPLINE_ENTITY_SPACE: '100' },
  });

  scenario('an admin invites, gives roles, withdraws and removes', async (scene) => {
    const { team, person, teammate, server } = scene;
    const newcomer = await signUp(server);
    await visit(scene, person, async ({ page, context }) => {
      await page.goto(`/${team}`);
      await page.getByRole('link', { name: 'Settings' }).click();
      await page.getByRole('link', { name: 'Members' }).click();
      await page.getByRole('button', { name: 'Remove admin' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
      await page.getByText('admin, the only one').waitFor();
      assert.equal(await page.getByRole('button', { name: `Remove ${person.username}` }).count(), 0);

      for (const [who, told] of [
        [newcomer.username, `${newcomer.username} is a member now.`],
        ['zoe@elsewhere.example', 'A role waits for zoe@elsewhere.example.'],
      ] as const) {
        await page.getByRole('button', { name: 'Invite' }).click();
        await page.getByLabel('User name or email').fill(who);
        await choose(page, 'Role', 'viewer');
        await page.getByRole('dialog').getByRole('button', { name: 'Invite' }).click();
        await page.getByText(told).waitFor();
      }
      await page.getByText('waits for its user').waitFor();
      assert.equal((await rolesIn(scene, team))[newcomer.username], 'viewer');
      await page.getByRole('button', { name: 'Invite' }).click();
      await page.getByLabel('User name or email').fill(newcomer.username);
      await page.getByText(`${newcomer.username} is a member already.`).waitFor();
      await assertAccessible(page);
      await page.keyboard.press('Escape');

      await context.grantPermissions(['clipboard-read', 'clipboard-write']);
      await page.getByRole('button', { name: 'Copy link for zoe' }).click();
      assert.equal(await page.evaluate('navigator.clipboard.readText()'), `${server.url}/${team}`);
      await page.getByRole('button', { name: 'Withdraw the invitation of zoe' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click();
      await page.getByText('No invitation waits').waitFor();

      await choose(page, `Role of ${teammate.username}`, 'admin');
      await page.getByText(`${teammate.username} is admin now.`).waitFor();
      assert.equal((await rolesIn(scene, team))[teammate.username], 'admin');
      await page.getByRole('button', { name: `Remove ${newcomer.username}` }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
      await page.getByText(`${newcomer.username} has left ${team}.`).waitFor();
      assert.equal((await rolesIn(scene, team))[newcomer.username], undefined);
    });
  });

  scenario('a service account shows its key once, and each deed with it counts at once', async (scene) => {
    const { team, person } = scene;
    await visit(scene, person, async ({ page }) => {
      await page.goto(`/${team}/settings/members`);
      const shownKey = async () => (await page.getByRole('dialog').locator('code').first().textContent()) ?? '';
      const menu = async (deed: string) => {
        await page.getByRole('button', { name: /^Change / }).click();
        await page.getByRole('menuitem', { name: deed }).click();
      };
      await page.getByText('No service account yet').waitFor();
      await page.getByRole('button', { name: 'New service account' }).click();
      await page.getByLabel('Description').fill('nightly builds');
      await page.getByRole('button', { name: 'Create' }).click();
      await page.getByText('This is the only time').waitFor();
      await assertAccessible(page);
      const first = await shownKey();
      assert.equal(await statusOf(scene, first), 200);
      await page.getByRole('button', { name: 'I have copied it' }).click();
      await page.getByText(`…${first.slice(-4)}`).waitFor();
      assert.ok(!(await page.content()).includes(first), 'it is gone from the page');

      await menu('Rename…');
      await page.getByLabel('Description').fill('builds of the night');
      await page.getByRole('button', { name: 'Rename' }).click();
      await page.getByText('builds of the night', { exact: true }).waitFor();
      await menu('New key…');
      await page.getByRole('button', { name: 'Make a new key' }).click();
      await page.getByText('This is the only time').waitFor();
      const second = await shownKey();
      assert.deepEqual([await statusOf(scene, first), await statusOf(scene, second)], [401, 200]);
      await page.getByRole('button', { name: 'I have copied it' }).click();
      await menu('Remove…');
      await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
      await page.getByText('No service account yet').waitFor();
      assert.equal(await statusOf(scene, second), 401);
    });
  });

  scenario('who may not manage a team sees its members and nothing to press', async (scene) => {
    const { server, team, person, teammate } = scene;
    const watcher = await signUp(server);
    const body = { username: watcher.username, role: 'admin' };
    await rest(server, person.key, `/entities/${team}/members`, { method: 'POST', body });
    const seen: readonly (readonly [Person, readonly string[]])[] = [
      [teammate, ['Members', 'Alerts']],
      [watcher, ['Members']],
    ];
    for (const [who, parts] of seen) {
      await visit(scene, who, async ({ page }) => {
        await page.goto(`/${team}/settings/members`);
        await page.getByRole('row', { name: person.username }).waitFor();
        if (who === watcher) await stepDown(page, watcher.username);
        assert.deepEqual(await partsShown(page, team), parts);
        for (const deed of ['Invite', /^Remove/, 'New service account'])
          assert.equal(await page.getByRole('button', { name: deed }).count(), 0);
        assert.equal(await page.getByRole('switch').count(), 0);
        if (who === watcher) await assertAccessible(page);
        for (const closed of ['audit', ...(who === watcher ? ['alerts'] : [])]) {
          await page.goto(`/${team}/settings/${closed}`);
          await page.getByText('This is not for you').waitFor();
        }
        await page.goto('/settings/server');
        await page.getByText('Only instance admins').waitFor();
      });
    }
  });

  scenario('an organization shows its teams, and an admin makes one', async (scene) => {
    const { organization, team, person } = scene;
    await visit(scene, person, async ({ page }) => {
      await page.goto(`/${organization}/settings/members`);
      await page
        .getByRole('region', { name: `Teams of ${organization}` })
        .getByRole('link', { name: team })
        .waitFor();
      await page.getByRole('button', { name: 'New team' }).click();
      await page.getByLabel('Name').fill(`${team}-second`);
      await page.getByRole('textbox', { name: 'Admin' }).fill('nobody-of-this-name');
      await page.getByRole('button', { name: 'Create team' }).click();
      await page.getByText("User 'nobody-of-this-name' not found.").waitFor();
      await page.getByRole('textbox', { name: 'Admin' }).fill(scene.teammate.username);
      await page.getByRole('button', { name: 'Create team' }).click();
      await page
        .getByRole('region', { name: 'Teams of' })
        .getByRole('link', { name: `${team}-second` })
        .waitFor();
      assert.deepEqual(await rolesIn(scene, `${team}-second`), {
        [person.username]: 'admin',
        [scene.teammate.username]: 'admin',
      });
      await assertAccessible(page);
    });
  });

  scenario('alerts go where an admin says, and one’s own where one says oneself', async (scene) => {
    const { server, team, person, teammate } = scene;
    const hook = await channel(scene, team);
    await visit(scene, person, async ({ page }) => {
      await page.goto(`/${team}/settings/alerts`);
      await choose(page, 'Channels told: Run crashed', '#training');
      await page.getByText('“Run crashed” goes where you say now.').waitFor();
      await page.keyboard.press('Escape');
      await page.getByText('No trouble so far').waitFor();
      await assertAccessible(page);
    });
    await (await scene.run({ displayName: 'poor run' })).finish(1);
    const [told] = await hook.exactly(1);
    assert.match(told?.shown ?? '', /poor run/);
    await visit(scene, teammate, async ({ page }) => {
      await page.goto(`/${team}/settings/alerts`);
      await page.getByText('#training').waitFor();
      assert.equal(await page.getByRole('combobox').count(), 0);
      await page.goto('/settings/alerts');
      await choose(page, 'Channels told: Runs finished', `#training · ${team}`);
      await page.getByText('“Runs finished” goes where you say now.').waitFor();
    });
    const own = await rest<{ runFinished: string[] }>(server, teammate.key, `/entities/${teammate.username}/alerts`);
    assert.equal(own.runFinished.length, 1);
  });

  scenario('what is stored is shown of its limit, with what takes it and where that is deleted', async (scene) => {
    const { team, person, project } = scene;
    await visit(scene, person, async ({ page }) => {
      await page.goto(`/${team}/settings`);
      await page.getByRole('link', { name: 'Storage' }).click();
      await page.getByText('Nothing is stored yet').waitFor();
      await page.getByRole('img', { name: '0 bytes of 100 MiB stored' }).waitFor();
      const files = { 'model.bin': Buffer.alloc(2 * 1024 ** 2, 'w') };
      await logVersion(logging(scene), { collection: 'weights', files });
      await page.reload();
      await page.getByRole('img', { name: '2.0 MiB of 100 MiB stored' }).waitFor();
      const row = page.getByRole('region', { name: 'What projects store' }).getByRole('row', { name: project });
      assert.deepEqual((await row.getByRole('cell').allTextContents()).slice(1), [
        '2.0 MiB',
        '0 bytes',
        '2',
        '2.0 MiB',
      ]);
      await page.getByText('When the limit is reached, no new version is committed').waitFor();
      await assertAccessible(page);
      await page.getByRole('link', { name: 'weights' }).click();
      await page.waitForURL(new RegExp(`/${team}/${project}/artifacts/model/weights`));
    });
  });

  scenario('the audit log is narrowed in its address, and shows before and after but no secret', async (scene) => {
    const { server, team, person, teammate } = scene;
    const secret = { name: 'TOKEN', value: 'a-value-nobody-reads' };
    await rest(server, person.key, `/entities/${team}/secrets`, { method: 'POST', body: secret });
    await visit(scene, person, async ({ page }) => {
      await page.goto(`/${team}/settings/members`);
      await page.getByRole('switch', { name: 'Members manage automations' }).click();
      await until('the setting to be changed', async () => {
        const found = await rest<Record<string, boolean>>(server, person.key, `/entities/${team}/settings`);
        return found.membersManageAutomations === true;
      });
      await choose(page, `Role of ${teammate.username}`, 'viewer');
      await page.getByText(`${teammate.username} is viewer now.`).waitFor();
      await page.getByRole('link', { name: 'Audit log' }).click();
      await page.getByRole('button', { name: 'Secret created' }).waitFor();
      await assertAccessible(page);
      await choose(page, 'Deed', 'Member role changed');
      await page.getByRole('button', { name: 'Secret created' }).waitFor({ state: 'detached' });
      await page.reload();
      await page.getByRole('button', { name: 'Member role changed' }).click();
      const row = page.getByRole('dialog').getByRole('row', { name: 'role' });
      assert.deepEqual(await row.getByRole('cell').allTextContents(), ['role', 'member', 'viewer']);
      await page.getByText(/^Entry \d+ of its chain/).waitFor();
      await assertAccessible(page);
      await page.keyboard.press('Escape');

      const lines = await exportedLines<{ subject: { name: string } }>(page);
      assert.deepEqual(
        lines.map((line) => line.subject.name),
        [teammate.username],
      );
      await page.goto(`/${team}/settings/audit?actorKind=system`);
      await page.getByText('No entry matches').waitFor();
      await page.getByRole('button', { name: 'Show all' }).click();
      await page.getByRole('button', { name: 'Secret created' }).click();
      assert.ok(!(await page.content()).includes(secret.value));
    });
  });
});

test('what differs between before and after is told field by field', () => {
  const before = { role: 'member', event: { type: 'RUN_METRIC', threshold: 1 }, tags: ['a', 'b'], note: '' };
  const after = { role: 'member', event: { type: 'RUN_METRIC', threshold: 2 }, tags: ['a'], note: '', extra: {} };
  assert.deepEqual(changesOf(before, after), [
    { path: 'event.threshold', before: '1', after: '2' },
    { path: 'tags', before: 'a, b', after: 'a' },
    { path: 'extra', before: undefined, after: '{}' },
  ]);
  assert.deepEqual(changesOf(null, { role: 'admin' }), [{ path: 'role', before: undefined, after: 'admin' }]);
  assert.deepEqual(changesOf(null, null), []);
});
