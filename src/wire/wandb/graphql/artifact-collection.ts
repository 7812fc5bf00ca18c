import type { GraphqlModule } from './module.ts';

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
  resolvers: {},
};
