import { z } from 'zod';
import { noOpSchema } from '../../actions/no-op.ts';
import { notificationSchema } from '../../actions/notification.ts';
import { webhookSchema } from '../../actions/webhook.ts';
import { pastEvents as eventsUnder, type ScopeEvent } from '../../automations/past-events.ts';
import { previewAction } from '../../delivery/preview-action.ts';
import { requireEntity } from '../../directory/require-entity.ts';
import { EVENT_TYPES, eventSchema } from '../../events/index.ts';
import { sampleEvent } from '../../events/sample-event.ts';
import { notFound } from '../../model/error.ts';
import type { RestResource } from './app.ts';
import { scope } from './automation-schemas.ts';
import { pastEvent, toPastEvent } from './past-event-schemas.ts';
import { answers, id } from './schemas.ts';
import { namedScope, scopeRef } from './scope-ref.ts';

const tags = ['automations'];
const ofEntity = z.object({ entity: z.string() });

const sought = z.strictObject({ scope, type: z.enum(EVENT_TYPES) }).meta({ id: 'PastEventsSought' });

/** Nothing is sent: a destination may still be missing. */
const destination = { integrationId: webhookSchema.shape.integrationId.nullable().default(null) };

const previewed = z.discriminatedUnion('type', [
  webhookSchema.extend(destination),
  notificationSchema.extend(destination),
  noOpSchema,
]);

const sketch = z
  .strictObject({
    name: z.string().max(255).default('').describe('of the automation'),
    scope,
    event: eventSchema,
    action: previewed,
    pastEvent: id.nullable().default(null).describe('null: the newest of its type under the scope, else a sample'),
  })
  .meta({ id: 'ActionSketch' });

const preview = z
  .object({
    event: pastEvent.nullable().describe('null for a sample'),
    payload: z.string().nullable().describe('a JSON text as it would be sent, secrets masked; null: nothing is sent'),
    unknown: z.array(z.string()).describe('names and references that no event has: they stay as they stand'),
  })
  .meta({ id: 'ActionPreview' });

/** What happened under a scope, and what an automation would send about it. */
export const pastEvents: RestResource = (app, { ground, delivery }) => {
  app.post(
    '/entities/:entity/automations/past-events',
    {
      schema: {
        tags,
        summary: 'List what of one type happened last under a scope, newest first',
        description: 'At most 50, among the newest 10,000 events of each entity. Changes nothing.',
        params: ofEntity,
        body: sought,
        response: answers(200, z.object({ items: z.array(pastEvent) })),
      },
    },
    async ({ viewer, params, body }) => {
      const entity = await requireEntity(ground, viewer, params.entity);
      const ref = await scopeRef(ground, viewer, entity, body.scope);
      return { items: (await eventsUnder(ground.database, viewer, ref, body.type)).map(listed) };
    },
  );

  app.post(
    '/entities/:entity/automations/preview',
    {
      schema: {
        tags,
        summary: 'Show what an automation, saved or not, would send about a past event or a sample; nothing is sent',
        params: ofEntity,
        body: sketch,
        response: answers(200, preview),
      },
    },
    async ({ viewer, params, body }) => {
      const entity = await requireEntity(ground, viewer, params.entity);
      const ref = await scopeRef(ground, viewer, entity, body.scope);
      const seen = await eventsUnder(ground.database, viewer, ref, body.event.type);
      const chosen = chosenOf(seen, body.pastEvent);
      const tried = {
        eventId: chosen?.event.eventId ?? null,
        name: body.name === '' ? 'Test' : body.name,
        captured: chosen?.captured ?? sampleEvent(body.event),
        occurredAt: chosen?.event.occurredAt ?? ground.clock.now(),
        scope: namedScope(ref, body.scope, entity.name),
      };
      const sent = await previewAction(delivery, viewer, body.action, tried);
      return {
        event: chosen === undefined ? null : listed(chosen),
        payload: sent?.payload ?? null,
        unknown: [...(sent?.unknown ?? [])],
      };
    },
  );
};

/** @throws TriplineError not_found when the one that is named is not there, or its payload not to be seen */
function chosenOf(events: readonly ScopeEvent[], named: string | null): ScopeEvent | undefined {
  const shown = events.filter(({ showsPayload }) => showsPayload);
  if (named === null) return shown[0];
  const found = shown.find(({ event }) => event.eventId === named);
  if (found === undefined) throw notFound(`event ${named} not found`);
  return found;
}

const listed = ({ event, captured }: ScopeEvent) => toPastEvent(event, captured);
