import { conflict } from '../model/error.ts';
import type { IntegrationId } from '../model/ids.ts';
import type { Place, Viewer } from '../model/viewer.ts';
import type { ExecutionStatus } from '../store/execution-status.ts';
import type { Ground } from '../store/ground.ts';
import { hurryDelivery, reviveExecutions } from '../store/revivals.ts';
import { type FoundExecution, findExecution } from './find-executions.ts';
import { recordExecution } from './record-execution.ts';
import { requireSteered } from './steered-execution.ts';

/** What deeds on executions stand on. */
export interface SteeringRoom {
  readonly ground: Ground;
  /** Told after a commit which destinations have new work. */
  readonly woken: (destinations: readonly IntegrationId[]) => void;
}

const ENDED: readonly ExecutionStatus[] = ['failed', 'cancelled'];

/**
 * Retry now: one attempt at once, then a fresh schedule, of an execution that failed, was cancelled or waits for its
 * next attempt. Id and payload stay those of the first attempt; secrets are today's (automations, sections 4.6, 6.3).
 *
 * @param entity one that the viewer may see
 * @throws TriplineError not_found, forbidden, or conflict when it cannot be retried, or its webhook would not take it
 */
export async function retryExecution(
  { ground, woken }: SteeringRoom,
  viewer: Viewer,
  entity: Place,
  id: string,
): Promise<FoundExecution> {
  const { database, clock } = ground;
  const { execution, destinationId } = await requireSteered(ground, viewer, entity, id);
  const { status } = execution;
  if (status !== 'pending' && !ENDED.includes(status)) throw notRetried(`it is ${status}`);
  await database.transaction(async (tx) => {
    const now = clock.now();
    const isDue =
      status === 'pending'
        ? await hurryDelivery(tx, execution, now)
        : (await reviveExecutions(tx, [{ ...execution, destinationId }], { from: ENDED, urgent: true, now })).length ===
          1;
    if (!isDue) throw notRetried('it is being delivered at this moment');
    await recordExecution(tx, viewer, execution, 'execution.retried', now);
  });
  woken([destinationId]);
  return findExecution(ground, viewer, entity, id);
}

const notRetried = (why: string) =>
  conflict(`only an execution that failed, was cancelled or waits can be retried: ${why}`);
