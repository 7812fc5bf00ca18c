import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { EntityId, ProjectId, UserId } from '../model/ids.ts';
import { asId } from '../model/ids.ts';
import type { Place, RegistryRole, Role, Viewer, Visibility } from '../model/viewer.ts';
import { REGISTRY_ROLES, ROLES } from '../model/viewer.ts';
import type { Deed } from './deeds.ts';
import { DEEDS } from './deeds.ts';
import { denial } from './denial.ts';
import { mayEditAlias } from './may-edit-alias.ts';
import { permits } from './permits.ts';
import { registryRoleAt } from './registry-role-at.ts';
import { roleAt } from './role-at.ts';
import { seenProjects } from './seen-projects.ts';

const ORG = asId<EntityId>('1');
const TEAM = asId<EntityId>('2');
const PERSONAL = asId<EntityId>('3');

const viewer = (
  roles: Record<string, Role> = {},
  admin = false,
  registryRoles: Record<string, RegistryRole> = {},
): Viewer => ({
  userId: asId<UserId>('9'),
  username: 'ann',
  email: undefined,
  admin,
  entityId: PERSONAL,
  defaultEntity: 'ann',
  roles: new Map([[PERSONAL, 'admin'], ...(Object.entries(roles) as [EntityId, Role][])]),
  registryRoles: new Map(Object.entries(registryRoles) as [ProjectId, RegistryRole][]),
});

const project = (visibility: Visibility): Place => ({ tenantId: TEAM, rootId: ORG, visibility });
const team: Place = { tenantId: TEAM, rootId: ORG, visibility: undefined };
const organization: Place = { tenantId: ORG, rootId: ORG, visibility: undefined };
const personal: Place = { tenantId: PERSONAL, rootId: PERSONAL, visibility: undefined };

const allowed = (who: Viewer, place: Place, own = false): Deed[] =>
  DEEDS.filter((deed) => permits(who, deed, place, { own }));

describe('who may do what', () => {
  test('a stranger may do nothing in a team project', () => {
    assert.deepEqual(allowed(viewer(), project('Team')), []);
  });

  test('everybody sees a public project and may also log to an open one', () => {
    assert.deepEqual(allowed(viewer(), project('Public')), ['see']);
    assert.deepEqual(allowed(viewer(), project('Open')), ['see', 'log']);
  });

  test('a viewer sees the project and its members, and writes nothing', () => {
    assert.deepEqual(allowed(viewer({ [TEAM]: 'viewer' }), project('Team')), ['see', 'see_members']);
  });

  test('a member logs, reads payloads and uses integrations', () => {
    assert.deepEqual(allowed(viewer({ [TEAM]: 'member' }), project('Team')), [
      'see',
      'see_payloads',
      'see_integrations',
      'see_members',
      'log',
      'use_integration',
    ]);
  });

  test('a member edits an automation of a project only when it is their own', () => {
    const member = viewer({ [TEAM]: 'member' });
    assert.equal(permits(member, 'edit_automation', project('Team')), false);
    assert.equal(permits(member, 'edit_automation', project('Team'), { own: true }), true);
    assert.equal(permits(member, 'steer_execution', project('Team'), { own: true }), true);
    assert.equal(permits(viewer({ [TEAM]: 'viewer' }), 'edit_automation', project('Team'), { own: true }), false);
  });

  test('AUT-016: where the team lets members, they manage the automations of its projects, but of none that is restricted', () => {
    const letting = (place: Place): Place => ({ ...place, membersManageAutomations: true });
    const [member, watching] = [viewer({ [TEAM]: 'member' }), viewer({ [TEAM]: 'viewer' })];
    for (const deed of ['edit_automation', 'steer_execution'] as const) {
      assert.equal(permits(member, deed, letting(project('Team'))), true);
      assert.equal(permits(member, deed, letting(project('Restricted'))), false);
      assert.equal(permits(member, deed, letting(team)), false);
      assert.equal(permits(watching, deed, letting(project('Team'))), false);
      assert.equal(permits(viewer(), deed, letting(project('Open'))), false);
    }
    assert.equal(permits(member, 'manage_integrations', letting(project('Team'))), false);
  });

  test('executions of an automation that watches a whole entity are steered by admins only', () => {
    const facts = { own: true, wholeEntity: true };
    const place = { ...project('Team'), membersManageAutomations: true };
    assert.equal(permits(viewer({ [TEAM]: 'member' }), 'steer_execution', place, facts), false);
    assert.equal(permits(viewer({ [TEAM]: 'admin' }), 'steer_execution', place, facts), true);
    assert.equal(permits(invited('admin'), 'steer_execution', registry('Team'), facts), false);
    assert.equal(permits(viewer({ [ORG]: 'admin' }), 'steer_execution', registry('Team'), facts), true);
  });

  test('an automation of a whole team is for its admins, also when a member made it', () => {
    assert.equal(permits(viewer({ [TEAM]: 'member' }), 'edit_automation', team, { own: true }), false);
    assert.equal(permits(viewer({ [TEAM]: 'admin' }), 'edit_automation', team), true);
  });

  test('a team admin may do everything in the team and nothing in the organization', () => {
    assert.deepEqual(allowed(viewer({ [TEAM]: 'admin' }), team), [...DEEDS]);
    assert.deepEqual(allowed(viewer({ [TEAM]: 'admin' }), organization), []);
  });

  test('an organization admin is admin of its teams, a member of it has no role there', () => {
    assert.deepEqual(allowed(viewer({ [ORG]: 'admin' }), project('Restricted')), [...DEEDS]);
    assert.deepEqual(allowed(viewer({ [ORG]: 'member' }), team), []);
    assert.equal(roleAt(viewer({ [ORG]: 'member' }), team), undefined);
  });

  test('a restricted project is closed to members of the team, not to its admins', () => {
    assert.deepEqual(allowed(viewer({ [TEAM]: 'member' }), project('Restricted'), true), []);
    assert.equal(permits(viewer({ [TEAM]: 'admin' }), 'see', project('Restricted')), true);
  });

  test('the owner of a personal entity is its admin', () => {
    assert.deepEqual(allowed(viewer(), personal), [...DEEDS]);
  });

  test('an instance admin may do everything everywhere', () => {
    assert.deepEqual(allowed(viewer({}, true), project('Restricted')), [...DEEDS]);
    assert.equal(roleAt(viewer({}, true), organization), 'admin');
  });
});

const REGISTRY = asId<ProjectId>('7');
const registry = (visibility: 'Team' | 'Restricted') => ({
  tenantId: ORG,
  rootId: ORG,
  visibility,
  registryId: REGISTRY,
});
const invited = (role: RegistryRole, inOrganization: Role = 'viewer') =>
  viewer({ [ORG]: inOrganization }, false, { [REGISTRY]: role });

const SEEN = ['see'] satisfies Deed[];
const VIEWED = ['see', 'see_members'] satisfies Deed[];
const WRITTEN = ['see', 'see_payloads', 'see_members', 'log', 'edit_automation', 'steer_execution'] satisfies Deed[];
const GOVERNED = [...WRITTEN, 'manage_project', 'protect', 'manage_members'] satisfies Deed[];
const BY_ROLE = { restricted_viewer: SEEN, viewer: VIEWED, member: WRITTEN, admin: GOVERNED };

describe('who may do what in a registry', () => {
  for (const role of REGISTRY_ROLES) {
    test(`AUT-017: what a ${role} may do in a restricted registry, whoever made an automation`, () => {
      assert.deepEqual(allowed(invited(role), registry('Restricted')), BY_ROLE[role]);
      assert.deepEqual(allowed(invited(role), registry('Restricted'), true), BY_ROLE[role]);
    });
  }

  test('every member of the organization views a registry that is not restricted, a stranger does not', () => {
    for (const role of ['viewer', 'member'] as const) {
      assert.deepEqual(allowed(viewer({ [ORG]: role }), registry('Team')), VIEWED);
      assert.deepEqual(allowed(viewer({ [ORG]: role }), registry('Restricted')), []);
    }
    assert.deepEqual(allowed(viewer({ [TEAM]: 'admin' }), registry('Team')), []);
  });

  test('the highest of the roles counts', () => {
    assert.equal(registryRoleAt(invited('restricted_viewer'), registry('Team')), 'viewer');
    assert.equal(registryRoleAt(invited('member'), registry('Team')), 'member');
    assert.equal(registryRoleAt(invited('viewer', 'admin'), registry('Restricted')), 'admin');
    assert.equal(registryRoleAt(viewer(), registry('Team')), undefined);
  });

  test('admins of the organization and of the instance may do everything', () => {
    assert.deepEqual(allowed(viewer({ [ORG]: 'admin' }), registry('Restricted')), [...DEEDS]);
    assert.deepEqual(allowed(viewer({}, true), registry('Restricted')), [...DEEDS]);
  });

  test('a role in one registry gives none in another, nor in the organization', () => {
    const other = { ...registry('Restricted'), registryId: asId<ProjectId>('8') };
    assert.deepEqual(allowed(viewer({}, false, { [REGISTRY]: 'admin' }), other), []);
    assert.deepEqual(allowed(viewer({}, false, { [REGISTRY]: 'admin' }), organization), []);
  });

  test('AUT-036: members set aliases, but protected ones only admins of the registry', () => {
    const guarded = new Set(['production']);
    const may = (role: RegistryRole, alias: string) => mayEditAlias(invited(role), registry('Team'), alias, guarded);
    assert.deepEqual(
      REGISTRY_ROLES.map((role) => [may(role, 'staging'), may(role, 'production')]),
      [
        [false, false],
        [false, false],
        [true, false],
        [true, true],
      ],
    );
  });

  test('lists show the registries that the table lets see', () => {
    for (const organizationRole of [undefined, ...ROLES]) {
      for (const role of [undefined, ...REGISTRY_ROLES]) {
        for (const visibility of ['Team', 'Restricted'] as const) {
          const roles: Record<string, Role> = organizationRole === undefined ? {} : { [ORG]: organizationRole };
          const who = viewer(roles, false, role === undefined ? {} : { [REGISTRY]: role });
          const seen = seenProjects(who, organization);
          const listed = seen.visibilities.includes(visibility) || seen.registries.includes(REGISTRY);
          assert.equal(listed, permits(who, 'see', registry(visibility)), `${organizationRole} ${role} ${visibility}`);
        }
      }
    }
  });
});

describe('a refusal', () => {
  const vision = { entityName: 'vision', entityKind: 'team' } as const;
  const told = (...of: Parameters<typeof denial>) => denial(...of).message.replace(/^permission denied: /, '');

  test('tells which role is missing, where, and who can give it', () => {
    assert.equal(
      told('manage_integrations', { ...team, ...vision }),
      "to manage integrations, secrets and alerts takes the role admin in 'vision', which an admin of 'vision' or of its organization can give",
    );
    assert.equal(
      told('edit_automation', { ...project('Team'), ...vision }),
      "to make and change automations takes the role admin in 'vision', or a setting that lets its members do so, which an admin of 'vision' or of its organization can give",
    );
    assert.match(
      told('manage_project', { ...organization, entityName: 'acme' }),
      /role admin in 'acme', which an admin of 'acme' can give$/,
    );
    assert.match(told('log', { ...personal, entityName: 'ann', entityKind: 'personal' }), /takes 'ann' in person/);
  });

  test('tells the role of a registry, or that of its organization where no other suffices', () => {
    const registry = {
      ...organization,
      visibility: 'Team',
      registryId: asId<ProjectId>('5'),
      entityName: 'acme',
    } as const;
    assert.match(
      told('protect', registry),
      /role admin in the registry, which an admin of the registry or of 'acme' can give$/,
    );
    assert.match(told('manage_integrations', registry), /role admin in 'acme', which an admin of 'acme' can give$/);
  });

  test('names a role that would do', () => {
    for (const deed of DEEDS) {
      for (const visibility of ['Open', 'Public', 'Team'] as const) {
        const role = /role (\w+) in/.exec(told(deed, project(visibility)))?.[1] as Role;
        assert.ok(permits(viewer({ [TEAM]: role }), deed, project(visibility)), `${deed}: ${role}`);
      }
    }
  });
});
