import type { Transaction } from '../store/database.ts';
import { insertExecutions, type NewFirings } from '../store/executions.ts';
import type { TrackingRoom } from './room.ts';

/** Saves what a deed causes, and has it told once it is committed. */
export async function saveFirings(
  { watch }: Pick<TrackingRoom, 'watch'>,
  tx: Transaction,
  firings: NewFirings,
): Promise<void> {
  if (watch !== undefined && firings.events.length > 0) tx.afterCommit(() => watch.caused(firings));
  await insertExecutions(tx, firings);
}
