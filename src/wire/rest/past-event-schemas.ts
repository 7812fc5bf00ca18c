import { z } from 'zod';
import { told } from '../../automations/told-event.ts';
import type { CapturedEvent } from '../../events/index.ts';
import type { OwnedEvent } from '../../store/past-events.ts';
import { id, instant, isoInstant } from './schemas.ts';

export const pastEvent = z
  .object({
    id,
    entity: z.string().describe('that owns it'),
    type: z.string(),
    occurredAt: instant,
    subject: z.string().describe('path of the run, version or collection that it is about'),
    words: z.string().describe('what happened'),
  })
  .meta({ id: 'PastEvent' });

type Listed = Pick<OwnedEvent, 'eventId' | 'entity' | 'type' | 'occurredAt'>;

export function toPastEvent(event: Listed, captured: CapturedEvent): z.output<typeof pastEvent> {
  const { subject, words } = told(captured);
  return {
    id: event.eventId,
    entity: event.entity,
    type: event.type,
    occurredAt: isoInstant(event.occurredAt),
    subject,
    words,
  };
}
