import type { Instant } from '../model/clock.ts';
import { ALIAS_COLUMNS, type Alias } from './aliases.ts';
import { COLLECTION_COLUMNS, type Collection, type CollectionKey } from './collections.ts';
import type { Queryable } from './database.ts';
import { MEMBERSHIP_COLUMNS, type Membership } from './memberships.ts';

/** A collection that may be deleted: its versions still name it. */
export interface KnownCollection extends Collection {
  readonly deletedAt: Instant | null;
}

/** Collections, deleted ones too, in no order. */
export function collectionsByKey(database: Queryable, keys: readonly CollectionKey[]): Promise<KnownCollection[]> {
  return database.query<KnownCollection>(
    `select ${COLLECTION_COLUMNS}, deleted_at as "deletedAt" from collection
      where tenant_id = any($1::bigint[])
        and (tenant_id, collection_id) in (select * from unnest($1::bigint[], $2::bigint[]))`,
    columnsOf(keys),
  );
}

export interface CollectionTag extends CollectionKey {
  readonly tag: string;
}

/** The tags of some collections, by name. */
export function collectionTags(database: Queryable, keys: readonly CollectionKey[]): Promise<CollectionTag[]> {
  return database.query<CollectionTag>(
    `select tenant_id as "tenantId", collection_id as "collectionId", tag from collection_tag
      where tenant_id = any($1::bigint[])
        and (tenant_id, collection_id) in (select * from unnest($1::bigint[], $2::bigint[]))
      order by tag collate "C"`,
    columnsOf(keys),
  );
}

/** The newest version of each collection that has one. */
export function newestPlaces(database: Queryable, keys: readonly CollectionKey[]): Promise<Membership[]> {
  return database.query<Membership>(
    `select newest.* from unnest($1::bigint[], $2::bigint[]) as wanted (tenant_id, collection_id)
      cross join lateral (
        select ${MEMBERSHIP_COLUMNS} from membership
         where membership.tenant_id = wanted.tenant_id and membership.collection_id = wanted.collection_id
         order by version_index desc limit 1) newest`,
    columnsOf(keys),
  );
}

/** A place by its number. */
export async function placeByVersion(
  database: Queryable,
  { tenantId, collectionId }: CollectionKey,
  versionIndex: number,
): Promise<Membership | undefined> {
  const [row] = await database.query<Membership>(
    `select ${MEMBERSHIP_COLUMNS} from membership
      where tenant_id = $1::bigint and collection_id = $2::bigint and version_index = $3::int`,
    [tenantId, collectionId, versionIndex],
  );
  return row;
}

/** The place whose version holds an alias. */
export async function placeByAlias(
  database: Queryable,
  { tenantId, collectionId }: CollectionKey,
  alias: string,
): Promise<Membership | undefined> {
  const [row] = await database.query<Membership>(
    `select ${MEMBERSHIP_COLUMNS} from alias
       join membership on membership.tenant_id = alias.tenant_id and membership.collection_id = alias.collection_id
        and membership.version_index = alias.version_index
      where alias.tenant_id = $1::bigint and alias.collection_id = $2::bigint and alias.alias = $3::text`,
    [tenantId, collectionId, alias],
  );
  return row;
}

/** The aliases at some places, each place's by name. */
export function aliasesAtPlaces(
  database: Queryable,
  places: readonly Pick<Membership, 'tenantId' | 'collectionId' | 'versionIndex'>[],
): Promise<Alias[]> {
  return database.query<Alias>(
    `select ${ALIAS_COLUMNS} from alias
      where alias.tenant_id = any($1::bigint[])
        and (alias.tenant_id, alias.collection_id, alias.version_index)
          in (select * from unnest($1::bigint[], $2::bigint[], $3::int[]))
      order by alias.alias collate "C"`,
    [...columnsOf(places), places.map(({ versionIndex }) => versionIndex)],
  );
}

export interface AliasPage extends CollectionKey {
  /** The last alias of the page before. */
  readonly after: string | undefined;
  readonly limit: number;
}

/** Aliases of all versions of a collection, by name. */
export function aliasesOfCollection(database: Queryable, page: AliasPage): Promise<Alias[]> {
  return database.query<Alias>(
    `select ${ALIAS_COLUMNS} from alias
      where alias.tenant_id = $1::bigint and alias.collection_id = $2::bigint
        and ($3::text is null or alias.alias collate "C" > $3::text)
      order by alias.alias collate "C" limit $4::int`,
    [page.tenantId, page.collectionId, page.after ?? null, page.limit],
  );
}

function columnsOf(keys: readonly CollectionKey[]): [tenants: string[], collections: string[]] {
  return [keys.map(({ tenantId }) => tenantId), keys.map(({ collectionId }) => collectionId)];
}
