import type { Instant } from '../model/clock.ts';
import type { Collection, CollectionKey } from './collections.ts';
import type { Transaction } from './database.ts';
import { tellCollection } from './tell-collection.ts';

/** What of a collection may be edited, beside its tags. */
export type CollectionText = Pick<Collection, 'name' | 'description' | 'typeName'>;

/**
 * Replaces what may be edited of a collection, whose lock is held.
 *
 * @throws DatabaseError 23505 when the project has another collection of that name
 */
export async function updateCollection(
  tx: Transaction,
  key: CollectionKey,
  { name, description, typeName }: CollectionText,
  now: Instant,
): Promise<void> {
  await tx.execute(
    `update collection set name = $3::text, description = $4::text, type_name = $5::text,
       updated_at = $6::timestamptz
      where tenant_id = $1::bigint and collection_id = $2::bigint`,
    [key.tenantId, key.collectionId, name, description, typeName, new Date(now)],
  );
  tellCollection(tx, key);
}

/** Removes a collection, whose lock is held, with its places, aliases and tags: its name is free again. */
export async function removeCollection(tx: Transaction, key: CollectionKey, now: Instant): Promise<void> {
  const of = [key.tenantId, key.collectionId];
  await Promise.all([
    tx.execute('delete from alias where tenant_id = $1::bigint and collection_id = $2::bigint', of),
    tx.execute('delete from membership where tenant_id = $1::bigint and collection_id = $2::bigint', of),
    tx.execute('delete from version_term where tenant_id = $1::bigint and collection_id = $2::bigint', of),
    tx.execute('delete from collection_tag where tenant_id = $1::bigint and collection_id = $2::bigint', of),
    tx.execute(
      `update collection set deleted_at = $3::timestamptz, updated_at = $3::timestamptz, version_count = 0
        where tenant_id = $1::bigint and collection_id = $2::bigint`,
      [...of, new Date(now)],
    ),
  ]);
  tellCollection(tx, key);
}
