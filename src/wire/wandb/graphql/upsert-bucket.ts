import { ensureProject } from '../../../directory/ensure-project.ts';
import { invalid } from '../../../model/error.ts';
import { isJsonObject } from '../../../model/json.ts';
import { parseLooseJson } from '../../../model/loose-json.ts';
import { authorOf } from '../../../model/viewer.ts';
import { editRun } from '../../../tracking/edit-run-by-hand.ts';
import type { ConfigText } from '../../../tracking/merge-config.ts';
import { type RunEdit, type UpsertedRun, upsertRun } from '../../../tracking/upsert-run.ts';
import type { GraphqlContext } from './context.ts';
import type { GraphqlModule } from './module.ts';
import { requireRun, runSource } from './run-of-id.ts';

/** The client's names of what an upsert may bring (wandb protocol, 2.2). */
interface UpsertBucketInput {
  readonly id?: string;
  readonly name?: string;
  readonly modelName?: string;
  readonly entityName?: string;
  readonly groupName?: string;
  readonly description?: string;
  readonly displayName?: string;
  readonly notes?: string;
  readonly commit?: string;
  readonly config?: string;
  readonly host?: string;
  readonly jobProgram?: string;
  readonly jobRepo?: string;
  readonly jobType?: string;
  readonly state?: string;
  readonly summaryMetrics?: string;
  readonly sweep?: string;
  readonly tags?: readonly string[];
}

/** Where the client logs runs that were given no project. */
export const DEFAULT_PROJECT = 'uncategorized';

/** `upsertBucket`: how a run begins, changes, and begins again. */
export const upsertBucket: GraphqlModule = {
  sdl: /* GraphQL */ `
    extend type Mutation {
      upsertBucket(input: UpsertBucketInput!): UpsertBucketPayload
    }
    input UpsertBucketInput {
      id: String
      name: String
      project: String
      modelName: String
      entityName: String
      groupName: String
      description: String
      displayName: String
      notes: String
      commit: String
      config: JSONString
      host: String
      debug: Boolean
      framework: String
      jobProgram: String
      jobRepo: String
      jobType: String
      state: String
      summaryMetrics: JSONString
      sweep: String
      tags: [String!]
      clientMutationId: String
    }
    type UpsertBucketPayload {
      bucket: Run
      inserted: Boolean
      clientMutationId: String
    }
  `,
  resolvers: {
    Mutation: {
      upsertBucket: async (_source, { input }: { input: UpsertBucketInput }, context) => {
        const run = input.id === undefined ? await byName(input, context) : await byId(input.id, input, context);
        return { bucket: await runSource(context, run), inserted: run.inserted };
      },
    },
  },
};

async function byName(input: UpsertBucketInput, context: GraphqlContext): Promise<UpsertedRun> {
  const edit = editOf(input);
  const project = await ensureProject(
    context.ground,
    context.viewer,
    input.entityName ?? null,
    input.modelName ?? DEFAULT_PROJECT,
  );
  const place = { tenantId: project.tenantId, projectId: project.id, userId: authorOf(context.viewer).userId };
  return upsertRun(context.tracking, place, input.name, edit, isPending(input.state));
}

/** A resumed run is upserted with its storage id and its name: that is a start like any other. */
async function byId(id: string, input: UpsertBucketInput, context: GraphqlContext): Promise<UpsertedRun> {
  const run = await requireRun(context, id, 'log');
  if (input.name !== undefined && input.modelName !== undefined) return byName(input, context);
  return editRun(context.tracking, context.viewer, run, editOf(input));
}

function editOf(input: UpsertBucketInput): RunEdit {
  return {
    displayName: input.displayName,
    group: input.groupName,
    jobType: input.jobType,
    sweep: input.sweep,
    notes: input.notes,
    description: input.description,
    tags: input.tags,
    commit: input.commit,
    repo: input.jobRepo,
    program: input.jobProgram,
    host: input.host,
    config: objectText(input.config, 'config'),
    summary: objectText(input.summaryMetrics, 'summaryMetrics'),
  };
}

function isPending(state: string | undefined): boolean {
  if (state === undefined || state === 'running') return false;
  if (state === 'pending') return true;
  throw invalid(`a run begins as 'running' or 'pending', not '${state}'`, 'state');
}

function objectText(raw: string | undefined, path: string): ConfigText | undefined {
  if (raw === undefined) return undefined;
  try {
    const values = parseLooseJson(raw);
    if (isJsonObject(values)) return { raw, values };
  } catch {
    // told below
  }
  throw invalid(`${path} is not a JSON object`, path);
}
