import { demand } from '../access/demand.ts';
import { parseTag } from '../model/artifact-names.ts';
import { invalid } from '../model/error.ts';
import { authorOf, type Viewer } from '../model/viewer.ts';
import { recordDeed } from '../store/audit.ts';
import { collectionTags } from '../store/collection-reads.ts';
import type { Collection, CollectionKey } from '../store/collections.ts';
import type { Transaction } from '../store/database.ts';
import { insertCollectionTags, removeCollectionTags } from '../store/tags.ts';
import { causeArtifactEvents } from './artifact-events.ts';
import { lockCollection } from './lock-collections.ts';
import { type NamedCollection, requireNamedCollection } from './require-collection.ts';
import type { TrackingRoom } from './room.ts';

/** Tags for a collection. */
export interface CollectionTags extends NamedCollection {
  readonly tags: readonly string[];
}

/** In one request (wandb protocol, 5.16). */
const MOST_TAGS = 20;

/**
 * Adds tags to a collection; one that it has already is all right.
 *
 * @throws TriplineError invalid, not_found, forbidden
 */
export async function addCollectionTags(
  room: TrackingRoom,
  viewer: Viewer,
  wanted: CollectionTags,
): Promise<Collection> {
  wanted.tags.forEach(parseTag);
  return changeTags(room, viewer, wanted, 'ADD_COLLECTION_TAG');
}

/**
 * Takes tags from a collection; one that it does not have is all right.
 *
 * @throws TriplineError invalid, not_found, forbidden
 */
export async function deleteCollectionTags(
  room: TrackingRoom,
  viewer: Viewer,
  unwanted: CollectionTags,
): Promise<Collection> {
  return changeTags(room, viewer, unwanted, 'REMOVE_COLLECTION_TAG');
}

async function changeTags(
  room: TrackingRoom,
  viewer: Viewer,
  named: CollectionTags,
  type: 'ADD_COLLECTION_TAG' | 'REMOVE_COLLECTION_TAG',
): Promise<Collection> {
  const { database, clock } = room.ground;
  const now = clock.now();
  const tags = [...new Set(named.tags)];
  if (named.tags.length > MOST_TAGS) throw invalid(`at most ${MOST_TAGS} tags in one request`, 'tags');
  demand(viewer, 'log', named.project, `project '${named.project.name}'`);
  const collection = await requireNamedCollection(database, named);
  const destinations = await database.transaction(async (tx) => {
    const locked = await lockCollection(tx, collection);
    const before = await shownTags(tx, locked);
    const changed =
      type === 'ADD_COLLECTION_TAG'
        ? await insertCollectionTags(tx, locked, tags, now)
        : await removeCollectionTags(tx, locked, tags);
    if (changed.length === 0) return [];
    const { tenantId, projectId, collectionId } = locked;
    const subject = { kind: 'collection', id: collectionId, name: locked.name };
    const after = await shownTags(tx, locked);
    await recordDeed(tx, viewer, { now, tenantId, deed: 'collection.changed', subject, before, after });
    const changes = tags
      .filter((tag) => changed.includes(tag))
      .map((tag) => ({ type, collection: { tenantId, projectId, collectionId }, tag }));
    return causeArtifactEvents(room, tx, authorOf(viewer).username, changes);
  });
  room.woken(destinations);
  return collection;
}

async function shownTags(tx: Transaction, key: CollectionKey): Promise<{ readonly tags: string[] }> {
  return { tags: (await collectionTags(tx, [key])).map(({ tag }) => tag) };
}
