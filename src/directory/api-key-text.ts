import { hash, randomInt } from 'node:crypto';
import { invalid } from '../model/error.ts';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';
/** Old clients accept exactly 40 characters (wandb protocol, 1.1). */
const LENGTH = 40;
const ACCEPTABLE = /^[\x21-\x7e]{40,512}$/;
const HINT_LENGTH = 4;

/** A new random key: 40 lowercase letters and digits. */
export function newApiKey(): string {
  return Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

/** A key as an admin may set it: 40 to 512 printable ASCII characters without spaces. @throws TriplineError invalid */
export function parseApiKey(text: string, path: string): string {
  if (ACCEPTABLE.test(text)) return text;
  throw invalid(`${path} must be 40 to 512 printable ASCII characters without spaces`, path);
}

/**
 * SHA-256 of a key, in base64. Keys are long and random, so a slow hash would protect nothing. It stands before every
 * request: in one call and as text it takes a sixth of the time of a hash object and its bytes.
 */
export function hashApiKey(key: string): string {
  return hash('sha256', key, 'base64');
}

/** The end of a key, by which people tell their keys apart. */
export function hintOfApiKey(key: string): string {
  return key.slice(-HINT_LENGTH);
}
