import { ALIAS_COLUMNS, type Alias } from './aliases.ts';
import type { CollectionTag } from './collection-reads.ts';
import { COLLECTION_COLUMNS, type CollectionKind } from './collections.ts';
import type { Queryable } from './database.ts';
import { MEMBERSHIP_COLUMNS, type Membership } from './memberships.ts';
import { IN_TERRITORY, type Territory, territoryParameters } from './territory.ts';

/** Collections that are looked at, those that changed last first. */
const MOST_COLLECTIONS = 1_000;

/** Takes the parameters of {@link watchedParameters}. */
const WATCHED = `with watched as (
  select ${COLLECTION_COLUMNS} from collection
    join project on project.tenant_id = collection.tenant_id and project.id = collection.project_id
   where collection.tenant_id = $1::bigint and collection.deleted_at is null and ${IN_TERRITORY}
     and ($5::bigint is null or collection.collection_id = $5::bigint)
     and ($6::text is null or collection.kind = $6::text)
   order by collection.updated_at desc limit ${MOST_COLLECTIONS})`;

function watchedParameters(territory: Territory, kind: CollectionKind | null, limit: number): unknown[] {
  return [...territoryParameters(territory), territory.collectionId, kind, limit];
}

/** The versions of a territory at their places, those that came last first. @param kind of the collections */
export function newestPlacesIn(
  database: Queryable,
  territory: Territory,
  kind: CollectionKind | null,
  limit: number,
): Promise<Membership[]> {
  return database.query<Membership>(
    `${WATCHED} select membership.* from watched cross join lateral (
       select ${MEMBERSHIP_COLUMNS} from membership
        where membership.tenant_id = $1::bigint and membership.collection_id = watched."collectionId"
        order by version_index desc limit $7::int) membership
      order by membership."createdAt" desc limit $7::int`,
    watchedParameters(territory, kind, limit),
  );
}

/** An alias and the place that holds it. */
export type HeldAlias = Alias & Membership;

/** The aliases of a territory, those that were given last first. */
export function newestAliasesIn(database: Queryable, territory: Territory, limit: number): Promise<HeldAlias[]> {
  return database.query<HeldAlias>(
    `${WATCHED} select ${MEMBERSHIP_COLUMNS}, ${ALIAS_COLUMNS} from watched
       join alias on alias.tenant_id = $1::bigint and alias.collection_id = watched."collectionId"
       join membership on membership.tenant_id = $1::bigint and membership.collection_id = alias.collection_id
         and membership.version_index = alias.version_index
      order by alias.created_at desc, alias.alias limit $7::int`,
    watchedParameters(territory, null, limit),
  );
}

/** The tags of collections of a territory, those that were added last first. */
export function newestCollectionTagsIn(
  database: Queryable,
  territory: Territory,
  limit: number,
): Promise<CollectionTag[]> {
  return database.query<CollectionTag>(
    `${WATCHED} select t.tenant_id as "tenantId", t.collection_id as "collectionId", t.tag from watched
       join collection_tag t on t.tenant_id = $1::bigint and t.collection_id = watched."collectionId"
      order by t.created_at desc, t.tag limit $7::int`,
    watchedParameters(territory, null, limit),
  );
}
