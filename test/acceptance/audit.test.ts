import { deepStrictEqual, ok } from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Ledger } from '../support/audit-ledger.ts';
import { type AuditStage, clientDocument as doc, openAuditStage, operationsOf } from '../support/audit-stage.ts';
import { definition } from '../support/automation.ts';
import { rest } from '../support/rest.ts';
import type { Person, Scene } from '../support/scene.ts';
import type { Server } from '../support/server.ts';
import type { SlackServer } from '../support/slack-server.ts';
import { metric } from '../support/wire-events.ts';

const CANARY = 'canary-of-the-audit-log';
const E = '/api/v1/entities/:entity';
const O = '/api/v1/organizations/:org';

let stage: AuditStage;
let slack: SlackServer;
let server: Server;
let ledger: Ledger;
let admin: Person;

const scene = (): Promise<Scene> => stage.scene();
const facts = () => [ledger.last?.before, ledger.last?.after];
type Named = { result: Record<string, { id: string; name: string }> };

describe('each deed leaves one entry: who, what, before and after, from where', () => {
  before(async () => {
    stage = await openAuditStage();
    ({ slack, server, ledger, admin } = stage);
  });
  after(() => stage.drop());

  test('users, organizations, teams and their members', async () => {
    const { team, organization: org, person, teammate } = await scene();
    const body = { username: 'ann-audited', email: 'ann@example.com', apiKey: `${CANARY}-key-of-ann-which-is-long` };
    await ledger.route(admin, 'user.created', 'POST /api/v1/users', { body });
    deepStrictEqual(facts(), [
      null,
      { admin: false, apiKey: true, email: body.email, password: false, username: body.username },
    ]);
    await ledger.refused(admin, 409, 'POST /api/v1/users', { body });
    await ledger.refused(person, 403, 'POST /api/v1/users', { body: { username: 'other' } });
    await ledger.graphql(admin, 'user.created')(doc('CreateUserFromAdmin'), { email: 'bob-audited@example.com' });
    await ledger.graphql(person, 'user.changed')(doc('UpdateUser'), { entity: team });

    await ledger.route(admin, 'organization.created', 'POST /api/v1/organizations', { body: { name: 'org-audited' } });
    await ledger.route(person, 'team.created', `POST ${O}/teams`, { at: { org }, body: { name: 'team-audited' } });
    await ledger.graphql(person, 'team.created')(doc('CreateTeam'), { teamName: 'team-by-client' });

    for (const [owners, name] of [
      ['organizations', org],
      ['entities', team],
    ] as const) {
      const path = `/api/v1/${owners}/:name/members`;
      const join = (role: string) => ({ at: { name }, body: { username: 'ann-audited', role } });
      await ledger.refused(teammate, 403, `POST ${path}`, join('member'));
      await ledger.route(person, 'member.added', `POST ${path}`, join('member'));
      await ledger.route(person, 'member.role_changed', `POST ${path}`, join('viewer'));
      deepStrictEqual(facts(), [{ role: 'member' }, { role: 'viewer' }]);
      const gone = { at: { name, username: 'ann-audited' } };
      await ledger.route(person, 'member.removed', `DELETE ${path}/:username`, gone);
      deepStrictEqual(facts(), [{ role: 'viewer' }, null]);
      await ledger.refused(person, 404, `DELETE ${path}/:username`, gone);
    }
    await ledger.route(admin, 'user.deleted', 'DELETE /api/v1/users/:username', { at: { username: 'ann-audited' } });
    const other = await scene();
    const watch = await other.automation(metric('loss', '$gt', 10));
    await ledger.route(admin, 'organization.deleted', `DELETE ${O}`, { at: { org: other.organization } });
    const [was] = facts() as unknown as [{ automations: { name: string }[] }];
    deepStrictEqual(
      was.automations.map(({ name }) => name),
      [watch.name],
    );
  });

  test('invitations, service accounts, settings and keys', async () => {
    const { team: entity, person, teammate, graphql } = await scene();
    const at = { entity };
    for (const username of ['carl-audited', 'dora-audited']) {
      await rest(server, admin.key, '/users', { method: 'POST', body: { username, email: `${username}@example.com` } });
    }
    const invites = `${E}/invites`;
    const invited = (email: string) => ({ at, body: { email, role: 'member' } });
    const { invite } = await ledger.route<{ invite: { id: string } }>(
      person,
      'member.invited',
      `POST ${invites}`,
      invited('new@example.com'),
    );
    await ledger.refused(person, 409, `POST ${invites}`, invited('new@example.com'));
    await ledger.route(person, 'member.added', `POST ${invites}`, invited('carl-audited@example.com'));
    const withdrawn = { at: { entity, invite: invite.id } };
    await ledger.route(person, 'member.invitation_withdrawn', `DELETE ${invites}/:invite`, withdrawn);
    const mail = { entity, email: 'newer@example.com' };
    const byClient = await ledger.graphql(person, 'member.invited')<Named>(doc('CreateInvite'), mail);
    await ledger.graphql(person, 'member.added')(doc('CreateInvite'), { entity, username: 'dora-audited' });
    const pending = { entity, id: byClient.result.invite?.id };
    await ledger.graphql(person, 'member.invitation_withdrawn')(doc('DeleteInvite'), pending);
    const found = await graphql<{ entity: { members: { id: string; name: string }[] } }>(doc('GetTeamEntity'), {
      name: entity,
    });
    const dora = found.entity.members.find(({ name }) => name === 'dora-audited');
    await ledger.graphql(person, 'member.removed')(doc('DeleteInvite'), { entity, id: dora?.id });

    const accounts = `${E}/service-accounts`;
    const body = { description: 'trainer' };
    await ledger.refused(teammate, 403, `POST ${accounts}`, { at, body });
    const { username = '' } = await ledger.route(person, 'service_account.created', `POST ${accounts}`, { at, body });
    const account = { at: { entity, username } };
    const renamed = { ...account, body: { description: 'nightly trainer' } };
    await ledger.route(person, 'service_account.changed', `PATCH ${accounts}/:username`, renamed);
    await ledger.route(person, 'service_account.key_rotated', `POST ${accounts}/:username/rotate-key`, account);
    await ledger.route(person, 'service_account.deleted', `DELETE ${accounts}/:username`, account);
    await ledger.graphql(person, 'service_account.created')(
      `mutation CreateServiceAccount($entity: String!) {
        createServiceAccount(input: { entityName: $entity, description: "by client" }) { user { id } } }`,
      { entity },
    );

    const on = { at, body: { membersManageAutomations: true } };
    await ledger.refused(teammate, 403, `PATCH ${E}/settings`, on);
    await ledger.route(person, 'team.settings_changed', `PATCH ${E}/settings`, on);
    deepStrictEqual(facts(), [{ membersManageAutomations: false }, { membersManageAutomations: true }]);

    const session = { body: { apiKey: person.key } };
    const browser = await ledger.route(person, 'session.began', 'POST /api/v1/session', session);
    const one = { at: { id: browser.id ?? '' } };
    await ledger.route(person, 'session.ended', 'DELETE /api/v1/viewer/sessions/:id', one);
    await ledger.route(person, 'sessions.ended', 'DELETE /api/v1/viewer/sessions');
    const password = { body: { password: `${CANARY} of a person` } };
    await ledger.route(person, 'user.password_changed', 'PUT /api/v1/viewer/password', password);

    const { id = '' } = await ledger.route(person, 'api_key.created', 'POST /api/v1/viewer/api-keys', { body: {} });
    await ledger.route(person, 'api_key.deleted', 'DELETE /api/v1/viewer/api-keys/:id', { at: { id } });
    const made = await ledger.graphql(person, 'api_key.created')<Named>(doc('GenerateApiKey'), { description: 'ci' });
    await ledger.graphql(person, 'api_key.deleted')(doc('DeleteApiKey'), { id: made.result.apiKey?.id });
  });

  test('secrets, webhooks, Slack channels and alerts', async () => {
    const { team: entity, person, teammate } = await scene();
    const at = { entity };
    const value = `${CANARY} of a secret`;
    const secrets = `${E}/secrets`;
    const named = { at: { entity, secret: 'TOKEN' } };
    await ledger.refused(teammate, 403, `POST ${secrets}`, { at, body: { name: 'TOKEN', value } });
    await ledger.route(person, 'secret.created', `POST ${secrets}`, { at, body: { name: 'TOKEN', value } });
    await ledger.refused(person, 409, `POST ${secrets}`, { at, body: { name: 'TOKEN', value } });
    await ledger.route(person, 'secret.rotated', `PUT ${secrets}/:secret`, { ...named, body: { value: `${value} 2` } });
    const access = { headerTemplates: false };
    await ledger.route(person, 'secret.access_changed', `PATCH ${secrets}/:secret`, { ...named, body: { access } });

    const integrations = `${E}/integrations`;
    const url = `${stage.inbox()}?token=${CANARY}`;
    const hook = { name: 'pager', url, headers: { 'X-Key': CANARY }, accessTokenRef: 'TOKEN' };
    const { id = '' } = await ledger.route(person, 'webhook.created', `POST ${integrations}`, { at, body: hook });
    const one = { at: { entity, integration: id } };
    const patch = (body: object) => ({ ...one, body });
    await ledger.refused(person, 409, `DELETE ${secrets}/:secret`, named);
    await ledger.route(person, 'webhook.changed', `PATCH ${integrations}/:integration`, patch({ url: `${url}2` }));
    const [, is] = facts() as unknown as [unknown, { changed: unknown }];
    deepStrictEqual(is.changed, ['url']);
    await ledger.route(person, 'webhook.tested', `POST ${integrations}/:integration/test`, patch({ payload: {} }));
    await ledger.route(person, 'webhook.disabled', `PATCH ${integrations}/:integration`, patch({ enabled: false }));
    await ledger.route(person, 'webhook.enabled', `PATCH ${integrations}/:integration`, patch({ enabled: true }));
    await ledger.refused(teammate, 403, `DELETE ${integrations}/:integration`, one);
    await ledger.route(person, 'webhook.deleted', `DELETE ${integrations}/:integration`, one);
    await ledger.route(person, 'secret.deleted', `DELETE ${secrets}/:secret`, { ...named, query: '?force=true' });
    const input = { entityName: entity, name: 'by client', urlEndpoint: url };
    await ledger.graphql(person, 'webhook.created')(doc('CreateGenericWebhookIntegration'), { input });

    const body = { teamName: 'Acme', channelName: '#alerts', url: slack.hook().url };
    const channel = await ledger.route(person, 'slack_channel.created', `POST ${E}/slack-channels`, { at, body });
    const pasted = (change?: object) => ({ at: { entity, integration: channel.id ?? '' }, body: change });
    for (const [deed, change] of [
      ['slack_channel.changed', { name: 'alarms' }],
      ['slack_channel.disabled', { enabled: false }],
      ['slack_channel.enabled', { enabled: true }],
    ] as const) {
      await ledger.route(person, deed, `PATCH ${integrations}/:integration`, pasted(change));
    }
    await ledger.route(person, 'slack_channel.tested', `POST ${integrations}/:integration/test`, pasted({}));
    const told = { at, body: { runAlert: [channel.id] } };
    await ledger.refused(teammate, 403, `PATCH ${E}/alerts`, told);
    await ledger.route(person, 'alerts.changed', `PATCH ${E}/alerts`, told);
    await ledger.route(person, 'alerts.changed', `PATCH ${E}/alerts`, { at, body: { runAlert: [] } });
    await ledger.route(person, 'slack_channel.deleted', `DELETE ${integrations}/:integration`, pasted());
    for (const deed of ['slack_channel.created', 'slack_channel.changed'] as const) {
      const path = `/entities/${entity}/slack-channels/connect`;
      const { authorizeUrl } = await rest<{ authorizeUrl: string }>(server, person.key, path, { method: 'POST' });
      const chosen = { team: { id: 'T1', name: 'Acme' }, channel: { id: 'C1', name: '#all' } };
      const query = new URL(slack.authorize(authorizeUrl, chosen)).search;
      await ledger.route(person, deed, 'GET /slack/callback', { query });
      await ledger.refused(person, 400, 'GET /slack/callback', { query });
    }
  });

  test('automations and executions', async () => {
    const lab = await scene();
    const { team: entity, person, teammate, project } = lab;
    const at = { entity };
    const automations = `${E}/automations`;
    const event = { type: 'RUN_STATE', states: ['FAILED'] };
    const body = { name: 'watch', scope: { kind: 'project', project }, event, action: { type: 'NO_OP' } };
    await ledger.refused(teammate, 403, `POST ${automations}`, { at, body });
    const { id: automation = '' } = await ledger.route(person, 'automation.created', `POST ${automations}`, {
      at,
      body,
    });
    const one = { at: { entity, automation } };
    for (const [deed, change] of [
      ['automation.changed', { description: 'why' }],
      ['automation.disabled', { enabled: false }],
      ['automation.enabled', { enabled: true }],
    ] as const) {
      await ledger.route(person, deed, `PATCH ${automations}/:automation`, { ...one, body: change });
    }
    await ledger.route(admin, 'automation.taken_over', `POST ${automations}/:automation/take-over`, one);
    await ledger.route(person, 'automation.deleted', `DELETE ${automations}/:automation`, one);
    await ledger.refused(person, 404, `DELETE ${automations}/:automation`, one);

    const webhook = await lab.webhook();
    const input = { ...definition(lab, webhook), ...metric('loss', '$gt', 10) };
    const made = await ledger.graphql(person, 'automation.created')<Named>(doc('CreateAutomation'), { input });
    const id = made.result.trigger?.id;
    for (const [deed, change] of [
      ['automation.changed', { description: 'why' }],
      ['automation.disabled', { enabled: false }],
      ['automation.enabled', { enabled: true }],
    ] as const) {
      await ledger.graphql(person, deed)(doc('UpdateAutomation'), { input: { id, ...input, ...change } });
    }
    await ledger.graphql(person, 'automation.deleted')(doc('DeleteAutomation'), { id });

    const watch = await lab.automation(metric('loss', '$gt', 10));
    watch.inbox.reply(404);
    await (await lab.run()).log({ loss: 11 });
    const failed = await watch.becomes('failed');
    const executions = `${E}/executions`;
    const failure = { at: { entity, id: failed.id } };
    await ledger.refused(teammate, 403, `POST ${executions}/:id/retry`, failure);
    await ledger.route(person, 'execution.retried', `POST ${executions}/:id/retry`, failure);
    await watch.becomes('finished');
    await ledger.refused(person, 409, `POST ${executions}/:id/retry`, failure);
    watch.inbox.reply(404);
    await (await lab.run()).log({ loss: 11 });
    await watch.becomes('failed');
    const many = (deed: string) => ({ at, body: { deed, filter: { automation: watch.name } } });
    await ledger.route(person, 'executions.retried', `POST ${executions}/bulk`, many('retry'));
    deepStrictEqual(facts(), [null, { status: 'pending', count: 1, filter: { automation: [watch.name] } }]);
    await watch.becomes('finished');

    const { items } = await rest<{ items: { id: string; name: string }[] }>(
      server,
      person.key,
      `/entities/${entity}/integrations`,
    );
    const hook = items.find(({ name }) => name === watch.name)?.id;
    const enable = (enabled: boolean) =>
      rest(server, person.key, `/entities/${entity}/integrations/${hook}`, { method: 'PATCH', body: { enabled } });
    await enable(false);
    await (await lab.run()).log({ loss: 11 });
    const skipped = await watch.becomes('skipped');
    await enable(true);
    await ledger.route(person, 'execution.run_anyway', `POST ${executions}/:id/run`, {
      at: { entity, id: skipped.id },
    });
    await watch.becomes('finished');
    await enable(false);
    await (await lab.run()).log({ loss: 11 });
    await watch.becomes('skipped');
    await enable(true);
    await ledger.route(person, 'executions.run_anyway', `POST ${executions}/bulk`, many('run'));
    await watch.becomes('finished');

    watch.inbox.reply(503, 503);
    await (await lab.run()).log({ loss: 11 });
    const { id: stuck } = await watch.becomes('pending');
    const waiting = { at: { entity, id: stuck } };
    await ledger.refused(teammate, 403, `POST ${executions}/:id/cancel`, waiting);
    await ledger.route(person, 'execution.cancelled', `POST ${executions}/:id/cancel`, waiting);
    deepStrictEqual(facts(), [{ status: 'pending' }, { status: 'cancelled' }]);
    await ledger.refused(person, 409, `POST ${executions}/:id/cancel`, waiting);
    await (await lab.run()).log({ loss: 11 });
    await watch.becomes('pending');
    await ledger.route(person, 'executions.cancelled', `POST ${executions}/bulk`, many('cancel'));
  });

  test('every operation that is audited was done', () => {
    deepStrictEqual([...ledger.done].sort(), operationsOf('governed'));
  });

  test('no entry holds a secret, a key, an address or a header', async () => {
    const text = JSON.stringify(await ledger.entries());
    for (const hidden of [CANARY, '?token', '/services/T', admin.key, 'xoxb-', slack.app.clientSecret]) {
      ok(!text.includes(hidden), hidden);
    }
    ok(text.includes(new URL(stage.inbox()).origin));
  });
});
