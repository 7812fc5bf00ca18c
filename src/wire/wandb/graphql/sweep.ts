import { emptyConnection } from './connection.ts';
import type { GraphqlModule } from './module.ts';

/** Sweeps are not offered: a project has none (wandb protocol, 6.10). */
export const sweep: GraphqlModule = {
  sdl: /* GraphQL */ `
    extend type Project {
      totalSweeps: Int!
      sweeps(after: String, first: Int, filters: JSONString): SweepConnection!
      sweep(sweepName: String, id: ID): Sweep
    }
    type Sweep {
      id: ID!
      name: String!
      displayName: String
      method: String!
      state: String!
      description: String
      bestLoss: Float
      config: String!
      createdAt: DateTime!
      updatedAt: DateTime
      runCount: Int!
      runCountExpected: Int
    }
    type SweepConnection {
      edges: [SweepEdge!]!
      pageInfo: PageInfo!
    }
    type SweepEdge {
      node: Sweep
      cursor: String!
    }
  `,
  resolvers: {
    Project: {
      totalSweeps: () => 0,
      sweeps: emptyConnection,
    },
  },
};
