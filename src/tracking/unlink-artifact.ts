import { invalid } from '../model/error.ts';
import { authorOf, type Viewer } from '../model/viewer.ts';
import type { ArtifactKey } from '../store/artifacts.ts';
import type { CollectionKey } from '../store/collections.ts';
import { describePlaces } from '../store/describe-places.ts';
import { placeIn } from '../store/memberships.ts';
import { leavePlaces } from './leave-places.ts';
import { lockCollection } from './lock-collections.ts';
import { demandLossOfAliases } from './loss-of-aliases.ts';
import { recordProtectedAliases } from './protected-aliases.ts';
import { requireCollection } from './require-collection.ts';
import type { TrackingRoom } from './room.ts';

/**
 * Ends a link of a version in a portfolio, with its aliases there. One that is not linked there is all right: a client
 * whose answer was lost asks again (wandb protocol, 0.5).
 *
 * @throws TriplineError not_found when there is no such portfolio; forbidden; invalid for a sequence
 */
export async function unlinkArtifact(
  room: TrackingRoom,
  viewer: Viewer,
  artifact: ArtifactKey,
  portfolio: CollectionKey | undefined,
): Promise<void> {
  const { database, clock } = room.ground;
  const { collection, project } = await requireCollection(database, viewer, portfolio, 'log');
  if (collection.kind === 'sequence') {
    throw invalid(
      `the version was logged to '${collection.name}', not linked: delete it instead`,
      'artifactPortfolioID',
    );
  }
  const destinations = await database.transaction(async (tx) => {
    const locked = await lockCollection(tx, collection);
    const membership = await placeIn(tx, locked, artifact);
    if (membership === undefined) return [];
    const places = await describePlaces(tx, [membership], [locked]);
    await demandLossOfAliases(tx, viewer, places);
    const woken = await leavePlaces(room, tx, authorOf(viewer).username, places);
    const aliases = places.flatMap((place) => place.aliases);
    await recordProtectedAliases(tx, viewer, { project, artifact, aliases, fate: 'taken' }, clock.now());
    return woken;
  });
  room.woken(destinations);
}
