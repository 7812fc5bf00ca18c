import type { Transaction } from '../store/database.ts';
import { insertExecutions } from '../store/executions.ts';
import { saveLatches } from '../store/latches.ts';
import { addRepeats } from '../store/repeats.ts';
import { heldCounts, type MeteredFirings, movedLatch, retiredCounts } from './latch-moves.ts';
import type { TrackingRoom } from './room.ts';

/** Saves what a deed causes, as it was metered, and has it told and counted once it is committed. */
export async function saveFirings(
  { watch, held }: Pick<TrackingRoom, 'watch' | 'held'>,
  tx: Transaction,
  { moves, skipped, ...firings }: MeteredFirings,
): Promise<void> {
  const moved = moves.map((move) => ({ move, latch: movedLatch(move, skipped) }));
  const latches = moved.flatMap(({ latch }) => latch ?? []);
  const retired = moved.flatMap(({ move, latch }) => (latch === undefined ? [] : retiredCounts(move.stored, latch)));
  const counts = moves.flatMap((move) => heldCounts(move, skipped));
  if (counts.length > 0) tx.afterCommit(() => held.add(counts));
  if (watch !== undefined && firings.events.length > 0) tx.afterCommit(() => watch.caused(firings));
  await Promise.all([
    latches.length > 0 && saveLatches(tx, latches),
    retired.length > 0 && addRepeats(tx, retired),
    insertExecutions(tx, firings),
  ]);
}
