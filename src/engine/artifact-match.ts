import { artifactFacts, artifactTypeOf, type CapturedArtifactEvent } from '../events/artifact-events.ts';
import { matches } from '../filter/match.ts';
import type { CollectionId } from '../model/ids.ts';
import { isInternalType } from '../model/internal-artifact.ts';
import { keysFor } from './artifact-keys.ts';
import type { ArtifactAutomation } from './automation.ts';
import { listed } from './listing.ts';
import { projectScopes, type Rulebook, type RunPlace } from './rulebook.ts';

/** Where a collection lies. */
export interface CollectionPlace extends RunPlace {
  readonly collectionId: CollectionId;
}

/**
 * The automations that an event fires at a place, oldest first: those of the collection, its project or registry, its
 * team and its organization. A registry belongs to the organization, so no team sees it (automations, section 1.2).
 */
export function firedAt(
  book: Rulebook,
  place: CollectionPlace,
  captured: CapturedArtifactEvent,
): readonly ArtifactAutomation[] {
  const scopes = [...projectScopes(place), `collection:${place.collectionId}`];
  const facts = artifactFacts(captured);
  const found = keysFor(captured.type, facts).flatMap((key) => book.artifacts.find(key, scopes));
  return [...new Set(listed(found))].filter(
    (automation) => !overlooks(automation, captured) && matches(automation.filter, facts),
  );
}

/**
 * Whether an automation leaves out what the client logs by itself: that concerns those who ask for its type or look at
 * that very collection, else every table would be "a new version" (automations, section 2.2).
 */
export function overlooks({ scope, filter }: ArtifactAutomation, captured: CapturedArtifactEvent): boolean {
  return isInternalType(artifactTypeOf(captured)) && scope.kind !== 'collection' && !filter.fields.has('artifact_type');
}
