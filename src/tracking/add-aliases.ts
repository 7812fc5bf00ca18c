import { parseAliases } from '../model/artifact-names.ts';
import { authorOf, type Viewer } from '../model/viewer.ts';
import type { ArtifactKey } from '../store/artifacts.ts';
import { type ArtifactChange, causeArtifactEvents } from './artifact-events.ts';
import { giveAliases } from './give-aliases.ts';
import { lockNamedPlaces, type NamedAliases } from './named-places.ts';
import { demandAliasEdit, recordProtectedAliases } from './protected-aliases.ts';
import type { TrackingRoom } from './room.ts';

/**
 * Gives a version aliases in collections that it is in, all of them or none; each alias leaves its present holder.
 *
 * @throws TriplineError invalid for a name that no alias can have; not_found, forbidden
 */
export async function addAliases(
  room: TrackingRoom,
  viewer: Viewer,
  artifact: ArtifactKey,
  wanted: readonly NamedAliases[],
): Promise<void> {
  parseAliases(wanted.flatMap(({ aliases }) => aliases));
  const { database, clock } = room.ground;
  for (const { project, aliases } of wanted) await demandAliasEdit(database, viewer, project, aliases);
  const destinations = await database.transaction(async (tx) => {
    const changes: ArtifactChange[] = [];
    for (const { place, aliases } of await lockNamedPlaces(tx, artifact, wanted)) {
      changes.push(...(await giveAliases(tx, place, aliases, clock.now())).changes);
    }
    for (const each of wanted)
      await recordProtectedAliases(tx, viewer, { ...each, artifact, fate: 'given' }, clock.now());
    return causeArtifactEvents(room, tx, authorOf(viewer).username, changes);
  });
  room.woken(destinations);
}
