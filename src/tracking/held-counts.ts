import type { Instant } from '../model/clock.ts';
import type { EventId } from '../model/ids.ts';
import type { LatchKey } from '../store/latches.ts';

/** Matches of one automation on one run that it was held back from firing for. */
export interface HeldCount extends LatchKey {
  readonly conditionRevision: number;
  /** Of the firing since which they were held back; `null` when there was none. */
  readonly eventId: EventId | null;
  readonly held: number;
  /** When the last of them was. */
  readonly at: Instant;
}

/** How often a count is saved at most. */
const SAVED_EVERY_MS = 60_000;

interface Counted {
  count: HeldCount;
  savedAt: Instant;
}

/**
 * What was held back and is not saved yet. A level that holds for hours would otherwise cost a row with every value
 * (data model, "Windows"); what a crash loses of the last minute makes the count too small, never too large.
 */
export class HeldCounts {
  readonly #counted = new Map<string, Counted>();

  add(counts: readonly HeldCount[]): void {
    for (const count of counts) this.#add(count);
  }

  /** Takes back what could not be saved: it is given out again when it is asked for next. */
  putBack(counts: readonly HeldCount[]): void {
    this.add(counts);
    for (const count of counts) {
      const counted = this.#counted.get(textOf(count));
      if (counted !== undefined) counted.savedAt = Number.NEGATIVE_INFINITY;
    }
  }

  /** Takes out, to be saved, those that were last saved a minute ago or never. */
  take(now: Instant, most: number): HeldCount[] {
    const due: HeldCount[] = [];
    for (const [key, counted] of this.#counted) {
      if (now - counted.savedAt < SAVED_EVERY_MS) continue;
      if (counted.count.held === 0) this.#counted.delete(key);
      else if (due.length < most) {
        due.push(counted.count);
        counted.count = { ...counted.count, held: 0 };
        counted.savedAt = now;
      }
    }
    return due;
  }

  /** Takes out all. */
  takeAll(): HeldCount[] {
    const all = [...this.#counted.values()].map(({ count }) => count).filter(({ held }) => held > 0);
    this.#counted.clear();
    return all;
  }

  #add(count: HeldCount): void {
    const key = textOf(count);
    const known = this.#counted.get(key);
    if (known === undefined) this.#counted.set(key, { count, savedAt: Number.NEGATIVE_INFINITY });
    else known.count = { ...count, held: known.count.held + count.held, at: Math.max(known.count.at, count.at) };
  }
}

function textOf({ tenantId, runId, automationId, conditionRevision, eventId }: HeldCount): string {
  return `${tenantId}/${runId}/${automationId}/${conditionRevision}/${eventId}`;
}
