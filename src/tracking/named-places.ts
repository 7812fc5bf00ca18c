import { notFound } from '../model/error.ts';
import type { ArtifactKey } from '../store/artifacts.ts';
import type { Transaction } from '../store/database.ts';
import { placeIn } from '../store/memberships.ts';
import { tagsOf } from '../store/version-tags.ts';
import type { VersionPlace } from './artifact-events.ts';
import { lockAcrossTenants } from './lock-collections.ts';
import { type NamedCollection, requireNamedCollection } from './require-collection.ts';

/** Aliases of a version in one collection, as they are asked for. */
export interface NamedAliases extends NamedCollection {
  readonly aliases: readonly string[];
}

/** A place of a version, under its collection's lock, and the aliases that a deed names there. */
export interface NamedPlace {
  readonly place: Omit<VersionPlace, 'aliases'>;
  readonly aliases: readonly string[];
}

/**
 * Locks the collections that a deed names and finds the version in each.
 *
 * @throws TriplineError not_found for a collection that is not there or does not hold the version
 */
export async function lockNamedPlaces(
  tx: Transaction,
  artifact: ArtifactKey,
  named: readonly NamedAliases[],
): Promise<NamedPlace[]> {
  const found = await Promise.all(named.map((each) => requireNamedCollection(tx, each)));
  const locked = new Set((await lockAcrossTenants(tx, found)).map(({ collectionId }) => collectionId));
  const tags = await tagsOf(tx, artifact);
  const places: NamedPlace[] = [];
  for (const [index, { collectionId, tenantId, projectId, kind, name }] of found.entries()) {
    const membership = locked.has(collectionId) ? await placeIn(tx, { tenantId, collectionId }, artifact) : undefined;
    if (membership === undefined) throw notFound(`the artifact is not in the collection '${name}'`);
    places.push({ place: { ...membership, projectId, kind, tags }, aliases: named[index]?.aliases ?? [] });
  }
  return places;
}
