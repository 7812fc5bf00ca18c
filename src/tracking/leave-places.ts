import type { IntegrationId } from '../model/ids.ts';
import type { ArtifactKey } from '../store/artifacts.ts';
import type { Transaction } from '../store/database.ts';
import { removeMemberships } from '../store/memberships.ts';
import { tellPlaces } from '../store/tell-collection.ts';
import { newestPlace } from '../store/version-places.ts';
import { tagsOf } from '../store/version-tags.ts';
import { type ArtifactChange, causeArtifactEvents, type VersionPlace } from './artifact-events.ts';
import { giveAliases } from './give-aliases.ts';
import type { TrackingRoom } from './room.ts';

export const LATEST = 'latest';

/**
 * Ends presences of versions in collections, all of whose locks are held. Where one of them held `latest`, the newest
 * version that remains there gets it: the name goes on to lead to a version, as after every commit and link. Events
 * see the places as they were just before.
 *
 * @returns the destinations that have new work
 */
export async function leavePlaces(
  room: TrackingRoom,
  tx: Transaction,
  author: string,
  places: readonly VersionPlace[],
): Promise<readonly IntegrationId[]> {
  const moves: ArtifactChange[] = [];
  for (const holder of places.filter(({ aliases }) => aliases.includes(LATEST))) {
    moves.push(...(await passLatestOn(room, tx, holder, places)));
  }
  const destinations = await causeArtifactEvents(room, tx, author, [...unlinks(places), ...moves]);
  await tellPlaces(tx, places.map(artifactAt));
  await removeMemberships(tx, places);
  return destinations;
}

/** The version that stands in a place. */
export function artifactAt({ artifactTenantId: tenantId, artifactId }: VersionPlace): ArtifactKey {
  return { tenantId, artifactId };
}

/** What the end of places in portfolios is to automations; leaving a sequence is none (automations, section 2.2). */
export function unlinks(places: readonly VersionPlace[]): ArtifactChange[] {
  return places
    .filter(({ kind }) => kind === 'portfolio')
    .map((place) => ({ type: 'UNLINK_ARTIFACT' as const, place }));
}

async function passLatestOn(
  room: TrackingRoom,
  tx: Transaction,
  holder: VersionPlace,
  leaving: readonly VersionPlace[],
): Promise<readonly ArtifactChange[]> {
  const { tenantId, collectionId, projectId, kind } = holder;
  const here = leaving.filter((place) => place.tenantId === tenantId && place.collectionId === collectionId);
  const left = here.map(({ versionIndex }) => versionIndex);
  const heir = await newestPlace(tx, holder, left);
  if (heir === undefined) return [];
  const { versionIndex, artifactTenantId, artifactId } = heir;
  const tags = await tagsOf(tx, { tenantId: artifactTenantId, artifactId });
  const place = { tenantId, collectionId, projectId, kind, versionIndex, artifactTenantId, artifactId, tags };
  return (await giveAliases(tx, place, [LATEST], room.ground.clock.now())).changes;
}
