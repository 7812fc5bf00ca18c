import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nodeId } from '../../src/model/wire-id.ts';
import { CREATE_AUTOMATION, CREATE_WEBHOOK } from '../support/documents.ts';
import { may, type Right, type RoleColumn } from '../support/rights-table.ts';
import { asked, askedWire, kept } from './cell.ts';
import { projectNode, REGISTRY, type RightsStage, USERS } from './stage.ts';

const SEE_TEAM: Right = 'see a team, its projects, automations and executions';
const SEE_ROOT: Right = 'see a registry or the organization, and what they automate';

const LISTS = `query Lists($entity: String!, $project: String!) {
  entity(name: $entity) {
    integrations(first: 500) { edges { node { ... on GenericWebhookIntegration { name urlEndpoint } } } }
    triggers(first: 500) { edges { node { name } } }
  }
  project(name: $project, entityName: $entity) { triggers { name } }
  viewer { projects(first: 500) { edges { node { name triggers { name } } } } }
}`;

const UPSERT = `mutation Change($input: UpsertModelInput!) { upsertModel(input: $input) { inserted } }`;
const RENAME = `mutation Rename($input: RenameProjectInput!) { renameProject(input: $input) { inserted } }`;
const DELETE = `mutation Delete($id: String!) { deleteModel(input: { id: $id }) { success } }`;
const CREATE_TEAM = `mutation Team($input: CreateTeamInput!) { createTeam(input: $input) { entity { name } } }`;
const INVITE = `mutation Invite($input: CreateInviteInput!) { createInvite(input: $input) { invite { id } } }`;

/** What each role may do as the client asks for it. */
export function clientRights(role: RoleColumn, stage: () => RightsStage): void {
  const user = USERS[role];
  for (const { kind, entity, project, see, edit } of [
    {
      kind: 'project',
      entity: 'vision',
      project: 'cats',
      see: SEE_TEAM,
      edit: 'edit automations of a project or collection',
    },
    { kind: 'team', entity: 'vision', project: null, see: SEE_TEAM, edit: 'edit automations of a team' },
    {
      kind: 'registry',
      entity: 'acme',
      project: REGISTRY,
      see: SEE_ROOT,
      edit: 'edit automations of a registry or its collections',
    },
    { kind: 'organization', entity: 'acme', project: null, see: SEE_ROOT, edit: 'edit automations of an organization' },
  ] as const) {
    test(`AUT-017: ${kind}: the client creates and lists automations as written`, async () => {
      const { as, rest } = stage();
      const name = stage().fresh('automation');
      const list = `/entities/${entity}/automations`;
      const state = async () => kept(await rest('admin', 'GET', `${list}?name=${name}`));
      const scope =
        project === null
          ? {
              scopeType: 'ENTITY',
              scopeID: nodeId('Entity', stage().seedPlaces.get(`${entity}/${TENANT_OF[entity]}`)!.tenantId),
            }
          : { scopeType: 'PROJECT', scopeID: projectNode(stage(), entity, project) };
      const input = {
        ...scope,
        name,
        enabled: true,
        triggeringEventType: 'LINK_MODEL',
        eventFilter: '{}',
        triggeredActionType: 'NO_OP',
        triggeredActionConfig: { noOpActionInput: { noOp: true } },
      };
      const cell = { allowed: may(role, edit), seen: may(role, see), state };
      await askedWire(cell, () => as(user, CREATE_AUTOMATION, { input }));
      if (!cell.allowed) await askedWire({ ...cell, allowed: true }, () => as('admin', CREATE_AUTOMATION, { input }));
      const lists = await as(user, LISTS, { entity, project: project ?? TENANT_OF[entity] });
      assert.equal(JSON.stringify(lists.data?.entity ?? null).includes(name), cell.seen, JSON.stringify(lists));
      if (project !== null) assert.equal(JSON.stringify(lists.data?.project ?? null).includes(name), cell.seen);
      if (!cell.seen) assert.ok(!JSON.stringify(lists).includes(name), 'projects of the viewer');
    });
  }

  const manages = may(role, 'manage integrations and secrets of a team');
  const names = may(role, 'see names of integrations and secrets of a team');
  const sees = may(role, SEE_TEAM);

  test('the client makes and lists webhooks as written', async () => {
    const { as } = stage();
    const name = stage().fresh('hook');
    const input = { entityName: 'vision', name, urlEndpoint: 'https://example.com/hidden-part' };
    const state = () => stage().rows('integration');
    await askedWire({ allowed: manages, seen: sees, state }, () => as(user, CREATE_WEBHOOK, { input }));
    if (!manages) assert.equal((await as('admin', CREATE_WEBHOOK, { input })).message, '');
    const { data } = await as(user, LISTS, { entity: 'vision', project: 'cats' });
    const listed = JSON.stringify(data?.entity ?? null);
    assert.deepEqual([listed.includes(name), listed.includes('hidden-part')], [names, manages]);
  });

  test('the client changes, renames and deletes a project as written', async () => {
    const { as } = stage();
    const name = stage().fresh('project');
    const made = await as('admin', UPSERT, { input: { name, entityName: 'vision' } });
    assert.equal(made.message, '');
    const found = await as('admin', `query Id($name: String) { project(name: $name, entityName: "vision") { id } }`, {
      name,
    });
    const { id } = found.data.project;
    const state = () => stage().rows('project');
    const cell = { allowed: may(role, 'manage a team and its members'), seen: sees, state };
    await askedWire(cell, () => as(user, UPSERT, { input: { id, description: 'new' } }));
    const newProjectName = stage().fresh('renamed');
    const names = { entityName: 'vision', oldProjectName: name, newProjectName };
    await askedWire(cell, () => as(user, RENAME, { input: names }));
    await askedWire(cell, () => as(user, DELETE, { id }));
  });

  test('the client makes teams and invites as written', async () => {
    const { as, rest } = stage();
    const state = async () => kept(await rest('admin', 'GET', '/entities/vision/invites'));
    const email = `${stage().fresh('guest')}@example.com`;
    const allowed = may(role, 'manage a team and its members');
    await askedWire({ allowed, seen: sees, state }, () => as(user, INVITE, { input: { entityName: 'vision', email } }));
    const organizes = may(role, 'manage an organization, its teams, members and registries');
    const teams = async () => kept(await rest('admin', 'GET', '/organizations/acme'));
    await askedWire({ allowed: organizes, seen: true, state: teams }, () =>
      as(user, CREATE_TEAM, { input: { teamName: stage().fresh('team') } }),
    );
  });

  test('where the team lets its members manage automations, they do; in whole teams and registries they do not', async () => {
    const { rest } = stage();
    const settings = '/entities/vision/settings';
    const path = '/entities/vision/automations';
    const body = (scope: object) => ({
      name: stage().fresh('automation'),
      scope,
      event: { type: 'LINK_MODEL' },
      action: { type: 'NO_OP' },
    });
    const inProject = may(role, 'edit their own automations of a project or collection');
    const inTeam = may(role, 'edit automations of a team');
    const { body: old } = await rest('admin', 'POST', path, body({ kind: 'project', project: 'cats' }));
    assert.equal((await rest('admin', 'PATCH', settings, { membersManageAutomations: true })).status, 200);
    try {
      const cell = { allowed: inProject, seen: sees };
      const scope = { kind: 'project', project: 'cats' };
      await asked({ ...cell, success: 201 }, () => rest(user, 'POST', path, body(scope)));
      await asked(cell, () => rest(user, 'PATCH', `${path}/${old.id}`, { enabled: false }));
      await asked({ ...cell, allowed: inTeam, success: 201 }, () => rest(user, 'POST', path, body({ kind: 'entity' })));
      await asked({ ...cell, success: 204 }, () => rest(user, 'DELETE', `${path}/${old.id}`));
    } finally {
      await rest('admin', 'PATCH', settings, { membersManageAutomations: false });
    }
  });
}

/** A project of each entity, by which the entity itself is found. */
const TENANT_OF: Readonly<Record<string, string>> = { vision: 'cats', acme: REGISTRY };
