import type { ExecutionKey } from '../model/execution-id.ts';

/**
 * The keys of executions as a table of the parameters 1 to 4, to be joined by all four columns: that names the tenant
 * of every row. `tenant_id = any($tenants)` beside it would be sorted anew for each row, which costs as much again as
 * the row. Close the parenthesis after it; further columns come before that:
 * `from ${EXECUTION_KEYS}, $5::text[]) as made(tenant_id, event_id, automation_id, ask, payload)`.
 */
export const EXECUTION_KEYS = 'unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::int[]';

/** The parameters that {@link EXECUTION_KEYS} reads. */
export function executionKeys(keys: readonly ExecutionKey[]): unknown[] {
  return [
    numberList(keys.map(({ tenantId }) => tenantId)),
    numberList(keys.map(({ eventId }) => eventId)),
    numberList(keys.map(({ automationId }) => automationId)),
    numberList(keys.map(({ ask }) => ask)),
  ];
}

/** Whole numbers as PostgreSQL writes an array of them: the driver would look into each for signs to escape. */
export function numberList(numbers: readonly (string | number)[]): string {
  return `{${numbers.join()}}`;
}
