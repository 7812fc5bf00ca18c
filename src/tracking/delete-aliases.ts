import type { Viewer } from '../model/viewer.ts';
import { removeAliases } from '../store/aliases.ts';
import type { ArtifactKey } from '../store/artifacts.ts';
import { lockNamedPlaces, type NamedAliases } from './named-places.ts';
import { demandAliasEdit, recordProtectedAliases } from './protected-aliases.ts';
import type { TrackingRoom } from './room.ts';

/**
 * Takes aliases away from a version in collections that it is in, `latest` too; one that it does not hold is all
 * right. No event tells of it (automations, section 2.2).
 *
 * @throws TriplineError not_found, forbidden
 */
export async function deleteAliases(
  room: TrackingRoom,
  viewer: Viewer,
  artifact: ArtifactKey,
  unwanted: readonly NamedAliases[],
): Promise<void> {
  const { database, clock } = room.ground;
  for (const { project, aliases } of unwanted) await demandAliasEdit(database, viewer, project, aliases);
  await database.transaction(async (tx) => {
    for (const { place, aliases } of await lockNamedPlaces(tx, artifact, unwanted)) {
      await removeAliases(tx, place, aliases);
    }
    const now = clock.now();
    for (const each of unwanted) await recordProtectedAliases(tx, viewer, { ...each, artifact, fate: 'taken' }, now);
  });
}
