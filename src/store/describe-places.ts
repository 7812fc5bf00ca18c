import { groupBy } from '../model/group-by.ts';
import type { ProjectId } from '../model/ids.ts';
import { type Alias, aliasesAt } from './aliases.ts';
import type { ArtifactKey } from './artifacts.ts';
import type { Collection, CollectionKey, CollectionKind } from './collections.ts';
import type { Queryable } from './database.ts';
import type { Membership } from './memberships.ts';
import { tagsOfVersions } from './tags.ts';

/** A version at one of its places, as an event is to see it. */
export interface VersionPlace extends CollectionKey {
  readonly projectId: ProjectId;
  readonly kind: CollectionKind;
  readonly versionIndex: number;
  readonly artifactTenantId: ArtifactKey['tenantId'];
  readonly artifactId: ArtifactKey['artifactId'];
  /** Set in that collection. */
  readonly aliases: readonly string[];
  /** Of the version. */
  readonly tags: readonly string[];
}

/** Places as events see them, in their order. @param collections their collections, locked */
export async function describePlaces(
  database: Queryable,
  places: readonly Membership[],
  collections: readonly Collection[],
): Promise<VersionPlace[]> {
  const [aliases, tags] = await Promise.all([aliasesOf(database, places), tagsOf(database, places)]);
  const byName = new Map(collections.map((collection) => [nameOf(collection), collection]));
  return places.flatMap((place) => {
    const collection = byName.get(nameOf(place));
    if (collection === undefined) return [];
    const { tenantId, collectionId, versionIndex, artifactTenantId, artifactId } = place;
    const { projectId, kind } = collection;
    const held = aliases.get(placeName(place)) ?? [];
    return {
      ...{ tenantId, projectId, collectionId, kind, versionIndex, artifactTenantId, artifactId },
      aliases: held.map(({ alias }) => alias),
      tags: tags.get(versionName(place)) ?? [],
    };
  });
}

async function aliasesOf(
  database: Queryable,
  places: readonly Membership[],
): Promise<ReadonlyMap<string, readonly Alias[]>> {
  const tenants = [...groupBy(places, ({ tenantId }) => tenantId)];
  const found = await Promise.all(tenants.map(([tenantId, own]) => aliasesAt(database, tenantId, own)));
  return groupBy(found.flat(), placeName);
}

async function tagsOf(
  database: Queryable,
  places: readonly Membership[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>();
  for (const [artifactTenantId, own] of groupBy(places, (place) => place.artifactTenantId)) {
    const ids = own.map(({ artifactId }) => artifactId);
    for (const [artifactId, tags] of await tagsOfVersions(database, artifactTenantId, ids)) {
      found.set(versionName({ artifactTenantId, artifactId }), tags);
    }
  }
  return found;
}

/** A name that tells collections apart. */
export function nameOf({ tenantId, collectionId }: CollectionKey): string {
  return `${tenantId}/${collectionId}`;
}

function placeName(place: Pick<Membership, 'tenantId' | 'collectionId' | 'versionIndex'>): string {
  return `${nameOf(place)}:${place.versionIndex}`;
}

function versionName({ artifactTenantId, artifactId }: Pick<Membership, 'artifactTenantId' | 'artifactId'>): string {
  return `${artifactTenantId}/${artifactId}`;
}
