import type { Instant } from '../model/clock.ts';
import { type Latch, type Limited, restOf, validLatch } from './latch.ts';

/** What matches made of a latch. */
export interface LatchChange {
  /** Whether the condition is false, or was since the last firing. */
  readonly armed: boolean;
  /** Whether it became so here. */
  readonly rearmed: boolean;
  /** Matches that were held back: before the first firing of these, and after each firing. */
  readonly held: readonly [number, ...number[]];
}

/** The latch of one automation and one run while matches go by, all of them at one instant. */
export class LatchFold implements LatchChange {
  readonly #automation: Limited;
  readonly #now: Instant;
  #latch: Latch;
  #rearmed = false;
  readonly #held: [number, ...number[]] = [0];

  constructor(automation: Limited, latch: Latch | undefined, now: Instant) {
    const { conditionRevision } = automation;
    this.#automation = automation;
    this.#now = now;
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

  /** Whether a match would be held back now. */
  get rests(): boolean {
    return restOf(this.#automation, this.#latch, this.#now) !== undefined;
  }

  /** The condition holds. @returns whether it fires; else it is counted as held back */
  holds(): boolean {
    if (this.rests) {
      this.holdBack();
      return false;
    }
    this.#latch = { ...this.#latch, lastFiredAt: this.#now, armed: false };
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
