import type { AutomationRecord as EngineRecord } from '../engine/automation.ts';
import { readDefinition } from '../engine/definition.ts';
import type { AutomationRecord } from './automations.ts';

/** A stored automation as the rulebook takes it in. @throws Error when its definition cannot be read */
export function liveRecord(stored: AutomationRecord): EngineRecord {
  return {
    ...readDefinition(stored.definition),
    id: stored.id,
    revision: stored.revision,
    conditionRevision: stored.conditionRevision,
    tenantId: stored.tenantId,
    scope: { kind: stored.scopeKind, id: stored.scopeId },
    name: stored.name,
    createdAt: stored.createdAt,
  };
}
