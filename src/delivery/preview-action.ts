import { demand } from '../access/demand.ts';
import type { NoOp } from '../actions/no-op.ts';
import type { Notification } from '../actions/notification.ts';
import type { Webhook } from '../actions/webhook.ts';
import type { CapturedEvent } from '../events/index.ts';
import type { Occasion } from '../events/occasion.ts';
import { KNOWN_VARIABLES } from '../events/variables.ts';
import type { Instant } from '../model/clock.ts';
import { invalid } from '../model/error.ts';
import { type AutomationId, asId, type EventId, type IntegrationId } from '../model/ids.ts';
import type { Viewer } from '../model/viewer.ts';
import { type Integration, integrationById } from '../store/integrations.ts';
import { lintTexts } from '../template/lint.ts';
import { renderMessage } from './render-message.ts';
import type { DeliveryRoom } from './room.ts';
import { type Preview, payloadFor } from './try-payload.ts';

/** What an action would do, with or without a place to send to. */
export type PreviewedAction =
  | NoOp
  | (Pick<Webhook, 'type' | 'payload'> & { readonly integrationId: IntegrationId | null })
  | (Omit<Notification, 'integrationId'> & { readonly integrationId: IntegrationId | null });

/** An event, and the automation, saved or not, that is tried on it. */
export interface Tried {
  /** `null` for a sample. */
  readonly eventId: EventId | null;
  /** Of the automation. */
  readonly name: string;
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
  action: PreviewedAction,
  { eventId, name, captured, occurredAt, scope }: Tried,
): Promise<Pick<Preview, 'payload' | 'unknown'> | undefined> {
  if (action.type === 'NO_OP') return undefined;
  const integration = await usable(room, viewer, action.integrationId);
  const automation = { id: NO_ID, name, url: room.automationUrl(NO_ID) };
  const occasion: Occasion = { executionId: PREVIEWED, eventId: eventId ?? NO_ID, occurredAt, automation, scope };
  switch (action.type) {
    case 'GENERIC_WEBHOOK':
      return payloadFor(integration, action, { id: eventId, captured, occasion });
    case 'NOTIFICATION': {
      const unknown = lintTexts([action.title, action.message], KNOWN_VARIABLES);
      return { payload: renderMessage(room, action, captured, occasion), unknown };
    }
  }
}

/** The integration, if one is chosen. @throws TriplineError invalid, forbidden */
async function usable(
  { ground }: DeliveryRoom,
  viewer: Viewer,
  id: IntegrationId | null,
): Promise<Integration | undefined> {
  if (id === null) return undefined;
  const integration = await integrationById(ground.database, id);
  if (integration === undefined) throw invalid('the integration of the action does not exist', 'action.integrationId');
  demand(viewer, 'use_integration', integration, 'integration');
  return integration;
}
