import type { Instant } from '../model/clock.ts';
import { TriplineError } from '../model/error.ts';
import type { OutgoingRequest } from '../model/exchange.ts';
import type { Json } from '../model/json.ts';
import { parseTemplate } from '../template/parse.ts';
import { render } from '../template/render.ts';
import type { Variables } from '../template/template.ts';
import type { Webhook } from './webhook.ts';

const LARGEST_PAYLOAD = 1024 * 1024;

/**
 * Renders the payload of a webhook, once for all attempts of an execution.
 *
 * @param document what is sent when the action configures no payload
 * @throws TriplineError too_large above 1 MiB: the execution fails, nothing is cut (automations, section 4.3)
 */
export function renderPayload(action: Webhook, variables: Variables, document: Json): string {
  const payload = action.payload === null ? document : render(parseTemplate(action.payload), variables);
  const text = JSON.stringify(payload);
  const size = new TextEncoder().encode(text).length;
  if (size <= LARGEST_PAYLOAD) return text;
  throw new TriplineError('too_large', `the rendered payload has ${size} bytes; at most ${LARGEST_PAYLOAD} are sent`);
}

export interface WebhookAttempt {
  /** Public id of the execution: the same for every attempt. */
  readonly executionId: string;
  readonly url: string;
  /** As first rendered. */
  readonly payload: string;
  /** Of this attempt. */
  readonly now: Instant;
  /** Of Tripline. */
  readonly version: string;
}

/** The request of one attempt, everything decided but signatures and access token (automations, section 4.2). */
export function prepareWebhook({ executionId, url, payload, now, version }: WebhookAttempt): OutgoingRequest {
  return {
    method: 'POST',
    url,
    headers: {
      'Content-Type': 'application/json',
      'User-Agent': `Tripline/${version}`,
      'webhook-id': executionId,
      'webhook-timestamp': String(Math.floor(now / 1000)),
      'Idempotency-Key': executionId,
    },
    body: new TextEncoder().encode(payload),
  };
}
