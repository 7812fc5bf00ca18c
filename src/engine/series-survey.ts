import type { MetricAutomation } from './automation.ts';
import { judgeMetric, mayHold, type Verdict } from './judge.ts';
import type { SeriesPiece } from './series-piece.ts';
import { leastShortfall, shortfall } from './shortfall.ts';
import { ValueRing } from './value-ring.ts';

/** The value that came nearest to a condition without meeting it. */
export interface NearestMiss {
  /** Our number of its line. */
  readonly line: number;
  readonly verdict: Verdict;
  /** By how much, in the unit of what is compared. */
  readonly shortfall: number;
}

/** Looks for values of one series that met a condition, and for the one that came nearest. */
export class SeriesSurvey {
  readonly #automation: MetricAutomation;
  #looked = 0;
  #held = 0;
  #lastHeld: number | undefined;
  #nearest: NearestMiss | undefined;
  #isNearest = true;

  constructor(automation: MetricAutomation) {
    this.#automation = automation;
  }

  /** Values of which is known whether they met the condition. */
  get looked(): number {
    return this.#looked;
  }

  /** How many of them met the condition. */
  get held(): number {
    return this.#held;
  }

  /** The highest line of these. */
  get lastHeld(): number | undefined {
    return this.#lastHeld;
  }

  get nearest(): NearestMiss | undefined {
    return this.#nearest;
  }

  /** Whether none of the values that are accounted for can have come nearer. */
  get isNearest(): boolean {
    return this.#isNearest;
  }

  /**
   * Begins to look at consecutive values; stretches of a series may be looked at in any order.
   *
   * @param before values before these, oldest first: they fill the window
   * @returns what takes piece after piece
   */
  stretch(before: Iterable<number>): (piece: SeriesPiece) => void {
    const ring = new ValueRing(this.#automation.needs);
    for (const value of before) ring.push(value);
    return ({ firstLine, lines, values }) => {
      for (let index = 0; index < values.length; index += 1) {
        const value = values[index] as number;
        if (Number.isNaN(value)) continue;
        ring.push(value);
        this.#looked += 1;
        if (this.#isPromising(ring)) this.#judge(ring, firstLine + (lines[index] as number));
      }
    };
  }

  /** Values that are known to meet the condition without being looked at. @param lastLine of the last of them */
  hold(values: number, lastLine: number): void {
    this.#looked += values;
    this.#held += values;
    this.#lastHeld = Math.max(lastLine, this.#lastHeld ?? lastLine);
  }

  /** Values that are known not to meet it. @param nearer whether one of them may come nearer than what is known */
  pass(values: number, nearer: boolean): void {
    this.#looked += values;
    if (nearer) this.#isNearest = false;
  }

  #isPromising(ring: ValueRing): boolean {
    const { event, needs } = this.#automation;
    if (ring.size < needs) return false;
    const bounds = { low: ring.lowest, high: ring.highest };
    return (
      mayHold(event, ring) || leastShortfall(event, bounds) < (this.#nearest?.shortfall ?? Number.POSITIVE_INFINITY)
    );
  }

  #judge(ring: ValueRing, line: number): void {
    const { event } = this.#automation;
    const verdict = judgeMetric(event, ring);
    if (verdict.fires) {
      this.#held += 1;
      this.#lastHeld = Math.max(line, this.#lastHeld ?? line);
      return;
    }
    const missing = shortfall(event, verdict);
    if (missing < (this.#nearest?.shortfall ?? Number.POSITIVE_INFINITY)) {
      this.#nearest = { line, verdict, shortfall: missing };
    }
  }
}
