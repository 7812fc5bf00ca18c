import type { SeenProjects } from '../access/seen-projects.ts';
import type { Filter } from '../filter/filter.ts';
import type { Facts } from '../filter/match.ts';
import type { CollectionId, ProjectId, TenantId } from '../model/ids.ts';
import { collectionColumn, collectionFactColumns, collectionFacts } from './collection-lists.ts';
import { COLLECTION_COLUMNS, type Collection, type CollectionKind } from './collections.ts';
import type { Queryable } from './database.ts';
import type { KeysetList, Listed, ListPage } from './keyset-list.ts';
import { countRows, listRows } from './keyset-search.ts';
import type { ListColumn } from './list-columns.ts';
import { LIVING, PROJECT_COLUMNS, type ProjectPlace, REGISTRY_ID } from './projects.ts';

/** Registries of one organization that somebody sees. */
export interface RegistryListing {
  readonly seen: SeenProjects;
  readonly filter: Filter | undefined;
}

/** A page of the registries that match (see {@link listRows}). */
export function searchRegistries(
  database: Queryable,
  listing: RegistryListing,
  page: ListPage,
): Promise<Listed<ProjectPlace>[]> {
  return listRows(database, registryList(listing), page);
}

const REGISTRY_FIELDS: Readonly<Record<string, ListColumn>> = {
  name: { kind: 'text', sql: 'project.name', nullable: false },
  description: { kind: 'text', sql: 'project.description', nullable: true },
  created_at: { kind: 'instant', sql: 'project.created_at', nullable: false },
  updated_at: { kind: 'instant', sql: 'project.updated_at', nullable: true },
};

function registryList({ seen, filter }: RegistryListing): KeysetList<ProjectPlace> {
  return {
    name: 'registries',
    columns: PROJECT_COLUMNS,
    from: 'project join entity on entity.id = project.tenant_id',
    id: { sql: 'project.id', type: 'bigint' },
    filter,
    scope: (parameters) => `project.tenant_id = ${parameters.add(seen.tenantId, 'bigint')}
      and ${LIVING} and ${REGISTRY_ID} is not null
      and (project.visibility = any(${parameters.add(seen.visibilities, 'text[]')})
        or project.id = any(${parameters.add(seen.registries, 'bigint[]')}))`,
    columnOf: (field) => REGISTRY_FIELDS[field.name],
    factColumns: () => 'null',
    factsOf: registryFacts,
  };
}

/** What is true of a registry (wandb protocol, 7.6). */
function registryFacts(registry: ProjectPlace): Facts {
  return (field) => {
    switch (field) {
      case 'id':
        // the client decodes the node id and sends the number
        return Number(registry.id);
      case 'entity_id':
        return Number(registry.tenantId);
      case 'name':
        return registry.name;
      case 'description':
        return registry.description ?? undefined;
      case 'created_at':
        return new Date(registry.createdAt).toISOString();
      case 'updated_at':
        return registry.updatedAt === null ? undefined : new Date(registry.updatedAt).toISOString();
      default:
        return undefined;
    }
  };
}

/** Collections of some registries of one organization. */
export interface RegistryCollectionListing {
  readonly tenantId: TenantId;
  readonly projectIds: readonly ProjectId[];
  readonly kinds: readonly CollectionKind[];
  readonly filter: Filter | undefined;
}

/** A page of the living collections that match (see {@link listRows}). */
export function searchCollections(
  database: Queryable,
  listing: RegistryCollectionListing,
  page: ListPage,
): Promise<Listed<Collection>[]> {
  return listRows(database, collectionList(listing), page);
}

/** Ids of the collections that are asked for at first, and how many more each time. */
const FIRST_IDS = 50;
const MORE_IDS = 4;
const MOST_IDS = 3_200;

/**
 * The ids of the living collections that match, in their order, some at a time: few at first, for who needs no more.
 *
 * @param from the first one that is wanted
 */
export async function* collectionsFrom(
  database: Queryable,
  listing: RegistryCollectionListing,
  from: CollectionId | undefined,
): AsyncGenerator<CollectionId[]> {
  const list = collectionList(listing);
  // thousands of them are asked for their ids alone, unless a filter looks at more
  const columns = listing.filter === undefined ? 'collection.collection_id as "collectionId"' : list.columns;
  const order = { field: undefined, descending: false };
  let after = from === undefined ? undefined : { sortKey: null, listId: String(BigInt(from) - 1n) };
  for (let limit = FIRST_IDS; ; limit = Math.min(limit * MORE_IDS, MOST_IDS)) {
    const rows = await listRows(database, { ...list, columns }, { order, after, limit });
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows.map(({ collectionId }) => collectionId);
    if (rows.length < limit) return;
    after = { sortKey: null, listId: last.listId };
  }
}

/** How many living collections match. */
export function countFoundCollections(database: Queryable, listing: RegistryCollectionListing): Promise<number> {
  return countRows(database, collectionList(listing));
}

function collectionList({ tenantId, projectIds, kinds, filter }: RegistryCollectionListing): KeysetList<Collection> {
  return {
    name: 'collections',
    columns: COLLECTION_COLUMNS,
    from: 'collection',
    id: { sql: 'collection.collection_id', type: 'bigint' },
    filter,
    scope: (parameters) => `collection.tenant_id = ${parameters.add(tenantId, 'bigint')}
      and collection.project_id = any(${parameters.add(projectIds, 'bigint[]')})
      and collection.kind = any(${parameters.add(kinds, 'text[]')}) and collection.deleted_at is null`,
    columnOf: collectionColumn,
    factColumns: () => collectionFactColumns(filter),
    factsOf: collectionFacts,
  };
}
