import type { Instant } from '../model/clock.ts';
import { groupBy } from '../model/group-by.ts';
import type { ArtifactBlobKey } from '../store/artifact-blobs.ts';
import { abandonedArtifacts, removePending, removeUnneeded, unneededBlobs } from '../store/artifact-orphans.ts';
import { type ArtifactKey, lockArtifact } from '../store/artifacts.ts';
import { type CollectionKey, lockCollections } from '../store/collections.ts';
import type { Database } from '../store/database.ts';
import { deadCollections } from '../store/dead-collections.ts';
import type { Ground } from '../store/ground.ts';
import { lockUnclaimedSince } from '../store/unclaimed-blobs.ts';
import { emptyDeadCollection, emptyDeadProject, emptyDeadRun } from './empty-dead-scopes.ts';
import type { FileGround } from './file-ground.ts';
import { removeLocked } from './remove-content.ts';

/**
 * An upload that made no progress for so long will make none: its addresses expired long ago. What was deleted waits
 * as long, so that no request which saw it alive is under way when its rows go.
 */
export const ABANDONED_MS = 24 * 3_600_000;
const ROWS_AT_ONCE = 1_000;
const SCOPES_AT_ONCE = 100;
const FILES_AT_ONCE = 100;
/** Transactions that remove one slice each, in one turn. */
const SLICES_A_TURN = 100;
/** Of bytes that are looked through in one turn, also when all of them are needed: 14 million in a day. */
const LEAST_SLICES = 10;

/** How far the walks through large tables have come; where there is none, it begins anew. */
export interface Reached {
  readonly collection: CollectionKey | undefined;
  readonly blob: ArtifactBlobKey | undefined;
}

/**
 * Removes, a slice of each at a time: what deleted projects, runs and sequences held, artifacts whose upload was given
 * up, bytes that no version has, and content that no row names. Several nodes may do so at once. What a version needs
 * is safe: it is looked at again under the lock under which versions are committed and linked.
 *
 * @param after where the time before ended; `undefined` begins anew
 * @returns where it ended; `undefined` at the end of all
 */
export async function collectOrphans(ground: FileGround, after: Reached | undefined): Promise<Reached | undefined> {
  const before = ground.clock.now() - ABANDONED_MS;
  await repeatedly(() => emptyDeadProject(ground, before));
  await repeatedly(() => emptyDeadRun(ground, before));
  const collection = await emptyCollections(ground, after?.collection, before);
  for (const artifact of await abandonedArtifacts(ground.database, before, ROWS_AT_ONCE)) {
    await removeAbandoned(ground.database, artifact, before);
  }
  const blob = await walkBlobs(ground, after?.blob, before);
  await repeatedly(() => removeUnclaimed(ground, before));
  return collection === undefined && blob === undefined ? undefined : { collection, blob };
}

async function repeatedly(slice: () => Promise<boolean>): Promise<void> {
  for (let done = 0; done < SLICES_A_TURN && (await slice()); ) done += 1;
}

async function emptyCollections(
  ground: Ground,
  after: CollectionKey | undefined,
  before: Instant,
): Promise<CollectionKey | undefined> {
  const dead = await deadCollections(ground.database, after, before, SCOPES_AT_ONCE);
  for (const collection of dead) await emptyDeadCollection(ground, collection);
  return dead.length < SCOPES_AT_ONCE ? undefined : dead.at(-1);
}

async function removeAbandoned(database: Database, key: ArtifactKey & CollectionKey, before: Instant): Promise<void> {
  await database.transaction(async (tx) => {
    await lockCollections(tx, key.tenantId, [key.collectionId]);
    const artifact = await lockArtifact(tx, key);
    if (artifact?.state === 'pending' && artifact.updatedAt < before) await removePending(tx, key);
  });
}

/** @returns how far it came; `undefined` at the end */
async function walkBlobs(
  ground: Ground,
  after: ArtifactBlobKey | undefined,
  before: Instant,
): Promise<ArtifactBlobKey | undefined> {
  let last = after;
  let found = true;
  for (let done = 0; done < SLICES_A_TURN && (found || done < LEAST_SLICES); done += 1) {
    ({ last, found } = await removeBlobs(ground, last, before));
    if (last === undefined) break;
  }
  return last;
}

/** Removes what of a slice nobody needs. @returns its last row, if there are more, and whether there was such */
async function removeBlobs(
  { database }: Ground,
  after: ArtifactBlobKey | undefined,
  before: Instant,
): Promise<{ readonly last: ArtifactBlobKey | undefined; readonly found: boolean }> {
  const { last, unneeded } = await unneededBlobs(database, after, before, ROWS_AT_ONCE);
  const byCollection = groupBy(unneeded, ({ tenantId, collectionId }) => `${tenantId}/${collectionId}`);
  for (const blobs of byCollection.values()) {
    const { tenantId, collectionId } = blobs[0] as ArtifactBlobKey;
    await database.transaction(async (tx) => {
      await lockCollections(tx, tenantId, [collectionId]);
      await removeUnneeded(tx, { tenantId, collectionId }, blobs, before);
    });
  }
  return { last, found: unneeded.length > 0 };
}

/** @returns whether there may be more */
async function removeUnclaimed(ground: FileGround, before: Instant): Promise<boolean> {
  return ground.database.transaction(async (tx) => {
    const unclaimed = await lockUnclaimedSince(tx, before, FILES_AT_ONCE);
    await removeLocked(ground, tx, unclaimed);
    return unclaimed.length === FILES_AT_ONCE;
  });
}
