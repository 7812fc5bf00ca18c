import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { EntityId, UserId } from '../model/ids.ts';
import { asId } from '../model/ids.ts';
import type { Place, Role, Viewer, Visibility } from '../model/viewer.ts';
import type { Deed } from './deeds.ts';
import { DEEDS } from './deeds.ts';
import { permits } from './permits.ts';
import { roleAt } from './role-at.ts';

const ORG = asId<EntityId>('1');
const TEAM = asId<EntityId>('2');
const PERSONAL = asId<EntityId>('3');

const viewer = (roles: Record<string, Role> = {}, admin = false): Viewer => ({
  userId: asId<UserId>('9'),
  username: 'ann',
  email: undefined,
  admin,
  entityId: PERSONAL,
  defaultEntity: 'ann',
  roles: new Map([[PERSONAL, 'admin'], ...(Object.entries(roles) as [EntityId, Role][])]),
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
