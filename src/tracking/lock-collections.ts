import { notFound } from '../model/error.ts';
import { groupBy } from '../model/group-by.ts';
import type { TenantId } from '../model/ids.ts';
import { type Collection, type CollectionKey, lockCollections } from '../store/collections.ts';
import type { Transaction } from '../store/database.ts';

/**
 * Locks collections of several tenants, tenant by tenant in the order of their ids (data model, section 6).
 *
 * @returns those that live, in the order of their locks
 */
export async function lockAcrossTenants(tx: Transaction, keys: readonly CollectionKey[]): Promise<Collection[]> {
  const tenants = [...groupBy(keys, ({ tenantId }) => tenantId)].sort(([one], [other]) => ascending(one, other));
  const locked: Collection[] = [];
  for (const [tenantId, own] of tenants) {
    const ids = new Set(own.map(({ collectionId }) => collectionId));
    locked.push(...(await lockCollections(tx, tenantId, [...ids])));
  }
  return locked;
}

/** Locks one collection. @throws TriplineError not_found when it was just deleted */
export async function lockCollection(tx: Transaction, key: CollectionKey): Promise<Collection> {
  const [collection] = await lockCollections(tx, key.tenantId, [key.collectionId]);
  if (collection === undefined) throw notFound('collection not found: it was deleted at this moment');
  return collection;
}

function ascending(one: TenantId, other: TenantId): number {
  return BigInt(one) < BigInt(other) ? -1 : 1;
}
