import { z } from 'zod';
import { demandInstanceAdmin } from '../../access/demand.ts';
import { permits } from '../../access/permits.ts';
import { createOrganization } from '../../directory/create-organization.ts';
import { createTeam } from '../../directory/create-team.ts';
import { deleteOrganization } from '../../directory/delete-organization.ts';
import { placeOf } from '../../directory/find-entity.ts';
import { requireOrganization } from '../../directory/require-entity.ts';
import type { EntityId } from '../../model/ids.ts';
import { asId } from '../../model/ids.ts';
import { type CountedEntity, listOrganizations, teamsOf, teamsOfMany } from '../../store/entities.ts';
import { membersOf } from '../../store/members.ts';
import type { RestResource } from './app.ts';
import { entity, member, newMember, toEntity, toMember } from './entity-schemas.ts';
import { cutPage, decodeCursor, pageOf, pageQuery } from './page.ts';
import { answers, id, nothing } from './schemas.ts';

const tags = ['organizations'];
const params = z.object({ org: z.string() });
const withMembers = z
  .strictObject({ name: z.string(), members: z.array(newMember).max(1_000).default([]) })
  .meta({ id: 'NewOrganizationOrTeam' });

const organization = z
  .object({ ...entity.shape, members: z.array(member), teams: z.array(entity).describe('those that you may see') })
  .meta({ id: 'Organization' });

const counted = { ...entity.shape, people: z.int().describe('members without service accounts') };
const listedOrganization = z
  .object({ ...counted, teams: z.array(z.object(counted)) })
  .meta({ id: 'ListedOrganization' });

/** Organizations and their teams. */
export const organizations: RestResource = (app, { ground }) => {
  app.post(
    '/organizations',
    { schema: { tags, summary: 'Create an organization', body: withMembers, response: answers(201, entity) } },
    async (request, reply) =>
      reply.code(201).send(toEntity(await createOrganization(ground, request.viewer, request.body))),
  );

  app.get(
    '/organizations',
    {
      schema: {
        tags,
        summary: 'List all organizations with their teams, oldest first; for instance admins',
        querystring: pageQuery,
        response: answers(200, pageOf(listedOrganization)),
      },
    },
    async ({ viewer, query: { limit, cursor } }) => {
      demandInstanceAdmin(viewer);
      const [key] = decodeCursor(cursor, z.tuple([id])) ?? [];
      const after = key === undefined ? null : asId<EntityId>(key);
      const rows = await listOrganizations(ground.database, after, limit + 1);
      const { items, nextCursor } = cutPage(rows, limit, (row) => [row.id]);
      const teams = await teamsOfMany(
        ground.database,
        items.map((item) => item.id),
      );
      const withTeams = items.map((item) => ({
        ...toCounted(item),
        teams: teams.filter(({ rootId }) => rootId === item.id).map(toCounted),
      }));
      return { items: withTeams, nextCursor };
    },
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

function toCounted({ people, ...row }: CountedEntity) {
  return { ...toEntity(row), people };
}
