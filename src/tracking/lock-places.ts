import type { CollectionId, TenantId } from '../model/ids.ts';
import { aliasesAt } from '../store/aliases.ts';
import type { Artifact } from '../store/artifacts.ts';
import { type Collection, lockCollections } from '../store/collections.ts';
import type { Transaction } from '../store/database.ts';
import { type Membership, placesOf } from '../store/memberships.ts';
import { tagsOf } from '../store/version-tags.ts';
import type { VersionPlace } from './artifact-events.ts';

/**
 * Locks all collections that a version stands in, and answers its places there: its own sequence first, then the
 * oldest first. Must be the first lock of its transaction (data model, section 5).
 */
export async function lockPlaces(tx: Transaction, artifact: Artifact): Promise<VersionPlace[]> {
  const locked = new Map<CollectionId, Collection | undefined>();
  let places = await placesOf(tx, artifact);
  while (places.some(({ collectionId }) => !locked.has(collectionId))) {
    for (const [tenantId, ids] of byTenant(places)) {
      for (const id of ids) locked.set(id, undefined);
      for (const collection of await lockCollections(tx, tenantId, ids)) {
        locked.set(collection.collectionId, collection);
      }
    }
    // a link may have come before the locks were ours
    places = await placesOf(tx, artifact);
  }
  const tags = await tagsOf(tx, artifact);
  const found = await Promise.all(places.map((place) => versionPlace(tx, place, locked.get(place.collectionId), tags)));
  const living = found.filter((place) => place !== undefined);
  const isOwn = ({ collectionId }: VersionPlace) => collectionId === artifact.collectionId;
  return [...living.filter(isOwn), ...living.filter((place) => !isOwn(place))];
}

/** `undefined` in a collection that was deleted. */
async function versionPlace(
  tx: Transaction,
  place: Membership,
  collection: Collection | undefined,
  tags: readonly string[],
): Promise<VersionPlace | undefined> {
  if (collection === undefined) return undefined;
  const aliases = await aliasesAt(tx, place.tenantId, [place]);
  const { projectId, kind } = collection;
  const { tenantId, collectionId, versionIndex, artifactTenantId, artifactId } = place;
  const names = aliases.map(({ alias }) => alias);
  return { tenantId, projectId, collectionId, kind, versionIndex, artifactTenantId, artifactId, aliases: names, tags };
}

/** The collections of each tenant; those of the smaller id first. */
function byTenant(places: readonly Membership[]): [TenantId, CollectionId[]][] {
  const tenants = [...new Set(places.map(({ tenantId }) => tenantId))];
  tenants.sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1));
  return tenants.map((tenantId) => [
    tenantId,
    places.filter((place) => place.tenantId === tenantId).map(({ collectionId }) => collectionId),
  ]);
}
