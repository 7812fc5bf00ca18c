import { z } from 'zod';
import { permits } from '../../access/permits.ts';
import { createOrganization } from '../../directory/create-organization.ts';
import { createTeam } from '../../directory/create-team.ts';
import { deleteOrganization } from '../../directory/delete-organization.ts';
import { placeOf } from '../../directory/find-entity.ts';
import { requireOrganization } from '../../directory/require-entity.ts';
import { teamsOf } from '../../store/entities.ts';
import { membersOf } from '../../store/members.ts';
import type { RestResource } from './app.ts';
import { entity, member, newMember, toEntity, toMember } from './entity-schemas.ts';
import { answers, nothing } from './schemas.ts';

const tags = ['organizations'];
const params = z.object({ org: z.string() });
const withMembers = z
  .strictObject({ name: z.string(), members: z.array(newMember).max(1_000).default([]) })
  .meta({ id: 'NewOrganizationOrTeam' });

const organization = z
  .object({ ...entity.shape, members: z.array(member), teams: z.array(entity).describe('those that you may see') })
  .meta({ id: 'Organization' });

/** Organizations and their teams. */
export const organizations: RestResource = (app, { ground }) => {
  app.post(
    '/organizations',
    { schema: { tags, summary: 'Create an organization', body: withMembers, response: answers(201, entity) } },
    async (request, reply) =>
      reply.code(201).send(toEntity(await createOrganization(ground, request.viewer, request.body))),
  );

  app.get(
    '/organizations/:org',
    { schema: { tags, summary: 'Read an organization', params, response: answers(200, organization) } },
    async ({ viewer, params: { org } }) => {
      const place = await requireOrganization(ground, viewer, org);
      const [members, teams] = await Promise.all([
        membersOf(ground.database, place.id),
        teamsOf(ground.database, place.id),
      ]);
      const visible = teams.filter((team) => permits(viewer, 'see', placeOf(team)));
      return { ...toEntity(place), members: members.map(toMember), teams: visible.map(toEntity) };
    },
  );

  app.delete(
    '/organizations/:org',
    { schema: { tags, summary: 'Delete an organization, its teams and all they hold', params, response: nothing } },
    async (request, reply) => {
      await deleteOrganization(ground, request.viewer, request.params.org);
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/organizations/:org/teams',
    { schema: { tags, summary: 'Create a team', params, body: withMembers, response: answers(201, entity) } },
    async (request, reply) => {
      const place = await requireOrganization(ground, request.viewer, request.params.org);
      return reply.code(201).send(toEntity(await createTeam(ground, request.viewer, place, request.body)));
    },
  );
};
