import { hash, randomBytes } from 'node:crypto';
import type { Instant } from '../model/clock.ts';

const DAY_MS = 86_400_000;
/** A session that is not used for so long has expired. */
const IDLE_MS = 14 * DAY_MS;
/** However much it is used, after so long one signs in again. */
export const LONGEST_MS = 90 * DAY_MS;
/** Use is noted at most this often. */
const NOTED_EVERY_MS = 3_600_000;

const TOKEN_BYTES = 32;

/** What a browser keeps in its cookie: random, so that a fast hash of it may be stored. */
export function newSessionToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

export function hashSessionToken(token: string): Buffer {
  return hash('sha256', token, 'buffer');
}

/** Until when a session lasts that is used now. */
export function expiryOf(createdAt: Instant, now: Instant): Instant {
  return Math.min(now + IDLE_MS, createdAt + LONGEST_MS);
}

/** Whether the use of a session is to be noted again. */
export function isUseOld(usedAt: Instant, now: Instant): boolean {
  return now - usedAt >= NOTED_EVERY_MS;
}
