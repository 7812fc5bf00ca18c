import { hasEnded } from '../model/run-state.ts';
import type { Transaction } from '../store/database.ts';
import { findLatches } from '../store/latches.ts';
import { limitLockWaits, lockFreeRunHeads, lockRunHeads, type RunHead } from '../store/run-heads.ts';
import { type Decision, decideChunk } from './decide-chunk.ts';
import type { TrackingRoom } from './room.ts';
import type { RunChunk } from './run-chunk.ts';
import { saveDecisions } from './save-decisions.ts';

/** What a run's client is told: its chunk is on disk, and whether it should stop; or the run is gone. */
export type ChunkOutcome = { readonly kind: 'stored'; readonly stop: boolean } | { readonly kind: 'gone' };

const LONGEST_LOCK_WAIT_MS = 2000;

/**
 * Stores chunks of different runs in one transaction, together with the events they cause, the executions those
 * fire and their work rows. When it returns, everything that has an outcome is on disk.
 *
 * @param chunks at most one of each run
 * @returns an outcome for each chunk, in their order; `undefined` where the run could not be stored in company,
 *   because it is gone, locked, far behind or at fault: it must be {@link appendAlone}
 */
export async function appendTogether(
  room: TrackingRoom,
  chunks: readonly RunChunk[],
): Promise<(ChunkOutcome | undefined)[]> {
  const decisions = await commit(room, chunks, lockFreeRunHeads, (decision) => decision.catch(() => undefined));
  return chunks.map(({ runId }) => {
    const decision = decisions.get(runId);
    return decision === undefined ? undefined : storedBy(decision);
  });
}

/** Stores one chunk as {@link appendTogether} does; waits for the run's lock and for as much history as it needs. */
export async function appendAlone(room: TrackingRoom, chunk: RunChunk): Promise<ChunkOutcome> {
  const lock = async (tx: Transaction, keys: readonly RunChunk[]): Promise<RunHead[]> => {
    const [, heads] = await Promise.all([limitLockWaits(tx, LONGEST_LOCK_WAIT_MS), lockRunHeads(tx, keys)]);
    return heads;
  };
  const decision = (await commit(room, [chunk], lock, (decided) => decided)).get(chunk.runId);
  return decision === undefined ? { kind: 'gone' } : storedBy(decision);
}

type Decisions = ReadonlyMap<string, Decision>;

async function commit(
  room: TrackingRoom,
  chunks: readonly RunChunk[],
  lock: (tx: Transaction, chunks: readonly RunChunk[]) => Promise<RunHead[]>,
  settle: (decision: Promise<Decision>) => Promise<Decision | undefined>,
): Promise<Decisions> {
  const decisions = await room.ground.database.transaction(async (tx) => {
    // sent together and answered in order: the latches and versions are read after the locks are held
    const [heads, latches, planOf] = await Promise.all([
      lock(tx, chunks),
      findLatches(tx, chunks),
      room.rulebooks.plansFor(tx, chunks),
    ]);
    const chunkOf = new Map(chunks.map((chunk) => [chunk.runId, chunk]));
    const decided = await Promise.all(
      heads.map((head) => {
        const chunk = chunkOf.get(head.runId);
        if (chunk === undefined) throw new Error(`run ${head.runId} was locked and not asked for`);
        const own = latches.filter(({ runId }) => runId === head.runId);
        return settle(decideChunk(room, tx, head, planOf(head), chunk, own));
      }),
    );
    const sound = decided.filter((decision) => decision !== undefined);
    await saveDecisions(room, tx, sound);
    return new Map(sound.map((decision) => [decision.before.runId, decision]));
  });
  for (const { before, head, windows } of decisions.values()) {
    if (windows !== undefined) room.windows.put(before, windows);
    if (hasEnded(head.state)) room.columnsWanted(before);
  }
  room.woken([...decisions.values()].flatMap(({ caused }) => caused.destinations));
  return decisions;
}

function storedBy({ head }: Decision): ChunkOutcome {
  return { kind: 'stored', stop: head.stopRequested };
}
