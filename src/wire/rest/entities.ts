import { z } from 'zod';
import { DEEDS } from '../../access/deeds.ts';
import { permits } from '../../access/permits.ts';
import { findEntity } from '../../directory/find-entity.ts';
import { listProjects } from '../../directory/list-projects.ts';
import { requireEntity } from '../../directory/require-entity.ts';
import { notFound } from '../../model/error.ts';
import type { ProjectId } from '../../model/ids.ts';
import { asId } from '../../model/ids.ts';
import { entityById } from '../../store/entities.ts';
import { membersOf } from '../../store/members.ts';
import { storedSpace } from '../../store/stored-space.ts';
import type { RestResource } from './app.ts';
import { entity, member, project, toEntity, toMember, toProject } from './entity-schemas.ts';
import { decodeCursor, encodeCursor, pageOf, pageQuery } from './page.ts';
import { answers, id } from './schemas.ts';

const tags = ['entities'];
const params = z.object({ entity: z.string() });
const projectsQuery = z.strictObject({
  ...pageQuery.shape,
  search: z.string().max(200).optional().describe('part of the name, in any case'),
});

const entityDetails = z
  .object({
    ...entity.shape,
    organization: z.string().nullable().describe('of a team'),
    members: z.array(member),
    stored: z
      .object({
        bytes: z.number(),
        files: z.int(),
        limit: z.number().nullable().describe('bytes that it may store; null: as much as there is'),
      })
      .describe('contents of files of its runs and versions; what was logged twice counts once'),
    may: z.array(z.enum(DEEDS)).describe('what you may do in the entity itself; its projects may allow more or less'),
  })
  .meta({ id: 'EntityDetails' });

/** Entities: teams, personal entities and organizations, as owners of projects. */
export const entities: RestResource = (app, { ground, files }) => {
  app.get(
    '/entities/:entity',
    {
      schema: {
        tags,
        summary: 'Read an entity, its members, and what you may do there',
        params,
        response: answers(200, entityDetails),
      },
    },
    async (request) => {
      const place = await requireEntity(ground, request.viewer, request.params.entity);
      const [root, members, space] = await Promise.all([
        place.kind === 'team' ? entityById(ground.database, place.rootId) : undefined,
        membersOf(ground.database, place.id),
        storedSpace(ground.database, place.id),
      ]);
      const stored = { ...space, limit: files.space ?? null };
      const may = DEEDS.filter((deed) => permits(request.viewer, deed, place));
      return { ...toEntity(place), organization: root?.name ?? null, members: members.map(toMember), stored, may };
    },
  );

  app.get(
    '/entities/:entity/projects',
    {
      schema: {
        tags,
        summary: 'List the projects of an entity, newest first',
        params,
        querystring: projectsQuery,
        response: answers(200, pageOf(project)),
      },
    },
    async ({ viewer, params: { entity: name }, query: { limit, cursor, search } }) => {
      const [key] = decodeCursor(cursor, z.tuple([id])) ?? [];
      const after = key === undefined ? null : asId<ProjectId>(key);
      const page = await listProjects(ground, viewer, name, { after, limit, search: search?.trim() });
      // a stranger may see an entity's public projects, but not that it has none
      const visible = page.items.length > 0 || (await findEntity(ground, viewer, name)) !== undefined;
      if (!visible) throw notFound(`entity '${name}' not found`);
      return { items: page.items.map(toProject), nextCursor: page.next === null ? null : encodeCursor([page.next]) };
    },
  );
};
