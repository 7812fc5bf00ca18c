import { demand } from '../access/demand.ts';
import { destinationOf, parseAction } from '../actions/index.ts';
import { conflict } from '../model/error.ts';
import type { IntegrationId } from '../model/ids.ts';
import { isJsonObject, type Json } from '../model/json.ts';
import type { Place, Viewer } from '../model/viewer.ts';
import type { Ground } from '../store/ground.ts';
import { runSkipped } from '../store/skips.ts';
import { type FoundExecution, findExecution, placeOfExecution } from './find-executions.ts';

/**
 * Run anyway: delivers an execution that was skipped, under its own id: nothing was ever sent with it (automations,
 * section 6.1). No flood limit holds back what a person asks for.
 *
 * @param entity one that the viewer may see
 * @throws TriplineError not_found, forbidden, or conflict when it is not skipped
 */
export async function runAnyway(
  room: { readonly ground: Ground; readonly woken: (destinations: readonly IntegrationId[]) => void },
  viewer: Viewer,
  entity: Place,
  id: string,
): Promise<FoundExecution> {
  const { database, clock } = room.ground;
  const { execution } = await findExecution(room.ground, viewer, entity, id);
  const place = placeOfExecution(entity, execution);
  const own = execution.automationCreatedBy === viewer.userId;
  demand(viewer, 'steer_execution', place, `execution '${id}'`, { own });
  if (execution.status !== 'skipped') throw notSkipped(`it is ${execution.status}`);
  const destination = destinationIn(execution.definition);
  if (destination === undefined) throw conflict('the automation has no action that could be run');
  await database.transaction(async (tx) => {
    if (!(await runSkipped(tx, execution, destination, clock.now()))) throw notSkipped('it was run at this moment');
  });
  room.woken([destination]);
  return findExecution(room.ground, viewer, entity, id);
}

const notSkipped = (why: string) => conflict(`only an execution that was skipped can be run anyway: ${why}`);

function destinationIn(definition: Json): IntegrationId | undefined {
  const action = isJsonObject(definition) ? definition.action : undefined;
  return action === undefined ? undefined : destinationOf(parseAction(action));
}
