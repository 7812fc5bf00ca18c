import type { Action } from '../actions/index.ts';
import { renderPayload } from '../actions/prepare-webhook.ts';
import type { Webhook } from '../actions/webhook.ts';
import { decodeCaptured } from '../events/capture.ts';
import { defaultDocument, type Occasion, variablesOf } from '../events/occasion.ts';
import { TriplineError } from '../model/error.ts';
import { executionId } from '../model/execution-id.ts';
import type { IntegrationId } from '../model/ids.ts';
import type { ClaimedDelivery } from '../store/deliveries.ts';
import type { DeliveryWork, FiredAutomation } from '../store/delivery-work.ts';
import type { DeliveryRoom } from './room.ts';

/** An execution that ends without being sent. */
export interface Unsent {
  readonly kind: 'end';
  readonly status: 'finished' | 'failed' | 'cancelled';
  readonly reason: string | null;
}

/** A payload, and where to send it. */
export interface Ready {
  readonly kind: 'ready';
  readonly url: string;
  readonly payload: string;
  /** Whether this is the first rendering. */
  readonly isNew: boolean;
}

/** An automation with its action as the program reads it; `undefined` when it cannot. */
export interface Fired extends FiredAutomation {
  readonly read: Action | undefined;
}

/** The addresses of living integrations; `undefined` of one whose settings cannot be read. */
export type Urls = ReadonlyMap<IntegrationId, string | undefined>;

export const unsent = (reason: string): Unsent => ({ kind: 'end', status: 'failed', reason });

/**
 * Decides what becomes of a delivery, without I/O: a deleted automation cancels; a disabled one is still delivered
 * (automations, section 2.10).
 */
export function renderDelivery(
  room: DeliveryRoom,
  delivery: ClaimedDelivery,
  work: DeliveryWork,
  automation: Fired,
  urls: Urls,
): Ready | Unsent {
  if (automation.deleted) return { kind: 'end', status: 'cancelled', reason: 'automation_deleted' };
  if (automation.read === undefined) return unsent('action_unreadable');
  switch (automation.read.type) {
    case 'NO_OP':
      return { kind: 'end', status: 'finished', reason: null };
    case 'GENERIC_WEBHOOK':
      return renderWebhook(room, delivery, work, automation, automation.read, urls);
  }
}

function renderWebhook(
  room: DeliveryRoom,
  delivery: ClaimedDelivery,
  work: DeliveryWork,
  automation: Fired,
  action: Webhook,
  urls: Urls,
): Ready | Unsent {
  if (!urls.has(delivery.destinationId)) return unsent('integration_deleted');
  const url = urls.get(delivery.destinationId);
  if (url === undefined) return unsent('integration_unreadable');
  if (work.payload !== null) return { kind: 'ready', url, payload: work.payload, isNew: false };
  const payload = renderFirst(room, delivery, work, automation, action);
  return typeof payload === 'string' ? { kind: 'ready', url, payload, isNew: true } : payload;
}

/** Renders the payload. What cannot be rendered now cannot be later: it fails at once. */
function renderFirst(
  room: DeliveryRoom,
  delivery: ClaimedDelivery,
  work: DeliveryWork,
  automation: Fired,
  action: Webhook,
): string | Unsent {
  try {
    const captured = decodeCaptured(work.captured);
    const occasion = occasionOf(room, delivery, work, automation);
    return renderPayload(action, variablesOf(captured, occasion), defaultDocument(captured, occasion));
  } catch (error) {
    if (error instanceof TriplineError) return unsent(`payload_refused: ${error.message}`);
    room.log.error({ err: error, execution: executionId(delivery) }, 'a payload could not be rendered');
    return unsent('payload_unrenderable');
  }
}

function occasionOf(
  room: DeliveryRoom,
  delivery: ClaimedDelivery,
  { occurredAt }: DeliveryWork,
  { name, scopeKind, scopeId, scopeName }: Fired,
): Occasion {
  const { automationId, eventId } = delivery;
  return {
    executionId: executionId(delivery),
    eventId,
    occurredAt,
    automation: { id: automationId, name, url: room.automationUrl(automationId) },
    scope: { kind: scopeKind, id: scopeId, name: scopeName },
  };
}
