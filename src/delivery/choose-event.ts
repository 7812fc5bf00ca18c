import { permits } from '../access/permits.ts';
import { decodeCaptured } from '../events/capture.ts';
import type { CapturedEvent } from '../events/index.ts';
import type { Occasion } from '../events/occasion.ts';
import { notFound } from '../model/error.ts';
import { type AutomationId, asId, type EventId } from '../model/ids.ts';
import type { Place, Viewer } from '../model/viewer.ts';
import type { Ground } from '../store/ground.ts';
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
  const { database } = room.ground;
  const { tenantId } = entity;
  const candidates =
    eventId === null ? await newestEvents(database, tenantId, NEWEST) : [await eventById(database, tenantId, eventId)];
  const found = candidates.find((event) => event !== undefined && maySee(viewer, entity, event));
  if (found === undefined && eventId !== null) throw notFound(`event ${eventId} not found`);
  return chosen(room, entity, found, executionId);
}

/** The newest events of an entity that can be chosen so, newest first. */
export async function choosableEvents(
  { database }: Pick<Ground, 'database'>,
  viewer: Viewer,
  entity: Place,
): Promise<{ readonly event: PastEvent; readonly captured: CapturedEvent }[]> {
  const newest = await newestEvents(database, entity.tenantId, NEWEST);
  return newest
    .filter((event) => maySee(viewer, entity, event))
    .map((event) => ({ event, captured: decodeCaptured(event.captured) }));
}

function maySee(viewer: Viewer, { tenantId, rootId }: Place, { visibility, registryId }: PastEvent): boolean {
  const place = { tenantId, rootId, visibility: visibility ?? undefined, registryId };
  return permits(viewer, 'see_payloads', place);
}

/** @param found `undefined` for the sample */
function chosen(
  { ground, automationUrl }: Pick<DeliveryRoom, 'ground' | 'automationUrl'>,
  { tenantId, name }: Place & { readonly name: string },
  found: PastEvent | undefined,
  executionId: string,
): ChosenEvent {
  return {
    id: found?.eventId ?? null,
    captured: found === undefined ? SAMPLE_EVENT : decodeCaptured(found.captured),
    occasion: {
      executionId,
      eventId: found?.eventId ?? NO_ID,
      occurredAt: found?.occurredAt ?? ground.clock.now(),
      automation: { id: NO_ID, name: 'Test', url: automationUrl(asId<AutomationId>(NO_ID)) },
      scope: { kind: 'entity', id: tenantId, name },
    },
  };
}
