import { deleteArtifact } from '../../../tracking/delete-artifact.ts';
import { updateArtifact } from '../../../tracking/update-artifact.ts';
import { artifactKeyOf } from './artifact-ids.ts';
import type { GraphqlModule } from './module.ts';

interface UpdateInput {
  readonly artifactID: string;
  readonly description?: string;
  readonly metadata?: string;
  readonly ttlDurationSeconds?: number;
  readonly tagsToAdd?: readonly TagInput[];
  readonly tagsToDelete?: readonly TagInput[];
  readonly aliases?: readonly { readonly alias: string }[];
}

export interface TagInput {
  readonly tagName: string;
}

/** Editing and deleting versions (wandb protocol, 5.14). */
export const artifactMutations: GraphqlModule = {
  sdl: /* GraphQL */ `
    extend type Mutation {
      updateArtifact(input: UpdateArtifactInput!): UpdateArtifactPayload
      deleteArtifact(input: DeleteArtifactInput!): DeleteArtifactPayload
    }
    input UpdateArtifactInput {
      artifactID: ID!
      description: String
      metadata: JSONString
      "Not kept."
      labels: JSONString
      "Seconds; -1 as the collection says, -2 for ever."
      ttlDurationSeconds: Int64
      tagsToAdd: [TagInput!]
      tagsToDelete: [TagInput!]
      "All that it is to have in the collection that it was logged to."
      aliases: [ArtifactAliasInput!]
      clientMutationId: String
    }
    type UpdateArtifactPayload {
      artifact: Artifact!
      clientMutationId: String
    }
    input DeleteArtifactInput {
      artifactID: ID!
      "Whether it may be one that aliases other than latest lead to."
      deleteAliases: Boolean = false
      clientMutationId: String
    }
    type DeleteArtifactPayload {
      artifact: Artifact!
      clientMutationId: String
    }
  `,
  resolvers: {
    Mutation: {
      updateArtifact: async (_source, { input }: { input: UpdateInput }, { tracking, viewer }) => {
        const { artifactID, ttlDurationSeconds, tagsToAdd, tagsToDelete, aliases, description, metadata } = input;
        const artifact = await updateArtifact(tracking, viewer, artifactKeyOf(artifactID), {
          description,
          metadata,
          ttlSeconds: ttlDurationSeconds,
          tagsToAdd: tagsToAdd?.map(({ tagName }) => tagName),
          tagsToDelete: tagsToDelete?.map(({ tagName }) => tagName),
          aliases: aliases?.map(({ alias }) => alias),
        });
        return { artifact };
      },
      deleteArtifact: async (
        _source,
        { input }: { input: { artifactID: string; deleteAliases?: boolean } },
        { tracking, viewer },
      ) => {
        const key = artifactKeyOf(input.artifactID);
        return { artifact: await deleteArtifact(tracking, viewer, key, input.deleteAliases ?? false) };
      },
    },
  },
};
