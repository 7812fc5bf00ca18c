import type { CapturedCollection, CapturedVersion } from '../events/artifact-subject.ts';
import { type ArtifactSubject, findArtifactSubjects, findCollectionSubjects } from '../store/artifact-subjects.ts';
import type { ArtifactKey } from '../store/artifacts.ts';
import type { CollectionKey } from '../store/collections.ts';
import type { Transaction } from '../store/database.ts';
import {
  type ArtifactChange,
  type CollectionPlace,
  placesOf,
  type VersionPlace,
  versionsOf,
} from './artifact-change.ts';
import { captureCollection, captureVersion } from './capture-artifact.ts';
import type { TrackingRoom } from './room.ts';

/** What changes are about, as it is at this moment. */
export interface Subjects {
  readonly collection: (place: CollectionPlace) => CapturedCollection;
  readonly version: (place: VersionPlace) => CapturedVersion;
}

/** Reads everything that the events of some changes keep, with two statements. */
export async function readSubjects(
  room: Pick<TrackingRoom, 'artifactUrl'>,
  tx: Transaction,
  changes: readonly ArtifactChange[],
): Promise<Subjects> {
  const collectionKeys = byKey(changes.flatMap(placesOf), nameOf);
  const artifactKeys = byKey(changes.flatMap(versionsOf).map(keyOf), artifactNameOf);
  const [collections, artifacts] = await Promise.all([
    findCollectionSubjects(tx, [...collectionKeys.values()]),
    artifactKeys.size === 0 ? [] : findArtifactSubjects(tx, [...artifactKeys.values()]),
  ]);
  const collectionOf = lookUp(byKey(collections, nameOf), nameOf, 'collection');
  const artifactOf = lookUp<ArtifactKey, ArtifactSubject>(byKey(artifacts, artifactNameOf), artifactNameOf, 'artifact');
  return {
    collection: (place) => captureCollection(room, collectionOf(place)),
    version: (place) => captureVersion(room, place, collectionOf(place), artifactOf(keyOf(place))),
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
