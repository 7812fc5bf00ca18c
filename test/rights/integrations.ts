import assert from 'node:assert/strict';
import { test } from 'node:test';
import { may, type RoleColumn } from '../support/rights-table.ts';
import { asked, kept } from './cell.ts';
import { type RightsStage, USERS } from './stage.ts';

const HOOKS = '/entities/vision/integrations';
const CHANNELS = '/entities/vision/slack-channels';

/** What each role may do to webhooks, Slack channels, and where alerts go. */
export function integrationRights(role: RoleColumn, stage: () => RightsStage): void {
  const user = USERS[role];
  const manages = may(role, 'manage integrations and secrets of a team');
  const names = may(role, 'see names of integrations and secrets of a team');
  const sees = may(role, 'see a team, its projects, automations and executions');

  for (const kind of ['webhook', 'slack'] as const) {
    test(`a ${kind} integration is seen, previewed, tested, renamed and redirected as written`, async () => {
      const { rest } = stage();
      const { id, name } = await integration(stage(), kind);
      const path = `${HOOKS}/${id}`;
      const state = async () => kept(await rest('admin', 'GET', path));
      const cell = { allowed: manages, seen: names, state };
      const shown = await asked({ allowed: names, seen: false }, () => rest(user, 'GET', path));
      assert.equal(JSON.stringify(shown.body).includes('hidden-part'), manages && kind === 'webhook');
      assert.equal((await rest(user, 'GET', HOOKS)).status, sees ? 200 : 404);
      assert.equal((await stage().listed(user, HOOKS)).includes(name), names);
      await asked(cell, () => rest(user, 'PATCH', path, { name: stage().fresh('renamed') }));
      if (kind === 'slack') {
        if (!manages) await asked(cell, () => rest(user, 'POST', `${path}/test`, { payload: null }));
        return;
      }
      await asked(cell, () => rest(user, 'PATCH', path, { url: 'https://example.com/elsewhere' }));
      const uses = may(role, "choose a team's integration");
      await asked({ ...cell, allowed: uses }, () => rest(user, 'POST', `${path}/preview`, { payload: null }));
      await asked(cell, () => rest(user, 'POST', `${path}/test`, { payload: null }));
    });
  }

  test('a Slack channel is made and connected as written', async () => {
    const { rest } = stage();
    const state = () => stage().rows('integration');
    const cell = { allowed: manages, seen: sees, state };
    await asked({ ...cell, success: 201 }, () => rest(user, 'POST', CHANNELS, channel(stage().fresh('channel'))));
    await asked({ allowed: manages, seen: sees }, () => rest(user, 'GET', `${CHANNELS}/connect`));
    const answer = await rest(user, 'POST', `${CHANNELS}/connect`);
    // no app of Slack is set up: whoever may connect is told so
    assert.equal(answer.status, manages ? 409 : sees ? 403 : 404, JSON.stringify(answer.body));
  });

  test('where alerts go is read and set, and notices are read, as written', async () => {
    const { rest } = stage();
    const path = '/entities/vision/alerts';
    const state = async () => kept(await rest('admin', 'GET', path));
    const { id } = await integration(stage(), 'slack');
    await asked({ allowed: names, seen: sees }, () => rest(user, 'GET', path));
    await asked({ allowed: manages, seen: sees, state }, () => rest(user, 'PATCH', path, { runAlert: [id] }));
    await asked({ allowed: manages, seen: sees }, () => rest(user, 'GET', '/entities/vision/notices'));
  });

  test("a team's integration is chosen in an action as written; another user's personal one by nobody", async () => {
    const { rest } = stage();
    const own = '/entities/acme/automations';
    const registry = { kind: 'project', project: 'wandb-registry-models' };
    const { id } = await integration(stage(), 'webhook');
    const action = { type: 'GENERIC_WEBHOOK', payload: null };
    const body = { scope: registry, event: { type: 'LINK_MODEL' } };
    const edits = may(role, 'edit automations of a registry or its collections');
    const uses = may(role, "choose a team's integration");
    const sees = may(role, 'see a registry or the organization, and what they automate');
    const statusOf = async (integrationId: string) => {
      const asked = { ...body, name: stage().fresh('automation'), action: { ...action, integrationId } };
      const answer = await rest(user, 'POST', own, asked);
      if (answer.status === 400)
        assert.match(JSON.stringify(answer.body), /names no webhook integration that you may use/);
      return answer.status;
    };
    const expected = (chosen: boolean) => (edits ? (chosen ? 201 : 400) : sees ? 403 : 404);
    assert.equal(await statusOf(id), expected(uses));
    assert.equal(await statusOf((await integration(stage(), 'webhook', user)).id), expected(true), 'their own');
    const another = await integration(stage(), 'webhook', 'out2');
    assert.equal(await statusOf(another.id), expected(may(role, 'be an instance admin')), "another user's");
    await asked({ allowed: may(role, 'be an instance admin'), seen: false }, () =>
      rest(user, 'GET', `/entities/out2/integrations/${another.id}`),
    );
  });
}

/** What someone of a registry may do who is of a team too. */
export function teamInRegistryRights(stage: () => RightsStage): void {
  test('a registry member chooses the integrations of their team in it; those of the others do so no more than before', async () => {
    const { rest, user, team } = stage();
    await user('toni');
    await team('acme', 'outlets', { toni: 'member' });
    const given = await rest('admin', 'PUT', '/organizations/acme/registries/models/members/toni', { role: 'member' });
    assert.equal(given.status, 204);
    const statusOf = async (entity: string, by: string) => {
      const { id } = await integration(stage(), 'webhook', 'admin', entity);
      const scope = { kind: 'project', project: 'wandb-registry-models' };
      const action = { type: 'GENERIC_WEBHOOK', integrationId: id, payload: null };
      const body = { name: stage().fresh('automation'), scope, event: { type: 'LINK_MODEL' }, action };
      return (await rest(by, 'POST', '/entities/acme/automations', body)).status;
    };
    assert.equal(await statusOf('outlets', 'toni'), 201);
    assert.equal(await statusOf('vision', 'toni'), 400);
    assert.equal(await statusOf('outlets', USERS['registry admin']), 400);
    // viewers of a team choose none of its integrations, whatever they are in the registry
    const demoted = await rest('admin', 'POST', '/entities/outlets/members', { username: 'toni', role: 'viewer' });
    assert.equal(demoted.status, 201, JSON.stringify(demoted.body));
    assert.equal(await statusOf('outlets', 'toni'), 400);
  });
}

const channel = (name: string) => ({
  name,
  teamName: 'Acme',
  channelName: '#models',
  url: 'https://hooks.slack.com/services/T0/B0/hidden-part',
});

async function integration(
  stage: RightsStage,
  kind: 'webhook' | 'slack',
  by = 'admin',
  entity = by === 'admin' ? 'vision' : by,
): Promise<{ id: string; name: string }> {
  const name = stage.fresh(kind);
  const made =
    kind === 'slack'
      ? await stage.rest('admin', 'POST', CHANNELS, channel(name))
      : await stage.rest(by, 'POST', `/entities/${entity}/integrations`, {
          name,
          url: 'https://example.com/hidden-part',
        });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  return made.body;
}
