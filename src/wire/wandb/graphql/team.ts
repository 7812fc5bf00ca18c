import { createServiceAccount } from '../../../directory/create-service-account.ts';
import { createTeam } from '../../../directory/create-team.ts';
import { type EntityPlace, placeOf } from '../../../directory/find-entity.ts';
import { type InviteInput as Invitation, type Invited, invite, removeInvite } from '../../../directory/invites.ts';
import { organizationForNewTeam } from '../../../directory/organization-for-new-team.ts';
import { removeMember } from '../../../directory/remove-member.ts';
import { requireEntity } from '../../../directory/require-entity.ts';
import { membersFor } from '../../../directory/team-members.ts';
import { invalid, notFound } from '../../../model/error.ts';
import type { InviteId, UserId } from '../../../model/ids.ts';
import { isEmail } from '../../../model/names.ts';
import { nodeId, parseNodeId } from '../../../model/wire-id.ts';
import { userById } from '../../../store/users.ts';
import type { GraphqlModule } from './module.ts';
import { inviteRow, memberRow } from './team-member.ts';

interface InviteInput {
  readonly entityName: string;
  readonly email?: string;
  readonly username?: string;
  readonly admin?: boolean;
}

/** Teams, their members, invitations and service accounts (wandb protocol, 6.7). */
export const team: GraphqlModule = {
  sdl: /* GraphQL */ `
    extend type Entity {
      members: [Member!]!
    }
    extend type Mutation {
      createTeam(input: CreateTeamInput!): CreateTeamPayload
      createInvite(input: CreateInviteInput!): CreateInvitePayload
      createServiceAccount(input: CreateServiceAccountInput!): CreateServiceAccountPayload
      "Ends a membership, or takes an invitation back."
      deleteInvite(input: DeleteInviteInput!): DeleteInvitePayload
    }
    input CreateServiceAccountInput {
      entityName: String!
      description: String!
      clientMutationId: String
    }
    type CreateServiceAccountPayload {
      user: User
      clientMutationId: String
    }
    type Member {
      id: ID!
      name: String!
      "Null while the invitation is pending."
      username: String
      "Null for whoever does not manage the members."
      email: String
      admin: Boolean
      role: String!
      pending: Boolean
      photoUrl: String
      accountType: String
      "Of a service account, for ten minutes, for whoever made it."
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
      members: async (entity: EntityPlace, _args, { ground, masters, viewer }) => {
        const found = await membersFor({ ...ground, masters }, viewer, entity);
        return [...found.pending.map(inviteRow), ...found.members.map((member) => memberRow(member, found))];
      },
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
      createInvite: async (_source, { input }: { input: InviteInput }, { ground, viewer }) => {
        const entity = await requireEntity(ground, viewer, input.entityName);
        const role = input.admin === true ? 'admin' : 'member';
        const invited = await invite(ground, viewer, entity, { to: invitedOf(input), role });
        return { invite: shownInvite(invited, ground.clock.now()) };
      },
      deleteInvite: async (_source, { input }: { input: { id?: string; entityName?: string } }, { ground, viewer }) => {
        const entity = await requireEntity(ground, viewer, input.entityName ?? viewer.defaultEntity);
        const inviteId = parseNodeId<InviteId>('Invite', input.id ?? '');
        if (inviteId === undefined) {
          const id = parseNodeId<UserId>('User', input.id ?? '');
          const user = id === undefined ? undefined : await userById(ground.database, id);
          if (user === undefined) throw notFound('no member of this team has that id');
          await removeMember(ground, viewer, entity, user.username);
        } else await removeInvite(ground, viewer, entity, inviteId);
        return { success: true };
      },
      createServiceAccount: async (
        _source,
        { input }: { input: { entityName: string; description: string } },
        { ground, masters, viewer },
      ) => {
        const team = await requireEntity(ground, viewer, input.entityName);
        const made = await createServiceAccount({ ...ground, masters }, viewer, team, { ...input, role: 'member' });
        return { user: made.account };
      },
    },
  },
};

function invitedOf({ username, email }: InviteInput): Invitation['to'] {
  if (username !== undefined) return { username };
  if (email !== undefined && isEmail(email)) return { email };
  throw invalid('name whom to invite: a username, or an address such as ann@example.com', 'email');
}

function shownInvite(invited: Invited, now: number) {
  switch (invited.kind) {
    case 'member': {
      const { user } = invited;
      return { id: nodeId('User', user.id), name: user.username, email: user.email, createdAt: now, toUser: user };
    }
    case 'pending': {
      const { id, email, createdAt } = invited.invite;
      return { id: nodeId('Invite', id), name: email, email, createdAt, toUser: null };
    }
  }
}
