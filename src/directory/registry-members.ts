import { demand } from '../access/demand.ts';
import { permits } from '../access/permits.ts';
import { notFound } from '../model/error.ts';
import type { EntityId, UserId } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import type { RegistryRole, Viewer } from '../model/viewer.ts';
import type { Transaction } from '../store/database.ts';
import { lockEntity } from '../store/entities.ts';
import type { Ground } from '../store/ground.ts';
import { addMemberIfMissing, roleOfMember } from '../store/members.ts';
import { projectMembersOf, removeProjectMembers, setProjectMember } from '../store/project-members.ts';
import { projectTeamsOf, removeProjectTeams, setProjectTeam } from '../store/project-teams.ts';
import { lockProject } from '../store/projects.ts';
import { userById } from '../store/users.ts';
import type { Registry } from './find-registry.ts';
import { identityChanged } from './identity-changes.ts';
import { refuseServiceAccount } from './member-input.ts';
import { recordProject } from './record-project.ts';

/** Users and teams of a registry. */
export interface RegistryParties {
  readonly userIds: readonly UserId[];
  readonly teamIds: readonly EntityId[];
}

/** What W&B gives to users and teams that are added (its documentation of registry roles). */
const FIRST_ROLE: RegistryRole = 'viewer';

/**
 * Adds users and teams of the organization to a registry, as viewers; who is a member already keeps the role. An admin
 * of the organization may add any user, who then joins the organization as a viewer. For the registry's admins.
 *
 * @throws TriplineError not_found, forbidden, invalid
 */
export async function addRegistryMembers(
  ground: Ground,
  viewer: Viewer,
  registry: Registry,
  parties: RegistryParties,
): Promise<void> {
  await edit(ground, viewer, registry, async (tx) => {
    const [members, teams] = await Promise.all([projectMembersOf(tx, registry.id), projectTeamsOf(tx, registry.id)]);
    const newUsers = parties.userIds.filter((id) => !members.some(({ userId }) => userId === id));
    const newTeams = parties.teamIds.filter((id) => !teams.some(({ team }) => team.id === id));
    for (const userId of newUsers) await giveUser(tx, ground, viewer, registry, userId, FIRST_ROLE);
    for (const teamId of newTeams) await giveTeam(tx, ground, registry, teamId, FIRST_ROLE);
  });
}

/** Ends the roles of users and teams in a registry; who has none is passed over. @throws TriplineError not_found, forbidden */
export async function removeRegistryMembers(
  ground: Ground,
  viewer: Viewer,
  registry: Registry,
  { userIds, teamIds }: RegistryParties,
): Promise<void> {
  await edit(ground, viewer, registry, async (tx) => {
    await removeProjectMembers(tx, registry.id, userIds);
    await removeProjectTeams(tx, registry.id, teamIds);
  });
}

/** Gives a user a role in a registry, member of it or not yet. @throws TriplineError not_found, forbidden, invalid */
export async function setRegistryUserRole(
  ground: Ground,
  viewer: Viewer,
  registry: Registry,
  userId: UserId,
  role: RegistryRole,
): Promise<void> {
  await edit(ground, viewer, registry, (tx) => giveUser(tx, ground, viewer, registry, userId, role));
}

/** Gives the members of a team a role in a registry. @throws TriplineError not_found, forbidden, invalid */
export async function setRegistryTeamRole(
  ground: Ground,
  viewer: Viewer,
  registry: Registry,
  teamId: EntityId,
  role: RegistryRole,
): Promise<void> {
  await edit(ground, viewer, registry, (tx) => giveTeam(tx, ground, registry, teamId, role));
}

async function edit(
  ground: Ground,
  viewer: Viewer,
  registry: Registry,
  work: (tx: Transaction) => Promise<void>,
): Promise<void> {
  demand(viewer, 'manage_members', registry, `registry '${registry.name}'`);
  await ground.database.transaction(async (tx) => {
    // the organization first, like whoever deletes it
    const organization = await lockEntity(tx, registry.rootId, 'shared');
    if (organization === undefined || !(await lockProject(tx, registry))) {
      throw notFound(`registry '${registry.name}' not found`);
    }
    const before = await membersNow(tx, registry);
    await work(tx);
    const after = await membersNow(tx, registry);
    const now = ground.clock.now();
    await recordProject(tx, viewer, registry, { deed: 'registry.members_changed', before, after, now });
  });
  identityChanged(ground.database);
}

async function membersNow(tx: Transaction, { id }: Registry): Promise<Json> {
  const [members, teams] = await Promise.all([projectMembersOf(tx, id), projectTeamsOf(tx, id)]);
  return {
    users: Object.fromEntries(members.map(({ username, role }) => [username, role])),
    teams: Object.fromEntries(teams.map(({ team, role }) => [team.name, role])),
  };
}

async function giveUser(
  tx: Transaction,
  ground: Ground,
  viewer: Viewer,
  registry: Registry,
  userId: UserId,
  role: RegistryRole,
): Promise<void> {
  const user = await userById(tx, userId);
  const now = ground.clock.now();
  const organization = { tenantId: registry.tenantId, rootId: registry.rootId, visibility: undefined };
  const mayInvite = permits(viewer, 'manage_members', organization);
  if (user === undefined || !(mayInvite || (await roleOfMember(tx, registry.rootId, userId)) !== undefined)) {
    throw notFound(`no such user in the organization '${registry.entityName}'; its admins add users`);
  }
  // one of a team of the organization is in it already
  if ((await roleOfMember(tx, registry.rootId, userId)) === undefined) refuseServiceAccount(user);
  await addMemberIfMissing(tx, { entityId: registry.rootId, userId, role: 'viewer', now });
  await setProjectMember(tx, { projectId: registry.id, userId, role, now });
}

async function giveTeam(
  tx: Transaction,
  ground: Ground,
  registry: Registry,
  teamId: EntityId,
  role: RegistryRole,
): Promise<void> {
  const team = await lockEntity(tx, teamId, 'shared');
  // another organization's team is as unknown as none: its name is nobody's business here
  if (team?.kind !== 'team' || team.rootId !== registry.rootId) {
    throw notFound(`no such team in the organization '${registry.entityName}'`);
  }
  await setProjectTeam(tx, { projectId: registry.id, teamId, role, now: ground.clock.now() });
}
