import { demand } from '../access/demand.ts';
import { conflict, notFound } from '../model/error.ts';
import type { Viewer } from '../model/viewer.ts';
import { findSteerable, type Steerable } from '../store/steerable.ts';
import { type FoundExecution, findExecution } from './find-executions.ts';
import type { ExecutionPlace } from './place-of-execution.ts';
import {
  isSteeredFrom,
  STEERINGS,
  type SteeringName,
  type SteeringRoom,
  steer,
  steeringFacts,
  undeliverable,
} from './steering.ts';

/**
 * Retries, cancels or runs anyway one execution, under its own id and with its payload as first rendered; secrets are
 * today's (automations, sections 4.6, 6.3).
 *
 * @param entity one that the viewer may see
 * @throws TriplineError not_found, forbidden, or conflict when its status does not allow it, or nothing could be sent
 */
export async function steerExecution(
  room: SteeringRoom,
  viewer: Viewer,
  entity: ExecutionPlace,
  id: string,
  name: SteeringName,
): Promise<FoundExecution> {
  const { execution, place } = await findExecution(room.ground, viewer, entity, id);
  const [found] = await findSteerable(room.ground.database, [execution]);
  if (found === undefined) throw notFound(`execution '${id}' not found`);
  demand(viewer, 'steer_execution', place, `execution '${id}'`, steeringFacts(viewer, found));
  refuseImpossible(found, name);
  const { only, deed, to } = STEERINGS[name];
  const subject = { kind: 'execution', id, name: found.automationName };
  const entry = () => ({
    ...{ tenantId: found.tenantId, deed, subject },
    ...{ before: { status: found.status }, after: { status: to } },
  });
  const done = await steer(room, viewer, { name, executions: [found], urgent: true, entry });
  if (done.length === 0) throw conflict(`${only}: it is being delivered, or has ended, at this moment`);
  return findExecution(room.ground, viewer, entity, id);
}

function refuseImpossible(execution: Steerable, name: SteeringName): void {
  const { only, delivers } = STEERINGS[name];
  if (!isSteeredFrom(name, execution.status)) throw conflict(`${only}: it is ${execution.status}`);
  const why = delivers ? undeliverable(execution) : undefined;
  if (why !== undefined) throw conflict(why);
}
