import { findLatches } from '../store/latches.ts';
import { lockRunHeads } from '../store/run-heads.ts';
import { type Decision, decideChunk } from './decide-chunk.ts';
import type { TrackingRoom } from './room.ts';
import type { RunChunk } from './run-chunk.ts';
import { saveDecisions } from './save-decisions.ts';

/** What a run's client is told: its chunk is on disk, and whether it should stop; or the run is gone. */
export type ChunkOutcome = { readonly kind: 'stored'; readonly stop: boolean } | { readonly kind: 'gone' };

/**
 * Stores chunks of different runs in one transaction, together with the events they cause, the executions those
 * fire and their work rows. When it returns, everything is on disk.
 *
 * @param chunks at most one of each run
 * @returns an outcome for each chunk, in their order
 */
export async function appendHistory(room: TrackingRoom, chunks: readonly RunChunk[]): Promise<ChunkOutcome[]> {
  const decisions = await room.ground.database.transaction(async (tx) => {
    // sent together and answered in order: the latches and versions are read after the locks are held
    const [heads, latches, planOf] = await Promise.all([
      lockRunHeads(tx, chunks),
      findLatches(tx, chunks),
      room.rulebooks.plansFor(tx, chunks),
    ]);
    const decided = new Map<string, Decision>();
    for (const chunk of chunks) {
      const head = heads.find(({ runId }) => runId === chunk.runId);
      if (head === undefined) continue;
      const own = latches.filter(({ runId }) => runId === chunk.runId);
      decided.set(chunk.runId, await decideChunk(room, tx, head, planOf(head), chunk, own));
    }
    await saveDecisions(room, tx, [...decided.values()]);
    return decided;
  });
  for (const { before, windows } of decisions.values()) if (windows !== undefined) room.windows.put(before, windows);
  room.woken([...decisions.values()].flatMap(({ caused }) => caused.destinations));
  return chunks.map(({ runId }) => outcomeOf(decisions.get(runId)));
}

function outcomeOf(decision: Decision | undefined): ChunkOutcome {
  return decision === undefined ? { kind: 'gone' } : { kind: 'stored', stop: decision.head.stopRequested };
}
