import { largeNodeId } from '../../../model/wire-id.ts';
import type { Collection } from '../../../store/collections.ts';
import type { GraphqlModule } from './module.ts';

const COLLECTION = {
  id: ({ tenantId, collectionId }: Collection) => largeNodeId('ArtifactCollection', tenantId, collectionId),
};

/** The two kinds of collections, as far as documents about automations name them. */
export const artifactCollection: GraphqlModule = {
  sdl: /* GraphQL */ `
    type ArtifactSequence {
      id: ID!
      name: String!
    }
    type ArtifactPortfolio {
      id: ID!
      name: String!
    }
  `,
  resolvers: { ArtifactSequence: COLLECTION, ArtifactPortfolio: COLLECTION },
};
