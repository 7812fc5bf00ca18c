import { z } from 'zod';
import { notFound } from '../../model/error.ts';
import { entitiesOfUser } from '../../store/entities.ts';
import { userById } from '../../store/users.ts';
import type { RestResource } from './app.ts';
import { entity, toEntity } from './entity-schemas.ts';
import { answers, role } from './schemas.ts';
import { toUser, user } from './user-schemas.ts';

const viewer = z
  .object({
    ...user.shape,
    defaultEntity: z.string().describe('used where a request names no entity'),
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
      const { userId, defaultEntity, roles } = request.viewer;
      const [found, entities] = await Promise.all([
        userById(ground.database, userId),
        entitiesOfUser(ground.database, userId),
      ]);
      if (found === undefined) throw notFound('you were deleted');
      return {
        ...toUser(found),
        defaultEntity,
        entities: entities.map((each) => ({ ...toEntity(each), role: roles.get(each.id) ?? 'viewer' })),
      };
    },
  );
};
