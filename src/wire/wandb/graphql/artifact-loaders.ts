import type { ProjectId } from '../../../model/ids.ts';
import type { Alias } from '../../../store/aliases.ts';
import {
  artifactsByKey,
  type CurrentManifest,
  currentManifests,
  placesOfArtifacts,
  versionTags,
} from '../../../store/artifact-reads.ts';
import { type ArtifactType, type ArtifactTypeKey, artifactTypesByKey } from '../../../store/artifact-type-reads.ts';
import type { Artifact, ArtifactKey } from '../../../store/artifacts.ts';
import {
  aliasesAtPlaces,
  collectionsByKey,
  collectionTags,
  type KnownCollection,
  newestPlaces,
} from '../../../store/collection-reads.ts';
import type { CollectionKey } from '../../../store/collections.ts';
import { runViewsByKey } from '../../../store/lineage-reads.ts';
import type { Membership } from '../../../store/memberships.ts';
import type { ProjectPlace } from '../../../store/projects.ts';
import { projectsById } from '../../../store/projects-of-many.ts';
import { type RunKey, runKeyText } from '../../../store/run-heads.ts';
import type { RunView } from '../../../store/run-views.ts';
import { Batch } from './batch.ts';
import type { GraphqlContext } from './context.ts';

export type PlaceKey = Pick<Membership, 'tenantId' | 'collectionId' | 'versionIndex'>;

/** What artifacts, collections and places of a page lead to, each with one statement for the page. */
export interface ArtifactLoaders {
  readonly artifact: Batch<ArtifactKey, Artifact>;
  readonly versionTags: Batch<ArtifactKey, readonly string[]>;
  readonly places: Batch<ArtifactKey, readonly Membership[]>;
  readonly manifest: Batch<ArtifactKey, CurrentManifest>;
  readonly collection: Batch<CollectionKey, KnownCollection>;
  readonly collectionTags: Batch<CollectionKey, readonly string[]>;
  readonly newestPlace: Batch<CollectionKey, Membership>;
  readonly aliases: Batch<PlaceKey, readonly Alias[]>;
  readonly type: Batch<ArtifactTypeKey, ArtifactType>;
  /** Hidden ones too. */
  readonly project: Batch<ProjectId, ProjectPlace>;
  readonly run: Batch<RunKey, RunView>;
}

/** The loaders of one request. */
export function artifactLoaders({ ground: { database }, once }: GraphqlContext): Promise<ArtifactLoaders> {
  return once('artifact loaders', async () => ({
    artifact: one(artifactName, (keys) => artifactsByKey(database, keys)),
    versionTags: many(
      artifactName,
      (keys) => versionTags(database, keys),
      artifactName,
      ({ tag }) => tag,
    ),
    places: many(
      artifactName,
      (keys) => placesOfArtifacts(database, keys),
      (place) => artifactName(artifactAt(place)),
      (place) => place,
    ),
    manifest: one(artifactName, (keys) => currentManifests(database, keys)),
    collection: one(collectionName, (keys) => collectionsByKey(database, keys)),
    collectionTags: many(
      collectionName,
      (keys) => collectionTags(database, keys),
      collectionName,
      ({ tag }) => tag,
    ),
    newestPlace: one(collectionName, (keys) => newestPlaces(database, keys)),
    aliases: many(
      placeName,
      (keys) => aliasesAtPlaces(database, keys),
      placeName,
      (alias) => alias,
    ),
    type: one(
      ({ tenantId, projectId, name }: ArtifactTypeKey) => `${tenantId}/${projectId}/${name}`,
      (keys) => artifactTypesByKey(database, keys),
    ),
    project: new Batch(
      (id) => id,
      async (ids) => new Map((await projectsById(database, ids)).map((project) => [project.id, project])),
    ),
    run: one(runKeyText, (keys) => runViewsByKey(database, keys)),
  }));
}

/** The version that a place holds. */
export function artifactAt({ artifactTenantId, artifactId }: Membership): ArtifactKey {
  return { tenantId: artifactTenantId, artifactId };
}

/** Loads at most one row for each key. */
function one<Key, Row extends Key>(nameOf: (key: Key) => string, load: (keys: readonly Key[]) => Promise<Row[]>) {
  return new Batch<Key, Row>(nameOf, async (keys) => new Map((await load(keys)).map((row) => [nameOf(row), row])));
}

/** Loads some rows for each key, in their order. */
function many<Key, Row, Value>(
  nameOf: (key: Key) => string,
  load: (keys: readonly Key[]) => Promise<Row[]>,
  ownerOf: (row: Row) => string,
  valueIn: (row: Row) => Value,
) {
  return new Batch<Key, readonly Value[]>(nameOf, async (keys) => {
    const values = new Map<string, Value[]>(keys.map((key) => [nameOf(key), []]));
    for (const row of await load(keys)) values.get(ownerOf(row))?.push(valueIn(row));
    return values;
  });
}

function artifactName({ tenantId, artifactId }: ArtifactKey): string {
  return `${tenantId}/${artifactId}`;
}

function collectionName({ tenantId, collectionId }: CollectionKey): string {
  return `${tenantId}/${collectionId}`;
}

function placeName({ tenantId, collectionId, versionIndex }: PlaceKey): string {
  return `${tenantId}/${collectionId}/${versionIndex}`;
}
