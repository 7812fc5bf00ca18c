import type { Collection, CollectionKind } from '../../../store/collections.ts';
import type { DeletedCollection } from '../../../store/dead-collections.ts';
import { deleteCollection } from '../../../tracking/delete-collection.ts';
import { type CollectionEdit, editCollection } from '../../../tracking/edit-collection.ts';
import { collectionKeyOf } from './artifact-ids.ts';
import type { GraphqlContext } from './context.ts';
import type { GraphqlModule } from './module.ts';

interface SequenceInput extends CollectionEdit {
  readonly artifactSequenceID: string;
}

interface PortfolioInput extends CollectionEdit {
  readonly artifactPortfolioID: string;
}

interface MoveInput {
  readonly artifactSequenceID: string;
  readonly destinationArtifactTypeName: string;
}

/** Renaming, describing, moving to another type and deleting collections (wandb protocol, 5.16). */
export const collectionMutations: GraphqlModule = {
  sdl: /* GraphQL */ `
    extend type Mutation {
      updateArtifactSequence(input: UpdateArtifactSequenceInput!): UpdateArtifactCollectionPayload
      updateArtifactPortfolio(input: UpdateArtifactPortfolioInput!): UpdateArtifactCollectionPayload
      moveArtifactSequence(input: MoveArtifactSequenceInput!): UpdateArtifactCollectionPayload
      "Deletes all its versions and their links too."
      deleteArtifactSequence(input: DeleteArtifactSequenceInput!): DeleteArtifactCollectionPayload
      deleteArtifactPortfolio(input: DeleteArtifactPortfolioInput!): DeleteArtifactCollectionPayload
    }
    input UpdateArtifactSequenceInput {
      artifactSequenceID: ID!
      name: String
      description: String
      clientMutationId: String
    }
    input UpdateArtifactPortfolioInput {
      artifactPortfolioID: ID!
      name: String
      description: String
      clientMutationId: String
    }
    input MoveArtifactSequenceInput {
      artifactSequenceID: ID!
      destinationArtifactTypeName: String!
      clientMutationId: String
    }
    type UpdateArtifactCollectionPayload {
      artifactCollection: ArtifactCollection!
      clientMutationId: String
    }
    input DeleteArtifactSequenceInput {
      artifactSequenceID: ID!
      clientMutationId: String
    }
    input DeleteArtifactPortfolioInput {
      artifactPortfolioID: ID!
      clientMutationId: String
    }
    type DeleteArtifactCollectionPayload {
      artifactCollection: ArtifactCollection!
      clientMutationId: String
    }
  `,
  resolvers: {
    Mutation: {
      updateArtifactSequence: (_source, { input }: { input: SequenceInput }, context) =>
        edited(context, 'sequence', input.artifactSequenceID, input),
      updateArtifactPortfolio: (_source, { input }: { input: PortfolioInput }, context) =>
        edited(context, 'portfolio', input.artifactPortfolioID, input),
      moveArtifactSequence: (_source, { input }: { input: MoveInput }, context) =>
        edited(context, 'sequence', input.artifactSequenceID, { typeName: input.destinationArtifactTypeName }),
      deleteArtifactSequence: (_source, { input }: { input: { artifactSequenceID: string } }, context) =>
        deleted(context, 'sequence', input.artifactSequenceID),
      deleteArtifactPortfolio: (_source, { input }: { input: { artifactPortfolioID: string } }, context) =>
        deleted(context, 'portfolio', input.artifactPortfolioID),
    },
  },
};

async function edited(
  { tracking, viewer }: GraphqlContext,
  kind: CollectionKind,
  id: string,
  { name, description, typeName }: CollectionEdit,
): Promise<{ artifactCollection: Collection }> {
  const edit = { name, description, typeName };
  return { artifactCollection: await editCollection(tracking, viewer, collectionKeyOf(id), kind, edit) };
}

async function deleted(
  { tracking, viewer }: GraphqlContext,
  kind: CollectionKind,
  id: string,
): Promise<{ artifactCollection: DeletedCollection }> {
  return { artifactCollection: await deleteCollection(tracking, viewer, collectionKeyOf(id), kind) };
}
