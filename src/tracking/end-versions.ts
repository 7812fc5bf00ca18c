import { groupBy } from '../model/group-by.ts';
import type { ArtifactId, IntegrationId, TenantId } from '../model/ids.ts';
import { collectionsById } from '../store/collections.ts';
import type { Transaction } from '../store/database.ts';
import { dueAmong, leaseDueDeadlines, removeDeadlines, setDeadline } from '../store/deadlines.ts';
import type { VersionPlace } from './artifact-events.ts';
import { LATEST } from './leave-places.ts';
import { type LockedVersion, lockVersions, startingOver } from './lock-versions.ts';
import { removeVersions, TOGETHER } from './remove-versions.ts';
import type { TrackingRoom } from './room.ts';
import { endDeadline, endOfVersion } from './version-end.ts';

const AT_ONCE = 100;
/** A version that is held by a name or a link is looked at again after so long. */
const HELD_MS = 3_600_000;
const BY_TIME = { author: 'system', actor: { system: 'it has lived as long as it was to live' } };

/**
 * Deletes versions that have lived as long as they were to live, each as a deed with its events. One that an alias
 * other than `latest` leads to, or that is linked somewhere, stays as long as that is so: somebody counts on it. One
 * node of several does it: the deadline is leased, and the version's lock decides.
 *
 * @returns how many were looked at
 * @throws the first fault, when all others were looked at
 */
export async function endVersions(room: TrackingRoom): Promise<number> {
  const { database, clock } = room.ground;
  const due = await leaseDueDeadlines(database, 'ttl', clock.now(), AT_ONCE);
  const faults: unknown[] = [];
  for (const [tenantId, deadlines] of groupBy(due, (deadline) => deadline.tenantId)) {
    // the oldest first, so that `latest` does not wander from one that goes to the next
    const ids = deadlines.map(({ subjectId }) => subjectId as ArtifactId).toSorted(byAge);
    for (let first = 0; first < ids.length; first += TOGETHER) {
      const some = ids.slice(first, first + TOGETHER);
      await endSome(room, tenantId, some).catch((fault: unknown) => faults.push(fault));
    }
  }
  if (faults.length > 0) throw faults[0];
  return due.length;
}

function byAge(one: ArtifactId, other: ArtifactId): number {
  return Number(BigInt(one) - BigInt(other));
}

/** Looks at several versions together, and at each by itself where one of them is at fault. */
async function endSome(room: TrackingRoom, tenantId: TenantId, ids: readonly ArtifactId[]): Promise<void> {
  const end = async (some: readonly ArtifactId[]) =>
    room.woken(await startingOver(room.ground.database, (tx) => lookAt(room, tx, tenantId, some)));
  if (ids.length === 1) return end(ids);
  const faults: unknown[] = [];
  await end(ids).catch(async () => {
    for (const id of ids) await end([id]).catch((fault: unknown) => faults.push(fault));
  });
  if (faults.length > 0) throw faults[0];
}

async function lookAt(
  room: TrackingRoom,
  tx: Transaction,
  tenantId: TenantId,
  ids: readonly ArtifactId[],
): Promise<readonly IntegrationId[] | undefined> {
  const locked = await lockVersions(tx, { tenantId, choose: async () => ids, collections: [] });
  if (locked === undefined) return undefined;
  const now = room.ground.clock.now();
  // another node may have been here before the lock, or the time to live was changed
  const due = await dueAmong(tx, { tenantId, kind: 'ttl', subjectIds: ids }, now);
  await removeDeadlines(tx, { tenantId, kind: 'ttl', subjectIds: [...due] });
  const living = locked.filter(({ artifact }) => due.has(artifact.artifactId) && artifact.state === 'committed');
  const sequences = await collectionsById(tx, tenantId, [
    ...new Set(living.map(({ artifact }) => artifact.collectionId)),
  ]);
  const over: LockedVersion[] = [];
  for (const version of living) {
    const { artifact, places } = version;
    const sequence = sequences.find(({ collectionId }) => collectionId === artifact.collectionId);
    const end = endOfVersion(artifact, sequence);
    if (end === undefined) continue;
    if (end > now || isHeld(places)) await setDeadline(tx, endDeadline(artifact), Math.max(end, now + HELD_MS));
    else over.push(version);
  }
  return removeVersions(room, tx, BY_TIME, over, ({ artifact: { ttlSeconds } }) => ({ ttlSeconds }));
}

function isHeld(places: readonly VersionPlace[]): boolean {
  return places.some(({ kind, aliases }) => kind === 'portfolio' || aliases.some((alias) => alias !== LATEST));
}
