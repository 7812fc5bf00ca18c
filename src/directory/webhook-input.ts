import { invalid } from '../model/error.ts';
import type { JsonObject } from '../model/json.ts';

/** What a webhook integration is made from. */
export interface WebhookInput {
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
const SECRET_NAME = /^[A-Za-z_]\w{0,127}$/;

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

/** The configuration as it is stored. @throws TriplineError invalid */
export function parseWebhookConfig(input: WebhookInput): JsonObject {
  return {
    url: parseWebhookUrl(input.url),
    accessTokenRef: parseSecretName(input.accessTokenRef, 'accessTokenRef'),
    secretRef: parseSecretName(input.secretRef, 'secretRef'),
  };
}

function parseSecretName(text: string | null, path: string): string | null {
  if (text === null || text === '') return null;
  if (SECRET_NAME.test(text)) return text;
  // the text itself is not repeated: it may be a secret that was put here by mistake
  throw invalid(`${path} must be the name of a secret: letters, digits and '_', not beginning with a digit`, path);
}
