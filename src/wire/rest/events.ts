import { z } from 'zod';
import { type ChosenEvent, choosableEvents } from '../../delivery/choose-event.ts';
import { requireEntity } from '../../directory/require-entity.ts';
import { happened } from '../../events/index.ts';
import { variablesOf } from '../../events/occasion.ts';
import { renderText } from '../../template/render.ts';
import type { RestResource } from './app.ts';
import { answers, id, instant, isoInstant } from './schemas.ts';

const pastEvent = z
  .object({ id, type: z.string(), occurredAt: instant, words: z.string().describe('what happened') })
  .meta({ id: 'PastEvent' });

/** What happened, to be tried out. */
export const events: RestResource = (app, { ground, delivery }) => {
  app.get(
    '/entities/:entity/events',
    {
      schema: {
        tags: ['events'],
        summary: 'List the newest 50 events of an entity, those whose payloads you may see, newest first',
        description: 'Payloads, automations and webhooks are tested with them.',
        params: z.object({ entity: z.string() }),
        response: answers(200, z.object({ items: z.array(pastEvent) })),
      },
    },
    async ({ viewer, params }) => {
      const entity = await requireEntity(ground, viewer, params.entity);
      return { items: (await choosableEvents(delivery, viewer, entity)).map(toPastEvent) };
    },
  );
};

function toPastEvent({ captured, occasion }: ChosenEvent): z.output<typeof pastEvent> {
  const words = renderText(happened(captured), variablesOf(captured, occasion));
  return { id: occasion.eventId, type: captured.type, occurredAt: isoInstant(occasion.occurredAt), words };
}
