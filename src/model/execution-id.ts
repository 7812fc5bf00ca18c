import { type AutomationId, type EventId, parseId, type TenantId } from './ids.ts';

/**
 * The natural key of an execution: one automation, one event. `ask` is 0 for the firing and 1… for "run again"
 * by a person (data model, section 4).
 */
export interface ExecutionKey {
  readonly tenantId: TenantId;
  readonly eventId: EventId;
  readonly automationId: AutomationId;
  readonly ask: number;
}

const ASK_LIMIT = 2 ** 31;
/** Of the database's 64-bit integers. */
const LARGEST = '9223372036854775807';

/** The public id of an execution, which is also its `webhook-id`: `exe_<tenant>_<event>_<automation>_<ask>`. */
export function executionId(key: ExecutionKey): string {
  return `exe_${key.tenantId}_${key.eventId}_${key.automationId}_${key.ask}`;
}

/** Reads a public id; `undefined` when the text is not one. */
export function parseExecutionId(text: string): ExecutionKey | undefined {
  const [prefix, tenant = '', event = '', automation = '', ask = '', ...rest] = text.split('_');
  if ([tenant, event, automation].some((id) => id.length === LARGEST.length && id > LARGEST)) return undefined;
  const tenantId = parseId<TenantId>(tenant);
  const eventId = parseId<EventId>(event);
  const automationId = parseId<AutomationId>(automation);
  const asked = parseId(ask);
  if (prefix !== 'exe' || rest.length > 0 || asked === undefined || Number(asked) >= ASK_LIMIT) return undefined;
  if (tenantId === undefined || eventId === undefined || automationId === undefined) return undefined;
  return { tenantId, eventId, automationId, ask: Number(asked) };
}
