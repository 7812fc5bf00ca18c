import { createUserFromEmail } from '../../../directory/create-user-from-email.ts';
import { usersNamed } from '../../../store/users.ts';
import { wholeConnection } from './connection.ts';
import type { GraphqlModule } from './module.ts';

/** Finding and making users. */
export const userList: GraphqlModule = {
  sdl: /* GraphQL */ `
    extend type Query {
      "Users of exactly this username or email."
      users(query: String): UserConnection!
    }
    extend type Mutation {
      createUser(input: CreateUserInput!): CreateUserPayload
    }
    input CreateUserInput {
      email: String!
      admin: Boolean
      clientMutationId: String
    }
    type CreateUserPayload {
      user: User
      clientMutationId: String
    }
  `,
  resolvers: {
    Query: {
      users: async (_source, args: { query?: string }, { ground }) =>
        wholeConnection(await usersNamed(ground.database, args.query ?? ''), (user) => user.id),
    },
    Mutation: {
      createUser: async (_source, { input }: { input: { email: string; admin?: boolean } }, { ground, viewer }) => ({
        user: await createUserFromEmail(ground, viewer, input),
      }),
    },
  },
};
