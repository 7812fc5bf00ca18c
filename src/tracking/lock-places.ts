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
  const locked = new Map<CollectionId, Collection>();
  let places = await placesOf(tx, artifact);
  while (places.some(({ collectionId }) => !locked.has(collectionId))) {
    for (const [tenantId, ids] of byTenant(places)) {
      for (const collection of await lockCollections(tx, tenantId, ids))
        locked.set(collection.collectionId, collection);
    }
    // a link may have come, or a collection have gone, before the locks were ours
    places = await placesOf(tx, artifact);
  }
  const tags = await tagsOf(tx, artifact);
  const found = await Promise.all(places.map((place) => versionPlace(tx, place, locked, tags)));
  const isOwn = ({ collectionId }: VersionPlace) => collectionId === artifact.collectionId;
  return [...found.filter(isOwn), ...found.filter((place) => !isOwn(place))];
}

async function versionPlace(
  tx: Transaction,
  place: Membership,
  locked: ReadonlyMap<CollectionId, Collection>,
  tags: readonly string[],
): Promise<VersionPlace> {
  const collection = locked.get(place.collectionId);
  if (collection === undefined) throw new Error(`collection ${place.collectionId} is not locked`);
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
