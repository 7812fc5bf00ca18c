import { executionsIn } from '../support/rest.ts';
import type { Server } from '../support/server.ts';
import { HOUR, MINUTE } from '../support/test-clock.ts';
import { until } from '../support/wait.ts';
import type { Note } from './ledgers.ts';
import { type ReadPlace, readRun } from './read-back.ts';
import type { Ledgered } from './receiving.ts';

/** Nothing comes for so long: whatever is not delivered waits for a later time. The queue is looked at each second. */
const QUIET_MS = 2_000;
const AWAKE_MS = 500;
/** A run that is silent for longer has crashed (automations, section 2.7). */
const SILENCE = 6 * MINUTE;
/** A little longer than the pauses between the attempts of a delivery (automations, section 4.6). */
const JUMPS = [MINUTE, 6 * MINUTE, 36 * MINUTE, 3 * HOUR, 6 * HOUR, 12 * HOUR, 12 * HOUR];

/**
 * Lets time pass until the silent runs have been found crashed and nothing waits for delivery any more. Time jumps
 * while nothing is on the wire, as far as one can tell: a jump ends the leases of the living as well, as if they had
 * been frozen, and what one of them sends at that moment is sent again by another.
 *
 * @param silent runs that were never heard of again
 * @param note told of each jump
 */
export async function settle(
  place: ReadPlace,
  nodes: readonly Server[],
  receiver: Ledgered,
  silent: readonly string[],
  note: Note,
): Promise<void> {
  const { clock } = place.server;
  const jump = async (milliseconds: number): Promise<void> => {
    const over = note('time jumps');
    clock.move(milliseconds);
    // what left a node before it saw the jump arrives before its next answer
    await areAwake(nodes);
    over();
  };
  await quiet(receiver, nodes);
  await jump(SILENCE);
  for (const run of silent) {
    const crashed = async () => (await readRun(place, run))?.state === 'crashed';
    // the checker will say so, with everything else that is wrong
    await until(`${run} to be found crashed`, crashed).catch(() => {});
  }
  const pending = () => executionsIn(place.server, place.key, place.entity, { status: 'pending' });
  for (const pause of JUMPS) {
    await quiet(receiver, nodes);
    if ((await pending()).length === 0) return;
    await jump(pause);
  }
  await quiet(receiver, nodes);
}

const PATIENCE = { within: 180_000 };

async function quiet(receiver: Ledgered, nodes: readonly Server[]): Promise<void> {
  let from = performance.now();
  await until(
    'the receiver to be quiet',
    async () => {
      if (performance.now() - Math.max(from, receiver.quietSince) < QUIET_MS) return false;
      if ((await areAwake(nodes)) && performance.now() - receiver.quietSince >= QUIET_MS) return true;
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
