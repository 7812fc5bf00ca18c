import type { Instant } from '../model/clock.ts';
import type { TenantId } from '../model/ids.ts';
import type { CollectionKey } from './collections.ts';
import type { Queryable, Transaction } from './database.ts';
import type { Membership } from './memberships.ts';
import { tellCollection } from './tell-collection.ts';

/** A name in a collection and the version that holds it. `vN` is a number, never one of these. */
export interface Alias extends CollectionKey {
  readonly alias: string;
  readonly versionIndex: number;
}

export const ALIAS_COLUMNS = `alias.tenant_id as "tenantId", alias.collection_id as "collectionId", alias.alias,
  alias.version_index as "versionIndex"`;

/** The aliases at some places of one tenant, each place's by name. */
export async function aliasesAt(
  database: Queryable,
  tenantId: TenantId,
  places: readonly Pick<Membership, 'collectionId' | 'versionIndex'>[],
): Promise<Alias[]> {
  return database.query<Alias>(
    `select held.* from unnest($2::bigint[], $3::int[]) as place (collection_id, version_index)
      cross join lateral (
        select ${ALIAS_COLUMNS} from alias
         where alias.tenant_id = $1::bigint and alias.collection_id = place.collection_id
           and alias.version_index = place.version_index
        -- a place is looked up, however many aliases there are elsewhere
        offset 0) held
      order by held.alias`,
    [tenantId, places.map(({ collectionId }) => collectionId), places.map(({ versionIndex }) => versionIndex)],
  );
}

/** Who holds these names in a collection. */
export async function holdersOf(
  database: Queryable,
  { tenantId, collectionId }: CollectionKey,
  names: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await database.query<Alias>(
    `select ${ALIAS_COLUMNS} from alias
      where tenant_id = $1::bigint and collection_id = $2::bigint and alias = any($3::text[])`,
    [tenantId, collectionId, names],
  );
  return new Map(rows.map(({ alias, versionIndex }) => [alias, versionIndex]));
}

/** Gives a version names in a collection, whose lock is held; each leaves its present holder. */
export async function setAliases(
  tx: Transaction,
  { tenantId, collectionId, versionIndex }: Pick<Membership, 'tenantId' | 'collectionId' | 'versionIndex'>,
  names: readonly string[],
  now: Instant,
): Promise<void> {
  if (names.length === 0) return;
  const rows = names.map((_, place) => `($1::bigint, $2::bigint, $${place + 5}::text, $3::int, $4::timestamptz)`);
  await tx.execute(
    `insert into alias (tenant_id, collection_id, alias, version_index, created_at) values ${rows.join(', ')}
     on conflict (tenant_id, collection_id, alias)
       do update set version_index = excluded.version_index, created_at = excluded.created_at`,
    [tenantId, collectionId, versionIndex, new Date(now), ...names],
  );
  tellCollection(tx, { tenantId, collectionId });
}

/** Takes names away from a version in a collection, whose lock is held. */
export async function removeAliases(
  tx: Transaction,
  { tenantId, collectionId, versionIndex }: Pick<Membership, 'tenantId' | 'collectionId' | 'versionIndex'>,
  names: readonly string[],
): Promise<void> {
  const removed = await tx.execute(
    `delete from alias where tenant_id = $1::bigint and collection_id = $2::bigint and version_index = $3::int
       and alias = any($4::text[])`,
    [tenantId, collectionId, versionIndex, names],
  );
  if (removed > 0) tellCollection(tx, { tenantId, collectionId });
}
