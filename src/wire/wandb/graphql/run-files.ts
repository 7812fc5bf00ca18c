import type { GraphQLResolveInfo } from 'graphql';
import { permits } from '../../../access/permits.ts';
import { invalid } from '../../../model/error.ts';
import { parseFileName } from '../../../model/file-name.ts';
import { largeNodeId } from '../../../model/wire-id.ts';
import { projectById } from '../../../store/projects.ts';
import { listRunFiles, type RunFile } from '../../../store/run-files.ts';
import { projectOfRun, type RunView } from '../../../store/run-views.ts';
import { mediaType } from '../files/content-type.ts';
import type { FileTarget } from '../files/file-urls.ts';
import { type Connection, connection, decodeCursor, encodeCursor, pageSize } from './connection.ts';
import type { GraphqlContext } from './context.ts';
import type { GraphqlModule } from './module.ts';
import { runLoaders } from './run-loaders.ts';
import { selects } from './selects.ts';

interface FilesArgs {
  readonly names?: readonly string[];
  readonly pattern?: string;
  readonly after?: string;
  readonly first?: number;
}

/** A file that the run has, or the place of one that a client is about to upload. */
type FileSource = RunFile | FileTarget;

/** Files of a run (wandb protocol, 4.4). */
export const runFiles: GraphqlModule = {
  sdl: /* GraphQL */ `
    extend type Run {
      fileCount: Int!
      "Files in the order of their names; no names mean all. The pattern is that of LIKE."
      files(names: [String], pattern: String, after: String, first: Int): FileConnection
    }
    type File {
      id: ID!
      name: String!
      "For downloads, or for uploads; carries its own authorisation and expires."
      url(upload: Boolean): String
      directUrl: String
      sizeBytes: Int64!
      mimetype: String
      md5: String
      updatedAt: DateTime
    }
    type FileConnection {
      edges: [FileEdge!]!
      pageInfo: PageInfo!
      uploadHeaders: [String!]!
    }
    type FileEdge {
      node: File
      cursor: String!
    }
  `,
  resolvers: {
    Run: {
      fileCount: async (run: RunView, _args, context) => (await (await runLoaders(context)).fileCount.load(run)) ?? 0,
      files: (run: RunView, args: FilesArgs, context, info) =>
        asksForUploads(args, info) ? announced(run, args.names ?? []) : pageOf(run, args, context),
    },
    FileConnection: { uploadHeaders: () => [] },
    File: {
      id: (file: FileSource) => largeNodeId('File', file.tenantId, isStored(file) ? file.fileId : '0'),
      url: (file: FileSource, { upload = false }: { upload?: boolean }, context) =>
        upload ? uploadUrl(file, context) : context.fileUrls.download(context.baseUrl, file),
      directUrl: (file: FileSource, _args, context) => context.fileUrls.download(context.baseUrl, file),
      sizeBytes: (file: FileSource) => (isStored(file) ? file.size : 0),
      mimetype: (file: FileSource) => mediaType(file.name),
    },
  },
};

async function pageOf(run: RunView, args: FilesArgs, { ground }: GraphqlContext): Promise<Connection<RunFile>> {
  const first = pageSize(args.first);
  const names = args.names?.filter((name) => !name.includes('\0')) ?? [];
  const [after] = decodeCursor(args.after, 1) ?? [];
  const rows = await listRunFiles(ground.database, {
    tenantId: run.tenantId,
    runId: run.runId,
    names: args.names === undefined || args.names.length === 0 ? undefined : names,
    pattern: likePattern(args.pattern),
    after,
    limit: first + 1,
  });
  return connection(rows, { first, cursorOf: (file) => encodeCursor(file.name) });
}

/** A pattern may not end in the middle of an escape. @throws TriplineError invalid */
function likePattern(pattern: string | undefined): string | undefined {
  if (pattern === undefined || pattern === '') return undefined;
  const escapes = /\\*$/.exec(pattern)?.[0].length ?? 0;
  if (escapes % 2 === 1 || pattern.includes('\0')) {
    throw invalid('pattern must not end with a single backslash nor hold NUL', 'pattern');
  }
  return pattern;
}

/** Clients before 0.18 ask for the places of files that they are about to upload (wandb protocol, section 9). */
function asksForUploads({ names = [] }: FilesArgs, info: GraphQLResolveInfo): boolean {
  return names.length > 0 && selects(info, 'uploadHeaders');
}

function announced(run: RunView, names: readonly string[]): Connection<FileTarget> {
  const nodes = names.map((name) => ({ tenantId: run.tenantId, runId: run.runId, name: parseFileName(name) }));
  return connection(nodes, { first: nodes.length, cursorOf: (file) => encodeCursor(file.name) });
}

/** Only for those who may write to the run. */
async function uploadUrl(file: FileSource, context: GraphqlContext): Promise<string | null> {
  const { ground, viewer, once, fileUrls, baseUrl } = context;
  const id = await once(`project of run:${file.runId}`, () => projectOfRun(ground.database, file));
  const project = id === undefined ? undefined : await once(`project:${id}`, () => projectById(ground.database, id));
  return project !== undefined && permits(viewer, 'log', project) ? fileUrls.upload(baseUrl, file) : null;
}

function isStored(file: FileSource): file is RunFile {
  return 'fileId' in file;
}
