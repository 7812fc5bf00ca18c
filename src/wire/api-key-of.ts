const BASIC = /^basic +([A-Za-z0-9+/=_-]+) *$/i;
const BEARER = /^bearer +(\S+) *$/i;

/**
 * The API key in an `Authorization` header: the password of HTTP Basic, whatever the user name (clients say `api`),
 * or a Bearer token. `undefined` when there is none.
 */
export function apiKeyOf(authorization: string | undefined): string | undefined {
  if (authorization === undefined) return undefined;
  const bearer = BEARER.exec(authorization)?.[1];
  if (bearer !== undefined) return bearer;
  const encoded = BASIC.exec(authorization)?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  const key = colon === -1 ? '' : text.slice(colon + 1);
  return key === '' ? undefined : key;
}
