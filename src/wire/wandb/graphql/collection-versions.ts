import type { Collection } from '../../../store/collections.ts';
import type { Listed } from '../../../store/keyset-list.ts';
import type { Membership } from '../../../store/memberships.ts';
import { type CollectionVersion, countVersions, listVersions } from '../../../store/version-lists.ts';
import { parseVersionFilters, parseVersionOrder } from '../artifact-listing.ts';
import { ifSeen } from './artifact-access.ts';
import { connection, emptyConnection, pageSize } from './connection.ts';
import type { GraphqlContext } from './context.ts';
import { placeAfter, placeCursor } from './list-cursor.ts';
import type { GraphqlModule } from './module.ts';

interface VersionsArgs {
  /** JSON text. */
  readonly filters?: string;
  readonly order?: string;
  readonly after?: string;
  readonly first?: number;
}

const ARGS = 'filters: JSONString, order: String, after: String, first: Int';
const FIELDS = /* GraphQL */ `
      "Newest first, unless another order is asked for."
      artifacts(${ARGS}): VersionedArtifactConnection!
      artifactMemberships(${ARGS}): ArtifactCollectionMembershipConnection!
`;
const HIDDEN = { ...emptyConnection(), totalCount: 0 };
const RESOLVERS = { artifacts: ifSeen(artifactsOf, HIDDEN), artifactMemberships: ifSeen(membershipsOf, HIDDEN) };

/** Lists of the versions of a collection (wandb protocol, 5.16). */
export const collectionVersions: GraphqlModule = {
  sdl: /* GraphQL */ `
    extend interface ArtifactCollection {
      ${FIELDS}
    }
    extend type ArtifactSequence {
      ${FIELDS}
    }
    extend type ArtifactPortfolio {
      ${FIELDS}
    }
    type VersionedArtifactConnection {
      totalCount: Int!
      edges: [VersionedArtifactEdge!]!
      pageInfo: PageInfo!
    }
    type VersionedArtifactEdge {
      "In this collection: v3."
      version: String!
      node: Artifact
      cursor: String!
    }
  `,
  resolvers: { ArtifactSequence: RESOLVERS, ArtifactPortfolio: RESOLVERS },
};

async function artifactsOf(collection: Collection, args: VersionsArgs, context: GraphqlContext) {
  const page = await pageOf(collection, args, context);
  return { ...page, edges: page.edges.map((edge) => ({ ...edge, version: `v${edge.node.placeIndex}` })) };
}

async function membershipsOf(collection: Collection, args: VersionsArgs, context: GraphqlContext) {
  const page = await pageOf(collection, args, context);
  return { ...page, edges: page.edges.map((edge) => ({ ...edge, node: placeOf(collection, edge.node) })) };
}

async function pageOf(collection: Collection, args: VersionsArgs, { ground: { database } }: GraphqlContext) {
  const first = pageSize(args.first);
  const order = parseVersionOrder(args.order);
  const filter = parseVersionFilters(args.filters);
  const listing = { tenantId: collection.tenantId, collectionId: collection.collectionId, filter };
  const page = { order, after: placeAfter(args.after, order), limit: first + 1 };
  const rows = await listVersions(database, listing, page);
  return {
    ...connection<Listed<CollectionVersion>>(rows, { first, cursorOf: placeCursor(order) }),
    totalCount: () => (filter === undefined ? collection.versionCount : countVersions(database, listing)),
  };
}

function placeOf({ tenantId, collectionId }: Collection, version: CollectionVersion): Membership {
  return {
    tenantId,
    collectionId,
    versionIndex: version.placeIndex,
    artifactTenantId: version.tenantId,
    artifactId: version.artifactId,
    createdAt: version.placedAt,
  };
}
