import { z } from 'zod';
import { payloadSchema } from '../../actions/webhook.ts';
import { type Preview, previewPayload, testWebhook, type WebhookTest } from '../../delivery/try-payload.ts';
import { requireWebhook } from '../../directory/find-webhook.ts';
import { requireEntity } from '../../directory/require-entity.ts';
import { asId, type EventId, type IntegrationId } from '../../model/ids.ts';
import type { Viewer } from '../../model/viewer.ts';
import type { Ground } from '../../store/ground.ts';
import type { Integration } from '../../store/integrations.ts';
import type { RestResource } from './app.ts';
import { ofIntegration } from './integrations.ts';
import { answers, id } from './schemas.ts';

const tags = ['integrations'];

const trial = z
  .strictObject({
    payload: payloadSchema,
    event: id.nullable().default(null).describe('id of an event; null: the newest of the entity, else a sample'),
  })
  .meta({ id: 'PayloadTrial' });

const previewFields = {
  event: z.object({ id: id.nullable().describe('null for the sample'), type: z.string() }),
  payload: z.string().describe('a JSON text, secrets masked'),
  unknown: z.array(z.string()).describe('names and references that no event has: they stay as they stand'),
};

const preview = z.object(previewFields).meta({ id: 'PayloadPreview' });

const webhookTest = z
  .object({
    ...previewFields,
    url: z.string().describe('without path and query'),
    headers: z.record(z.string(), z.string()).describe('sent; secrets masked'),
    status: z.int().nullable().describe('HTTP status of the answer'),
    durationMs: z.int(),
    address: z.string().nullable().describe('the address really connected to'),
    error: z
      .object({
        phase: z.enum(['dns', 'connect', 'tls', 'send', 'wait', 'read']).describe('how far it came'),
        fault: z.string(),
        message: z.string(),
      })
      .nullable(),
    response: z
      .object({
        headers: z.record(z.string(), z.string()),
        body: z.string().describe('its beginning; secrets masked'),
        truncated: z.boolean(),
      })
      .nullable(),
  })
  .meta({ id: 'WebhookTest' });

/** Webhooks tried out. */
export const webhookTests: RestResource = (app, { ground, delivery }) => {
  app.post(
    '/entities/:entity/integrations/:integration/preview',
    {
      schema: {
        tags,
        summary: 'Show what a payload renders to for a past event; nothing is sent',
        params: ofIntegration,
        body: trial,
        response: answers(200, preview),
      },
    },
    async ({ viewer, params, body }) => {
      const webhook = await webhookIn(ground, viewer, params);
      return toPreview(await previewPayload(delivery, viewer, webhook, toTrial(body)));
    },
  );

  app.post(
    '/entities/:entity/integrations/:integration/test',
    {
      schema: {
        tags,
        summary: 'Send one request as a delivery would be; it is in no history. At most 10 a minute',
        params: ofIntegration,
        body: trial,
        response: answers(200, webhookTest),
      },
    },
    async ({ viewer, params, body }) => {
      const webhook = await webhookIn(ground, viewer, params);
      return toWebhookTest(await testWebhook(delivery, ground, viewer, webhook, toTrial(body)));
    },
  );
};

async function webhookIn(ground: Ground, viewer: Viewer, params: z.output<typeof ofIntegration>): Promise<Integration> {
  const entity = await requireEntity(ground, viewer, params.entity);
  return requireWebhook(ground, viewer, entity, asId<IntegrationId>(params.integration));
}

function toTrial({ payload, event }: z.output<typeof trial>) {
  return { payload, eventId: event === null ? null : asId<EventId>(event) };
}

function toPreview({ event, payload, unknown }: Preview): z.output<typeof preview> {
  return { event: { id: event.id, type: event.captured.type }, payload, unknown: [...unknown] };
}

const MOST_SHOWN = 4096;

function toWebhookTest(test: WebhookTest): z.output<typeof webhookTest> {
  const { answer } = test;
  const failed = answer.kind === 'failure';
  return {
    ...toPreview(test),
    url: test.url,
    headers: { ...test.headers },
    status: failed ? null : answer.status,
    durationMs: answer.durationMs,
    address: answer.address ?? null,
    error: failed ? { phase: answer.phase, fault: answer.fault, message: answer.text } : null,
    response: toResponse(test.response),
  };
}

function toResponse(response: WebhookTest['response']): z.output<typeof webhookTest>['response'] {
  if (response === null) return null;
  const { headers, body, truncated } = response;
  return { headers: { ...headers }, body: body.slice(0, MOST_SHOWN), truncated: truncated || body.length > MOST_SHOWN };
}
