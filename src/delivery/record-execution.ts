import type { Instant } from '../model/clock.ts';
import { executionId } from '../model/execution-id.ts';
import type { Viewer } from '../model/viewer.ts';
import { recordDeed } from '../store/audit.ts';
import type { Transaction } from '../store/database.ts';
import type { ExecutionDetails } from '../store/execution-reads.ts';

/** Leaves an entry about an execution that a person makes pending again. */
export function recordExecution(
  tx: Transaction,
  viewer: Viewer,
  execution: ExecutionDetails,
  deed: 'execution.retried' | 'execution.run_anyway',
  now: Instant,
): Promise<void> {
  const id = executionId(execution);
  const { tenantId, status, automationName } = execution;
  const subject = { kind: 'execution', id, name: automationName ?? id };
  return recordDeed(tx, viewer, { now, tenantId, deed, subject, before: { status }, after: { status: 'pending' } });
}
