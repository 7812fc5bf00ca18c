import { z } from 'zod';
import { notFound } from '../../model/error.ts';
import { entitiesOfUser } from '../../store/entities.ts';
import { hasPassword, userById } from '../../store/users.ts';
import type { RestResource } from './app.ts';
import { entity, toEntity } from './entity-schemas.ts';
import { answers, id, role } from './schemas.ts';
import { toUser, user } from './user-schemas.ts';

const viewer = z
  .object({
    ...user.shape,
    defaultEntity: z.string().describe('used where a request names no entity'),
    hasPassword: z.boolean().describe('else they sign in with an API key'),
    session: id.nullable().describe('in which they ask; null with an API key'),
    entities: z.array(z.object({ ...entity.shape, role })),
  })
  .meta({ id: 'Viewer' });

/** Who asks. */
export const viewerResource: RestResource = (app, { ground }) => {
  app.get(
    '/viewer',
    {
      schema: {
        tags: ['viewer'],
        summary: 'Read who you are and where you have a role',
        response: answers(200, viewer),
      },
    },
    async (request) => {
      const { userId, defaultEntity, roles, session = null } = request.viewer;
      const [found, entities, password] = await Promise.all([
        userById(ground.database, userId),
        entitiesOfUser(ground.database, userId),
        hasPassword(ground.database, userId),
      ]);
      if (found === undefined) throw notFound('you were deleted');
      return {
        ...toUser(found),
        defaultEntity,
        hasPassword: password,
        session,
        entities: entities.map((each) => ({ ...toEntity(each), role: roles.get(each.id) ?? 'viewer' })),
      };
    },
  );
};
