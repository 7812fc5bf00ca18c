import { permits } from '../../../access/permits.ts';
import { isJsonObject, type JsonObject } from '../../../model/json.ts';
import { parseLooseJson, printLooseJson } from '../../../model/loose-json.ts';
import { largeNodeId } from '../../../model/wire-id.ts';
import { type ProjectPlace, projectById } from '../../../store/projects.ts';
import { noteResumeAsked } from '../../../store/run-heads.ts';
import { type RunView, runViewByName } from '../../../store/run-views.ts';
import type { User } from '../../../store/users.ts';
import type { GraphqlContext } from './context.ts';
import type { GraphqlModule } from './module.ts';
import { runLoaders } from './run-loaders.ts';

interface RunArgs {
  readonly name?: string;
  readonly missingOk?: boolean;
}

/** One run; old clients call it a bucket. */
export const run: GraphqlModule = {
  sdl: /* GraphQL */ `
    extend type Project {
      "Null for an unknown run."
      run(name: String, desc: String): Run
      bucket(name: String, desc: String, missingOk: Boolean): Run
    }
    type Run {
      id: ID!
      "The id that the client chose."
      name: String!
      displayName: String
      description: String
      notes: String
      config: JSONString
      "Members of the client's own part of the config; null until a client has started the run."
      wandbConfig(keys: [String!]): JSONString
      summaryMetrics: JSONString
      tags: [String!]!
      state: String!
      group: String
      jobType: String
      commit: String
      host: String
      sweepName: String
      createdAt: DateTime!
      updatedAt: DateTime
      heartbeatAt: DateTime
      user: User
      project: Project!
      projectId: Int!
      readOnly: Boolean!
      "Whether the client is asked to stop."
      stopped: Boolean!
    }
  `,
  resolvers: {
    Project: {
      run: (project: ProjectPlace, args: RunArgs, context) => findRun(project, args.name, context),
      bucket: async (project: ProjectPlace, args: RunArgs, context) => {
        const found = await findRun(project, args.name, context);
        if (found !== undefined && args.missingOk === true) await noteResume(found, project, context);
        return found;
      },
    },
    Run: {
      id: (run: RunView) => largeNodeId('Run', run.tenantId, run.runId),
      config: async (run: RunView, _args, context) => (await configOf(run, context)) ?? '{}',
      wandbConfig: async (run: RunView, { keys }: { keys?: readonly string[] }, context) =>
        clientConfig((await configOf(run, context)) ?? '{}', keys),
      summaryMetrics: async (run: RunView, _args, context) =>
        (await (await runLoaders(context)).summary.load(run)) ?? '{}',
      sweepName: (run: RunView) => run.sweep,
      updatedAt: (run: RunView) => run.heartbeatAt ?? run.createdAt,
      user: async (run: RunView, _args, context) =>
        (await (await runLoaders(context)).user.load(run.userId)) ?? formerUser(run),
      project: projectOf,
      projectId: (run: RunView) => Number(run.projectId),
      readOnly: async (run: RunView, _args, context) => {
        const project = await projectOf(run, undefined, context);
        return project === undefined || !permits(context.viewer, 'log', project);
      },
      stopped: (run: RunView) => run.stopRequested,
    },
  },
};

async function findRun(
  project: ProjectPlace,
  name: string | undefined,
  { ground, once }: GraphqlContext,
): Promise<RunView | undefined> {
  if (name === undefined || name.includes('\0')) return undefined;
  await once(`project:${project.id}`, async () => project);
  return runViewByName(ground.database, { tenantId: project.tenantId, projectId: project.id, name });
}

/** Only `wandb.init(resume=…)` asks like this: the run's next upsert is a start (wandb protocol, 2.2). */
async function noteResume(run: RunView, project: ProjectPlace, { ground, viewer }: GraphqlContext): Promise<void> {
  if (permits(viewer, 'log', project)) await noteResumeAsked(ground.database, run, ground.clock.now());
}

function projectOf(run: RunView, _args: unknown, { ground, once }: GraphqlContext): Promise<ProjectPlace | undefined> {
  return once(`project:${run.projectId}`, () => projectById(ground.database, run.projectId));
}

async function configOf(run: RunView, context: GraphqlContext): Promise<string | undefined> {
  return (await runLoaders(context)).config.load(run);
}

/** The client cannot do without an author (wandb protocol, 6.2). */
function formerUser(run: RunView): User {
  return {
    id: run.userId,
    username: 'deleted-user',
    email: null,
    admin: false,
    entityId: null,
    serviceOf: null,
    displayName: null,
    createdAt: run.createdAt,
  };
}

function clientConfig(config: string, keys: readonly string[] | undefined): string | null {
  const entry = memberOf(parseLooseJson(config), '_wandb');
  const members = memberOf(entry, 'value');
  if (members === undefined) return null;
  const kept = Object.entries(members).filter(([key]) => keys === undefined || keys.includes(key));
  return printLooseJson(Object.fromEntries(kept));
}

function memberOf(value: ReturnType<typeof parseLooseJson> | undefined, key: string): JsonObject | undefined {
  const member = isJsonObject(value) ? value[key] : undefined;
  return isJsonObject(member) ? member : undefined;
}
