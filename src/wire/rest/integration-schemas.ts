import { z } from 'zod';
import { readWebhookConfig, webhookSettings } from '../../actions/webhook-config.ts';
import { shownUrl } from '../../directory/shown-url.ts';
import type { WebhookUsage } from '../../directory/webhook-usage.ts';
import type { Viewer } from '../../model/viewer.ts';
import type { Integration } from '../../store/integrations.ts';
import { id, instant, isoInstant } from './schemas.ts';

const name = z.string().describe("1 to 64 of letters, digits, '_' and '-', with single spaces inside");

export const newWebhook = z
  .strictObject({ kind: z.literal('webhook').default('webhook'), name, ...webhookSettings })
  .meta({ id: 'NewWebhook' });

export const webhookPatch = z
  .strictObject({
    name: name.optional(),
    ...optional(webhookSettings),
    enabled: z.boolean().optional().describe('true forgets that its deliveries failed'),
  })
  .describe('What is left out stays as it is.')
  .meta({ id: 'WebhookPatch' });

/** The same fields, none with a default. */
function optional<Shape extends Record<string, z.ZodType>>(shape: Shape) {
  const entries = Object.entries(shape).map(([key, field]) => {
    const bare = field instanceof z.ZodDefault ? field.unwrap() : field;
    return [key, z.optional(bare as z.ZodType)] as const;
  });
  return Object.fromEntries(entries) as {
    [Key in keyof Shape]: z.ZodOptional<Shape[Key] extends z.ZodDefault<infer Bare> ? Bare : Shape[Key]>;
  };
}

const { url: _, ...settings } = webhookSettings;

const fields = {
  id,
  kind: z.enum(['webhook', 'slack']),
  name: z.string(),
  url: z.string().nullable().describe('path and query only for those who manage the integrations of the entity'),
  accessTokenRef: z.string().nullable(),
  secretRef: z.string().nullable(),
  settings: z
    .object(settings)
    .omit({ accessTokenRef: true, secretRef: true })
    .nullable()
    .describe('of a webhook, for those who manage the integrations of the entity'),
  disabled: z
    .object({ at: instant, reason: z.string() })
    .nullable()
    .describe('since when, and why, nothing is delivered to it'),
  createdAt: instant,
};

export const integration = z.object(fields).meta({ id: 'Integration' });

export const integrationDetails = z
  .object({
    ...fields,
    usedBy: z.array(z.object({ id, name: z.string(), entity: z.string(), enabled: z.boolean() })),
    usedByHidden: z.int().describe('automations that use it and that you may not see'),
    redeliverable: z.int().describe('executions of this entity that were skipped while it was disabled; at most 1,000'),
  })
  .meta({ id: 'IntegrationDetails' });

export function toIntegration(viewer: Viewer, row: Integration, manages: boolean): z.output<typeof integration> {
  const { id, kind, name, disabledAt, disabledReason } = row;
  const config = kind === 'webhook' ? readWebhookConfig(row.config) : undefined;
  return {
    id,
    kind,
    name,
    url: kind === 'webhook' ? shownUrl(viewer, row) : null,
    accessTokenRef: config?.accessTokenRef ?? null,
    secretRef: config?.secretRef ?? null,
    settings: manages && config !== undefined ? config : null,
    disabled: disabledAt === null ? null : { at: isoInstant(disabledAt), reason: disabledReason ?? '' },
    createdAt: isoInstant(row.createdAt),
  };
}

export function toUsage({ all, seen }: WebhookUsage) {
  const usedBy = seen.map(({ id, name, entityName, enabled }) => ({ id, name, entity: entityName, enabled }));
  return { usedBy, usedByHidden: all.length - seen.length };
}
