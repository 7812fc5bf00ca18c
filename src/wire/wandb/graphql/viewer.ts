import { TriplineError } from '../../../model/error.ts';
import { userById } from '../../../store/users.ts';
import type { GraphqlModule } from './module.ts';

export const viewer: GraphqlModule = {
  sdl: /* GraphQL */ `
    extend type Query {
      viewer: User
    }
  `,
  resolvers: {
    Query: {
      viewer: async (_source, _args, { ground, viewer }) => {
        const user = await userById(ground.database, viewer.userId);
        if (user === undefined) throw new TriplineError('unauthenticated', 'the user of this API key was deleted');
        return user;
      },
    },
  },
};
