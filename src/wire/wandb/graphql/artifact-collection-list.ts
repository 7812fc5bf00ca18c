import type { ArtifactTypeKey } from '../../../store/artifact-type-reads.ts';
import { type CollectionListing, countCollections, listCollections } from '../../../store/collection-lists.ts';
import type { ProjectPlace } from '../../../store/projects.ts';
import { parseCollectionFilters, parseCollectionOrder } from '../artifact-listing.ts';
import { seenProject } from './artifact-access.ts';
import { connection, emptyConnection, pageSize } from './connection.ts';
import type { GraphqlContext } from './context.ts';
import { placeAfter, placeCursor } from './list-cursor.ts';
import type { GraphqlModule } from './module.ts';

interface CollectionsArgs {
  /** JSON text. */
  readonly filters?: string;
  readonly order?: string;
  readonly after?: string;
  readonly first?: number;
}

const HIDDEN = { ...emptyConnection(), totalCount: 0 };
const ARGS = 'filters: JSONString, order: String, after: String, first: Int';

/** Lists of the collections of a project, newest first unless another order is asked for (wandb protocol, 5.16). */
export const artifactCollectionList: GraphqlModule = {
  sdl: /* GraphQL */ `
    extend type Project {
      artifactCollections(${ARGS}): ArtifactCollectionConnection!
    }
    extend type ArtifactType {
      artifactCollections(${ARGS}): ArtifactCollectionConnection!
    }
    type ArtifactCollectionConnection {
      totalCount: Int!
      edges: [ArtifactCollectionEdge!]!
      pageInfo: PageInfo!
    }
    type ArtifactCollectionEdge {
      node: ArtifactCollection
      cursor: String!
    }
  `,
  resolvers: {
    Project: {
      artifactCollections: ({ tenantId, id }: ProjectPlace, args: CollectionsArgs, context) =>
        pageOf({ tenantId, projectId: id, typeName: undefined }, args, context),
    },
    ArtifactType: {
      // a version that is linked elsewhere shows its type, also to whom its own project is hidden
      artifactCollections: async ({ tenantId, projectId, name }: ArtifactTypeKey, args: CollectionsArgs, context) =>
        (await seenProject(context, projectId)) === undefined
          ? HIDDEN
          : pageOf({ tenantId, projectId, typeName: name }, args, context),
    },
  },
};

async function pageOf(
  where: Omit<CollectionListing, 'filter'>,
  args: CollectionsArgs,
  { ground: { database } }: GraphqlContext,
) {
  const first = pageSize(args.first);
  const order = parseCollectionOrder(args.order);
  const listing = { ...where, filter: parseCollectionFilters(args.filters) };
  const page = { order, after: placeAfter(args.after, order), limit: first + 1 };
  const rows = await listCollections(database, listing, page);
  return {
    ...connection(rows, { first, cursorOf: placeCursor(order) }),
    totalCount: () => countCollections(database, listing),
  };
}
