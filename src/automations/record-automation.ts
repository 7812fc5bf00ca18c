import type { AuditedDeed } from '../model/audit.ts';
import type { Instant } from '../model/clock.ts';
import type { JsonObject } from '../model/json.ts';
import type { Viewer } from '../model/viewer.ts';
import { recordDeed } from '../store/audit.ts';
import type { AutomationRecord } from '../store/automations.ts';
import type { Transaction } from '../store/database.ts';

/** Leaves an entry about an automation; one of the two is missing when it was made or deleted. */
export async function recordAutomation(
  tx: Transaction,
  viewer: Viewer,
  {
    before,
    after,
    now,
  }: { readonly before?: AutomationRecord; readonly after?: AutomationRecord; readonly now: Instant },
): Promise<void> {
  const one = after ?? before;
  if (one === undefined) return;
  const { id, name, tenantId } = one;
  await recordDeed(tx, viewer, {
    now,
    tenantId,
    deed: deedOf(before, after),
    subject: { kind: 'automation', id, name },
    before: before === undefined ? null : shown(before),
    after: after === undefined ? null : shown(after),
  });
}

function deedOf(before: AutomationRecord | undefined, after: AutomationRecord | undefined): AuditedDeed {
  if (before === undefined) return 'automation.created';
  if (after === undefined) return 'automation.deleted';
  if (before.enabled === after.enabled) return 'automation.changed';
  return after.enabled ? 'automation.enabled' : 'automation.disabled';
}

/** Secrets are in a definition by name only. */
function shown({ name, description, enabled, scopeKind, scopeId, definition }: AutomationRecord): JsonObject {
  return { name, description, enabled, scope: { kind: scopeKind, id: scopeId }, definition };
}
