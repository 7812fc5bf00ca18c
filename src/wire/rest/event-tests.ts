import { z } from 'zod';
import { actionSchema } from '../../actions/index.ts';
import { maySeePayload, testOnEvent } from '../../automations/test-on-event.ts';
import { previewAction } from '../../delivery/preview-action.ts';
import { requireEntity } from '../../directory/require-entity.ts';
import { eventSchema } from '../../events/index.ts';
import { asId, type EventId } from '../../model/ids.ts';
import type { RestResource } from './app.ts';
import { scope } from './automation-schemas.ts';
import { filterVerdict, toVerdict } from './explanation-schemas.ts';
import { answers, id, instant, isoInstant } from './schemas.ts';
import { namedScope, scopeRef } from './scope-ref.ts';

const trial = z
  .strictObject({
    scope,
    event: eventSchema,
    action: actionSchema.nullable().default(null).describe('null: only the filters are tested'),
    pastEvent: z
      .strictObject({
        entity: z.string().nullable().default(null).describe('that owns it; null: the entity of the address'),
        id: id.describe('as executions name it'),
      })
      .describe('what happened'),
  })
  .meta({ id: 'EventTrial' });

const check = z.object({ holds: z.boolean(), words: z.string() });

const eventTest = z
  .object({
    event: z.object({ id, type: z.string(), occurredAt: instant }),
    type: check,
    scope: check,
    filter: filterVerdict.nullable().describe('null where the event has nothing that it could be asked about'),
    condition: check.nullable().describe('of metrics and states'),
    fires: z.boolean().describe('whether it would have fired, apart from limits of how often'),
    payload: z
      .string()
      .nullable()
      .describe('as it would be sent, secrets masked; null without an action, and for those who may see no payloads'),
    unknown: z.array(z.string()).describe('names and references that no event has: they stay as they stand'),
  })
  .meta({ id: 'EventTest' });

/** Automations tried on what happened. */
export const eventTests: RestResource = (app, { ground, explain, delivery }) => {
  app.post(
    '/entities/:entity/automations/test-event',
    {
      schema: {
        tags: ['automations'],
        summary: 'Test an automation, saved or not, on a past event: each filter, and what would be sent',
        description: 'Nothing is sent and nothing changes.',
        params: z.object({ entity: z.string() }),
        body: trial,
        response: answers(200, eventTest),
      },
    },
    async ({ viewer, params, body }) => {
      const entity = await requireEntity(ground, viewer, params.entity);
      const { pastEvent } = body;
      const owner = pastEvent.entity === null ? entity : await requireEntity(ground, viewer, pastEvent.entity);
      const ref = await scopeRef(ground, viewer, entity, body.scope);
      const eventId = asId<EventId>(pastEvent.id);
      const tested = await testOnEvent(explain, viewer, { scope: ref, event: body.event }, owner, eventId);
      const { event, captured, filter, ...checks } = tested;
      const place = { scope: namedScope(ref, body.scope, entity.name), occurredAt: event.occurredAt };
      const tried = { eventId, name: 'Test', captured, ...place };
      const action = maySeePayload(viewer, owner, event) ? body.action : null;
      const sent = action === null ? undefined : await previewAction(delivery, viewer, action, tried);
      return {
        ...checks,
        event: { id: event.eventId, type: event.type, occurredAt: isoInstant(event.occurredAt) },
        filter: filter === null ? null : toVerdict(filter),
        payload: sent?.payload ?? null,
        unknown: [...(sent?.unknown ?? [])],
      };
    },
  );
};
