import { placeOf } from '../../../directory/find-entity.ts';
import { nodeId } from '../../../model/wire-id.ts';
import { apiKeysOf } from '../../../store/api-keys.ts';
import { type Entity, entitiesOfUser } from '../../../store/entities.ts';
import type { User } from '../../../store/users.ts';
import { wholeConnection } from './connection.ts';
import type { GraphqlContext } from './context.ts';
import type { GraphqlModule } from './module.ts';

/** Users. What is not everybody's business (email, keys) is null for others than the user and instance admins. */
export const user: GraphqlModule = {
  sdl: /* GraphQL */ `
    type User {
      id: ID!
      name: String!
      username: String
      email: String
      admin: Boolean
      photoUrl: String
      flags: JSONString
      "The entity that is used when a request names none."
      entity: String
      createdAt: DateTime
      deletedAt: DateTime
      accountType: String
      apiKeys: ApiKeyConnection
      teams: EntityConnection
      organizations: [Organization!]
    }
    type UserConnection {
      edges: [UserEdge!]!
      pageInfo: PageInfo!
    }
    type UserEdge {
      node: User
      cursor: String!
    }
  `,
  resolvers: {
    User: {
      id: (user: User) => nodeId('User', user.id),
      name: (user: User) => user.displayName ?? user.username,
      email: (user: User, _args, context) => (isTheirs(user, context) ? user.email : null),
      flags: () => '{}',
      accountType: (user: User) => (user.serviceOf === null ? 'USER' : 'SERVICE'),
      entity: (user: User, _args, { viewer }) =>
        user.id === viewer.userId ? viewer.defaultEntity : user.entityId && user.username,
      apiKeys: async (user: User, _args, context) =>
        isTheirs(user, context)
          ? wholeConnection(await apiKeysOf(context.ground.database, user.id), (key) => key.id)
          : null,
      teams: async (user: User, _args, context) => {
        const teams = (await membershipsOf(user, context)).filter(({ kind }) => kind !== 'organization');
        return wholeConnection(teams.map(placeOf), (team) => team.id);
      },
      organizations: async (user: User, _args, context) =>
        (await membershipsOf(user, context)).filter(({ kind }) => kind === 'organization').map(placeOf),
    },
  },
};

function isTheirs(user: User, { viewer }: GraphqlContext): boolean {
  return viewer.admin || user.id === viewer.userId;
}

/** Where a user belongs; of somebody else only what the viewer belongs to as well. */
async function membershipsOf(user: User, context: GraphqlContext): Promise<readonly Entity[]> {
  const entities = await context.once(`memberships:${user.id}`, () => entitiesOfUser(context.ground.database, user.id));
  return isTheirs(user, context) ? entities : entities.filter(({ id }) => context.viewer.roles.has(id));
}
