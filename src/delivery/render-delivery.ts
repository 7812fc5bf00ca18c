import type { Action } from '../actions/index.ts';
import type { Notification } from '../actions/notification.ts';
import { prepareSlack } from '../actions/prepare-slack.ts';
import { renderPayload } from '../actions/prepare-webhook.ts';
import type { Webhook } from '../actions/webhook.ts';
import { decodeCaptured } from '../events/capture.ts';
import type { CapturedEvent } from '../events/index.ts';
import { defaultDocument, type Occasion, variablesOf } from '../events/occasion.ts';
import { TriplineError } from '../model/error.ts';
import { executionId } from '../model/execution-id.ts';
import type { ClaimedDelivery } from '../store/deliveries.ts';
import type { DeliveryWork, FiredAutomation } from '../store/delivery-work.ts';
import { DRY_RUN } from '../store/executions.ts';
import { holesIn } from '../template/holes.ts';
import type { ClosedDestination } from './closed-destination.ts';
import type { Destinations, OpenDestination } from './open-destinations.ts';
import type { OpenSlack } from './open-slack.ts';
import type { OpenWebhook } from './open-webhook.ts';
import { renderMessage } from './render-message.ts';
import type { DeliveryRoom } from './room.ts';
import { type WrittenRequest, writeRequest } from './write-request.ts';

/** An execution that ends without being sent. */
export interface Unsent {
  readonly kind: 'end';
  readonly status: 'finished' | 'failed' | 'cancelled' | 'skipped';
  readonly reason: string | null;
  /** What was rendered all the same, to be kept. */
  readonly rendered?: string | undefined;
}

/** An execution that cannot be sent from here now, and may be later. */
export interface Postponed {
  readonly kind: 'later';
  readonly reason: string;
}

/** A request, and the integration that it goes to. */
export interface Ready extends WrittenRequest {
  readonly kind: 'send';
  readonly destination: OpenDestination;
  /** What this attempt rendered, to be kept with its outcome; `undefined` when an earlier one did. */
  readonly rendered: string | undefined;
}

/** What is to be done with a delivery: send it, or end or postpone its execution without sending. */
export type Prepared = Ready | Unsent | Postponed;

/** An automation with its action as the program reads it; `undefined` when it cannot. */
export interface Fired extends FiredAutomation {
  readonly read: Action | undefined;
}

/** A claimed delivery with all that was loaded for it. */
export interface Loaded {
  readonly delivery: ClaimedDelivery;
  readonly work: DeliveryWork;
  readonly automation: Fired;
}

export const unsent = (reason: string): Unsent => ({ kind: 'end', status: 'failed', reason });

/**
 * Decides what becomes of a delivery, without I/O: a deleted automation cancels; a disabled one is still delivered
 * (automations, section 2.10).
 */
export function renderDelivery(room: DeliveryRoom, loaded: Loaded, destinations: Destinations): Prepared {
  const prepared = prepare(room, loaded, destinations);
  return loaded.delivery.dryRun ? withoutSending(prepared) : prepared;
}

/** A dry run ends with what would have been sent, or with why nothing could have been; it fails nowhere. */
function withoutSending(prepared: Prepared): Prepared {
  switch (prepared.kind) {
    case 'send':
      return { kind: 'end', status: 'skipped', reason: DRY_RUN, rendered: prepared.rendered };
    case 'end': {
      const { status, reason } = prepared;
      if (status === 'cancelled') return prepared;
      return { ...prepared, status: 'skipped', reason: reason === null ? DRY_RUN : `${DRY_RUN}: ${reason}` };
    }
    case 'later':
      return prepared;
  }
}

function prepare(room: DeliveryRoom, loaded: Loaded, destinations: Destinations): Prepared {
  const { automation, delivery } = loaded;
  if (automation.deleted) {
    return { kind: 'end', status: 'cancelled', reason: automation.isAlert ? 'alerts_changed' : 'automation_deleted' };
  }
  if (automation.read === undefined) return unsent('action_unreadable');
  switch (automation.read.type) {
    case 'NO_OP':
      return { kind: 'end', status: 'finished', reason: null };
    case 'GENERIC_WEBHOOK':
    case 'NOTIFICATION':
      return renderFor(destinations.get(delivery.destinationId), room, loaded, automation.read);
  }
}

function renderFor(
  destination: OpenDestination | ClosedDestination | undefined,
  room: DeliveryRoom,
  loaded: Loaded,
  action: Webhook | Notification,
): Prepared {
  if (destination !== undefined && loaded.automation.estranged) return unsent('integration_unavailable');
  switch (destination?.kind) {
    case undefined:
      return unsent('integration_deleted');
    case 'webhook':
      if (action.type !== 'GENERIC_WEBHOOK') return unsent('integration_of_another_kind');
      return renderSafely(room, loaded, () => renderWebhook(room, loaded, action, destination));
    case 'slack':
      if (action.type !== 'NOTIFICATION') return unsent('integration_of_another_kind');
      return renderSafely(room, loaded, () => renderSlack(room, loaded, action, destination));
    case 'disabled':
      return { kind: 'end', status: 'skipped', reason: destination.reason };
    case 'unreadable':
      return unsent('integration_unreadable');
    case 'secret_missing':
    case 'secret_forbidden':
      return unsent(`${destination.kind}: ${destination.name}`);
    case 'secret_locked':
      return { kind: 'later', reason: `secret_locked: ${destination.name}` };
  }
}

/** Renders what was not rendered before. */
function renderWebhook(room: DeliveryRoom, loaded: Loaded, action: Webhook, webhook: OpenWebhook): Prepared {
  const { delivery, work } = loaded;
  const occasion = occasionOf(room, loaded);
  const rendered = work.payload ?? renderFirst(action, decodeCaptured(work.captured), occasion, webhook);
  const lost = holesIn(rendered).find((name) => !webhook.names.has(name));
  if (lost !== undefined) return unsent(`secret_missing: ${lost}`);
  const variables = () => variablesOf(decodeCaptured(work.captured), occasion);
  const content = { id: executionId(delivery), payload: rendered, variables, now: room.ground.clock.now() };
  const written = writeRequest(room, webhook, content);
  return { kind: 'send', ...written, destination: webhook, rendered: work.payload === null ? rendered : undefined };
}

function renderFirst(action: Webhook, captured: CapturedEvent, occasion: Occasion, { names }: OpenWebhook): string {
  return renderPayload(action, variablesOf(captured, occasion), defaultDocument(captured, occasion), names);
}

/** The same for a message. */
function renderSlack(room: DeliveryRoom, loaded: Loaded, action: Notification, channel: OpenSlack): Prepared {
  const { work } = loaded;
  const rendered = work.payload ?? renderMessage(room, action, decodeCaptured(work.captured), occasionOf(room, loaded));
  const request = prepareSlack(channel.url, rendered, room.version);
  return {
    kind: 'send',
    request,
    shownHeaders: request.headers,
    destination: channel,
    rendered: work.payload === null ? rendered : undefined,
  };
}

/** What cannot be rendered now cannot be later: it fails at once. */
function renderSafely(room: DeliveryRoom, { delivery }: Loaded, render: () => Prepared): Prepared {
  try {
    return render();
  } catch (error) {
    if (error instanceof TriplineError) return unsent(`payload_refused: ${error.message}`);
    room.log.error({ err: error, execution: executionId(delivery) }, 'a payload could not be rendered');
    return unsent('payload_unrenderable');
  }
}

function occasionOf(room: DeliveryRoom, { delivery, work, automation }: Loaded): Occasion {
  const { automationId, eventId } = delivery;
  const { name, scopeKind, scopeId, scopeName, isAlert } = automation;
  return {
    executionId: executionId(delivery),
    eventId,
    occurredAt: work.occurredAt,
    // an alert has no page of its own
    automation: { id: automationId, name, url: isAlert ? '' : room.automationUrl(automationId) },
    scope: { kind: scopeKind, id: scopeId, name: scopeName },
  };
}
