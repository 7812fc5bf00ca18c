import type { GraphqlModule } from './module.ts';

/** What every other module widens. */
export const base: GraphqlModule = {
  sdl: /* GraphQL */ `
    scalar JSONString
    scalar JSON
    scalar Int64
    scalar Duration
    scalar DateTime

    type Query
    type Mutation

    type PageInfo {
      hasNextPage: Boolean!
      endCursor: String
    }

    enum AlertSeverity {
      INFO
      WARN
      ERROR
    }
  `,
  resolvers: {},
};
