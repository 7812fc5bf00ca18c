import { demand } from '../access/demand.ts';
import { permits } from '../access/permits.ts';
import { invalid } from '../model/error.ts';
import { authorOf, type Viewer } from '../model/viewer.ts';
import { type Artifact, type ArtifactKey, artifactById } from '../store/artifacts.ts';
import type { Queryable, Transaction } from '../store/database.ts';
import { projectById } from '../store/projects.ts';
import type { VersionPlace } from './artifact-events.ts';
import { lockVersion, startingOver } from './lock-versions.ts';
import { demandLossOfAliases, describeLoss, protectedLosses } from './loss-of-aliases.ts';
import { orGone } from './or-gone.ts';
import { removeVersions } from './remove-versions.ts';
import type { TrackingRoom } from './room.ts';
import { requireArtifact } from './visible-artifact.ts';

/**
 * Deletes a version: it leaves its sequence and whatever it is linked in. What it was made of and used for stays. Once
 * more is all right.
 *
 * @param deleteAliases whether it may be one that aliases other than `latest` lead to
 * @throws TriplineError invalid with those aliases; not_found; forbidden
 */
export async function deleteArtifact(
  room: TrackingRoom,
  viewer: Viewer,
  key: ArtifactKey | undefined,
  deleteAliases: boolean,
): Promise<Artifact> {
  return orGone(
    () => remove(room, viewer, key, deleteAliases),
    () => findDeleted(room.ground.database, viewer, key),
  );
}

async function remove(
  room: TrackingRoom,
  viewer: Viewer,
  key: ArtifactKey | undefined,
  deleteAliases: boolean,
): Promise<Artifact> {
  const { database } = room.ground;
  const { artifact, project } = await requireArtifact(database, viewer, key);
  demand(viewer, 'log', project, 'artifact');
  const destinations = await startingOver(database, async (tx) => {
    const version = await lockVersion(tx, artifact);
    if (version === undefined) return undefined;
    if (deleteAliases) await demandLossOfAliases(tx, viewer, version.places);
    else await refuseLossOfAliases(tx, viewer, version.places);
    const protectedAliases = await protectedLosses(tx, version.places);
    const remover = { author: authorOf(viewer).username, actor: viewer };
    return removeVersions(room, tx, remover, [version], () => ({ protectedAliases }));
  });
  room.woken(destinations);
  return (await artifactById(database, artifact)) ?? artifact;
}

async function findDeleted(
  database: Queryable,
  viewer: Viewer,
  key: ArtifactKey | undefined,
): Promise<Artifact | undefined> {
  const artifact = key && (await artifactById(database, key));
  const project = artifact && (await projectById(database, artifact.projectId));
  const isTheirs = artifact?.state === 'deleted' && project !== undefined && permits(viewer, 'log', project);
  return isTheirs ? artifact : undefined;
}

async function refuseLossOfAliases(tx: Transaction, viewer: Viewer, places: readonly VersionPlace[]): Promise<void> {
  const lost = await describeLoss(tx, viewer, places);
  if (lost === undefined) return;
  throw invalid(`the version has aliases (${lost}): remove them, or delete it with its aliases`, 'deleteAliases');
}
