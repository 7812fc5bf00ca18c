import type { CapturedCollection, CapturedVersion } from '../events/artifact-subject.ts';
import { type ArtifactSubject, findArtifactSubjects, findCollectionSubjects } from './artifact-subjects.ts';
import type { ArtifactKey } from './artifacts.ts';
import { captureCollection, captureVersion } from './capture-artifact.ts';
import type { CollectionKey } from './collections.ts';
import type { Queryable } from './database.ts';
import type { VersionPlace } from './describe-places.ts';
import type { PageUrls } from './page-urls.ts';

/** Collections and versions, as they are at this moment. */
export interface Subjects {
  readonly collection: (place: CollectionKey) => CapturedCollection;
  readonly version: (place: VersionPlace) => CapturedVersion;
}

/**
 * Reads everything that events keep of some collections, and of versions at places in them, with two statements.
 *
 * @param places in those collections
 */
export async function readSubjects(
  urls: Pick<PageUrls, 'artifactUrl'>,
  database: Queryable,
  collectionsOf: readonly CollectionKey[],
  places: readonly VersionPlace[],
): Promise<Subjects> {
  const collectionKeys = byKey(collectionsOf, nameOf);
  const artifactKeys = byKey(places.map(keyOf), artifactNameOf);
  const [collections, artifacts] = await Promise.all([
    findCollectionSubjects(database, [...collectionKeys.values()]),
    artifactKeys.size === 0 ? [] : findArtifactSubjects(database, [...artifactKeys.values()]),
  ]);
  const collectionOf = lookUp(byKey(collections, nameOf), nameOf, 'collection');
  const artifactOf = lookUp<ArtifactKey, ArtifactSubject>(byKey(artifacts, artifactNameOf), artifactNameOf, 'artifact');
  return {
    collection: (place) => captureCollection(urls, collectionOf(place)),
    version: (place) => captureVersion(urls, place, collectionOf(place), artifactOf(keyOf(place))),
  };
}

const nameOf = ({ tenantId, collectionId }: CollectionKey): string => `${tenantId}/${collectionId}`;
const artifactNameOf = ({ tenantId, artifactId }: ArtifactKey): string => `${tenantId}/${artifactId}`;
const keyOf = ({ artifactTenantId, artifactId }: VersionPlace): ArtifactKey => ({
  tenantId: artifactTenantId,
  artifactId,
});

function byKey<Item>(items: readonly Item[], name: (item: Item) => string): ReadonlyMap<string, Item> {
  return new Map(items.map((item) => [name(item), item]));
}

function lookUp<Key, Item>(found: ReadonlyMap<string, Item>, name: (key: Key) => string, thing: string) {
  return (key: Key): Item => {
    const item = found.get(name(key));
    if (item === undefined) throw new Error(`${thing} ${name(key)} changed and is not there`);
    return item;
  };
}
