import { createHmac } from 'node:crypto';

/** How `X-Wandb-Signature` is written. */
export type SignatureEncoding = 'base64' | 'hex';

export interface SignedRequest {
  /** `webhook-id`. */
  readonly id: string;
  /** `webhook-timestamp`. */
  readonly timestamp: string;
  /** The very bytes that are sent. */
  readonly body: Uint8Array;
}

export interface SigningSecret {
  readonly value: string;
  /** While a rotation's overlap lasts. */
  readonly previous: string | undefined;
}

/**
 * The signatures of a request: W&B's over the body, with the new secret only, and that of Standard Webhooks over id,
 * timestamp and body, with the previous secret too while it counts (automations, section 4.2).
 */
export function signWebhook(
  { id, timestamp, body }: SignedRequest,
  { value, previous }: SigningSecret,
  encoding: SignatureEncoding,
): { readonly 'X-Wandb-Signature': string; readonly 'webhook-signature': string } {
  const standard = (secret: string): string =>
    `v1,${createHmac('sha256', standardKey(secret)).update(`${id}.${timestamp}.`).update(body).digest('base64')}`;
  return {
    'X-Wandb-Signature': createHmac('sha256', value).update(body).digest(encoding),
    'webhook-signature': [value, ...(previous === undefined ? [] : [previous])].map(standard).join(' '),
  };
}

const PREFIX = 'whsec_';

/** What follows `whsec_` is base64 of the key; any other secret is the key itself. */
function standardKey(secret: string): Uint8Array {
  return secret.startsWith(PREFIX) ? Buffer.from(secret.slice(PREFIX.length), 'base64') : Buffer.from(secret, 'utf8');
}
