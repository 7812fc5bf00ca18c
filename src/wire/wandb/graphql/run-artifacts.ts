import { invalid } from '../../../model/error.ts';
import { type ArtifactId, parseId, type RunId, type TenantId } from '../../../model/ids.ts';
import type { Artifact, ArtifactKey } from '../../../store/artifacts.ts';
import { artifactsOfRun, countArtifactsOfRun, type Direction, usersOfArtifact } from '../../../store/lineage-reads.ts';
import type { RunView } from '../../../store/run-views.ts';
import { isSeen, seenProject } from './artifact-access.ts';
import { artifactLoaders } from './artifact-loaders.ts';
import { connection, decodeCursor, decodeIdCursor, encodeCursor, LARGEST_PAGE, pageSize } from './connection.ts';
import type { GraphqlContext } from './context.ts';
import type { FieldResolver, GraphqlModule } from './module.ts';
import { runLoaders } from './run-loaders.ts';

interface PageArgs {
  readonly first?: number;
  readonly after?: string;
}

/** Which runs made and used which versions (wandb protocol, 5.9). What is hidden from the viewer is left out. */
export const runArtifacts: GraphqlModule = {
  sdl: /* GraphQL */ `
    extend type Run {
      "The versions that it made, newest first."
      outputArtifacts(after: String, first: Int): ArtifactConnection!
      "The versions that it used, newest first."
      inputArtifacts(after: String, first: Int): InputArtifactConnection!
    }
    type ArtifactConnection {
      "Hidden ones too."
      totalCount: Int!
      edges: [ArtifactEdge!]!
      pageInfo: PageInfo!
    }
    "Clients up to 0.23 know it by this name."
    type InputArtifactConnection {
      "Hidden ones too."
      totalCount: Int!
      edges: [ArtifactEdge!]!
      pageInfo: PageInfo!
    }
    type ArtifactEdge {
      node: Artifact
      cursor: String!
    }
    union ArtifactCreator = Run | User
    extend type Artifact {
      "The run that made it, or the user who did so without one; null when it is gone or hidden."
      createdBy: ArtifactCreator
      "The runs that used it, oldest first."
      usedBy(after: String, first: Int): RunConnection!
    }
  `,
  resolvers: {
    Run: { outputArtifacts: artifactsIn('output'), inputArtifacts: artifactsIn('input') },
    ArtifactCreator: { __resolveType: (creator: object) => ('runId' in creator ? 'Run' : 'User') },
    Artifact: {
      createdBy: async (artifact: Artifact, _args, context) =>
        artifact.runId === null ? authorOf(artifact, context) : makerOf(artifact.tenantId, artifact.runId, context),
      usedBy,
    },
  },
};

function artifactsIn(direction: Direction): FieldResolver {
  return async (run: RunView, args: PageArgs, context) => {
    const { database } = context.ground;
    const first = pageSize(args.first);
    const key = { tenantId: run.tenantId, runId: run.runId };
    const rows = await artifactsOfRun(database, { ...key, direction, after: placeOf(args.after), limit: first + 1 });
    const page = connection(rows, { first, cursorOf: (row) => encodeCursor(row.tenantId, row.artifactId) });
    const seen = await Promise.all(page.edges.map(({ node }) => isSeen(context, node)));
    return {
      ...page,
      edges: page.edges.filter((_, index) => seen[index]),
      totalCount: () => countArtifactsOfRun(database, key, direction),
    };
  };
}

function placeOf(cursor: string | undefined): ArtifactKey | undefined {
  const [tenant, artifact] = decodeCursor(cursor, 2) ?? [];
  if (tenant === undefined || artifact === undefined) return undefined;
  const [tenantId, artifactId] = [parseId<TenantId>(tenant), parseId<ArtifactId>(artifact)];
  if (tenantId !== undefined && artifactId !== undefined) return { tenantId, artifactId };
  throw invalid('this cursor was not made by this list; start without one', 'after');
}

async function usedBy(artifact: Artifact, args: PageArgs, context: GraphqlContext) {
  // the client reads one page only
  const first = pageSize(args.first ?? LARGEST_PAGE);
  const page = { after: decodeIdCursor<RunId>(args.after), limit: first + 1 };
  const rows = await usersOfArtifact(context.ground.database, artifact, page);
  const all = connection(rows, { first, cursorOf: ({ runId }) => encodeCursor(runId) });
  const projects = await Promise.all(all.edges.map(({ node }) => seenProject(context, node.projectId)));
  return { ...all, edges: all.edges.filter((_, index) => projects[index] !== undefined) };
}

async function makerOf(tenantId: TenantId, runId: RunId, context: GraphqlContext): Promise<RunView | undefined> {
  const run = await (await artifactLoaders(context)).run.load({ tenantId, runId });
  return run !== undefined && (await seenProject(context, run.projectId)) !== undefined ? run : undefined;
}

async function authorOf({ userId, projectId }: Artifact, context: GraphqlContext) {
  const isHidden = userId === null || (await seenProject(context, projectId)) === undefined;
  return isHidden ? null : (await runLoaders(context)).user.load(userId);
}
