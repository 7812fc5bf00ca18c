import { z } from 'zod';
import { readSlackConfig } from '../../actions/slack-config.ts';
import { readWebhookConfig, webhookSettings } from '../../actions/webhook-config.ts';
import type { IntegrationUsage } from '../../directory/integration-usage.ts';
import { shownUrl } from '../../directory/shown-url.ts';
import { ALERT_SETTINGS } from '../../events/alert-topic.ts';
import type { Instant } from '../../model/clock.ts';
import type { Viewer } from '../../model/viewer.ts';
import type { Integration } from '../../store/integrations.ts';
import { integrationStanding } from './integration-standing.ts';
import { id, instant, isoInstant } from './schemas.ts';

const name = z.string().describe("1 to 64 of letters, digits, '_' and '-', with single spaces inside");

export const newWebhook = z
  .strictObject({ kind: z.literal('webhook').default('webhook'), name, ...webhookSettings })
  .meta({ id: 'NewWebhook' });

export const integrationPatch = z
  .strictObject({
    name: name.optional(),
    ...optional(webhookSettings),
    enabled: z.boolean().optional().describe('true forgets that its deliveries failed'),
  })
  .describe('What is left out stays as it is.')
  .meta({ id: 'IntegrationPatch' });

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
  slack: z
    .object({
      teamName: z.string().describe('of the workspace'),
      channelName: z.string(),
      configurationUrl: z
        .string()
        .nullable()
        .describe("Slack's page for it, for those who manage the integrations of the entity"),
    })
    .nullable()
    .describe('of a Slack channel; the address of its incoming webhook is never told'),
  broken: z
    .object({ at: instant, reason: z.string() })
    .nullable()
    .describe('since when, and by which answer, Slack takes nothing for the channel until a person acts'),
  createdAt: instant,
};

export const integration = z.object(fields).meta({ id: 'Integration' });

export const listedIntegration = z
  .object({ ...fields, standing: integrationStanding })
  .meta({ id: 'ListedIntegration' });

const warnings = z
  .array(z.string())
  .describe('what every delivery to it would fail for as things stand: its address, or secrets that it names');

export const savedIntegration = z.object({ ...fields, warnings }).meta({ id: 'SavedIntegration' });

export const integrationDetails = z
  .object({
    ...fields,
    standing: integrationStanding,
    warnings,
    usedBy: z.array(z.object({ id, name: z.string(), entity: z.string(), enabled: z.boolean() })),
    alerts: z
      .array(z.object({ entity: z.string(), setting: z.enum(ALERT_SETTINGS) }))
      .describe('alert settings of teams and users that name it'),
    usedByHidden: z.int().describe('automations and alert settings that use it and that you may not see'),
    redeliverable: z
      .int()
      .describe(
        'executions of this entity that were skipped while it was disabled, and can be run anyway; counted to 10,000',
      ),
  })
  .meta({ id: 'IntegrationDetails' });

export function toIntegration(viewer: Viewer, row: Integration, manages: boolean): z.output<typeof integration> {
  const { id, kind, name } = row;
  const config = kind === 'webhook' ? readWebhookConfig(row.config) : undefined;
  return {
    id,
    kind,
    name,
    url: kind === 'webhook' ? shownUrl(viewer, row) : null,
    accessTokenRef: config?.accessTokenRef ?? null,
    secretRef: config?.secretRef ?? null,
    settings: manages && config !== undefined ? config : null,
    disabled: since(row.disabledAt, row.disabledReason),
    slack: kind === 'slack' ? toChannel(row, manages) : null,
    broken: since(row.brokenAt, row.brokenReason),
    createdAt: isoInstant(row.createdAt),
  };
}

function since(at: Instant | null, reason: string | null) {
  return at === null ? null : { at: isoInstant(at), reason: reason ?? '' };
}

function toChannel({ config }: Integration, manages: boolean) {
  const read = readSlackConfig(config);
  if (read === undefined) return null;
  const { teamName, channelName, configurationUrl } = read;
  return { teamName, channelName, configurationUrl: manages ? configurationUrl : null };
}

export function toUsage({ seen, hidden }: IntegrationUsage) {
  const usedBy = seen.automations.map(({ id, name, entityName, enabled }) => ({
    id,
    name,
    entity: entityName,
    enabled,
  }));
  const alerts = seen.alerts.map(({ entityName, topic }) => ({ entity: entityName, setting: ALERT_SETTINGS[topic] }));
  return { usedBy, alerts, usedByHidden: hidden };
}
