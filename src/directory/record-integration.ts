import { isDeepStrictEqual } from 'node:util';
import type { Instant } from '../model/clock.ts';
import type { JsonObject } from '../model/json.ts';
import { type Actor, recordDeed } from '../store/audit.ts';
import type { Transaction } from '../store/database.ts';
import type { Integration } from '../store/integrations.ts';
import { originOf } from './shown-url.ts';

/** What can happen to an integration. */
export type IntegrationFate = 'created' | 'changed' | 'enabled' | 'disabled' | 'deleted';

/** An integration as the audit log shows it: addresses and headers may hold credentials (automations, section 4.1). */
function shown({ name, config, disabledAt, disabledReason }: Integration): JsonObject {
  const { url, headers, ...settings } = config;
  return {
    name,
    ...settings,
    ...(typeof url === 'string' && { url: originOf(url) }),
    ...(typeof headers === 'object' && headers !== null && { headers: Object.keys(headers) }),
    enabled: disabledAt === null,
    disabledReason,
  };
}

/** Leaves an entry about an integration of which one of the two is missing when it was made or deleted. */
export async function recordIntegration(
  tx: Transaction,
  actor: Actor,
  fate: IntegrationFate,
  { before, after, now }: { readonly before?: Integration; readonly after?: Integration; readonly now: Instant },
): Promise<void> {
  const one = after ?? before;
  if (one === undefined) return;
  const { kind, id, name, tenantId } = one;
  await recordDeed(tx, actor, {
    now,
    tenantId,
    deed: kind === 'slack' ? `slack_channel.${fate}` : `webhook.${fate}`,
    subject: { kind: kind === 'slack' ? 'slack_channel' : kind, id, name },
    before: before === undefined ? null : shown(before),
    after: after === undefined ? null : { ...shown(after), ...(before && { changed: changedIn(before, after) }) },
  });
}

/** Names of the settings that differ, those among them whose values are not shown. */
function changedIn(before: Integration, after: Integration): string[] {
  const settings = new Set([...Object.keys(before.config), ...Object.keys(after.config)]);
  const changed = [...settings].filter((key) => !isDeepStrictEqual(before.config[key], after.config[key]));
  return before.name === after.name ? changed : ['name', ...changed];
}
