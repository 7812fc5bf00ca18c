import { seenProjects } from '../../../access/seen-projects.ts';
import type { EntityPlace } from '../../../directory/find-entity.ts';
import { invalid } from '../../../model/error.ts';
import { asId, type CollectionId, type ProjectId } from '../../../model/ids.ts';
import type { ListOrder } from '../../../store/keyset-list.ts';
import type { Membership } from '../../../store/memberships.ts';
import { countPlaces, listPlaces, type PlaceCursor } from '../../../store/place-lists.ts';
import {
  collectionsFrom,
  countFoundCollections,
  type RegistryCollectionListing,
  searchCollections,
  searchRegistries,
} from '../../../store/registry-lists.ts';
import {
  NEWEST_FIRST,
  parseCollectionFilters,
  parseCollectionOrder,
  parseVersionFilters,
} from '../artifact-listing.ts';
import { parseRegistryFilters, parseRegistryOrder } from '../registry-listing.ts';
import { connection, decodeCursor, encodeCursor, foreignCursor, pageSize } from './connection.ts';
import type { GraphqlContext } from './context.ts';
import { placeAfter, placeCursor } from './list-cursor.ts';
import type { GraphqlModule } from './module.ts';

/** Filters are JSON texts. */
export interface RegistriesArgs {
  readonly filters?: string;
  readonly order?: string;
  readonly after?: string;
  readonly first?: number;
}

interface CollectionsArgs extends RegistriesArgs {
  readonly projectFilters?: string;
  readonly collectionTypes?: readonly ('SEQUENCE' | 'PORTFOLIO')[];
}

interface VersionsArgs extends RegistriesArgs {
  readonly projectFilters?: string;
  readonly collectionFilters?: string;
}

const KIND_OF = { SEQUENCE: 'sequence', PORTFOLIO: 'portfolio' } as const;

/** More than an organization has: what a filter finds is taken whole, to look below it. */
const ALL = { order: NEWEST_FIRST, after: undefined, limit: 2 ** 31 - 1 };

/** Looking through all registries of an organization at once (wandb protocol, 7.3, 7.6). */
export const registrySearch: GraphqlModule = {
  sdl: /* GraphQL */ `
    extend type Entity {
      "Of the registries of an organization's entity; other entities have none."
      artifactCollections(
        projectFilters: JSONString
        filters: JSONString
        collectionTypes: [ArtifactCollectionType!]
        order: String
        after: String
        first: Int
      ): ArtifactCollectionConnection
      "The same of the versions in them, collection by collection."
      artifactMemberships(
        projectFilters: JSONString
        collectionFilters: JSONString
        filters: JSONString
        order: String
        after: String
        first: Int
      ): ArtifactCollectionMembershipConnection
    }
  `,
  resolvers: {
    Entity: { artifactCollections: collectionsOf, artifactMemberships: versionsOf },
  },
};

/** A page of an organization's registries. */
export async function registriesOf(
  organization: EntityPlace,
  args: RegistriesArgs,
  { ground: { database }, viewer }: GraphqlContext,
) {
  const first = pageSize(args.first);
  const order = parseRegistryOrder(args.order);
  const listing = { seen: seenProjects(viewer, organization), filter: parseRegistryFilters(args.filters) };
  const page = { order, after: placeAfter(args.after, order), limit: first + 1 };
  const rows = await searchRegistries(database, listing, page);
  return connection(rows, { first, cursorOf: placeCursor(order) });
}

async function collectionsOf(entity: EntityPlace, args: CollectionsArgs, context: GraphqlContext) {
  const { database } = context.ground;
  const first = pageSize(args.first);
  const order: ListOrder = parseCollectionOrder(args.order);
  const listing = await collectionsIn(entity, args.projectFilters, args.filters, args.collectionTypes, context);
  const page = { order, after: placeAfter(args.after, order), limit: first + 1 };
  const rows = await searchCollections(database, listing, page);
  return {
    ...connection(rows, { first, cursorOf: placeCursor(order) }),
    totalCount: () => countFoundCollections(database, listing),
  };
}

async function versionsOf(entity: EntityPlace, args: VersionsArgs, context: GraphqlContext) {
  const { database } = context.ground;
  if (args.order !== undefined && args.order.trim() !== '') {
    throw invalid('versions of registries come collection by collection; leave order out', 'order');
  }
  const first = pageSize(args.first);
  const collections = await collectionsIn(entity, args.projectFilters, args.collectionFilters, undefined, context);
  const { tenantId } = collections;
  const listing = {
    tenantId,
    collections: (from: CollectionId | undefined) => collectionsFrom(database, collections, from),
    filter: parseVersionFilters(args.filters),
  };
  const rows = await listPlaces(database, listing, { after: cursorOfPlace(args.after), limit: first + 1 });
  return {
    ...connection(rows, { first, cursorOf: placeToCursor }),
    totalCount: () => countPlaces(database, listing),
  };
}

/** The collections that match, of the registries that match. */
async function collectionsIn(
  { tenantId, rootId, visibility }: EntityPlace,
  registryFilters: string | undefined,
  collectionFilters: string | undefined,
  types: CollectionsArgs['collectionTypes'] = ['PORTFOLIO'],
  { ground, viewer }: GraphqlContext,
): Promise<RegistryCollectionListing> {
  const seen = seenProjects(viewer, { tenantId, rootId, visibility });
  const registries = await searchRegistries(
    ground.database,
    { seen, filter: parseRegistryFilters(registryFilters) },
    ALL,
  );
  return {
    tenantId,
    projectIds: registries.map(({ id }): ProjectId => id),
    kinds: types.map((type) => KIND_OF[type]),
    filter: parseCollectionFilters(collectionFilters),
  };
}

function placeToCursor({ collectionId, versionIndex }: Membership): string {
  return encodeCursor(collectionId, String(versionIndex));
}

function cursorOfPlace(cursor: string | undefined): PlaceCursor | undefined {
  const [collectionId, versionIndex] = decodeCursor(cursor, 2) ?? [];
  if (collectionId === undefined || versionIndex === undefined) return undefined;
  if (!/^\d{1,18}$/.test(collectionId) || !/^\d{1,9}$/.test(versionIndex)) throw foreignCursor();
  return { collectionId: asId<CollectionId>(collectionId), versionIndex: Number(versionIndex) };
}
