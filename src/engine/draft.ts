import type { EventDefinition } from '../events/index.ts';
import { asId, type TenantId } from '../model/ids.ts';
import { type AutomationRecord, compile, type LiveAutomation } from './automation.ts';
import { DEFAULT_OPTIONS, type Options } from './options.ts';

/** What an automation watches, and when it would fire, before it is saved. */
export interface Draft {
  readonly tenantId: TenantId;
  readonly scope: AutomationRecord['scope'];
  readonly event: EventDefinition;
  /** Default: those of the client. */
  readonly options?: Options;
}

/** A draft as the engine evaluates it: like a saved automation, with an id that none has. */
export function draftAutomation({ tenantId, scope, event, options = DEFAULT_OPTIONS }: Draft): LiveAutomation {
  return compile({
    id: asId('0'),
    revision: 1,
    conditionRevision: 1,
    tenantId,
    scope,
    name: 'Draft',
    ...options,
    event,
    action: { type: 'NO_OP' },
    createdAt: 0,
  });
}
