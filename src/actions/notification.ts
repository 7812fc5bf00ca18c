import { z } from 'zod';
import { readBy } from '../model/read-json.ts';
import { SEVERITIES } from '../model/severity.ts';
import { integrationIdSchema, readIntegrationId } from './integration-id.ts';
import type { ActionKind } from './kind.ts';

const titleSchema = z.string().max(1000).default('').describe('may hold variables; empty: the name of the automation');
const messageSchema = z.string().max(10_000).default('').describe('may hold variables');
const severitySchema = z.enum(SEVERITIES).default('INFO');

export const notificationSchema = z.strictObject({
  type: z.literal('NOTIFICATION'),
  integrationId: integrationIdSchema('slack'),
  title: titleSchema,
  message: messageSchema,
  severity: severitySchema,
});

/** Send a message to a Slack channel (automations, section 4.7). */
export type Notification = z.output<typeof notificationSchema>;

const wireSchema = z.strictObject({
  integrationID: z.string(),
  title: titleSchema.unwrap().nullish(),
  message: messageSchema.unwrap().nullish(),
  severity: severitySchema.unwrap().nullish(),
});

export const notification: ActionKind<Notification> = {
  label: 'Slack notification',
  integrationKind: 'slack',
  fromWire: (config) => {
    const wire = readBy(wireSchema, config, 'notificationActionInput');
    return {
      type: 'NOTIFICATION',
      integrationId: readIntegrationId('slack', wire.integrationID, 'notificationActionInput.integrationID'),
      title: wire.title ?? '',
      message: wire.message ?? '',
      severity: wire.severity ?? 'INFO',
    };
  },
  toWire: ({ title, message, severity }) => ({ title, message, severity }),
  destination: ({ integrationId }) => integrationId,
};
