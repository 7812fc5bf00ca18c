import { demand } from '../access/demand.ts';
import { type Action, destinationOf } from '../actions/index.ts';
import type { CapturedEvent } from '../events/index.ts';
import type { Occasion } from '../events/occasion.ts';
import { KNOWN_VARIABLES } from '../events/variables.ts';
import type { Instant } from '../model/clock.ts';
import { invalid } from '../model/error.ts';
import { type AutomationId, asId, type EventId } from '../model/ids.ts';
import type { Viewer } from '../model/viewer.ts';
import { integrationById } from '../store/integrations.ts';
import { lintTexts } from '../template/lint.ts';
import { renderMessage } from './render-message.ts';
import type { DeliveryRoom } from './room.ts';
import { type Preview, payloadFor } from './try-payload.ts';

/** An event, and the automation, saved or not, that is tried on it. */
export interface Tried {
  readonly eventId: EventId;
  readonly captured: CapturedEvent;
  readonly occurredAt: Instant;
  readonly scope: Occasion['scope'];
}

const PREVIEWED = 'exe_preview';
const NO_ID = asId<AutomationId>('0');

/**
 * What an action would send for an event, secrets masked; `undefined` when it sends nothing. Nothing is sent.
 *
 * @throws TriplineError forbidden, invalid for the integration, too_large, conflict when it is unreadable
 */
export async function previewAction(
  room: DeliveryRoom,
  viewer: Viewer,
  action: Action,
  { eventId, captured, occurredAt, scope }: Tried,
): Promise<Pick<Preview, 'payload' | 'unknown'> | undefined> {
  const destination = destinationOf(action);
  if (destination === undefined) return undefined;
  const integration = await integrationById(room.ground.database, destination);
  if (integration === undefined) throw invalid('the integration of the action does not exist', 'action.integrationId');
  demand(viewer, 'use_integration', integration, 'integration');
  const automation = { id: NO_ID, name: 'Test', url: room.automationUrl(NO_ID) };
  const occasion: Occasion = { executionId: PREVIEWED, eventId, occurredAt, automation, scope };
  switch (action.type) {
    case 'NO_OP':
      return undefined;
    case 'GENERIC_WEBHOOK':
      return payloadFor(viewer, integration, action, { id: eventId, captured, occasion });
    case 'NOTIFICATION': {
      const unknown = lintTexts([action.title, action.message], KNOWN_VARIABLES);
      return { payload: renderMessage(room, action, captured, occasion), unknown };
    }
  }
}
