import { z } from 'zod';
import { TriplineError } from '../model/error.ts';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import { anyObject, readBy } from '../model/read-json.ts';
import { parseTemplate, parseTemplateText } from '../template/parse.ts';
import { integrationIdSchema, readIntegrationId } from './integration-id.ts';
import type { ActionKind } from './kind.ts';

/** An object whose form {@link parseTemplate} looks at: it bounds depth and size. */
export const payloadSchema = anyObject
  .superRefine((payload, context) => {
    try {
      parseTemplate(payload);
    } catch (error) {
      if (!(error instanceof TriplineError)) throw error;
      context.addIssue({ code: 'custom', message: error.message });
    }
  })
  .nullable()
  .default(null)
  .describe('A JSON object whose texts may hold variables; null sends the default document.');

export const webhookSchema = z.strictObject({
  type: z.literal('GENERIC_WEBHOOK'),
  integrationId: integrationIdSchema('webhook'),
  payload: payloadSchema,
});

/** POST a payload to a webhook integration (automations, sections 4.1 to 4.3). */
export type Webhook = z.output<typeof webhookSchema>;

const wireSchema = z.strictObject({ integrationID: z.string(), requestPayload: z.string().nullish() });

export const webhook: ActionKind<Webhook> = {
  label: 'Webhook',
  integrationKind: 'webhook',
  fromWire: (config) => {
    const wire = readBy(wireSchema, config, 'genericWebhookActionInput');
    return {
      type: 'GENERIC_WEBHOOK',
      integrationId: readIntegrationId('webhook', wire.integrationID, 'genericWebhookActionInput.integrationID'),
      payload: readPayload(wire.requestPayload ?? null),
    };
  },
  toWire: ({ payload }) => ({ requestPayload: payload === null ? null : JSON.stringify(payload) }),
  destination: ({ integrationId }) => integrationId,
};

/** The client sends a JSON text; an empty one, and the text `null`, mean that no payload is configured. */
function readPayload(text: string | null): JsonObject | null {
  if (text === null || text.trim() === '' || text.trim() === 'null') return null;
  const source: Json = parseTemplateText(text, 'requestPayload').source;
  return isJsonObject(source) ? source : null;
}
