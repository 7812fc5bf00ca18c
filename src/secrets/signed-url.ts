import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Instant } from '../model/clock.ts';

/** What a signed URL allows: one method on one path. The path must hold all that matters. */
export interface Grant {
  readonly method: 'GET' | 'PUT';
  /** Percent-encoded as it stands in the URL, from the first slash, without a query. */
  readonly path: string;
}

export type Verdict = 'valid' | 'expired' | 'forged';

/** The path with a query that proves, until `expiresAt` (whole seconds count), that we made it with `key`. */
export function signUrl(key: Uint8Array, grant: Grant, expiresAt: Instant): string {
  const expires = String(Math.floor(expiresAt / 1000));
  return `${grant.path}?expires=${expires}&signature=${sign(key, grant, expires).toString('base64url')}`;
}

/**
 * Judges a path with its query as a request carries it. A query with anything else in it is forged: nothing that
 * is not signed may have an effect. HEAD is a way of getting.
 */
export function verifyUrl(key: Uint8Array, method: string, pathWithQuery: string, now: Instant): Verdict {
  const parts = SIGNED.exec(pathWithQuery)?.groups;
  const granted = METHODS.get(method);
  if (parts === undefined || granted === undefined) return 'forged';
  const { path = '', expires = '', signature = '' } = parts;
  const expected = sign(key, { method: granted, path }, expires);
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'forged';
  return now < Number(expires) * 1000 ? 'valid' : 'expired';
}

const SIGNED = /^(?<path>\/[^?#]*)\?expires=(?<expires>\d{1,12})&signature=(?<signature>[A-Za-z0-9_-]{43})$/;

const METHODS: ReadonlyMap<string, Grant['method']> = new Map([
  ['GET', 'GET'],
  ['HEAD', 'GET'],
  ['PUT', 'PUT'],
]);

function sign(key: Uint8Array, { method, path }: Grant, expires: string): Buffer {
  return createHmac('sha256', key).update(`${method}\n${path}\n${expires}`).digest();
}
