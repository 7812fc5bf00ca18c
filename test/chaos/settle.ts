import { executionsIn } from '../support/rest.ts';
import { MINUTE, type TestClock } from '../support/test-clock.ts';
import { until } from '../support/wait.ts';
import { type ReadPlace, readRun } from './read-back.ts';
import type { Ledgered } from './receiving.ts';

/** Nothing comes for so long: whatever is not delivered waits for a later time. The queue is looked at each second. */
const QUIET_MS = 2_000;
/** A run that is silent for longer has crashed (automations, section 2.7). */
const SILENCE = 6 * MINUTE;
/** Enough for the nine attempts of a delivery, 28 hours, though none should need them. */
const MOST_JUMPS = 400;

/**
 * Lets time pass until the silent runs have been found crashed and nothing waits for delivery any more. Time jumps
 * only while nothing is on the wire.
 *
 * @param silent runs that were never heard of again
 */
export async function settle(
  place: ReadPlace,
  clock: TestClock,
  receiver: Ledgered,
  silent: readonly string[],
): Promise<void> {
  await quiet(receiver);
  clock.move(SILENCE);
  for (const run of silent) {
    await until(`${run} to be found crashed`, async () => (await readRun(place, run))?.state === 'crashed', PATIENCE);
  }
  for (let jumps = 0; ; jumps += 1) {
    await quiet(receiver);
    const { server, key, entity } = place;
    if ((await executionsIn(server, key, entity, { status: 'pending' })).length === 0) return;
    if (jumps === MOST_JUMPS) throw new Error('executions are pending for ever');
    clock.move(5 * MINUTE);
  }
}

const PATIENCE = { within: 60_000 };

async function quiet(receiver: Ledgered): Promise<void> {
  const from = performance.now();
  await until(
    'the receiver to be quiet',
    () => performance.now() - Math.max(from, receiver.quietSince) >= QUIET_MS,
    PATIENCE,
  );
}
