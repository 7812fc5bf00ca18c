import { setTimeout as delay } from 'node:timers/promises';

export interface Patience {
  /** Milliseconds until the wait fails. */
  readonly within?: number;
}

/** Long, for it is reached only by what fails: on a machine with much to do the rest takes what it takes. */
export const WITHIN_MS = 60_000;
const POLL_MS = 15;

/**
 * Waits until `look` gives something other than `undefined` or `false`, looking again and again.
 *
 * @throws Error naming `what` when the time is over
 */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined | false> | T | undefined | false,
  { within = WITHIN_MS }: Patience = {},
): Promise<T> {
  const end = performance.now() + within;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > end) throw new Error(`waited ${within / 1000} s in vain for ${what}`);
    await delay(POLL_MS);
  }
}
