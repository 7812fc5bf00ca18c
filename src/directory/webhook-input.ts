import { type WebhookConfig, webhookConfigSchema } from '../actions/webhook-config.ts';
import { invalid } from '../model/error.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { readBy } from '../model/read-json.ts';
import { parseSecretName } from './secret-input.ts';

/** What a webhook integration is made from; settings that are left out have their defaults. */
export interface WebhookInput extends Partial<WebhookConfig> {
  readonly name: string;
  readonly url: string;
  /** Name of the secret that is sent as `Authorization: Bearer`; never the secret itself. */
  readonly accessTokenRef: string | null;
  /** Name of the secret that signs the body. */
  readonly secretRef: string | null;
}

const NAME = /^[-\w]+( [-\w]+)*$/;
const LONGEST_NAME = 64;
const LONGEST_URL = 2048;

/** @throws TriplineError invalid */
export function parseIntegrationName(text: string): string {
  if (text.length <= LONGEST_NAME && NAME.test(text)) return text;
  throw invalid(
    `the name of an integration must be 1 to ${LONGEST_NAME} of letters, digits, '_' and '-', with single spaces inside`,
    'name',
  );
}

/** An absolute http or https address without user info; a fragment is dropped. @throws TriplineError invalid */
export function parseWebhookUrl(text: string): string {
  // parsers of URLs pass over them, each in its own way
  if (/[\p{Cc}\p{Zl}\p{Zp}\\]/u.test(text)) {
    throw invalid('the URL must not hold control characters, line breaks or backslashes', 'url');
  }
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw invalid('the URL must be absolute and begin with https:// or http://', 'url');
  }
  if (url.username !== '' || url.password !== '') {
    throw invalid('the URL must not hold a user name or password: store a secret and name it as access token', 'url');
  }
  const kept = text.trim().split('#')[0] ?? '';
  if (kept.length > LONGEST_URL) throw invalid(`the URL may have at most ${LONGEST_URL} characters`, 'url');
  return kept;
}

/** The configuration as it is stored. Secrets that are named need not exist yet. @throws TriplineError invalid */
export function parseWebhookConfig({ name: _, ...settings }: WebhookInput): JsonObject {
  const url = parseWebhookUrl(settings.url);
  const accessTokenRef = parseReference(settings.accessTokenRef, 'accessTokenRef');
  const secretRef = parseReference(settings.secretRef, 'secretRef');
  const secretRefs = (settings.secretRefs ?? []).map((secret) => parseSecretName(secret, 'secretRefs'));
  const config = { ...settings, url, accessTokenRef, secretRef, secretRefs };
  return readBy(webhookConfigSchema, config as unknown as Json, 'webhook') satisfies WebhookConfig as JsonObject;
}

/** The client sends an empty text for no secret. */
function parseReference(text: string | null, path: string): string | null {
  return text === null || text === '' ? null : parseSecretName(text, path);
}
