import { z } from 'zod';
import { type Action, parseAction } from '../actions/index.ts';
import { prepareWebhook, renderPayload } from '../actions/prepare-webhook.ts';
import type { Webhook } from '../actions/webhook.ts';
import { decodeCaptured } from '../events/capture.ts';
import { defaultDocument, type Occasion, variablesOf } from '../events/occasion.ts';
import { TriplineError } from '../model/error.ts';
import type { OutgoingRequest } from '../model/exchange.ts';
import { executionId } from '../model/execution-id.ts';
import type { ClaimedDelivery } from '../store/deliveries.ts';
import { type DeliveryWork, keepPayload, loadDeliveryWork } from '../store/delivery-work.ts';
import type { DeliveryRoom } from './room.ts';

/** What is to be done with a delivery: send it, or end its execution without sending. */
export type Prepared =
  | { readonly kind: 'send'; readonly request: OutgoingRequest }
  | { readonly kind: 'end'; readonly status: 'finished' | 'failed' | 'cancelled'; readonly reason: string | null };

const fail = (reason: string): Prepared => ({ kind: 'end', status: 'failed', reason });

/**
 * Decides the request of this attempt. The payload is rendered once and kept. A deleted automation cancels; a
 * disabled one is still delivered (automations, section 2.10).
 *
 * @throws when the database fails
 */
export async function prepareDelivery(room: DeliveryRoom, claimed: ClaimedDelivery): Promise<Prepared> {
  const work = await loadDeliveryWork(room.ground.database, claimed, claimed.destinationId);
  if (work === undefined) return fail('execution_incomplete');
  if (work.automationDeleted) return { kind: 'end', status: 'cancelled', reason: 'automation_deleted' };
  const action = readAction(work);
  if (action === undefined) return fail('action_unreadable');
  switch (action.type) {
    case 'NO_OP':
      return { kind: 'end', status: 'finished', reason: null };
    case 'GENERIC_WEBHOOK':
      return prepareWebhookDelivery(room, claimed, work, action);
  }
}

async function prepareWebhookDelivery(
  room: DeliveryRoom,
  claimed: ClaimedDelivery,
  work: DeliveryWork,
  action: Webhook,
): Promise<Prepared> {
  if (work.integrationConfig === null) return fail('integration_deleted');
  const config = webhookConfig.safeParse(work.integrationConfig);
  if (!config.success) return fail('integration_unreadable');
  const rendered = work.payload ?? renderFirst(room, claimed, work, action);
  if (typeof rendered !== 'string') return rendered;
  const payload = work.payload ?? (await keepPayload(room.ground.database, claimed, rendered));
  const request = prepareWebhook({
    executionId: executionId(claimed),
    url: config.data.url,
    payload,
    now: room.ground.clock.now(),
    version: room.version,
  });
  return { kind: 'send', request };
}

/** What delivery reads of a webhook's settings; access token and secret are names that the signers look up. */
const webhookConfig = z.object({ url: z.url({ protocol: /^https?$/ }) });

function readAction(work: DeliveryWork): Action | undefined {
  try {
    return parseAction(work.action);
  } catch {
    return undefined;
  }
}

/** Renders the payload. What cannot be rendered now cannot be later: it fails at once. */
function renderFirst(
  room: DeliveryRoom,
  claimed: ClaimedDelivery,
  work: DeliveryWork,
  action: Webhook,
): string | Prepared {
  try {
    const captured = decodeCaptured(work.captured);
    const occasion = occasionOf(room, claimed, work);
    return renderPayload(action, variablesOf(captured, occasion), defaultDocument(captured, occasion));
  } catch (error) {
    if (error instanceof TriplineError) return fail(`payload_refused: ${error.message}`);
    room.log.error({ err: error, execution: executionId(claimed) }, 'a payload could not be rendered');
    return fail('payload_unrenderable');
  }
}

function occasionOf(room: DeliveryRoom, claimed: ClaimedDelivery, work: DeliveryWork): Occasion {
  const { automationId, eventId } = claimed;
  return {
    executionId: executionId(claimed),
    eventId,
    occurredAt: work.occurredAt,
    automation: { id: automationId, name: work.automationName, url: room.automationUrl(automationId) },
    scope: { kind: work.scopeKind, id: work.scopeId, name: work.scopeName },
  };
}
