import type { Instant } from '../model/clock.ts';
import { TriplineError } from '../model/error.ts';
import type { OutgoingRequest } from '../model/exchange.ts';
import type { Json } from '../model/json.ts';
import { parseTemplate } from '../template/parse.ts';
import { render } from '../template/render.ts';
import type { Variables } from '../template/template.ts';
import type { Webhook } from './webhook.ts';
import { headerValue } from './webhook-headers.ts';

/** Bytes of a rendered payload. */
export const LARGEST_PAYLOAD = 1024 * 1024;
/** Of one unit of a text in UTF-8. */
const MOST_BYTES = 3;

/**
 * Renders the payload of a webhook, once for all attempts of an execution.
 *
 * @param document what is sent when the action configures no payload
 * @param secrets names that templates reach secrets by: they stay as holes, to be filled for each attempt
 * @throws TriplineError too_large above 1 MiB: the execution fails, nothing is cut (automations, section 4.3)
 */
export function renderPayload(
  { payload: template }: Pick<Webhook, 'payload'>,
  variables: Variables,
  document: Json,
  secrets: { has(name: string): boolean },
): string {
  const payload = template === null ? document : render(parseTemplate(template), variables, secrets);
  const text = JSON.stringify(payload);
  if (text.length * MOST_BYTES <= LARGEST_PAYLOAD) return text;
  const size = new TextEncoder().encode(text).length;
  if (size <= LARGEST_PAYLOAD) return text;
  throw new TriplineError('too_large', `the rendered payload has ${size} bytes; at most ${LARGEST_PAYLOAD} are sent`);
}

export interface WebhookAttempt {
  /** Public id of the execution: the same for every attempt. */
  readonly id: string;
  readonly url: string;
  /** Complete: secrets stand in it. */
  readonly body: Uint8Array;
  readonly accessToken: string | undefined;
  /** Further headers, complete too. */
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number | undefined;
  /** Of this attempt. */
  readonly now: Instant;
  /** Of Tripline. */
  readonly version: string;
}

/** The request of one attempt, everything decided but signatures (automations, section 4.2). */
export function prepareWebhook(attempt: WebhookAttempt): OutgoingRequest {
  const { id, url, body, accessToken, timeoutMs, now, version } = attempt;
  const further = Object.entries(attempt.headers).map(([name, value]) => [name, headerValue(value)] as const);
  return {
    method: 'POST',
    url,
    headers: {
      ...Object.fromEntries(
        further.filter(([name]) => accessToken === undefined || name.toLowerCase() !== 'authorization'),
      ),
      ...(accessToken === undefined ? {} : { Authorization: headerValue(`Bearer ${accessToken}`) }),
      'Content-Type': 'application/json',
      'User-Agent': `Tripline/${version}`,
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now / 1000)),
      'Idempotency-Key': id,
    },
    body,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  };
}
