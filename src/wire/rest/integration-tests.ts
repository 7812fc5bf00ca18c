import { z } from 'zod';
import { payloadSchema } from '../../actions/webhook.ts';
import { testMessage } from '../../delivery/try-message.ts';
import { type IntegrationTest, type Preview, previewPayload, testWebhook } from '../../delivery/try-payload.ts';
import { requireIntegration, requireWebhook } from '../../directory/find-integration.ts';
import { requireEntity } from '../../directory/require-entity.ts';
import { invalid } from '../../model/error.ts';
import { asId, type EventId, type IntegrationId } from '../../model/ids.ts';
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

/** Without a body everything is as it is by default. */
const optionalTrial = trial.nullish();

const previewFields = {
  event: z.object({ id: id.nullable().describe('null for the sample'), type: z.string() }),
  payload: z.string().describe('a JSON text, secrets masked'),
  unknown: z.array(z.string()).describe('names and references that no event has: they stay as they stand'),
};

const preview = z.object(previewFields).meta({ id: 'PayloadPreview' });

const integrationTest = z
  .object({
    ...previewFields,
    url: z.string().describe('without path and query'),
    headers: z.record(z.string(), z.string()).describe('sent; secrets masked'),
    status: z.int().nullable().describe('HTTP status of the answer'),
    durationMs: z.int(),
    address: z
      .string()
      .nullable()
      .describe('the address really connected to; null for an inner one that a name led to'),
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
  .meta({ id: 'IntegrationTest' });

/** Webhooks and Slack channels tried out. */
export const integrationTests: RestResource = (app, { ground, delivery }) => {
  app.post(
    '/entities/:entity/integrations/:integration/preview',
    {
      schema: {
        tags,
        summary: 'Show what a payload renders to for a past event; nothing is sent',
        params: ofIntegration,
        body: optionalTrial,
        response: answers(200, preview),
      },
    },
    async ({ viewer, params, body }) => {
      const entity = await requireEntity(ground, viewer, params.entity);
      const webhook = await requireWebhook(ground, viewer, entity, asId<IntegrationId>(params.integration));
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
        body: optionalTrial,
        response: answers(200, integrationTest),
      },
    },
    async ({ viewer, params, body }) => {
      const entity = await requireEntity(ground, viewer, params.entity);
      const found = await requireIntegration(ground, viewer, entity, asId<IntegrationId>(params.integration));
      const wanted = toTrial(body);
      switch (found.kind) {
        case 'webhook':
          return toTest(await testWebhook(delivery, ground, viewer, found, wanted));
        case 'slack':
          if (wanted.payload !== null) throw invalid('a Slack channel takes no payload', 'payload');
          return toTest(await testMessage(delivery, ground, viewer, found, wanted.eventId));
      }
    },
  );
};

function toTrial(body: z.output<typeof optionalTrial>) {
  const { payload, event } = body ?? { payload: null, event: null };
  return { payload, eventId: event === null ? null : asId<EventId>(event) };
}

function toPreview({ event, payload, unknown }: Preview): z.output<typeof preview> {
  return { event: { id: event.id, type: event.captured.type }, payload, unknown: [...unknown] };
}

const MOST_SHOWN = 4096;

function toTest(test: IntegrationTest): z.output<typeof integrationTest> {
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

function toResponse(response: IntegrationTest['response']): z.output<typeof integrationTest>['response'] {
  if (response === null) return null;
  const { headers, body, truncated } = response;
  return { headers: { ...headers }, body: body.slice(0, MOST_SHOWN), truncated: truncated || body.length > MOST_SHOWN };
}
