import { permits } from '../access/permits.ts';
import { invalid } from '../model/error.ts';
import type { IntegrationId } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import { authorOf, type Viewer } from '../model/viewer.ts';
import { markArtifactsDeleted } from '../store/artifact-edits.ts';
import { recordDeed } from '../store/audit.ts';
import { removeCollection } from '../store/collection-edits.ts';
import type { Collection, CollectionKey, CollectionKind } from '../store/collections.ts';
import type { Queryable, Transaction } from '../store/database.ts';
import { type DeletedCollection, deletedCollectionById } from '../store/dead-collections.ts';
import { describePlaces } from '../store/describe-places.ts';
import { projectById } from '../store/projects.ts';
import { removeAutomationsOf, shownRemovals } from '../store/removals.ts';
import { lockRulebook, nextRulebookVersion } from '../store/rulebook.ts';
import { tellPlaces } from '../store/tell-collection.ts';
import { artifactsIn, placesIn } from '../store/version-places.ts';
import { causeArtifactEvents } from './artifact-events.ts';
import { artifactAt, leavePlaces, unlinks } from './leave-places.ts';
import { lockCollection } from './lock-collections.ts';
import { lockVersions, startingOver } from './lock-versions.ts';
import { demandLossOfAliases, protectedLosses } from './loss-of-aliases.ts';
import { orGone } from './or-gone.ts';
import { requireCollection } from './require-collection.ts';
import type { TrackingRoom } from './room.ts';

/**
 * Deletes a collection with its automations. With a sequence go all its versions and their links; of a portfolio only
 * the links end. Its name is free again. Once more is all right.
 *
 * @param kind that it must be of
 * @throws TriplineError not_found; forbidden; invalid when it is of the other kind
 */
export async function deleteCollection(
  room: TrackingRoom,
  viewer: Viewer,
  key: CollectionKey | undefined,
  kind: CollectionKind,
): Promise<DeletedCollection> {
  return orGone(
    () => remove(room, viewer, key, kind),
    () => findDeleted(room.ground.database, viewer, key, kind),
  );
}

async function remove(
  room: TrackingRoom,
  viewer: Viewer,
  key: CollectionKey | undefined,
  kind: CollectionKind,
): Promise<DeletedCollection> {
  const { database, clock } = room.ground;
  const { collection, project } = await requireCollection(database, viewer, key, 'log');
  if (collection.kind !== kind) throw invalid(`'${collection.name}' is a ${collection.kind}, not a ${kind}`);
  const { tenantId, collectionId } = collection;
  const { rootId } = project;
  const deletedAt = clock.now();
  const destinations = await startingOver(database, async (tx) => {
    // the first of all locks, though automations go last: until then they see what happens
    await lockRulebook(tx, rootId);
    const ended = await (kind === 'sequence' ? deleteVersions : endLinks)(room, tx, viewer, collection);
    if (ended === undefined) return undefined;
    await removeCollection(tx, collection, deletedAt);
    const scope = { kind: 'collection' as const, id: collectionId, tenantId, rootId, now: deletedAt };
    const removed = await removeAutomationsOf(tx, scope, await nextRulebookVersion(tx, rootId));
    const subject = { kind: 'collection', id: collectionId, name: collection.name };
    const before = {
      ...{ kind, type: collection.typeName, versions: collection.versionCount },
      ...{ protectedAliases: ended.lost, automations: shownRemovals(removed) },
    };
    await recordDeed(tx, viewer, { now: deletedAt, tenantId, deed: 'collection.deleted', subject, before });
    return ended.woken;
  });
  room.woken(destinations);
  return { ...collection, deletedAt };
}

async function findDeleted(
  database: Queryable,
  viewer: Viewer,
  key: CollectionKey | undefined,
  kind: CollectionKind,
): Promise<DeletedCollection | undefined> {
  const collection = key && (await deletedCollectionById(database, key));
  const project = collection && (await projectById(database, collection.projectId));
  const isTheirs = collection?.kind === kind && project !== undefined && permits(viewer, 'log', project);
  return isTheirs ? collection : undefined;
}

interface Ended {
  /** Destinations that have new work. */
  readonly woken: readonly IntegrationId[];
  /** Protected aliases that led to the versions. */
  readonly lost: Json;
}

/** Deletes all versions of a sequence; `undefined` when they have got further places meanwhile. */
async function deleteVersions(
  room: TrackingRoom,
  tx: Transaction,
  viewer: Viewer,
  sequence: Collection,
): Promise<Ended | undefined> {
  const { tenantId, collectionId } = sequence;
  const choose = () => artifactsIn(tx, sequence);
  const versions = await lockVersions(tx, { tenantId, choose, collections: [sequence] });
  if (versions === undefined) return undefined;
  await lockCollection(tx, sequence);
  const places = versions.flatMap((version) => version.places);
  await demandLossOfAliases(tx, viewer, places);
  const lost = await protectedLosses(tx, places);
  const links = places.filter((place) => place.collectionId !== collectionId);
  const woken = await leavePlaces(room, tx, authorOf(viewer).username, links);
  const ids = versions.map(({ artifact }) => artifact.artifactId);
  await markArtifactsDeleted(tx, tenantId, ids, room.ground.clock.now());
  return { woken, lost };
}

async function endLinks(room: TrackingRoom, tx: Transaction, viewer: Viewer, portfolio: Collection): Promise<Ended> {
  const locked = await lockCollection(tx, portfolio);
  const places = await describePlaces(tx, await placesIn(tx, locked), [locked]);
  await demandLossOfAliases(tx, viewer, places);
  const lost = await protectedLosses(tx, places);
  await tellPlaces(tx, places.map(artifactAt));
  return { woken: await causeArtifactEvents(room, tx, authorOf(viewer).username, unlinks(places)), lost };
}
