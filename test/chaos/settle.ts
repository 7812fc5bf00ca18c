import { executionsIn } from '../support/rest.ts';
import type { Server } from '../support/server.ts';
import { HOUR, MINUTE } from '../support/test-clock.ts';
import { until } from '../support/wait.ts';
import { type ReadPlace, readRun } from './read-back.ts';
import type { Ledgered } from './receiving.ts';

/** Nothing comes for so long: whatever is not delivered waits for a later time. The queue is looked at each second. */
const QUIET_MS = 2_000;
/**
 * Where several nodes share a queue, time passes three times as fast, and a jump ends the leases of the living: what
 * is on the wire just then is sent again by another node. So it must find nothing to send: the first retries come after
 * about two seconds, and what the last dead node held after five.
 */
const QUIET_OF_NODES_MS = 4_000;
const ORPHANS_TAKEN_MS = 7_000;
const AWAKE_MS = 500;
/** A run that is silent for longer has crashed (automations, section 2.7). */
const SILENCE = 6 * MINUTE;
/** A little longer than the pauses between the attempts of a delivery (automations, section 4.6). */
const JUMPS = [MINUTE, 6 * MINUTE, 36 * MINUTE, 3 * HOUR, 6 * HOUR, 12 * HOUR, 12 * HOUR];

/**
 * Lets time pass until the silent runs have been found crashed and nothing waits for delivery any more. Time jumps
 * only while nothing is on the wire.
 *
 * @param silent runs that were never heard of again
 */
export async function settle(
  place: ReadPlace,
  nodes: readonly Server[],
  receiver: Ledgered,
  silent: readonly string[],
): Promise<void> {
  const { clock } = place.server;
  const [atFirst, later] = nodes.length > 1 ? [ORPHANS_TAKEN_MS, QUIET_OF_NODES_MS] : [QUIET_MS, QUIET_MS];
  await quiet(receiver, nodes, atFirst);
  clock.move(SILENCE);
  for (const run of silent) {
    const crashed = async () => (await readRun(place, run))?.state === 'crashed';
    // the checker will say so, with everything else that is wrong
    await until(`${run} to be found crashed`, crashed, CRASHED).catch(() => {});
  }
  const pending = () => executionsIn(place.server, place.key, place.entity, { status: 'pending' });
  for (const jump of JUMPS) {
    await quiet(receiver, nodes, later);
    if ((await pending()).length === 0) return;
    clock.move(jump);
  }
  await quiet(receiver, nodes, later);
}

const CRASHED = { within: 30_000 };
const PATIENCE = { within: 180_000 };

async function quiet(receiver: Ledgered, nodes: readonly Server[], forMs: number): Promise<void> {
  let from = performance.now();
  await until(
    'the receiver to be quiet',
    async () => {
      if (performance.now() - Math.max(from, receiver.quietSince) < forMs) return false;
      if (await areAwake(nodes)) return true;
      from = performance.now();
      return false;
    },
    PATIENCE,
  );
}

/** On a machine that is too busy to answer, silence means nothing. */
async function areAwake(nodes: readonly Server[]): Promise<boolean> {
  const asked = performance.now();
  const answers = await Promise.all(nodes.map((node) => node.call('/ready')));
  return answers.every(({ status }) => status === 200) && performance.now() - asked < AWAKE_MS;
}
