import type { Limited } from '../engine/latch.ts';
import { type LatchChange, LatchFold } from '../engine/latch-fold.ts';
import type { Instant } from '../model/clock.ts';
import type { AutomationId, EventId } from '../model/ids.ts';
import type { Latch } from '../store/latches.ts';
import type { RunKey } from '../store/run-heads.ts';
import type { LatchMove } from './latch-moves.ts';

type LatchedAutomation = Limited & { readonly id: AutomationId };

interface Moving {
  readonly automation: LatchedAutomation;
  readonly change: LatchChange;
  readonly firings: LatchMove['firings'][number][];
  readonly ownEvents: boolean;
}

/** The latches of one run in one deed: as they are stored, and what the deed makes of them. */
export class RunLatches {
  readonly #run: RunKey;
  readonly #now: Instant;
  readonly #stored: ReadonlyMap<AutomationId, Latch>;
  readonly #moving = new Map<AutomationId, Moving>();
  /** Of those that answer events. */
  readonly #folds = new Map<AutomationId, LatchFold>();

  /** @param stored of this run, read under its lock */
  constructor({ tenantId, runId }: RunKey, stored: readonly Latch[], now: Instant) {
    this.#run = { tenantId, runId };
    this.#stored = new Map(stored.map((latch) => [latch.automationId, latch]));
    this.#now = now;
  }

  get stored(): ReadonlyMap<AutomationId, Latch> {
    return this.#stored;
  }

  /** Takes in what the values of a chunk make of the latch of a metric automation. */
  change(automation: LatchedAutomation, change: LatchChange): void {
    this.#moving.set(automation.id, { automation, change, firings: [], ownEvents: true });
  }

  /** A match of an automation on an event that others may match too. @returns whether its policy lets it fire */
  holds(automation: LatchedAutomation): boolean {
    const fold = this.#folds.get(automation.id) ?? new LatchFold(automation, this.#stored.get(automation.id));
    if (!this.#folds.has(automation.id)) {
      this.#folds.set(automation.id, fold);
      this.#moving.set(automation.id, { automation, change: fold, firings: [], ownEvents: false });
    }
    return fold.holds(this.#now);
  }

  fired({ id }: LatchedAutomation, eventId: EventId, line: number | null = null): void {
    this.#moving.get(id)?.firings.push({ eventId, line });
  }

  get moves(): LatchMove[] {
    return [...this.#moving.values()].map(({ automation, change, firings, ownEvents }) => ({
      ...this.#run,
      at: this.#now,
      automationId: automation.id,
      conditionRevision: automation.conditionRevision,
      stored: this.#stored.get(automation.id),
      firings,
      armed: change.armed,
      held: change.held,
      ownEvents,
    }));
  }
}
