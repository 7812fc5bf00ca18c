import { demand } from '../../../access/demand.ts';
import { findProject } from '../../../directory/find-project.ts';
import { invalid } from '../../../model/error.ts';
import type { RunKey } from '../../../store/run-heads.ts';
import { findRunKey } from '../../../store/runs.ts';
import { deleteRun } from '../../../tracking/delete-run.ts';
import { rewindRun } from '../../../tracking/rewind-run.ts';
import { stopRun } from '../../../tracking/stop-run.ts';
import type { GraphqlContext } from './context.ts';
import type { GraphqlModule } from './module.ts';
import { requireRun, runSource } from './run-of-id.ts';
import { DEFAULT_PROJECT } from './upsert-bucket.ts';

interface RewindRunInput {
  readonly runName: string;
  readonly entityName?: string;
  readonly projectName?: string;
  readonly metricName: string;
  readonly metricValue: number;
  readonly clientMutationId?: string;
}

/** Deleting, stopping and rewinding runs (wandb protocol, 2.5, 2.6 and 6.4). */
export const runMutations: GraphqlModule = {
  sdl: /* GraphQL */ `
    extend type Mutation {
      "Deleting a deleted run once more is all right."
      deleteRun(input: DeleteRunInput!): DeleteRunPayload
      "Has no effect on a run that has ended."
      stopRun(input: StopRunInput!): StopRunPayload
      "Deletes history beyond a step; \`rewoundRun\` is null when there is no such run."
      rewindRun(input: RewindRunInput!): RewindRunPayload
    }
    input RewindRunInput {
      runName: String!
      entityName: String
      projectName: String
      "Only \`_step\`."
      metricName: String!
      metricValue: Float!
      clientMutationId: String
    }
    type RewindRunPayload {
      rewoundRun: Run
      clientMutationId: String
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
        await stopRun(context.ground, context.viewer, await requireRun(context, input.id, 'log'));
        return { success: true, clientMutationId: input.clientMutationId };
      },
      rewindRun: async (_source, { input }: { input: RewindRunInput }, context) => {
        if (input.metricName !== '_step') throw invalid("a run is rewound by its metric '_step' alone", 'metricName');
        const key = await runToRewind(context, input);
        if (key !== undefined) await rewindRun(context.tracking, context.viewer, key, input.metricValue);
        const rewoundRun = key === undefined ? null : await runSource(context, key);
        return { rewoundRun, clientMutationId: input.clientMutationId };
      },
    },
  },
};

/** `undefined`: the client tells its user that there is no such run. @throws TriplineError forbidden */
async function runToRewind(context: GraphqlContext, input: RewindRunInput): Promise<RunKey | undefined> {
  const { ground, viewer } = context;
  const project = await findProject(ground, viewer, input.entityName, input.projectName ?? DEFAULT_PROJECT);
  if (project === undefined) return undefined;
  demand(viewer, 'log', project, `project ${project.entityName}/${project.name}`);
  return findRunKey(ground.database, { tenantId: project.tenantId, projectId: project.id, name: input.runName });
}
