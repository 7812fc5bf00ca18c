import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { permits } from '../src/access/permits.ts';
import { addMember } from '../src/directory/add-member.ts';
import { changeRegistry } from '../src/directory/change-registry.ts';
import { createRegistry } from '../src/directory/create-registry.ts';
import { deleteProject } from '../src/directory/delete-project.ts';
import { ensureProject } from '../src/directory/ensure-project.ts';
import type { EntityPlace } from '../src/directory/find-entity.ts';
import { findProject, findProjectById } from '../src/directory/find-project.ts';
import type { Registry } from '../src/directory/find-registry.ts';
import { listProjects } from '../src/directory/list-projects.ts';
import { listProjectsOfViewer } from '../src/directory/list-projects-of-viewer.ts';
import { listRegistries } from '../src/directory/list-registries.ts';
import { organizationForNewTeam } from '../src/directory/organization-for-new-team.ts';
import {
  addRegistryMembers,
  removeRegistryMembers,
  setRegistryTeamRole,
  setRegistryUserRole,
} from '../src/directory/registry-members.ts';
import { registryRevision } from '../src/directory/registry-revision.ts';
import { removeMember } from '../src/directory/remove-member.ts';
import { renameProject } from '../src/directory/rename-project.ts';
import { asId, type CollectionId } from '../src/model/ids.ts';
import type { Viewer, Visibility } from '../src/model/viewer.ts';
import { collectionById, insertCollection } from '../src/store/collections.ts';
import type { Ground } from '../src/store/ground.ts';
import { insertMembership, placesOf } from '../src/store/memberships.ts';
import { projectMembersOf } from '../src/store/project-members.ts';
import { projectTeamsOf } from '../src/store/project-teams.ts';
import { protectedAliasesOf, registrySettings } from '../src/store/registries.ts';
import { openStage, refusal, type Stage } from './directory-stage.ts';
import { onOneDatabase } from './support/databases.ts';

let stage: Stage;
let ground: Ground;
let admin: Viewer;

interface Scene {
  readonly organization: EntityPlace;
  readonly team: EntityPlace;
  /** Admin of the organization, member and viewer of it, and somebody who is not in it. */
  readonly head: Viewer;
  readonly member: Viewer;
  readonly stranger: Viewer;
}

async function openScene(): Promise<Scene> {
  const people = await Promise.all(['head', 'member', 'stranger'].map((word) => stage.user(word)));
  const [head, member, stranger] = people as [Viewer, Viewer, Viewer];
  const made = await stage.team([{ username: member.username, role: 'member' }]);
  await addMember(ground, admin, made.organization, { username: head.username, role: 'admin' });
  const team = { ...made.team, tenantId: made.team.id, visibility: undefined };
  const again = ({ username }: Viewer) => stage.signIn(username);
  return { ...made, team, head: await again(head), member: await again(member), stranger };
}

function create({ organization, head }: Scene, word: string, visibility: Visibility = 'Team', types: string[] = []) {
  const name = `wandb-registry-${word}`;
  return createRegistry(ground, head, organization, {
    name,
    visibility,
    description: null,
    allowAllTypes: null,
    types,
  });
}

const sees = async ({ username }: Viewer, { id }: Registry): Promise<boolean> =>
  (await findProjectById(ground, await stage.signIn(username), id)) !== undefined;

const settingsOf = async ({ id, tenantId }: Registry) =>
  (await registrySettings(ground.database, [{ projectId: id, tenantId }])).get(id);

const rolesIn = async ({ id }: Registry) =>
  (await projectMembersOf(ground.database, id)).map(({ username, role }) => [username, role]);

onOneDatabase('oldest', (name) => {
  before(async () => {
    stage = await openStage(name);
    ({ ground, admin } = stage);
  });

  after(() => stage.drop());

  describe('registries', () => {
    test('only an admin of the organization creates one, and is its admin', async () => {
      const scene = await openScene();
      const input = {
        name: 'wandb-registry-model',
        visibility: 'Team',
        description: 'models',
        allowAllTypes: null,
        types: [],
      } as const;
      await assert.rejects(createRegistry(ground, scene.member, scene.organization, input), refusal('forbidden'));
      await assert.rejects(createRegistry(ground, scene.stranger, scene.organization, input), refusal('not_found'));
      const registry = await createRegistry(ground, scene.head, scene.organization, input);
      assert.equal(registry.registryId, registry.id);
      assert.deepEqual(await rolesIn(registry), [[scene.head.username, 'admin']]);
      await assert.rejects(createRegistry(ground, scene.head, scene.organization, input), refusal('conflict'));
    });

    test('a name without the prefix, an open visibility and a type with a slash are refused', async () => {
      const scene = await openScene();
      await assert.rejects(create(scene, 'x', 'Open'), refusal('invalid', /organization/));
      await assert.rejects(create(scene, 'x', 'Team', ['a/b']), refusal('invalid', /a\/b/));
      await assert.rejects(create(scene, ''), refusal('invalid'));
    });

    test('a registry never comes to be by logging a run, but the legacy project of a team does', async () => {
      const { organization, head, member, team } = await openScene();
      const logged = ensureProject(ground, head, organization.name, 'wandb-registry-model');
      await assert.rejects(logged, refusal('not_found', /registry/));
      assert.equal((await ensureProject(ground, member, team.name, 'model-registry')).registryId, null);
      assert.equal((await ensureProject(ground, member, team.name, 'wandb-registry-x')).registryId, null);
    });

    test('types are added and never taken away', async () => {
      const scene = await openScene();
      const open = await create(scene, 'open');
      assert.deepEqual(await settingsOf(open), { allowAllTypes: true, types: [], protectedAliases: [] });
      const closed = await create(scene, 'closed', 'Team', ['model']);
      await changeRegistry(ground, scene.head, closed, { addedTypes: ['dataset', 'model'] });
      assert.deepEqual((await settingsOf(closed))?.types, ['dataset', 'model']);
      assert.equal((await settingsOf(closed))?.allowAllTypes, false);
    });

    test('only its admins change it, and what is not named stays', async () => {
      const scene = await openScene();
      const registry = await create(scene, 'model');
      await assert.rejects(changeRegistry(ground, scene.member, registry, { description: 'x' }), refusal('forbidden'));
      await setRegistryUserRole(ground, scene.head, registry, scene.member.userId, 'admin');
      const promoted = await stage.signIn(scene.member.username);
      const changed = await changeRegistry(ground, promoted, registry, { visibility: 'Restricted' });
      assert.deepEqual([changed.visibility, changed.description], ['Restricted', null]);
      const again = await changeRegistry(ground, promoted, changed, {
        description: 'ours',
        protectedAliases: ['prod'],
      });
      assert.deepEqual([again.visibility, again.description], ['Restricted', 'ours']);
      const key = { tenantId: again.tenantId, projectId: again.id };
      assert.deepEqual([...(await protectedAliasesOf(ground.database, key))], ['prod']);
      await assert.rejects(
        changeRegistry(ground, promoted, changed, { protectedAliases: ['latest'] }),
        refusal('invalid'),
      );
    });

    test('of changes from one revision the first counts, and what a change does not name stays as it is now', async () => {
      const scene = await openScene();
      const registry = await create(scene, 'model');
      const revision = registryRevision(registry, await settingsOf(registry));
      const answers = await Promise.allSettled(
        ['one', 'two'].map((description) => changeRegistry(ground, scene.head, registry, { description, revision })),
      );
      assert.deepEqual(answers.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected']);
      const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason.code] : []));
      assert.deepEqual(refused, ['conflict']);
      // each was read before the other was changed
      await Promise.all([
        changeRegistry(ground, scene.head, registry, { description: 'three' }),
        changeRegistry(ground, scene.head, registry, { visibility: 'Restricted' }),
      ]);
      const after = await findProjectById(ground, scene.head, registry.id);
      assert.deepEqual([after?.description, after?.visibility], ['three', 'Restricted']);
    });

    test('a renamed registry stays one under the same id', async () => {
      const scene = await openScene();
      const registry = await create(scene, 'old');
      await create(scene, 'taken');
      const rename = (to: string, who = scene.head) => renameProject(ground, who, registry, to);
      await assert.rejects(rename('wandb-registry-taken'), refusal('conflict'));
      await assert.rejects(rename('plain'), refusal('invalid'));
      await assert.rejects(rename('wandb-registry-new', scene.member), refusal('forbidden'));
      assert.equal((await rename('wandb-registry-new')).id, registry.id);
      assert.equal(await findProject(ground, scene.head, scene.organization.name, 'wandb-registry-old'), undefined);
    });
  });

  describe('who sees a registry', () => {
    test('the whole organization, or only whom it invites', async () => {
      const scene = await openScene();
      const open = await create(scene, 'open');
      const restricted = await create(scene, 'restricted', 'Restricted');
      const seenBy = async (who: Viewer) => [await sees(who, open), await sees(who, restricted)];
      assert.deepEqual(await seenBy(scene.member), [true, false]);
      assert.deepEqual(await seenBy(scene.stranger), [false, false]);
      await addRegistryMembers(ground, scene.head, restricted, { userIds: [scene.member.userId], teamIds: [] });
      assert.deepEqual(await seenBy(scene.member), [true, true]);
      await removeRegistryMembers(ground, scene.head, restricted, { userIds: [scene.member.userId], teamIds: [] });
      assert.deepEqual(await seenBy(scene.member), [true, false]);
    });

    test('members of a team that is invited, as long as they are in it', async () => {
      const scene = await openScene();
      const registry = await create(scene, 'restricted', 'Restricted');
      await setRegistryTeamRole(ground, scene.head, registry, scene.team.id, 'member');
      const member = await stage.signIn(scene.member.username);
      assert.equal(permits(member, 'edit_automation', registry), true);
      await removeMember(ground, admin, scene.team, member.username);
      assert.equal(await sees(member, registry), false);
    });

    test('every list shows just what may be read one by one', async () => {
      const scene = await openScene();
      const open = await create(scene, 'open');
      const restricted = await create(scene, 'restricted', 'Restricted');
      await create(scene, 'hidden', 'Restricted');
      await setRegistryUserRole(ground, scene.head, restricted, scene.member.userId, 'restricted_viewer');
      const member = await stage.signIn(scene.member.username);
      const page = { after: null, limit: 50 };
      const names = (rows: readonly { name: string }[]) => rows.map((row) => row.name).sort();
      const expected = names([open, restricted]);
      assert.deepEqual(names(await listRegistries(ground, member, scene.organization, page)), expected);
      assert.deepEqual(names((await listProjects(ground, member, scene.organization.name, page)).items), expected);
      assert.deepEqual(names((await listProjectsOfViewer(ground, member, page)).items), expected);
    });
  });

  describe('members of a registry', () => {
    test('who is added becomes a viewer, who is one already keeps the role', async () => {
      const scene = await openScene();
      const registry = await create(scene, 'model');
      const parties = { userIds: [scene.member.userId], teamIds: [scene.team.id] };
      await addRegistryMembers(ground, scene.head, registry, parties);
      await setRegistryUserRole(ground, scene.head, registry, scene.member.userId, 'member');
      await addRegistryMembers(ground, scene.head, registry, parties);
      const member = [scene.member.username, 'member'];
      assert.deepEqual(await rolesIn(registry), [[scene.head.username, 'admin'], member]);
      const teams = await projectTeamsOf(ground.database, registry.id);
      assert.deepEqual(
        teams.map(({ team, role }) => [team.name, role]),
        [[scene.team.name, 'viewer']],
      );
    });

    test('only an admin of the organization brings in somebody new, who joins it as a viewer', async () => {
      const scene = await openScene();
      const registry = await create(scene, 'model');
      await setRegistryUserRole(ground, scene.head, registry, scene.member.userId, 'admin');
      const member = await stage.signIn(scene.member.username);
      const add = (who: Viewer) => setRegistryUserRole(ground, who, registry, scene.stranger.userId, 'member');
      await assert.rejects(add(member), refusal('not_found'));
      await add(scene.head);
      const joined = await stage.signIn(scene.stranger.username);
      assert.equal(joined.roles.get(scene.organization.id), 'viewer');
      assert.equal(permits(joined, 'log', registry), true);
    });

    test('who leaves the organization leaves its registries', async () => {
      const scene = await openScene();
      const registry = await create(scene, 'model');
      await setRegistryUserRole(ground, scene.head, registry, scene.member.userId, 'admin');
      await removeMember(ground, admin, scene.organization, scene.member.username);
      assert.equal(await sees(scene.member, registry), false);
      assert.deepEqual(await rolesIn(registry), [[scene.head.username, 'admin']]);
    });

    test('a team of another organization is refused, and a viewer changes nobody', async () => {
      const scene = await openScene();
      const registry = await create(scene, 'model');
      const other = await stage.team([]);
      await assert.rejects(
        setRegistryTeamRole(ground, scene.head, registry, other.team.id, 'viewer'),
        refusal('not_found'),
      );
      const parties = { userIds: [scene.member.userId], teamIds: [] };
      await assert.rejects(addRegistryMembers(ground, scene.member, registry, parties), refusal('forbidden'));
    });

    test('the team that a client makes without naming an organization is in the newest of several', async () => {
      const scene = await openScene();
      const second = await stage.team([]);
      await addMember(ground, admin, second.organization, { username: scene.head.username, role: 'admin' });
      const chosen = await organizationForNewTeam(ground, await stage.signIn(scene.head.username));
      assert.equal(chosen.name, second.organization.name);
    });
  });

  describe('deleting a registry', () => {
    test('ends its collections and links, not the versions that they linked to; the name is free', async () => {
      const scene = await openScene();
      const registry = await create(scene, 'model');
      const artifact = { tenantId: scene.team.tenantId, artifactId: asId<never>('77') };
      const key = { tenantId: registry.tenantId, collectionId: asId<CollectionId>(ground.ids.next(Date.now())) };
      await ground.database.transaction(async (tx) => {
        const fields = { projectId: registry.id, name: 'best', kind: 'portfolio', typeName: 'model' } as const;
        const now = Date.now();
        await insertCollection(tx, { ...key, ...fields, description: null, createdBy: scene.head.userId, now });
        await insertMembership(tx, { ...key, artifact, by: scene.head.userId, now });
      });
      await assert.rejects(deleteProject(ground, scene.member, registry), refusal('forbidden'));
      await deleteProject(ground, scene.head, registry);
      assert.equal(await sees(scene.head, registry), false);
      assert.equal(await collectionById(ground.database, key), undefined);
      assert.deepEqual(await placesOf(ground.database, artifact), []);
      await assert.rejects(deleteProject(ground, scene.head, registry), refusal('not_found'));
      assert.notEqual((await create(scene, 'model')).id, registry.id);
    });
  });
});
