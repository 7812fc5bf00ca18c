import type { EventDefinition } from '../events/index.ts';
import { asId, type TenantId } from '../model/ids.ts';
import { type AutomationRecord, compile, type LiveAutomation } from './automation.ts';

/** What an automation watches, and when it would fire, before it is saved. */
export interface Draft {
  readonly tenantId: TenantId;
  readonly scope: AutomationRecord['scope'];
  readonly event: EventDefinition;
}

/** A draft as the engine evaluates it: like a saved automation, with an id that none has. */
export function draftAutomation({ tenantId, scope, event }: Draft): LiveAutomation {
  return compile({
    id: asId('0'),
    revision: 1,
    conditionRevision: 1,
    tenantId,
    scope,
    name: 'Draft',
    event,
    action: { type: 'NO_OP' },
    createdAt: 0,
  });
}
