import type { RunId } from '../model/ids.ts';
import { hasEnded } from '../model/run-state.ts';
import type { Transaction } from '../store/database.ts';
import { findLatches } from '../store/latches.ts';
import { limitLockWaits, lockFreeRunHeads, lockRunHeads, type RunHead, type RunKey } from '../store/run-heads.ts';
import { type Decision, decideChunk } from './decide-chunk.ts';
import type { TrackingRoom } from './room.ts';
import type { RunChunk } from './run-chunk.ts';
import { saveDecisions } from './save-decisions.ts';
import type { StoredChunks } from './watch.ts';

/** What a run's client is told: its chunk is on disk, and whether it should stop; or the run is gone. */
export type ChunkOutcome = { readonly kind: 'stored'; readonly stop: boolean } | { readonly kind: 'gone' };

const LONGEST_LOCK_WAIT_MS = 2000;

/** How runs are treated in one transaction. */
interface Manner {
  readonly lock: (tx: Transaction, runs: readonly RunKey[]) => Promise<RunHead[]>;
  /** How many stored chunks may be read back for windows that are not in memory. */
  readonly mostChunks: number;
  readonly settle: (decision: Promise<Decision>) => Promise<Decision | undefined>;
}

/** Nobody waits for another's lock, for another's long history or for another's fault. */
const IN_COMPANY: Manner = {
  lock: lockFreeRunHeads,
  mostChunks: 64,
  settle: (decision) => decision.catch(() => undefined),
};

const ALONE: Manner = {
  lock: async (tx, runs) => {
    const [, heads] = await Promise.all([limitLockWaits(tx, LONGEST_LOCK_WAIT_MS), lockRunHeads(tx, runs)]);
    return heads;
  },
  mostChunks: Number.POSITIVE_INFINITY,
  settle: (decision) => decision,
};

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
  const decisions = await commit(room, chunks, IN_COMPANY);
  return chunks.map(({ runId }) => {
    const decision = decisions.get(runId);
    return decision === undefined ? undefined : storedBy(decision);
  });
}

/** Stores one chunk as {@link appendTogether} does; waits for the run's lock and for as much history as it needs. */
export async function appendAlone(room: TrackingRoom, chunk: RunChunk): Promise<ChunkOutcome> {
  const decision = (await commit(room, [chunk], ALONE)).get(chunk.runId);
  return decision === undefined ? { kind: 'gone' } : storedBy(decision);
}

async function commit(
  room: TrackingRoom,
  chunks: readonly RunChunk[],
  manner: Manner,
): Promise<ReadonlyMap<RunId, Decision>> {
  const decisions = await room.ground.database.transaction(async (tx) => {
    const decided = await decideAll(room, tx, chunks, manner);
    await saveDecisions(room, tx, decided);
    return decided;
  });
  for (const { before, head, windows } of decisions) {
    if (windows !== undefined) room.windows.put(before, windows);
    if (hasEnded(head.state)) room.columnsWanted(before);
  }
  if (decisions.length > 0) room.watch?.stored(sumOf(decisions));
  room.woken(decisions.flatMap(({ caused }) => caused.destinations));
  return new Map(decisions.map((decision) => [decision.before.runId, decision]));
}

async function decideAll(
  room: TrackingRoom,
  tx: Transaction,
  chunks: readonly RunChunk[],
  { lock, mostChunks, settle }: Manner,
): Promise<Decision[]> {
  // sent together and answered in order: the latches and versions are read after the locks are held
  const [heads, latches, planOf] = await Promise.all([
    lock(tx, chunks),
    findLatches(tx, chunks),
    room.rulebooks.plansFor(tx, chunks),
  ]);
  const headOf = new Map(heads.map((head) => [head.runId, head]));
  const decided = await Promise.all(
    chunks.map((chunk) => {
      const head = headOf.get(chunk.runId);
      if (head === undefined) return undefined;
      const own = latches.filter(({ runId }) => runId === chunk.runId);
      return settle(decideChunk(room, tx, head, planOf(head), chunk, own, mostChunks));
    }),
  );
  return decided.filter((decision) => decision !== undefined);
}

function sumOf(decisions: readonly Decision[]): StoredChunks {
  const lines = decisions.flatMap(({ history, events }) => [...history.lines, ...events.lines]);
  return {
    chunks: decisions.length,
    lines: lines.length,
    points: lines.reduce((sum, { values }) => sum + Object.keys(values).length, 0),
    evaluations: decisions.reduce((sum, { evaluations }) => sum + evaluations, 0),
  };
}

function storedBy({ head }: Decision): ChunkOutcome {
  return { kind: 'stored', stop: head.stopRequested };
}
