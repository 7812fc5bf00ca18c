import type { GraphQLResolveInfo } from 'graphql';
import { permits } from '../../../access/permits.ts';
import { invalid } from '../../../model/error.ts';
import { parseFileName } from '../../../model/file-name.ts';
import { largeNodeId } from '../../../model/wire-id.ts';
import { projectById } from '../../../store/projects.ts';
import { countRunFiles, listRunFiles, type RunFile } from '../../../store/run-files.ts';
import { projectOfRun, type RunView } from '../../../store/run-views.ts';
import { mediaType } from '../../content-type.ts';
import type { FileTarget } from '../files/file-urls.ts';
import { connection, decodeCursor, encodeCursor, pageSize, wholeConnection } from './connection.ts';
import type { GraphqlContext } from './context.ts';
import { type FileNode, namesIn } from './file.ts';
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
  `,
  resolvers: {
    Run: {
      fileCount: async (run: RunView, _args, context) => (await (await runLoaders(context)).fileCount.load(run)) ?? 0,
      files: (run: RunView, args: FilesArgs, context, info) =>
        asksForUploads(args, info) ? announced(run, args.names ?? []) : pageOf(run, args, context),
    },
  },
};

async function pageOf(run: RunView, args: FilesArgs, { ground }: GraphqlContext) {
  const first = pageSize(args.first);
  const chosen = {
    tenantId: run.tenantId,
    runId: run.runId,
    names: namesIn(args.names)?.map(withoutDot),
    pattern: likePattern(args.pattern),
  };
  const [after] = decodeCursor(args.after, 1) ?? [];
  const rows = await listRunFiles(ground.database, { ...chosen, after, limit: first + 1 });
  return {
    ...connection(rows.map(nodeOf), { first, cursorOf: (file) => encodeCursor(file.name) }),
    totalCount: () => countRunFiles(ground.database, chosen),
  };
}

/** A file that is asked for again, or an upload that is announced. */
function nodeOf(file: FileSource): FileNode {
  const stored = 'fileId' in file ? file : undefined;
  const directUrl: FileNode['directUrl'] = (_args, { fileUrls, baseUrl }) => fileUrls.download(baseUrl, file);
  return {
    id: largeNodeId('File', file.tenantId, stored?.fileId ?? '0'),
    name: file.name,
    displayName: file.name,
    url: ({ upload }, context) => (upload === true ? uploadUrl(file, context) : directUrl(undefined, context)),
    directUrl,
    sizeBytes: stored?.size ?? 0,
    mimetype: mediaType(file.name),
    md5: stored?.md5 ?? null,
    digest: null,
    storagePath: null,
    updatedAt: stored?.updatedAt ?? null,
  };
}

/** A file is saved by its path from the folder, and may be asked for as it was given: `./report.txt`. */
function withoutDot(name: string): string {
  return name.replace(/^(\.\/+)+/, '');
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

function announced(run: RunView, names: readonly string[]) {
  const files = names.map((name) => ({ tenantId: run.tenantId, runId: run.runId, name: parseFileName(name) }));
  return { ...wholeConnection(files.map(nodeOf), ({ name }) => encodeCursor(name)), totalCount: files.length };
}

/** Only for those who may write to the run. */
async function uploadUrl(file: FileSource, context: GraphqlContext): Promise<string | null> {
  const { ground, viewer, once, fileUrls, baseUrl } = context;
  const id = await once(`project of run:${file.runId}`, () => projectOfRun(ground.database, file));
  const project = id === undefined ? undefined : await once(`project:${id}`, () => projectById(ground.database, id));
  return project !== undefined && permits(viewer, 'log', project) ? fileUrls.upload(baseUrl, file) : null;
}
