import { demand } from '../../../access/demand.ts';
import { findProject } from '../../../directory/find-project.ts';
import { notFound } from '../../../model/error.ts';
import { findRunKey } from '../../../store/runs.ts';
import { recordAlert } from '../../../tracking/record-alert.ts';
import type { GraphqlModule } from './module.ts';

interface AlertInput {
  readonly entityName: string;
  readonly projectName: string;
  readonly runName: string;
  readonly title: string;
  readonly text: string;
  readonly severity?: 'INFO' | 'WARN' | 'ERROR';
  readonly waitDuration?: number;
}

const DEFAULT_WAIT_MS = 60_000;

/** `run.alert()` (wandb protocol, 8.9). */
export const runAlert: GraphqlModule = {
  sdl: /* GraphQL */ `
    extend type Mutation {
      notifyScriptableRunAlert(input: NotifyScriptableRunAlertInput!): NotifyScriptableRunAlertPayload
    }
    input NotifyScriptableRunAlertInput {
      entityName: String!
      projectName: String!
      runName: String!
      title: String!
      text: String!
      severity: AlertSeverity
      waitDuration: Duration
      clientMutationId: String
    }
    type NotifyScriptableRunAlertPayload {
      success: Boolean!
      clientMutationId: String
    }
  `,
  resolvers: {
    Mutation: {
      notifyScriptableRunAlert: async (_source, { input }: { input: AlertInput }, context) => {
        const project = await findProject(context.ground, context.viewer, input.entityName, input.projectName);
        if (project === undefined) throw notFound(`project ${input.entityName}/${input.projectName} not found`);
        demand(context.viewer, 'log', project, `project ${input.projectName}`);
        const where = { tenantId: project.tenantId, projectId: project.id, name: input.runName };
        const key = await findRunKey(context.ground.database, where);
        if (key === undefined)
          throw notFound(`run ${input.runName} not found in ${input.entityName}/${input.projectName}`);
        const { title, text, severity = 'INFO', waitDuration: waitMs = DEFAULT_WAIT_MS } = input;
        await recordAlert(context.tracking, key, { title, text, severity, waitMs });
        return { success: true };
      },
    },
  },
};
