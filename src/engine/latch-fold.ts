import type { Instant } from '../model/clock.ts';
import { type Latch, type Limited, type Rest, restOf, validLatch } from './latch.ts';

/** What matches made of a latch. */
export interface LatchChange {
  /** Whether the condition is false, or was since the last firing. */
  readonly armed: boolean;
  /** Whether it became so here. */
  readonly rearmed: boolean;
  /** Matches that were held back: before the first firing of these, and after each firing. */
  readonly held: readonly [number, ...number[]];
}

/** The latch of one automation and one run while matches go by: those of one deed, or those of years replayed. */
export class LatchFold implements LatchChange {
  readonly #automation: Limited;
  #latch: Latch;
  #rearmed = false;
  readonly #held: [number, ...number[]] = [0];

  constructor(automation: Limited, latch: Latch | undefined) {
    const { conditionRevision } = automation;
    this.#automation = automation;
    this.#latch = validLatch(latch, automation) ?? { conditionRevision, lastFiredAt: null, armed: true };
  }

  get armed(): boolean {
    return this.#latch.armed;
  }

  get rearmed(): boolean {
    return this.#rearmed;
  }

  get held(): readonly [number, ...number[]] {
    return this.#held;
  }

  /** What would hold back a match at an instant; `undefined` when it would fire. */
  rest(at: Instant): Rest | undefined {
    return restOf(this.#automation, this.#latch, at);
  }

  /** The condition holds at an instant. @returns whether it fires; else it is counted as held back */
  holds(at: Instant): boolean {
    if (this.rest(at) !== undefined) {
      this.holdBack();
      return false;
    }
    this.#latch = { ...this.#latch, lastFiredAt: at, armed: false };
    this.#held.push(0);
    return true;
  }

  /** The condition holds where nothing may fire. */
  holdBack(): void {
    this.#held[this.#held.length - 1] = (this.#held.at(-1) ?? 0) + 1;
  }

  /** The condition does not hold. */
  fails(): void {
    if (this.#latch.armed) return;
    this.#latch = { ...this.#latch, armed: true };
    this.#rearmed = true;
  }
}
