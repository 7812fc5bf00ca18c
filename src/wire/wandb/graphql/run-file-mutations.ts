import { demand } from '../../../access/demand.ts';
import { findProject } from '../../../directory/find-project.ts';
import { invalid, notFound } from '../../../model/error.ts';
import { parseFileName } from '../../../model/file-name.ts';
import type { FileId, TenantId } from '../../../model/ids.ts';
import { largeNodeId, parseLargeNodeId } from '../../../model/wire-id.ts';
import { missingFiles } from '../../../store/run-files.ts';
import type { RunKey } from '../../../store/run-heads.ts';
import { findRunKey } from '../../../store/runs.ts';
import { deleteRunFiles } from '../../../tracking/delete-run-files.ts';
import type { GraphqlContext } from './context.ts';
import type { GraphqlModule } from './module.ts';

interface NamedFiles {
  readonly entityName: string;
  readonly projectName: string;
  readonly runName: string;
  readonly files: readonly string[];
}

/** Names of one request. */
const MOST_FILES = 10_000;

/** Uploading and deleting run files (wandb protocol, 4.1 to 4.4). */
export const runFileMutations: GraphqlModule = {
  sdl: /* GraphQL */ `
    extend type Mutation {
      createRunFiles(input: CreateRunFilesInput!): CreateRunFilesPayload
      markRunFilesUploaded(input: MarkRunFilesUploadedInput!): MarkRunFilesUploadedPayload
      deleteFiles(input: DeleteFilesInput!): DeleteFilesPayload
    }
    input CreateRunFilesInput {
      entityName: String!
      projectName: String!
      runName: String!
      files: [String!]!
      clientMutationId: String
    }
    type CreateRunFilesPayload {
      runID: ID!
      uploadHeaders: [String!]!
      "One for each name, in the same order."
      files: [UploadTarget!]!
      clientMutationId: String
    }
    type UploadTarget {
      name: String!
      uploadUrl: String
    }
    input MarkRunFilesUploadedInput {
      entityName: String!
      projectName: String!
      runName: String!
      files: [String!]!
      clientMutationId: String
    }
    type MarkRunFilesUploadedPayload {
      "False when the content of one of them has not arrived."
      success: Boolean!
      clientMutationId: String
    }
    input DeleteFilesInput {
      files: [ID!]!
      projectId: Int
      clientMutationId: String
    }
    type DeleteFilesPayload {
      success: Boolean!
      clientMutationId: String
    }
  `,
  resolvers: {
    Mutation: {
      createRunFiles: async (_source, { input }: { input: NamedFiles }, context) => {
        const run = await runToWrite(input, context);
        const names = input.files.map(parseFileName);
        return {
          runID: largeNodeId('Run', run.tenantId, run.runId),
          uploadHeaders: [],
          files: names.map((name) => ({
            name,
            uploadUrl: context.fileUrls.upload(context.baseUrl, { tenantId: run.tenantId, runId: run.runId, name }),
          })),
        };
      },
      // uploads come to us, so there is nothing left to note; the state of the run must not change
      markRunFilesUploaded: async (_source, { input }: { input: NamedFiles }, context) => {
        const run = await runToWrite(input, context);
        const missing = await missingFiles(context.ground.database, run, input.files.map(parseFileName));
        return { success: missing.length === 0 };
      },
      deleteFiles: async (_source, { input }: { input: { files: readonly string[] } }, context) => {
        for (const [tenantId, ids] of byTenant(bounded(input.files))) {
          await deleteRunFiles(context.files, context.viewer, tenantId, ids);
        }
        return { success: true };
      },
    },
  },
};

async function runToWrite(input: NamedFiles, { ground, viewer }: GraphqlContext): Promise<RunKey> {
  bounded(input.files);
  const { entityName, projectName, runName } = input;
  const project = await findProject(ground, viewer, entityName, projectName);
  if (project === undefined) throw notFound(`project ${entityName}/${projectName} not found`);
  demand(viewer, 'log', project, `project ${entityName}/${projectName}`);
  const where = { tenantId: project.tenantId, projectId: project.id, name: runName };
  const run = await findRunKey(ground.database, where);
  if (run === undefined) throw notFound(`run ${entityName}/${projectName}/${runName} not found`);
  return run;
}

function bounded(files: readonly string[]): readonly string[] {
  if (files.length <= MOST_FILES) return files;
  throw invalid(`${files.length} files in one request; at most ${MOST_FILES} are allowed`, 'files');
}

function byTenant(files: readonly string[]): Map<TenantId, FileId[]> {
  const found = new Map<TenantId, FileId[]>();
  for (const file of files) {
    const parsed = parseLargeNodeId<TenantId, FileId>('File', file);
    if (parsed === undefined) throw notFound(`file with id '${file.slice(0, 100)}' not found`);
    found.set(parsed.tenantId, [...(found.get(parsed.tenantId) ?? []), parsed.id]);
  }
  return found;
}
