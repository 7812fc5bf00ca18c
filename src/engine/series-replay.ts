import type { Instant } from '../model/clock.ts';
import type { MetricAutomation } from './automation.ts';
import { judgeMetric, mayHold, type Verdict } from './judge.ts';
import { LatchFold } from './latch-fold.ts';
import type { SeriesPiece } from './series-piece.ts';
import { ValueRing } from './value-ring.ts';

/** The condition of an automation holds for the value of a line, as far as is known without the time of the line. */
export interface Candidate {
  readonly line: number;
  readonly verdict: Verdict;
}

/** A candidate that fires, at the instant when its line arrived. */
export interface Replayed extends Candidate {
  readonly at: Instant;
}

/**
 * Judges the stored values of one run and one automation as they were judged, or would have been, when they arrived:
 * by the same windows, judgement and limit (automations, section 8.3). How values are cut into pieces makes no
 * difference.
 */
export class SeriesReplay {
  readonly #automation: MetricAutomation;
  readonly #ring: ValueRing;
  readonly #latch: LatchFold;
  #awakeFrom = 0;
  #values = 0;

  /**
   * @param before values before the first piece, oldest first: they fill the window
   * @param latch as another series of the same run left it
   */
  constructor(
    automation: MetricAutomation,
    before: Iterable<number>,
    latch: LatchFold = new LatchFold(automation, undefined),
  ) {
    this.#automation = automation;
    this.#latch = latch;
    this.#ring = new ValueRing(automation.needs);
    for (const value of before) this.#ring.push(value);
  }

  /** Values that were taken in, those before the first piece left out. */
  get values(): number {
    return this.#values;
  }

  /** Until when it rests whatever comes, infinite for good; `undefined` when it does not. */
  restsUntil(now: Instant): Instant | undefined {
    const rest = this.#latch.rest(now);
    switch (rest?.kind) {
      case 'until':
        return rest.at;
      case 'for_good':
        return Number.POSITIVE_INFINITY;
      case 'until_crossing':
      case undefined:
        return undefined;
    }
  }

  /**
   * Takes in a piece. Each candidate is to be answered with the instant when its line arrived. While the automation
   * rests every value that holds is one, unless {@link sleepUntil} tells which lines need not be asked about.
   *
   * @returns those that fire
   */
  *fold(piece: SeriesPiece): Generator<Candidate, Replayed[], Instant> {
    const firings: Replayed[] = [];
    for (let index = 0; index < piece.values.length; index += 1) {
      const candidate = this.#take(piece, index);
      if (candidate === undefined) continue;
      const at = yield candidate;
      if (this.#latch.holds(at)) firings.push({ ...candidate, at });
    }
    return firings;
  }

  /** No line before this one can fire. */
  sleepUntil(line: number): void {
    this.#awakeFrom = line;
  }

  #take({ firstLine, lines, values }: SeriesPiece, index: number): Candidate | undefined {
    const value = values[index] as number;
    if (Number.isNaN(value)) return undefined;
    this.#ring.push(value);
    this.#values += 1;
    const line = firstLine + (lines[index] as number);
    if (line < this.#awakeFrom) return undefined;
    const { event } = this.#automation;
    const verdict = mayHold(event, this.#ring) ? judgeMetric(event, this.#ring) : undefined;
    if (verdict?.fires) return this.#awaitsFailure() ? undefined : { line, verdict };
    this.#latch.fails();
    return undefined;
  }

  #awaitsFailure(): boolean {
    return this.#automation.policy.kind === 'every_crossing' && !this.#latch.armed;
  }
}
