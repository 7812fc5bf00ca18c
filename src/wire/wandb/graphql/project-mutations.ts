import { deleteProject } from '../../../directory/delete-project.ts';
import { findEntity } from '../../../directory/find-entity.ts';
import { findProject } from '../../../directory/find-project.ts';
import { renameProject } from '../../../directory/rename-project.ts';
import { upsertProject } from '../../../directory/upsert-project.ts';
import { upsertRegistry } from '../../../directory/upsert-registry.ts';
import { invalid, notFound } from '../../../model/error.ts';
import { isRegistryName } from '../../../model/registry-name.ts';
import { parseAccess } from './access.ts';
import type { GraphqlContext } from './context.ts';
import type { GraphqlModule } from './module.ts';
import { projectOfId } from './project-of-id.ts';

interface UpsertModelInput {
  readonly id?: string;
  readonly name?: string;
  readonly entityName?: string;
  readonly description?: string;
  readonly access?: string;
  readonly allowAllArtifactTypesInRegistry?: boolean;
  readonly artifactTypes?: readonly { readonly name: string }[];
}

interface RenameProjectInput {
  readonly entityName: string;
  readonly oldProjectName: string;
  readonly newProjectName: string;
}

/** Making, changing and deleting projects, registries among them. */
export const projectMutations: GraphqlModule = {
  sdl: /* GraphQL */ `
    extend type Mutation {
      upsertModel(input: UpsertModelInput!): UpsertModelPayload
      renameProject(input: RenameProjectInput!): RenameProjectPayload
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
      "Of a registry."
      allowAllArtifactTypesInRegistry: Boolean
      "Types that a registry allows from now on."
      artifactTypes: [ArtifactTypeInput!]
      clientMutationId: String
    }
    input ArtifactTypeInput {
      name: String!
      description: String
    }
    type UpsertModelPayload {
      project: Project
      model: Project
      inserted: Boolean
      clientMutationId: String
    }
    input RenameProjectInput {
      entityName: String!
      oldProjectName: String!
      newProjectName: String!
      clientMutationId: String
    }
    type RenameProjectPayload {
      project: Project
      model: Project
      "Never: renaming makes no project."
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
        const { project, inserted } = await upsert(await namedBy(input, context), input, context);
        return { project, model: project, inserted };
      },
      renameProject: async (_source, { input }: { input: RenameProjectInput }, { ground, viewer }) => {
        const { entityName, oldProjectName, newProjectName } = input;
        const found = await findProject(ground, viewer, entityName, oldProjectName);
        if (found === undefined) throw notFound(`project '${oldProjectName}' not found`);
        const project = await renameProject(ground, viewer, found, newProjectName);
        return { project, model: project, inserted: false };
      },
      deleteModel: async (_source, { input }: { input: { id: string } }, context) => {
        await deleteProject(context.ground, context.viewer, await projectOfId(input.id, context));
        return { success: true };
      },
    },
  },
};

interface ProjectName {
  readonly entityName: string | null;
  readonly name: string;
}

async function upsert(named: ProjectName, input: UpsertModelInput, { ground, viewer }: GraphqlContext) {
  const visibility = input.access === undefined ? null : parseAccess(input.access);
  const description = input.description ?? null;
  if (!isRegistryName(named.name)) return upsertProject(ground, viewer, { ...named, visibility, description });
  const entity = await findEntity(ground, viewer, named.entityName ?? viewer.defaultEntity);
  if (entity?.kind !== 'organization') return upsertProject(ground, viewer, { ...named, visibility, description });
  return upsertRegistry(ground, viewer, entity, {
    name: named.name,
    visibility,
    description,
    allowAllTypes: input.allowAllArtifactTypesInRegistry ?? null,
    types: input.artifactTypes?.map(({ name }) => name) ?? [],
  });
}

async function namedBy(input: UpsertModelInput, context: GraphqlContext): Promise<ProjectName> {
  if (input.id !== undefined) return projectOfId(input.id, context);
  if (input.name === undefined) throw invalid('name the project, or give its id', 'name');
  return { entityName: input.entityName ?? null, name: input.name };
}
