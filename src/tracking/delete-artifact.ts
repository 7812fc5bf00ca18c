import { demand } from '../access/demand.ts';
import { invalid } from '../model/error.ts';
import { authorOf, type Viewer } from '../model/viewer.ts';
import { markArtifactsDeleted } from '../store/artifact-edits.ts';
import { type Artifact, type ArtifactKey, artifactById } from '../store/artifacts.ts';
import { recordDeed } from '../store/audit.ts';
import type { Transaction } from '../store/database.ts';
import type { VersionPlace } from './artifact-events.ts';
import { leavePlaces } from './leave-places.ts';
import { lockVersion, startingOver } from './lock-versions.ts';
import { demandLossOfAliases, describeLoss, protectedLosses } from './loss-of-aliases.ts';
import type { TrackingRoom } from './room.ts';
import { requireArtifact } from './visible-artifact.ts';

/**
 * Deletes a version: it leaves its sequence and whatever it is linked in. What it was made of and used for stays.
 *
 * @param deleteAliases whether it may be one that aliases other than `latest` lead to
 * @throws TriplineError invalid with those aliases; not_found, also the second time; forbidden
 */
export async function deleteArtifact(
  room: TrackingRoom,
  viewer: Viewer,
  key: ArtifactKey | undefined,
  deleteAliases: boolean,
): Promise<Artifact> {
  const { database, clock } = room.ground;
  const { artifact, project } = await requireArtifact(database, viewer, key);
  const { tenantId, artifactId } = artifact;
  demand(viewer, 'log', project, 'artifact');
  const destinations = await startingOver(database, async (tx) => {
    const version = await lockVersion(tx, artifact);
    if (version === undefined) return undefined;
    if (deleteAliases) await demandLossOfAliases(tx, viewer, version.places);
    else await refuseLossOfAliases(tx, viewer, version.places);
    const protectedAliases = await protectedLosses(tx, version.places);
    const woken = await leavePlaces(room, tx, authorOf(viewer).username, version.places);
    await markArtifactsDeleted(tx, tenantId, [artifactId], clock.now());
    const subject = { kind: 'artifact', id: artifactId, name: artifact.digest };
    const aliases = version.places.flatMap((place) => place.aliases);
    const before = { aliases, protectedAliases, digest: artifact.digest };
    await recordDeed(tx, viewer, { now: clock.now(), tenantId, deed: 'artifact.deleted', subject, before });
    return woken;
  });
  room.woken(destinations);
  return (await artifactById(database, artifact)) ?? artifact;
}

async function refuseLossOfAliases(tx: Transaction, viewer: Viewer, places: readonly VersionPlace[]): Promise<void> {
  const lost = await describeLoss(tx, viewer, places);
  if (lost === undefined) return;
  throw invalid(`the version has aliases (${lost}): remove them, or delete it with its aliases`, 'deleteAliases');
}
