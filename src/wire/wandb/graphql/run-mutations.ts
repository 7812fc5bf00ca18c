import { requestStop } from '../../../store/run-removals.ts';
import { deleteRun } from '../../../tracking/delete-run.ts';
import type { GraphqlModule } from './module.ts';
import { requireRun } from './run-of-id.ts';

/** Deleting and stopping runs (wandb protocol, 2.6 and 6.4). */
export const runMutations: GraphqlModule = {
  sdl: /* GraphQL */ `
    extend type Mutation {
      "Deleting a deleted run once more is all right."
      deleteRun(input: DeleteRunInput!): DeleteRunPayload
      "Has no effect on a run that has ended."
      stopRun(input: StopRunInput!): StopRunPayload
    }
    input DeleteRunInput {
      id: ID!
      deleteArtifacts: Boolean
      clientMutationId: String
    }
    type DeleteRunPayload {
      success: Boolean!
      clientMutationId: String
    }
    input StopRunInput {
      id: ID!
      clientMutationId: String
    }
    type StopRunPayload {
      success: Boolean!
      clientMutationId: String
    }
  `,
  resolvers: {
    Mutation: {
      deleteRun: async (_source, { input }: { input: { id: string; clientMutationId?: string } }, context) => {
        await deleteRun(context.ground, context.viewer, await requireRun(context, input.id, 'log'));
        return { success: true, clientMutationId: input.clientMutationId };
      },
      stopRun: async (_source, { input }: { input: { id: string; clientMutationId?: string } }, context) => {
        await requestStop(context.ground.database, await requireRun(context, input.id, 'log'));
        return { success: true, clientMutationId: input.clientMutationId };
      },
    },
  },
};
