import type { ArtifactId, IntegrationId } from '../model/ids.ts';
import { markArtifactsDeleted } from '../store/artifact-edits.ts';
import { recordDeed } from '../store/audit.ts';
import { collectionById } from '../store/collections.ts';
import type { Transaction } from '../store/database.ts';
import { type DeadlineKey, isDue, leaseDueDeadlines, removeDeadline, setDeadline } from '../store/deadlines.ts';
import type { VersionPlace } from './artifact-events.ts';
import { LATEST, leavePlaces } from './leave-places.ts';
import { type LockedVersion, lockVersions, startingOver } from './lock-versions.ts';
import type { TrackingRoom } from './room.ts';
import { endOfVersion } from './version-end.ts';

const AT_ONCE = 100;
/** A version that is held by a name or a link is looked at again after so long. */
const HELD_MS = 3_600_000;
const AUTHOR = 'system';

/**
 * Deletes versions that have lived as long as they were to live, each as a deed with its events. One that an alias
 * other than `latest` leads to, or that is linked somewhere, stays as long as that is so: somebody counts on it. One
 * node of several does it: the deadline is leased, and the version's lock decides.
 *
 * @returns how many were looked at
 */
export async function endVersions(room: TrackingRoom): Promise<number> {
  const { database, clock } = room.ground;
  const due = await leaseDueDeadlines(database, 'ttl', clock.now(), AT_ONCE);
  for (const deadline of due) {
    room.woken(await startingOver(database, (tx) => lookAt(room, tx, deadline)));
  }
  return due.length;
}

async function lookAt(
  room: TrackingRoom,
  tx: Transaction,
  deadline: DeadlineKey,
): Promise<readonly IntegrationId[] | undefined> {
  const { tenantId } = deadline;
  const artifactId = deadline.subjectId as ArtifactId;
  const locked = await lockVersions(tx, { tenantId, choose: async () => [artifactId], collections: [] });
  if (locked === undefined) return undefined;
  const now = room.ground.clock.now();
  // another node may have been here before the lock, or the time to live was changed
  if (!(await isDue(tx, deadline, now))) return [];
  const [version] = locked;
  if (version?.artifact.state !== 'committed') return gone(tx, deadline);
  const sequence = await collectionById(tx, { tenantId, collectionId: version.artifact.collectionId });
  const end = endOfVersion(version.artifact, sequence);
  if (end === undefined) return gone(tx, deadline);
  if (end > now || isHeld(version.places)) {
    await setDeadline(tx, deadline, Math.max(end, now + HELD_MS));
    return [];
  }
  await removeDeadline(tx, deadline);
  return remove(room, tx, version);
}

async function gone(tx: Transaction, deadline: DeadlineKey): Promise<readonly IntegrationId[]> {
  await removeDeadline(tx, deadline);
  return [];
}

function isHeld(places: readonly VersionPlace[]): boolean {
  return places.some(({ kind, aliases }) => kind === 'portfolio' || aliases.some((alias) => alias !== LATEST));
}

async function remove(
  room: TrackingRoom,
  tx: Transaction,
  { artifact, places }: LockedVersion,
): Promise<readonly IntegrationId[]> {
  const { tenantId, artifactId, digest } = artifact;
  const now = room.ground.clock.now();
  const woken = await leavePlaces(room, tx, AUTHOR, places);
  await markArtifactsDeleted(tx, tenantId, [artifactId], now);
  const aliases = places.flatMap((place) => place.aliases);
  await recordDeed(
    tx,
    { system: 'it has lived as long as it was to live' },
    {
      ...{ now, tenantId, deed: 'artifact.deleted', subject: { kind: 'artifact', id: artifactId, name: digest } },
      before: { aliases, digest, ttlSeconds: artifact.ttlSeconds },
    },
  );
  return woken;
}
