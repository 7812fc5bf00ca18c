import { permits } from '../access/permits.ts';
import { decodeCaptured } from '../events/capture.ts';
import type { CapturedEvent, EventType } from '../events/index.ts';
import type { Place, Viewer } from '../model/viewer.ts';
import type { Queryable } from '../store/database.ts';
import { newestEventsIn, type OwnedEvent } from '../store/past-events.ts';
import { findScope, type ScopeRef } from './scope.ts';
import { territoriesOf, watchedCollection } from './territories.ts';

/** Something that happened under a scope. */
export interface ScopeEvent {
  readonly event: OwnedEvent;
  readonly captured: CapturedEvent;
  /** Whether the viewer may see what would be sent about it. */
  readonly showsPayload: boolean;
}

/** Events that are looked at, of one entity. */
const LOOKED_AT = 10_000;
const MOST = 50;

/**
 * What of one type happened last under a scope and may be seen, newest first: at most {@link MOST}, among the newest
 * {@link LOOKED_AT} of each entity.
 *
 * @throws TriplineError invalid when the scope is unknown or hidden
 */
export async function pastEvents(
  database: Queryable,
  viewer: Viewer,
  ref: ScopeRef,
  type: EventType,
): Promise<readonly ScopeEvent[]> {
  const scope = await findScope(database, viewer, ref);
  const [territories, collection] = await Promise.all([
    territoriesOf(database, viewer, scope),
    watchedCollection(database, scope),
  ]);
  const page = { type, collection, lookedAt: LOOKED_AT, limit: MOST };
  const found = await Promise.all(territories.map((territory) => newestEventsIn(database, territory, page)));
  return found
    .flat()
    .toSorted((one, other) => (BigInt(one.eventId) < BigInt(other.eventId) ? 1 : -1))
    .slice(0, MOST)
    .map((event) => ({
      event,
      captured: decodeCaptured(event.captured),
      showsPayload: permits(viewer, 'see_payloads', placeOf(scope, event)),
    }));
}

function placeOf({ rootId }: Place, { tenantId, visibility, registryId }: OwnedEvent): Place {
  return { tenantId, rootId, visibility: visibility ?? undefined, registryId };
}
