import { conflict } from '../model/error.ts';
import type { Place, Viewer } from '../model/viewer.ts';
import { reviveExecutions } from '../store/revivals.ts';
import { type FoundExecution, findExecution } from './find-executions.ts';
import { recordExecution } from './record-execution.ts';
import type { SteeringRoom } from './retry-execution.ts';
import { requireSteered } from './steered-execution.ts';

/**
 * Run anyway: delivers an execution that was skipped, under its own id (automations, section 6.1). No flood limit holds
 * back what a person asks for.
 *
 * @param entity one that the viewer may see
 * @throws TriplineError not_found, forbidden, or conflict when it is not skipped, or its webhook would not take it
 */
export async function runAnyway(
  { ground, woken }: SteeringRoom,
  viewer: Viewer,
  entity: Place,
  id: string,
): Promise<FoundExecution> {
  const { database, clock } = ground;
  const { execution, destinationId } = await requireSteered(ground, viewer, entity, id);
  if (execution.status !== 'skipped') throw notSkipped(`it is ${execution.status}`);
  await database.transaction(async (tx) => {
    const now = clock.now();
    const revived = await reviveExecutions(tx, [{ ...execution, destinationId }], {
      from: ['skipped'],
      urgent: true,
      now,
    });
    if (revived.length === 0) throw notSkipped('it was run at this moment');
    await recordExecution(tx, viewer, execution, 'execution.run_anyway', now);
  });
  woken([destinationId]);
  return findExecution(ground, viewer, entity, id);
}

const notSkipped = (why: string) => conflict(`only an execution that was skipped can be run anyway: ${why}`);
