import type { Filter } from '../filter/filter.ts';
import type { Facts } from '../filter/match.ts';
import type { ProjectId, TenantId } from '../model/ids.ts';
import { COLLECTION_COLUMNS, type Collection } from './collections.ts';
import type { Queryable } from './database.ts';
import type { KeysetList, Listed, ListPage } from './keyset-list.ts';
import { countRows, listRows } from './keyset-search.ts';
import type { ColumnOf, ListColumn, Parameters } from './list-columns.ts';

export interface CollectionListing {
  readonly tenantId: TenantId;
  readonly projectId: ProjectId;
  /** Only those of this type; `undefined` for all. */
  readonly typeName: string | undefined;
  /** Only those in whose name, description or tags it lies, in whatever case. */
  readonly text?: string | undefined;
  readonly filter: Filter | undefined;
}

/** A page of the living collections of a project that match (see {@link listRows}). */
export function listCollections(
  database: Queryable,
  listing: CollectionListing,
  page: ListPage,
): Promise<Listed<Collection>[]> {
  return listRows(database, collectionList(listing), page);
}

/** How many living collections of a project match. */
export function countCollections(database: Queryable, listing: CollectionListing): Promise<number> {
  return countRows(database, collectionList(listing));
}

const TAGS = `array(select tag from collection_tag t where t.tenant_id = collection.tenant_id
  and t.collection_id = collection.collection_id)`;

const COLUMNS: Readonly<Record<string, ListColumn>> = {
  artifact_collection_id: { kind: 'text', sql: 'collection.collection_id::text', nullable: false },
  name: { kind: 'text', sql: 'collection.name', nullable: false },
  type: { kind: 'text', sql: 'collection.type_name', nullable: false },
  tag: {
    kind: 'tags',
    sql: TAGS,
    among: (tags) => `exists (select from collection_tag t where t.tenant_id = collection.tenant_id
      and t.collection_id = collection.collection_id and t.tag = any(${tags}))`,
  },
  description: { kind: 'text', sql: 'collection.description', nullable: true },
  created_at: { kind: 'instant', sql: 'collection.created_at', nullable: false },
  updated_at: { kind: 'instant', sql: 'collection.updated_at', nullable: false },
};

/** Where a field of a `collection` is read. */
export const collectionColumn: ColumnOf = (field) => COLUMNS[field.name];

/** The facts that stand beside a collection's row. */
export interface CollectionFacts {
  readonly tags: readonly string[];
}

/** One `jsonb` column with {@link CollectionFacts} as far as a filter asks for them. */
export function collectionFactColumns(filter: Filter | undefined): string {
  return `jsonb_build_object('tags', ${filter?.fields.has('tag') ? TAGS : `'{}'::text[]`})`;
}

/** What is true of a collection (wandb protocol, 7.6). */
export function collectionFacts(collection: Collection, { tags }: CollectionFacts): Facts {
  return (field) => {
    switch (field) {
      case 'artifact_collection_id':
        return collection.collectionId;
      case 'name':
        return collection.name;
      case 'type':
        return collection.typeName;
      case 'tag':
        return tags;
      case 'description':
        return collection.description ?? undefined;
      case 'created_at':
        return new Date(collection.createdAt).toISOString();
      case 'updated_at':
        return new Date(collection.updatedAt).toISOString();
      default:
        return undefined;
    }
  };
}

function contains(text: string, parameters: Parameters): string {
  const sought = parameters.add(text.toLowerCase(), 'text');
  return `(strpos(lower(collection.name), ${sought}) > 0 or strpos(lower(collection.description), ${sought}) > 0
    or exists (select from collection_tag t where t.tenant_id = collection.tenant_id
      and t.collection_id = collection.collection_id and strpos(lower(t.tag), ${sought}) > 0))`;
}

function collectionList({ tenantId, projectId, typeName, text, filter }: CollectionListing): KeysetList<Collection> {
  return {
    name: 'collections',
    columns: COLLECTION_COLUMNS,
    from: 'collection',
    id: { sql: 'collection.collection_id', type: 'bigint' },
    filter,
    scope: (parameters) => {
      const place = `collection.tenant_id = ${parameters.add(tenantId, 'bigint')}
        and collection.project_id = ${parameters.add(projectId, 'bigint')} and collection.deleted_at is null`;
      const type = typeName === undefined ? 'true' : `collection.type_name = ${parameters.add(typeName, 'text')}`;
      return `${place} and ${type} and ${text === undefined ? 'true' : contains(text, parameters)}`;
    },
    columnOf: collectionColumn,
    factColumns: () => collectionFactColumns(filter),
    factsOf: collectionFacts,
  };
}
