import { destinationOf, parseAction } from '../actions/index.ts';
import type { CapturedEvent } from '../events/index.ts';
import type { EventId, IntegrationId, TenantId } from '../model/ids.ts';
import { type AlertRoute, alertRoutes } from './alert-routes.ts';
import type { Transaction } from './database.ts';
import { insertExecutions, type NewEvent, type NewExecution } from './executions.ts';
import type { Ground } from './ground.ts';

/** Something that admins of an entity must know of. */
export interface Notice {
  readonly tenantId: TenantId;
  readonly subjectKind: 'integration' | 'automation';
  readonly subjectId: string;
  readonly captured: CapturedEvent;
}

/**
 * Tells admins: by an event, which they can list, and by a message where alerts about deliveries go.
 *
 * @param except a channel through which it must not go: the one that is in trouble
 */
export async function tellAdmins(
  { clock, ids }: Pick<Ground, 'clock' | 'ids'>,
  tx: Transaction,
  notice: Notice,
  except?: IntegrationId,
): Promise<void> {
  const now = clock.now();
  const event: NewEvent = {
    ...notice,
    eventId: ids.next<EventId>(now),
    type: notice.captured.type,
    projectId: undefined,
    author: undefined,
    occurredAt: now,
  };
  const routes = await alertRoutes(tx, [notice.tenantId], ['delivery_trouble']);
  const executions = routes
    .map((route) => executionOf(event, route))
    .filter(({ destinationId }) => destinationId !== except);
  await insertExecutions(tx, { events: [event], executions });
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
