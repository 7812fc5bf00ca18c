import { groupBy } from '../model/group-by.ts';
import type { ArtifactId, TenantId } from '../model/ids.ts';
import type { Artifact, ArtifactKey } from '../store/artifacts.ts';
import type { CollectionKey } from '../store/collections.ts';
import type { Database, Transaction } from '../store/database.ts';
import { unavailable } from '../store/database-faults.ts';
import { describePlaces, nameOf } from '../store/describe-places.ts';
import { lockArtifacts, placesOfVersions } from '../store/version-places.ts';
import type { VersionPlace } from './artifact-events.ts';
import { lockAcrossTenants } from './lock-collections.ts';
import { unknownArtifact } from './visible-artifact.ts';

/** A version that nobody else can edit, link, unlink or delete until the transaction ends. */
export interface LockedVersion {
  readonly artifact: Artifact;
  /** Its source sequence first, then the oldest first; none of a pending artifact. */
  readonly places: readonly VersionPlace[];
}

export interface VersionsToLock {
  readonly tenantId: TenantId;
  /** Asked once more when the locks are held. */
  readonly choose: () => Promise<readonly ArtifactId[]>;
  /** Locked with them, also when no version has a place there. */
  readonly collections: readonly CollectionKey[];
}

/**
 * Locks versions of one tenant: first the collections of all their places, then themselves. A place in a collection
 * that was deleted is none any more.
 *
 * @returns `undefined` when they have got further places meanwhile: start over, without the locks (data model,
 *   section 5). Artifacts that are deleted are among those answered.
 */
export async function lockVersions(
  tx: Transaction,
  { tenantId, choose, collections }: VersionsToLock,
): Promise<readonly LockedVersion[] | undefined> {
  const known = await placesOfVersions(tx, tenantId, await choose());
  const wanted = [...collections, ...known];
  const locked = await lockAcrossTenants(tx, wanted);
  const ids = await choose();
  const artifacts = await lockArtifacts(tx, tenantId, ids);
  const places = await placesOfVersions(tx, tenantId, ids);
  const names = new Set(wanted.map(nameOf));
  if (places.some((place) => !names.has(nameOf(place)))) return undefined;
  const described = await describePlaces(tx, places, locked);
  const byArtifact = groupBy(described.sort(sourceFirst), ({ artifactId }) => artifactId);
  return artifacts.map((artifact) => ({ artifact, places: byArtifact.get(artifact.artifactId) ?? [] }));
}

/** The sort is stable: the rest stays in its order. */
function sourceFirst(one: VersionPlace, other: VersionPlace): number {
  return Number(other.kind === 'sequence') - Number(one.kind === 'sequence');
}

/** Locks one artifact and its places, as {@link lockVersions}. @throws TriplineError not_found when it is deleted */
export async function lockVersion(tx: Transaction, key: ArtifactKey): Promise<LockedVersion | undefined> {
  const choose = async () => [key.artifactId];
  const locked = await lockVersions(tx, { tenantId: key.tenantId, choose, collections: [] });
  if (locked === undefined) return undefined;
  const [version] = locked;
  if (version === undefined || version.artifact.state === 'deleted') throw unknownArtifact();
  return version;
}

const MOST_TURNS = 5;

/**
 * Runs work in a transaction; when it answers `undefined`, once more in a new one.
 *
 * @throws TriplineError unavailable when that does not end
 */
export async function startingOver<T>(
  database: Database,
  work: (tx: Transaction) => Promise<T | undefined>,
): Promise<T> {
  for (let turn = 1; turn <= MOST_TURNS; turn += 1) {
    const done = await database.transaction(work);
    if (done !== undefined) return done;
  }
  throw unavailable('too many links to the same versions at once');
}
