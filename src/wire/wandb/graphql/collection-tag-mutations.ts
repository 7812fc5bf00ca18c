import { addCollectionTags, type CollectionTags, deleteCollectionTags } from '../../../tracking/tag-collection.ts';
import { requireProject } from './artifact-ids.ts';
import type { TagInput } from './artifact-mutations.ts';
import type { GraphqlContext } from './context.ts';
import type { GraphqlModule } from './module.ts';

interface TagsInput {
  readonly entityName: string;
  readonly projectName: string;
  readonly artifactCollectionName: string;
  readonly tags: readonly TagInput[];
}

/** Tags of collections (wandb protocol, 5.16). */
export const collectionTagMutations: GraphqlModule = {
  sdl: /* GraphQL */ `
    extend type Mutation {
      createArtifactCollectionTagAssignments(
        input: CreateArtifactCollectionTagAssignmentsInput!
      ): CreateArtifactCollectionTagAssignmentsPayload
      deleteArtifactCollectionTagAssignments(
        input: DeleteArtifactCollectionTagAssignmentsInput!
      ): DeleteArtifactCollectionTagAssignmentsPayload
    }
    input CreateArtifactCollectionTagAssignmentsInput {
      entityName: String!
      projectName: String!
      artifactCollectionName: String!
      tags: [TagInput!]!
      clientMutationID: String
    }
    input DeleteArtifactCollectionTagAssignmentsInput {
      entityName: String!
      projectName: String!
      artifactCollectionName: String!
      tags: [TagInput!]!
      clientMutationID: String
    }
    type CreateArtifactCollectionTagAssignmentsPayload {
      "Those that were asked for."
      tags: [Tag!]!
    }
    type DeleteArtifactCollectionTagAssignmentsPayload {
      success: Boolean!
    }
  `,
  resolvers: {
    Mutation: {
      createArtifactCollectionTagAssignments: async (_source, { input }: { input: TagsInput }, context) => {
        const wanted = await collectionTags(input, context);
        const { tenantId } = await addCollectionTags(context.tracking, context.viewer, wanted);
        return { tags: wanted.tags.map((name) => ({ tenantId, name })) };
      },
      deleteArtifactCollectionTagAssignments: async (_source, { input }: { input: TagsInput }, context) => {
        await deleteCollectionTags(context.tracking, context.viewer, await collectionTags(input, context));
        return { success: true };
      },
    },
  },
};

async function collectionTags(input: TagsInput, context: GraphqlContext): Promise<CollectionTags> {
  const { entityName, projectName, artifactCollectionName: collectionName, tags } = input;
  const project = await requireProject(context, entityName, projectName);
  return { project, collectionName, tags: tags.map(({ tagName }) => tagName) };
}
