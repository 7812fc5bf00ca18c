import type { IntegrationId } from '../model/ids.ts';
import type { JsonObject } from '../model/json.ts';
import { markArtifactsDeleted } from '../store/artifact-edits.ts';
import { type Actor, recordDeeds } from '../store/audit.ts';
import type { Transaction } from '../store/database.ts';
import { leavePlaces } from './leave-places.ts';
import type { LockedVersion } from './lock-versions.ts';
import type { TrackingRoom } from './room.ts';

/** Versions that are removed in one transaction: whoever logs to their collection waits no longer than that. */
export const TOGETHER = 20;

/** Who removes versions, to events and to the audit log. */
export interface Remover {
  readonly author: string;
  readonly actor: Actor;
}

/**
 * Removes versions of one tenant that are locked: they leave all their places, each with its entry in the audit log.
 *
 * @param more what its entry tells beside aliases and digest
 * @returns the destinations that have new work
 */
export async function removeVersions(
  room: TrackingRoom,
  tx: Transaction,
  { author, actor }: Remover,
  versions: readonly LockedVersion[],
  more: (version: LockedVersion) => JsonObject = () => ({}),
): Promise<readonly IntegrationId[]> {
  const [first] = versions;
  if (first === undefined) return [];
  const now = room.ground.clock.now();
  const { tenantId } = first.artifact;
  const places = versions.flatMap((version) => version.places);
  const woken = await leavePlaces(room, tx, author, places);
  await markArtifactsDeleted(
    tx,
    tenantId,
    versions.map(({ artifact }) => artifact.artifactId),
    now,
  );
  const deeds = versions.map((version) => {
    const { artifactId, digest } = version.artifact;
    const aliases = version.places.flatMap((place) => place.aliases);
    const subject = { kind: 'artifact', id: artifactId, name: digest };
    return { now, tenantId, deed: 'artifact.deleted' as const, subject, before: { aliases, digest, ...more(version) } };
  });
  await recordDeeds(tx, actor, deeds);
  return woken;
}
