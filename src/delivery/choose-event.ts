import { permits } from '../access/permits.ts';
import { decodeCaptured } from '../events/capture.ts';
import type { CapturedEvent } from '../events/index.ts';
import type { Occasion } from '../events/occasion.ts';
import { notFound } from '../model/error.ts';
import { type AutomationId, asId, type EventId } from '../model/ids.ts';
import type { Place, Viewer } from '../model/viewer.ts';
import { eventById, newestEvents, type PastEvent } from '../store/past-events.ts';
import type { DeliveryRoom } from './room.ts';
import { SAMPLE_EVENT } from './sample-event.ts';

/** What a payload is tried with. */
export interface ChosenEvent {
  /** `null` for the sample. */
  readonly id: EventId | null;
  readonly captured: CapturedEvent;
  readonly occasion: Occasion;
}

const NEWEST = 50;
const NO_ID = '0';

/**
 * The event that is named, else the newest one of the entity, else a marked sample: always one whose payload the
 * viewer may see (automations, section 4.5).
 *
 * @param executionId what the payload calls its execution
 * @throws TriplineError not_found
 */
export async function chooseEvent(
  room: Pick<DeliveryRoom, 'ground' | 'automationUrl'>,
  viewer: Viewer,
  entity: Place & { readonly name: string },
  { eventId, executionId }: { readonly eventId: EventId | null; readonly executionId: string },
): Promise<ChosenEvent> {
  const { database, clock } = room.ground;
  const { tenantId, name } = entity;
  const maySee = (event: PastEvent | undefined) =>
    event !== undefined && permits(viewer, 'see_payloads', placeOf(entity, event));
  const candidates =
    eventId === null ? await newestEvents(database, tenantId, NEWEST) : [await eventById(database, tenantId, eventId)];
  const found = candidates.find(maySee);
  if (found === undefined && eventId !== null) throw notFound(`event ${eventId} not found`);
  return {
    id: found?.eventId ?? null,
    captured: found === undefined ? SAMPLE_EVENT : decodeCaptured(found.captured),
    occasion: {
      executionId,
      eventId: found?.eventId ?? NO_ID,
      occurredAt: found?.occurredAt ?? clock.now(),
      automation: { id: NO_ID, name: 'Test', url: room.automationUrl(asId<AutomationId>(NO_ID)) },
      scope: { kind: 'entity', id: tenantId, name },
    },
  };
}

function placeOf({ tenantId, rootId }: Place, { visibility, registryId }: PastEvent): Place {
  return { tenantId, rootId, visibility: visibility ?? undefined, registryId };
}
