import type { ProjectPlace } from '../../../store/projects.ts';
import { countRuns, type ListedRun, listRuns, type RunListing } from '../../../store/run-queries.ts';
import { parseRunFilters, parseRunOrder } from '../../run-listing.ts';
import { type Connection, connection, pageSize } from './connection.ts';
import type { GraphqlContext } from './context.ts';
import { placeAfter, placeCursor } from './list-cursor.ts';
import type { GraphqlModule } from './module.ts';

interface RunsArgs {
  /** JSON text. */
  readonly filters?: string;
  readonly after?: string;
  readonly first?: number;
  readonly order?: string;
}

/** Lists of a project's runs; old clients call them buckets (wandb protocol, 6.2). */
export const runs: GraphqlModule = {
  sdl: /* GraphQL */ `
    extend type Project {
      runs(filters: JSONString, after: String, first: Int, order: String): RunConnection
      buckets(filters: JSONString, after: String, first: Int, order: String): RunConnection
      runCount(filters: JSONString): Int!
    }
    type RunConnection {
      edges: [RunEdge!]!
      pageInfo: PageInfo!
    }
    type RunEdge {
      node: Run!
      cursor: String!
    }
  `,
  resolvers: {
    Project: {
      runs: pageOf,
      buckets: pageOf,
      runCount: (project: ProjectPlace, args: RunsArgs, { ground }) =>
        countRuns(ground.database, listingOf(project, args)),
    },
  },
};

async function pageOf(
  project: ProjectPlace,
  args: RunsArgs,
  { ground, once }: GraphqlContext,
): Promise<Connection<ListedRun>> {
  await once(`project:${project.id}`, async () => project);
  const first = pageSize(args.first);
  const order = parseRunOrder(args.order);
  const page = { order, after: placeAfter(args.after, order), limit: first + 1 };
  const rows = await listRuns(ground.database, listingOf(project, args), page);
  return connection(rows, { first, cursorOf: placeCursor(order) });
}

function listingOf(project: ProjectPlace, args: RunsArgs): RunListing {
  return {
    tenantId: project.tenantId,
    projectId: project.id,
    project: project.name,
    entity: project.entityName,
    filter: parseRunFilters(args.filters),
  };
}
