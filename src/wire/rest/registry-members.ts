import { z } from 'zod';
import { demand } from '../../access/demand.ts';
import { type Registry, requireRegistry } from '../../directory/find-registry.ts';
import { memberUser } from '../../directory/member-input.ts';
import { removeRegistryMembers, setRegistryTeamRole, setRegistryUserRole } from '../../directory/registry-members.ts';
import { notFound } from '../../model/error.ts';
import type { Queryable } from '../../store/database.ts';
import { type Entity, entityByName } from '../../store/entities.ts';
import { projectMembersOf } from '../../store/project-members.ts';
import { projectTeamsOf } from '../../store/project-teams.ts';
import type { RestResource } from './app.ts';
import { registryMembers as membersSchema, roleInRegistry, toRegistryMembers } from './registry-schemas.ts';
import { answers, nothing } from './schemas.ts';

const tags = ['registries'];
const path = '/organizations/:org/registries/:registry';
const ofRegistry = z.object({ org: z.string(), registry: z.string() });
const ofUser = ofRegistry.extend({ username: z.string() });
const ofTeam = ofRegistry.extend({ team: z.string() });

/** Users and teams with a role of their own in a registry; changed by its admins. */
export const registryMembers: RestResource = (app, { ground }) => {
  app.get(
    `${path}/members`,
    {
      schema: {
        tags,
        summary: 'List users and teams with a role',
        params: ofRegistry,
        response: answers(200, membersSchema),
      },
    },
    async ({ viewer, params }) => {
      const registry = await requireRegistry(ground, viewer, params.org, params.registry);
      demand(viewer, 'see_members', registry, `registry '${params.registry}'`);
      const [users, teams] = await Promise.all([
        projectMembersOf(ground.database, registry.id),
        projectTeamsOf(ground.database, registry.id),
      ]);
      return toRegistryMembers(users, teams);
    },
  );

  app.put(
    `${path}/members/:username`,
    { schema: { tags, summary: 'Give a user a role', params: ofUser, body: roleInRegistry, response: nothing } },
    async ({ viewer, params, body: { role } }, reply) => {
      const registry = await requireRegistry(ground, viewer, params.org, params.registry);
      const user = await memberUser(ground.database, params);
      await setRegistryUserRole(ground, viewer, registry, user.id, role);
      return reply.code(204).send(null);
    },
  );

  app.delete(
    `${path}/members/:username`,
    { schema: { tags, summary: "End a user's role", params: ofUser, response: nothing } },
    async ({ viewer, params }, reply) => {
      const registry = await requireRegistry(ground, viewer, params.org, params.registry);
      const user = await memberUser(ground.database, params);
      await removeRegistryMembers(ground, viewer, registry, { userIds: [user.id], teamIds: [] });
      return reply.code(204).send(null);
    },
  );

  app.put(
    `${path}/teams/:team`,
    {
      schema: {
        tags,
        summary: 'Give the members of a team a role',
        params: ofTeam,
        body: roleInRegistry,
        response: nothing,
      },
    },
    async ({ viewer, params, body: { role } }, reply) => {
      const registry = await requireRegistry(ground, viewer, params.org, params.registry);
      const team = await requireTeam(ground.database, registry, params.team);
      await setRegistryTeamRole(ground, viewer, registry, team.id, role);
      return reply.code(204).send(null);
    },
  );

  app.delete(
    `${path}/teams/:team`,
    { schema: { tags, summary: "End a team's role", params: ofTeam, response: nothing } },
    async ({ viewer, params }, reply) => {
      const registry = await requireRegistry(ground, viewer, params.org, params.registry);
      const team = await requireTeam(ground.database, registry, params.team);
      await removeRegistryMembers(ground, viewer, registry, { userIds: [], teamIds: [team.id] });
      return reply.code(204).send(null);
    },
  );
};

/** Another organization's team is as unknown as none. @throws TriplineError not_found */
async function requireTeam(database: Queryable, { rootId }: Registry, name: string): Promise<Entity> {
  const team = await entityByName(database, name);
  if (team?.kind !== 'team' || team.rootId !== rootId) throw notFound(`team '${name}' not found`);
  return team;
}
