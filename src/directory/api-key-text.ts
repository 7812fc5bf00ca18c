import { createHash, randomInt } from 'node:crypto';
import { invalid } from '../model/error.ts';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';
/** Old clients accept exactly 40 characters (wandb protocol, 1.1). */
const LENGTH = 40;
const ACCEPTABLE = /^[\x21-\x7e]{40,512}$/;
const WORD = /^[\w-]+$/;
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
 * What clients take amiss in a key that is acceptable here, as a clause without the key; `undefined` for nothing. They
 * look at what follows the first dash.
 */
export function clientsThatRefuse(key: string): string | undefined {
  const secret = key.includes('-') ? key.slice(key.indexOf('-') + 1) : key;
  if (secret.length < LENGTH || !WORD.test(secret)) {
    return `clients refuse it: they want ${LENGTH} or more letters, digits, '_' and '-', counted after the first '-'`;
  }
  if (secret.length === LENGTH) return undefined;
  return `clients before 0.22.3 refuse it: they want exactly ${LENGTH} characters, and it has ${secret.length}`;
}

/** SHA-256 of a key. Keys are long and random, so a slow hash would protect nothing. */
export function hashApiKey(key: string): Buffer {
  return createHash('sha256').update(key, 'utf8').digest();
}

/** The end of a key, by which people tell their keys apart. */
export function hintOfApiKey(key: string): string {
  return key.slice(-HINT_LENGTH);
}
