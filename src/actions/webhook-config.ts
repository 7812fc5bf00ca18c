import { z } from 'zod';
import type { Json } from '../model/json.ts';
import { RETRY_SCHEDULE_NAMES } from './retry-schedules.ts';
import { webhookHeadersSchema } from './webhook-headers.ts';

const secretName = z.string().nullable().describe('name of a secret; never the secret itself');

/** What a webhook integration may be told beside its name, as REST takes it; what is left out is the default. */
export const webhookSettings = {
  url: z.string().describe('absolute, https or http, without user info'),
  accessTokenRef: secretName.default(null),
  secretRef: secretName.default(null),
  signatureEncoding: z.enum(['base64', 'hex']).default('base64').describe('of X-Wandb-Signature'),
  headers: webhookHeadersSchema.default({}),
  secretRefs: z
    .array(z.string())
    .max(20)
    .default([])
    .describe('names of further secrets that payloads and headers may use'),
  timeoutSeconds: z.number().min(1).max(60).nullable().default(null).describe('for the whole request; null: 20'),
  schedule: z.enum(RETRY_SCHEDULE_NAMES).default('standard').describe('of retries'),
  inFlight: z.int().min(1).max(100).nullable().default(null).describe('requests at once; null: as the server is set'),
  perSecond: z.int().min(1).max(1000).nullable().default(null).describe('requests; null: as the server is set'),
};

/** The same as it is stored. */
export const webhookConfigSchema = z.object({ ...webhookSettings, url: z.url({ protocol: /^https?$/ }) });

/** A webhook integration as it is stored and delivered to (automations, section 4.1); secrets by name only. */
export type WebhookConfig = z.output<typeof webhookConfigSchema>;

/** Reads stored settings; `undefined` when they are no webhook's. */
export function readWebhookConfig(stored: Json): WebhookConfig | undefined {
  return webhookConfigSchema.safeParse(stored).data;
}

/** The secrets that a webhook names, each once. All of them must exist for it to be delivered to. */
export function secretsOf({ accessTokenRef, secretRef, secretRefs }: WebhookConfig): readonly string[] {
  return [...new Set([accessTokenRef, secretRef, ...secretRefs].filter((name) => name !== null))];
}

const ACCESS_TOKEN = 'ACCESS_TOKEN';

/** The names by which templates reach the secrets of a webhook, each with the name of its secret. */
export function templateSecrets(config: WebhookConfig): ReadonlyMap<string, string> {
  const own = secretsOf(config).map((name) => [name, name] as const);
  return new Map([...own, ...(config.accessTokenRef === null ? [] : [[ACCESS_TOKEN, config.accessTokenRef] as const])]);
}
