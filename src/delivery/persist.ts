import { setTimeout as sleep } from 'node:timers/promises';
import { TriplineError } from '../model/error.ts';

const TRIES = 8;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Repeats work that the database could not do for a moment: what was sent must not be sent again for that. What it
 * refuses it would refuse again.
 *
 * @param signal no repetition after it
 */
export async function persist<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === TRIES || signal.aborted || isRefusal(error)) throw error;
      await sleep(Math.min(LONGEST_PAUSE_MS, 100 * 2 ** attempt), undefined, { signal }).catch(() => {});
    }
  }
}

/** Whether the fault lies in what was to be written. */
function isRefusal(error: unknown): boolean {
  return error instanceof TriplineError && error.code === 'invalid';
}
