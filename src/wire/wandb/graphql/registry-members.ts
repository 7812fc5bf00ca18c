import { permits } from '../../../access/permits.ts';
import { placeOf } from '../../../directory/find-entity.ts';
import { asRegistry, type Registry } from '../../../directory/find-registry.ts';
import {
  addRegistryMembers,
  type RegistryParties,
  removeRegistryMembers,
  setRegistryTeamRole,
  setRegistryUserRole,
} from '../../../directory/registry-members.ts';
import { invalid } from '../../../model/error.ts';
import type { EntityId, UserId } from '../../../model/ids.ts';
import { REGISTRY_ROLES, type RegistryRole } from '../../../model/viewer.ts';
import { type NodeType, nodeId, parseNodeId } from '../../../model/wire-id.ts';
import { type ProjectMember, projectMembersOf } from '../../../store/project-members.ts';
import { type ProjectTeam, projectTeamsOf } from '../../../store/project-teams.ts';
import type { ProjectPlace } from '../../../store/projects.ts';
import type { GraphqlContext } from './context.ts';
import type { GraphqlModule } from './module.ts';
import { projectOfId } from './project-of-id.ts';

interface PartiesInput {
  readonly projectId: string;
  readonly userIds?: readonly string[];
  readonly teamIds?: readonly string[];
}

interface UserRoleInput {
  readonly projectId: string;
  readonly userId: string;
  readonly userProjectRole: string;
}

interface TeamRoleInput {
  readonly projectId: string;
  readonly teamId: string;
  readonly teamProjectRole: string;
}

const DONE = { success: true };

/** Users and teams of registries, with their roles (wandb protocol, 7.3). */
export const registryMembers: GraphqlModule = {
  sdl: /* GraphQL */ `
    extend type Project {
      "Users with a role of their own in a registry; none of other projects."
      members: [ProjectMember!]!
      teamMembers: [ProjectTeamMember!]!
    }
    type ProjectMember {
      "Of the user."
      id: ID!
      name: String!
      username: String
      email: String
      role: Role!
    }
    type ProjectTeamMember {
      team: Entity!
      role: Role!
    }
    type Role {
      name: String!
    }
    extend type Mutation {
      createProjectMembers(input: CreateProjectMembersInput!): CreateProjectMembersPayload
      "Who is no member is passed over."
      deleteProjectMembers(input: DeleteProjectMembersInput!): DeleteProjectMembersPayload
      updateProjectMember(input: UpdateProjectMemberInput!): UpdateProjectMemberPayload
      updateProjectTeamMember(input: UpdateProjectTeamMemberInput!): UpdateProjectTeamMemberPayload
    }
    input CreateProjectMembersInput {
      projectId: ID!
      userIds: [ID!]
      teamIds: [ID!]
      clientMutationId: String
    }
    type CreateProjectMembersPayload {
      success: Boolean!
      clientMutationId: String
    }
    input DeleteProjectMembersInput {
      projectId: ID!
      userIds: [ID!]
      teamIds: [ID!]
      clientMutationId: String
    }
    type DeleteProjectMembersPayload {
      success: Boolean!
      clientMutationId: String
    }
    input UpdateProjectMemberInput {
      projectId: ID!
      userId: ID!
      userProjectRole: String!
      clientMutationId: String
    }
    type UpdateProjectMemberPayload {
      success: Boolean!
      clientMutationId: String
    }
    input UpdateProjectTeamMemberInput {
      projectId: ID!
      teamId: ID!
      teamProjectRole: String!
      clientMutationId: String
    }
    type UpdateProjectTeamMemberPayload {
      success: Boolean!
      clientMutationId: String
    }
  `,
  resolvers: {
    Project: {
      members: async (project: ProjectPlace, _args, { ground, viewer }) =>
        permits(viewer, 'see_members', project) ? projectMembersOf(ground.database, project.id) : [],
      teamMembers: async (project: ProjectPlace, _args, { ground, viewer }) =>
        permits(viewer, 'see_members', project) ? projectTeamsOf(ground.database, project.id) : [],
    },
    ProjectMember: {
      id: ({ userId }: ProjectMember) => nodeId('User', userId),
      name: ({ username }: ProjectMember) => username,
      role: ({ role }: ProjectMember) => ({ name: role }),
    },
    ProjectTeamMember: {
      team: ({ team }: ProjectTeam) => placeOf(team),
      role: ({ role }: ProjectTeam) => ({ name: role }),
    },
    Mutation: {
      createProjectMembers: async (_source, { input }: { input: PartiesInput }, context) => {
        const registry = await registryOfId(input.projectId, context);
        await addRegistryMembers(context.ground, context.viewer, registry, partiesOf(input));
        return DONE;
      },
      deleteProjectMembers: async (_source, { input }: { input: PartiesInput }, context) => {
        const registry = await registryOfId(input.projectId, context);
        await removeRegistryMembers(context.ground, context.viewer, registry, partiesOf(input));
        return DONE;
      },
      updateProjectMember: async (_source, { input }: { input: UserRoleInput }, context) => {
        const registry = await registryOfId(input.projectId, context);
        const userId = idOf<UserId>('User', input.userId);
        await setRegistryUserRole(context.ground, context.viewer, registry, userId, parseRole(input.userProjectRole));
        return DONE;
      },
      updateProjectTeamMember: async (_source, { input }: { input: TeamRoleInput }, context) => {
        const registry = await registryOfId(input.projectId, context);
        const teamId = idOf<EntityId>('Entity', input.teamId);
        await setRegistryTeamRole(context.ground, context.viewer, registry, teamId, parseRole(input.teamProjectRole));
        return DONE;
      },
    },
  },
};

async function registryOfId(text: string, context: GraphqlContext): Promise<Registry> {
  return asRegistry(await projectOfId(text, context));
}

function partiesOf({ userIds = [], teamIds = [] }: PartiesInput): RegistryParties {
  return {
    userIds: userIds.map((text) => idOf<UserId>('User', text)),
    teamIds: teamIds.map((text) => idOf<EntityId>('Entity', text)),
  };
}

function idOf<Id extends string>(type: NodeType, text: string): Id {
  const id = parseNodeId<Id>(type, text);
  if (id !== undefined) return id;
  throw invalid(`'${text.slice(0, 100)}' is no id of a ${type === 'User' ? 'user' : 'team'}`, 'input');
}

function parseRole(text: string): RegistryRole {
  const role = REGISTRY_ROLES.find((known) => known === text);
  if (role !== undefined) return role;
  throw invalid(`unknown role '${text.slice(0, 100)}'; one of ${REGISTRY_ROLES.join(', ')}`, 'role');
}
