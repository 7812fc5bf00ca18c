import { LARGEST_PAYLOAD, prepareWebhook } from '../actions/prepare-webhook.ts';
import type { Instant } from '../model/clock.ts';
import type { OutgoingRequest } from '../model/exchange.ts';
import { MASK, maskHeaders } from '../secrets/mask.ts';
import { signWebhook } from '../secrets/sign-webhook.ts';
import { fillHoles, fillText, maskText } from '../template/holes.ts';
import { renderText } from '../template/render.ts';
import type { Variables } from '../template/template.ts';
import type { OpenWebhook } from './open-webhook.ts';

/** A request with everything in it, and its headers as they may be kept. */
export interface WrittenRequest {
  readonly request: OutgoingRequest;
  readonly shownHeaders: Readonly<Record<string, string>>;
}

export interface RequestContent {
  /** `webhook-id`. */
  readonly id: string;
  /** As rendered, with holes for secrets. */
  readonly payload: string;
  /** For further headers. */
  readonly variables: () => Variables;
  /** Of this attempt. */
  readonly now: Instant;
}

/**
 * Writes the request of one attempt with today's secrets and signs the very bytes that are sent (automations,
 * section 4.2).
 *
 * @throws TriplineError too_large when the secrets make the payload too large
 */
export function writeRequest(
  { version }: { readonly version: string },
  webhook: OpenWebhook,
  { id, payload, variables, now }: RequestContent,
): WrittenRequest {
  const { config, signing, accessToken } = webhook;
  const kept = renderHeaders(webhook, variables);
  const request = prepareWebhook({
    id,
    url: config.url,
    body: new TextEncoder().encode(fillHoles(payload, webhook.values, LARGEST_PAYLOAD)),
    accessToken,
    headers: mapValues(kept, (value) => fillText(value, webhook.values)),
    timeoutMs: config.timeoutSeconds === null ? undefined : config.timeoutSeconds * 1000,
    now,
    version,
  });
  const timestamp = request.headers['webhook-timestamp'] ?? '';
  const signatures = signing && signWebhook({ id, timestamp, body: request.body }, signing, config.signatureEncoding);
  const headers = { ...request.headers, ...signatures };
  return { request: { ...request, headers }, shownHeaders: shownHeaders(webhook, headers, kept) };
}

/** The further headers, with holes for secrets. */
function renderHeaders({ config, names }: OpenWebhook, variables: () => Variables): Readonly<Record<string, string>> {
  const entries = Object.entries(config.headers);
  if (entries.length === 0) return {};
  const known = variables();
  return Object.fromEntries(entries.map(([name, value]) => [name, renderText(value, known, { secrets: names })]));
}

/** Secrets are blanked where they were put, whatever their length, and by value everywhere else. */
function shownHeaders(
  { accessToken, mask }: OpenWebhook,
  sent: Readonly<Record<string, string>>,
  kept: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const put: Record<string, string> = mapValues(kept, (value) => maskText(value, MASK));
  if (accessToken !== undefined) put.Authorization = `Bearer ${MASK}`;
  const shown = Object.fromEntries(Object.entries(sent).map(([name, value]) => [name, put[name] ?? value]));
  return maskHeaders(shown, mask);
}

function mapValues(record: Readonly<Record<string, string>>, map: (value: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}
