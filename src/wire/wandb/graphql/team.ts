import { permits } from '../../../access/permits.ts';
import { addMember } from '../../../directory/add-member.ts';
import { createTeam } from '../../../directory/create-team.ts';
import { type EntityPlace, placeOf } from '../../../directory/find-entity.ts';
import { organizationForNewTeam } from '../../../directory/organization-for-new-team.ts';
import { removeMember } from '../../../directory/remove-member.ts';
import { requireEntity } from '../../../directory/require-entity.ts';
import { notFound } from '../../../model/error.ts';
import type { UserId } from '../../../model/ids.ts';
import { nodeId, parseNodeId } from '../../../model/wire-id.ts';
import { type Member, membersOf } from '../../../store/members.ts';
import { userById, usersNamed } from '../../../store/users.ts';
import type { GraphqlContext } from './context.ts';
import type { GraphqlModule } from './module.ts';

interface InviteInput {
  readonly entityName: string;
  readonly email?: string;
  readonly username?: string;
  readonly admin?: boolean;
}

/** Teams and their members (wandb protocol, 6.7). An invited user is a member at once. */
export const team: GraphqlModule = {
  sdl: /* GraphQL */ `
    extend type Entity {
      members: [Member!]!
    }
    extend type Mutation {
      createTeam(input: CreateTeamInput!): CreateTeamPayload
      createInvite(input: CreateInviteInput!): CreateInvitePayload
      "Ends a membership."
      deleteInvite(input: DeleteInviteInput!): DeleteInvitePayload
    }
    type Member {
      id: ID!
      name: String!
      username: String
      email: String
      admin: Boolean
      role: String!
      pending: Boolean
      photoUrl: String
      accountType: String
      apiKey: String
    }
    input CreateTeamInput {
      teamName: String!
      teamAdminUserName: String
      clientMutationId: String
    }
    type CreateTeamPayload {
      entity: Entity
      clientMutationId: String
    }
    input CreateInviteInput {
      entityName: String!
      email: String
      username: String
      admin: Boolean
      clientMutationId: String
    }
    type CreateInvitePayload {
      invite: Invite
      clientMutationId: String
    }
    type Invite {
      id: ID!
      name: String
      email: String
      createdAt: DateTime
      toUser: User
    }
    input DeleteInviteInput {
      id: String
      entityName: String
      clientMutationId: String
    }
    type DeleteInvitePayload {
      success: Boolean!
      clientMutationId: String
    }
  `,
  resolvers: {
    Entity: {
      members: async (entity: EntityPlace, _args, { ground, viewer }) =>
        permits(viewer, 'see_members', entity) ? membersOf(ground.database, entity.id) : [],
    },
    Member: {
      id: (member: Member) => nodeId('User', member.userId),
      name: (member: Member) => member.username,
      admin: (member: Member) => member.role === 'admin',
      pending: () => false,
      accountType: (member: Member) => (member.role === 'admin' ? 'ADMIN' : 'MEMBER'),
    },
    Mutation: {
      createTeam: async (
        _source,
        { input }: { input: { teamName: string; teamAdminUserName?: string } },
        { ground, viewer },
      ) => {
        const organization = await organizationForNewTeam(ground, viewer);
        const { teamName: name, teamAdminUserName: username } = input;
        const members = username === undefined ? [] : [{ username, role: 'admin' } as const];
        return { entity: placeOf(await createTeam(ground, viewer, organization, { name, members })) };
      },
      createInvite: async (_source, { input }: { input: InviteInput }, context) => {
        const entity = await requireEntity(context.ground, context.viewer, input.entityName);
        const username = await usernameOf(input, context);
        const role = input.admin === true ? 'admin' : 'member';
        const user = await addMember(context.ground, context.viewer, entity, { username, role });
        const createdAt = context.ground.clock.now();
        return {
          invite: { id: nodeId('User', user.id), name: user.username, email: user.email, createdAt, toUser: user },
        };
      },
      deleteInvite: async (_source, { input }: { input: { id?: string; entityName?: string } }, { ground, viewer }) => {
        const entity = await requireEntity(ground, viewer, input.entityName ?? viewer.defaultEntity);
        const id = parseNodeId<UserId>('User', input.id ?? '');
        const user = id === undefined ? undefined : await userById(ground.database, id);
        if (user === undefined) throw notFound('no member of this team has that id');
        await removeMember(ground, viewer, entity, user.username);
        return { success: true };
      },
    },
  },
};

async function usernameOf({ username, email }: InviteInput, { ground }: GraphqlContext): Promise<string> {
  if (username !== undefined) return username;
  const [user] = await usersNamed(ground.database, email ?? '');
  if (user === undefined) throw notFound(`no user has the email '${email ?? ''}': an admin must create the user first`);
  return user.username;
}
