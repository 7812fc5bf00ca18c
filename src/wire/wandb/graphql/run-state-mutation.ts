import { invalid } from '../../../model/error.ts';
import { changeRunState } from '../../../tracking/change-run-state.ts';
import type { GraphqlModule } from './module.ts';
import { requireRun } from './run-of-id.ts';

/** `updateRunState`: a person's word on a run's state (wandb protocol, 6.4). */
export const runStateMutation: GraphqlModule = {
  sdl: /* GraphQL */ `
    extend type Mutation {
      updateRunState(input: UpdateRunStateInput!): UpdateRunStatePayload
    }
    input UpdateRunStateInput {
      id: ID!
      state: String!
      clientMutationId: String
    }
    type UpdateRunStatePayload {
      success: Boolean!
      clientMutationId: String
    }
  `,
  resolvers: {
    Mutation: {
      updateRunState: async (_source, { input }: { input: { id: string; state: string } }, context) => {
        const run = await requireRun(context, input.id, 'log');
        if (input.state !== 'pending' && input.state !== 'failed') {
          throw invalid(`a run can be set to 'pending' or 'failed', not to '${input.state}'`, 'state');
        }
        await changeRunState(context.tracking, context.viewer, run, input.state);
        return { success: true };
      },
    },
  },
};
