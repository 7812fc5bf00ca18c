import type { Transaction } from '../store/database.ts';
import { findLatches, type Latch, saveLatches } from '../store/latches.ts';
import { addRepeats, type Repeats } from '../store/repeats.ts';
import { lockFreeRunHeads, runKeyText } from '../store/run-heads.ts';
import type { HeldCount } from './held-counts.ts';
import { retiredCounts } from './latch-moves.ts';
import type { TrackingRoom } from './room.ts';

const AT_ONCE = 500;

/** What cannot be saved for so long is of a run that is gone. */
const GIVEN_UP_MS = 10 * 60_000;

/**
 * Saves how many matches were held back. Runs that are locked elsewhere, and all when the database fails, wait for the
 * next time: the counts are put back.
 *
 * @param everything also what was saved less than a minute ago, for instance before the process ends
 */
export async function saveHeldCounts(room: TrackingRoom, everything = false): Promise<void> {
  const { held, ground } = room;
  const counts = everything ? held.takeAll() : held.take(ground.clock.now(), AT_ONCE);
  if (counts.length === 0) return;
  let unsaved: readonly HeldCount[] = counts;
  try {
    unsaved = await ground.database.transaction((tx) => save(tx, counts));
  } finally {
    const now = ground.clock.now();
    held.putBack(unsaved.filter(({ at }) => now - at < GIVEN_UP_MS));
  }
}

/** @returns those whose run is locked elsewhere */
async function save(tx: Transaction, counts: readonly HeldCount[]): Promise<readonly HeldCount[]> {
  const [heads, stored] = await Promise.all([lockFreeRunHeads(tx, counts), findLatches(tx, counts)]);
  const locked = new Set(heads.map(runKeyText));
  const mine = counts.filter((count) => locked.has(runKeyText(count)));
  const known = new Map(stored.map((latch) => [latchText(latch), latch]));
  const changed = new Map<string, Latch>();
  const late: Repeats[] = [];
  for (const count of mine) {
    const key = latchText(count);
    const { latch, repeats } = counted(changed.get(key) ?? known.get(key), count);
    if (latch !== undefined) changed.set(key, latch);
    late.push(...repeats);
  }
  if (changed.size > 0) await saveLatches(tx, [...changed.values()]);
  if (late.length > 0) await addRepeats(tx, late);
  return counts.filter((count) => !locked.has(runKeyText(count)));
}

/** Adds a count to the latch of its firing, or to the execution of that firing when a later one has come. */
function counted(
  latch: Latch | undefined,
  { held, at, ...count }: HeldCount,
): { readonly latch?: Latch; readonly repeats: readonly Repeats[] } {
  if (latch?.conditionRevision === count.conditionRevision && latch.eventId === count.eventId) {
    return {
      latch: { ...latch, held: latch.held + held, lastHeldAt: Math.max(latch.lastHeldAt ?? 0, at) },
      repeats: [],
    };
  }
  const { tenantId, automationId, eventId } = count;
  if (eventId !== null) return { repeats: [{ tenantId, automationId, eventId, count: held, at }] };
  if (latch !== undefined && latch.conditionRevision >= count.conditionRevision) return { repeats: [] };
  const fresh = { ...count, lastFiredAt: null, lastLine: null, armed: true, held, lastHeldAt: at };
  return { latch: fresh, repeats: retiredCounts(latch, fresh) };
}

function latchText({ tenantId, runId, automationId }: Pick<Latch, 'tenantId' | 'runId' | 'automationId'>): string {
  return `${tenantId}/${runId}/${automationId}`;
}
