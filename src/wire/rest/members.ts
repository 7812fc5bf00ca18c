import { z } from 'zod';
import { addMember } from '../../directory/add-member.ts';
import type { EntityPlace } from '../../directory/find-entity.ts';
import { removeMember } from '../../directory/remove-member.ts';
import { requireEntity, requireOrganization } from '../../directory/require-entity.ts';
import type { Viewer } from '../../model/viewer.ts';
import type { Ground } from '../../store/ground.ts';
import type { RestApp, RestResource } from './app.ts';
import { member, newMember, toMember } from './entity-schemas.ts';
import { answers, nothing } from './schemas.ts';

interface Owner {
  readonly path: string;
  readonly tags: string[];
  readonly require: (ground: Ground, viewer: Viewer, name: string) => Promise<EntityPlace>;
}

/** Members of organizations and of teams; for their admins. */
export const members: RestResource = (app, { ground }) => {
  addRoutes(app, ground, { path: '/organizations', tags: ['organizations'], require: requireOrganization });
  addRoutes(app, ground, { path: '/entities', tags: ['entities'], require: requireEntity });
};

function addRoutes(app: RestApp, ground: Ground, { path, tags, require }: Owner): void {
  app.post(
    `${path}/:name/members`,
    {
      schema: {
        tags,
        summary: 'Add a member, or give a member another role',
        params: z.object({ name: z.string() }),
        body: newMember,
        response: answers(201, member),
      },
    },
    async ({ viewer, params, body }, reply) => {
      const place = await require(ground, viewer, params.name);
      const { username, serviceOf } = await addMember(ground, viewer, place, body);
      return reply.code(201).send(toMember({ username, serviceOf, role: body.role }));
    },
  );

  app.delete(
    `${path}/:name/members/:username`,
    {
      schema: {
        tags,
        summary: 'End a membership',
        params: z.object({ name: z.string(), username: z.string() }),
        response: nothing,
      },
    },
    async ({ viewer, params }, reply) => {
      const place = await require(ground, viewer, params.name);
      await removeMember(ground, viewer, place, params.username);
      return reply.code(204).send(null);
    },
  );
}
