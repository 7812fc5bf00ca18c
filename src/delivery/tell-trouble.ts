import { destinationOf, parseAction } from '../actions/index.ts';
import type { CapturedIntegrationTrouble } from '../events/integration-trouble.ts';
import type { EventId } from '../model/ids.ts';
import { type AlertRoute, alertRoutes } from '../store/alert-routes.ts';
import type { Transaction } from '../store/database.ts';
import { insertExecutions, type NewEvent, type NewExecution } from '../store/executions.ts';
import { type Integration, integrationById } from '../store/integrations.ts';
import type { IntegrationTrouble } from './judge-integrations.ts';
import type { DeliveryRoom } from './room.ts';

/**
 * Tells the admins of integrations that nothing is delivered to them any more: an event, which they can list, and a
 * message where alerts about deliveries go; never through the integration that is in trouble (automations, section
 * 4.6).
 */
export async function tellTrouble(
  ground: DeliveryRoom['ground'],
  tx: Transaction,
  troubles: readonly IntegrationTrouble[],
): Promise<void> {
  for (const trouble of troubles) {
    const integration = await integrationById(tx, trouble.integrationId);
    if (integration === undefined) continue;
    const event = eventOf(ground, integration, trouble);
    const routes = await alertRoutes(tx, [integration.tenantId], ['delivery_trouble']);
    const executions = routes
      .map((route) => executionOf(event, route))
      .filter(({ destinationId }) => destinationId !== integration.id);
    await insertExecutions(tx, { events: [event], executions });
  }
}

function eventOf(
  { clock, ids }: DeliveryRoom['ground'],
  { id, kind, name, tenantId, entityName }: Integration,
  { trouble, reason }: IntegrationTrouble,
): NewEvent {
  const captured: CapturedIntegrationTrouble = {
    type: 'INTEGRATION_TROUBLE',
    integration: { id, kind, name, entity: entityName },
    trouble,
    reason,
  };
  const now = clock.now();
  return {
    tenantId,
    eventId: ids.next<EventId>(now),
    type: captured.type,
    projectId: undefined,
    subjectKind: 'integration',
    subjectId: id,
    author: undefined,
    occurredAt: now,
    captured,
  };
}

function executionOf(event: NewEvent, { automationId, revision, action: stored, topic }: AlertRoute): NewExecution {
  const { tenantId, eventId, occurredAt } = event;
  const action = parseAction(stored);
  return {
    tenantId,
    eventId,
    automationId,
    revision,
    actionType: action.type,
    destinationId: destinationOf(action),
    explanation: { alert: topic },
    createdAt: occurredAt,
  };
}
