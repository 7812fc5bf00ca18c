import { demand } from '../access/demand.ts';
import type { DeedFacts } from '../access/permits.ts';
import { destinationOf, parseAction } from '../actions/index.ts';
import { conflict } from '../model/error.ts';
import type { IntegrationId } from '../model/ids.ts';
import { INTEGRATION_WORDS } from '../model/integration-kind.ts';
import { isJsonObject, type Json } from '../model/json.ts';
import type { Place, Viewer } from '../model/viewer.ts';
import type { ExecutionDetails } from '../store/execution-reads.ts';
import type { Ground } from '../store/ground.ts';
import { integrationById } from '../store/integrations.ts';
import { findExecution, placeOfExecution } from './find-executions.ts';

/** An execution that a person may have delivered, and where to. */
export interface SteeredExecution {
  readonly execution: ExecutionDetails;
  readonly destinationId: IntegrationId;
}

/**
 * Finds an execution that the viewer may steer and whose webhook would take it.
 *
 * @throws TriplineError not_found, forbidden, or conflict when nothing could be delivered
 */
export async function requireSteered(
  ground: Ground,
  viewer: Viewer,
  entity: Place,
  id: string,
): Promise<SteeredExecution> {
  const { execution } = await findExecution(ground, viewer, entity, id);
  const facts = steeringFacts(viewer, execution);
  demand(viewer, 'steer_execution', placeOfExecution(entity, execution), `execution '${id}'`, facts);
  const destinationId = destinationIn(execution.definition);
  if (destinationId === undefined) throw conflict('the automation has no action that could be run');
  const integration = await integrationById(ground.database, destinationId);
  if (integration === undefined) throw conflict('its integration was deleted');
  const word = INTEGRATION_WORDS[integration.kind];
  if (integration.disabledAt !== null) throw conflict(`its ${word} '${integration.name}' is disabled: enable it first`);
  return { execution, destinationId };
}

/** An execution is steered by whoever may edit its automation (automations, section 1.4). */
export function steeringFacts(
  viewer: Viewer,
  { automationCreatedBy, automationScope }: Pick<ExecutionDetails, 'automationCreatedBy' | 'automationScope'>,
): DeedFacts {
  return { own: automationCreatedBy === viewer.userId, wholeEntity: automationScope === 'entity' };
}

function destinationIn(definition: Json): IntegrationId | undefined {
  const action = isJsonObject(definition) ? definition.action : undefined;
  return action === undefined ? undefined : destinationOf(parseAction(action));
}
