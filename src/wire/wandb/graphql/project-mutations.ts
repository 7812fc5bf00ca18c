import { deleteProject } from '../../../directory/delete-project.ts';
import { findProjectById } from '../../../directory/find-project.ts';
import { upsertProject } from '../../../directory/upsert-project.ts';
import { invalid, notFound } from '../../../model/error.ts';
import type { ProjectId } from '../../../model/ids.ts';
import { parseNodeId } from '../../../model/wire-id.ts';
import type { ProjectPlace } from '../../../store/projects.ts';
import { parseAccess } from './access.ts';
import type { GraphqlContext } from './context.ts';
import type { GraphqlModule } from './module.ts';

interface UpsertModelInput {
  readonly id?: string;
  readonly name?: string;
  readonly entityName?: string;
  readonly description?: string;
  readonly access?: string;
}

/** Making, changing and deleting projects. */
export const projectMutations: GraphqlModule = {
  sdl: /* GraphQL */ `
    extend type Mutation {
      upsertModel(input: UpsertModelInput!): UpsertModelPayload
      deleteModel(input: DeleteModelInput!): DeleteModelPayload
    }
    input UpsertModelInput {
      id: String
      name: String
      entityName: String
      description: String
      access: String
      views: JSONString
      framework: String
      repo: String
      dockerImage: String
      isBenchmark: Boolean
      isPublished: Boolean
      owner: String
      icon: String
      rateLimits: JSONString
      clientMutationId: String
    }
    type UpsertModelPayload {
      project: Project
      model: Project
      inserted: Boolean
      clientMutationId: String
    }
    input DeleteModelInput {
      id: String!
      clientMutationId: String
    }
    type DeleteModelPayload {
      success: Boolean
      clientMutationId: String
    }
  `,
  resolvers: {
    Mutation: {
      upsertModel: async (_source, { input }: { input: UpsertModelInput }, context) => {
        const { project, inserted } = await upsertProject(context.ground, context.viewer, {
          ...(await namedBy(input, context)),
          visibility: input.access === undefined ? null : parseAccess(input.access),
          description: input.description ?? null,
        });
        return { project, model: project, inserted };
      },
      deleteModel: async (_source, { input }: { input: { id: string } }, context) => {
        await deleteProject(context.ground, context.viewer, await projectOfId(input.id, context));
        return { success: true };
      },
    },
  },
};

async function namedBy(
  input: UpsertModelInput,
  context: GraphqlContext,
): Promise<{ entityName: string | null; name: string }> {
  if (input.id !== undefined) return projectOfId(input.id, context);
  if (input.name === undefined) throw invalid('name the project, or give its id', 'name');
  return { entityName: input.entityName ?? null, name: input.name };
}

async function projectOfId(text: string, { ground, viewer }: GraphqlContext): Promise<ProjectPlace> {
  const id = parseNodeId<ProjectId>(['Project', 'ProjectInternalId'], text);
  const project = id === undefined ? undefined : await findProjectById(ground, viewer, id);
  if (project === undefined) throw notFound(`project with id '${text}' not found`);
  return project;
}
