import { invalid } from '../../../model/error.ts';
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
      project: Project
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
    extend type Mutation {
      "Always refused: with a sentence, where clients would show that the field is unknown."
      upsertSweep(input: UpsertSweepInput!): UpsertSweepPayload
    }
    input UpsertSweepInput {
      id: ID
      config: String
      description: String
      entityName: String
      projectName: String
      controller: JSONString
      launchScheduler: JSONString
      templateVariableValues: JSONString
      scheduler: JSONString
      state: String
      priorRunsFilters: JSONString
      displayName: String
      clientMutationId: String
    }
    type UpsertSweepPayload {
      sweep: Sweep
      configValidationWarnings: [String!]!
      clientMutationId: String
    }
  `,
  resolvers: {
    Mutation: {
      upsertSweep: () => {
        throw invalid('Tripline has no sweeps: runs of an optimizer of your own are logged here like all others');
      },
    },
    Project: {
      totalSweeps: () => 0,
      sweeps: emptyConnection,
    },
  },
};
