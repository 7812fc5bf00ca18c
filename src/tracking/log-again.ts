import type { Artifact } from '../store/artifacts.ts';
import { lockArtifact } from '../store/artifacts.ts';
import { insertLineage } from '../store/lineage.ts';
import { tellCollection } from '../store/tell-collection.ts';
import { insertVersionTags } from '../store/version-tags.ts';
import { type ArtifactChange, causeArtifactEvents, type VersionPlace } from './artifact-events.ts';
import type { CheckedInput, Logging } from './artifact-input.ts';
import { giveAliases } from './give-aliases.ts';
import { lockPlaces } from './lock-places.ts';
import type { TrackingRoom } from './room.ts';

/**
 * Notes that the content of a committed version was logged once more: no new version, but the names and tags that
 * were asked for, and one more run that made it (wandb protocol, 5.4).
 *
 * @returns false when it was deleted meanwhile
 */
export async function logAgain(
  room: TrackingRoom,
  logging: Logging,
  artifact: Artifact,
  wanted: Pick<CheckedInput, 'aliases' | 'tags'>,
): Promise<boolean> {
  const destinations = await room.ground.database.transaction(async (tx) => {
    const [own, ...links] = await lockPlaces(tx, artifact);
    const locked = await lockArtifact(tx, artifact);
    if (own?.collectionId !== artifact.collectionId || locked?.state !== 'committed') return undefined;
    const now = room.ground.clock.now();
    const run = logging.runId === null ? undefined : { tenantId: logging.tenantId, runId: logging.runId };
    if (run !== undefined) await insertLineage(tx, { run, direction: 'output', artifact, usedAs: null, now });
    const added = wanted.tags.filter((tag) => !own.tags.includes(tag));
    await insertVersionTags(tx, artifact, added, now);
    if (added.length > 0) for (const place of [own, ...links]) tellCollection(tx, place);
    const tags = [...own.tags, ...added].sort();
    const given = await giveAliases(tx, { ...own, tags }, wanted.aliases, now);
    const places = [given.place, ...links.map((place) => ({ ...place, tags }))];
    return causeArtifactEvents(room, tx, logging.username, [...given.changes, ...tagChanges(places, added)]);
  });
  if (destinations !== undefined) room.woken(destinations);
  return destinations !== undefined;
}

/** Tags that a version was given, at all of its places. */
export function tagChanges(places: readonly VersionPlace[], tags: readonly string[]): ArtifactChange[] {
  return tags.map((tag) => ({ type: 'ADD_ARTIFACT_TAG', places, tag }));
}
