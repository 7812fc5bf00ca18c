import { z } from 'zod';
import { choosableEvents } from '../../delivery/choose-event.ts';
import { requireEntity } from '../../directory/require-entity.ts';
import type { RestResource } from './app.ts';
import { pastEvent, toPastEvent } from './past-event-schemas.ts';
import { answers } from './schemas.ts';

/** What happened, to be tried out. */
export const events: RestResource = (app, { ground }) => {
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
      const events = await choosableEvents(ground, viewer, entity);
      return { items: events.map(({ event, captured }) => toPastEvent({ ...event, entity: entity.name }, captured)) };
    },
  );
};
