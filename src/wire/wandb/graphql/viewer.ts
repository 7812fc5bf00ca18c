import { setDefaultEntity } from '../../../directory/set-default-entity.ts';
import { TriplineError } from '../../../model/error.ts';
import type { Viewer } from '../../../model/viewer.ts';
import type { Ground } from '../../../store/ground.ts';
import { type User, userById } from '../../../store/users.ts';
import type { GraphqlModule } from './module.ts';

export const viewer: GraphqlModule = {
  sdl: /* GraphQL */ `
    extend type Query {
      viewer: User
    }
    extend type Mutation {
      "Changes the viewer."
      updateUser(input: UpdateUserInput!): UpdateUserPayload
    }
    input UpdateUserInput {
      defaultEntity: String
      clientMutationId: String
    }
    type UpdateUserPayload {
      user: User
      clientMutationId: String
    }
  `,
  resolvers: {
    Query: {
      viewer: (_source, _args, { ground, viewer }) => userOf(ground, viewer),
    },
    Mutation: {
      updateUser: async (_source, { input }: { input: { defaultEntity?: string } }, { ground, viewer }) => {
        if (input.defaultEntity !== undefined) await setDefaultEntity(ground, viewer, input.defaultEntity);
        return { user: await userOf(ground, viewer) };
      },
    },
  },
};

async function userOf(ground: Ground, viewer: Viewer): Promise<User> {
  const user = await userById(ground.database, viewer.userId);
  if (user === undefined) throw new TriplineError('unauthenticated', 'the user of this API key was deleted');
  return user;
}
