import type { Instant } from '../model/clock.ts';
import type { AutomationId } from '../model/ids.ts';
import type { MetricAutomation } from './automation.ts';
import { isBackfill } from './backfill.ts';
import { judgeMetric, mayHold, mustHold, type Verdict } from './judge.ts';
import { type Latch, restOf } from './latch.ts';
import { LatchFold } from './latch-fold.ts';
import type { ObservedRow } from './observe.ts';
import type { ValueRing } from './value-ring.ts';

/** What firing depends on besides the values and the run. */
export interface FoldContext {
  readonly latches: ReadonlyMap<AutomationId, Latch>;
  readonly now: Instant;
}

/** The condition of an automation holds for one value: it fires if the run matches its filter. */
export interface Firing extends Pick<ObservedRow, 'line' | 'step' | 'timestamp'> {
  readonly automation: MetricAutomation;
  readonly verdict: Verdict;
}

/** What values mean, if the run matches all filters. */
export interface Folded {
  /** In their order. */
  readonly firings: Firing[];
  /** Of automations whose condition held, or ceased to hold where that matters. */
  readonly latches: Map<MetricAutomation, LatchFold>;
}

/** One series in one call of `RunWindows.fold`. */
export class SeriesFold {
  readonly #ring: ValueRing;
  readonly #candidates: readonly MetricAutomation[];
  readonly #context: FoldContext;
  readonly #folded: Folded;
  /** Those that would not fire now. */
  readonly #resting: Set<MetricAutomation>;

  constructor(
    { ring, candidates }: { readonly ring: ValueRing; readonly candidates: readonly MetricAutomation[] },
    context: FoldContext,
    folded: Folded,
  ) {
    this.#ring = ring;
    this.#candidates = candidates;
    this.#context = context;
    this.#folded = folded;
    const { latches, now } = context;
    const rests = (automation: MetricAutomation) => restOf(automation, latches.get(automation.id), now) !== undefined;
    this.#resting = new Set(latches.size === 0 ? [] : candidates.filter(rests));
  }

  judge(value: number, row: ObservedRow): void {
    this.#ring.push(value);
    for (const automation of this.#candidates) {
      const { event } = automation;
      const rests = this.#resting.has(automation);
      if (!mayHold(event, this.#ring)) this.#fail(automation, row, rests);
      else if (rests && mustHold(event, this.#ring)) this.#latchOf(automation).holdBack();
      else this.#judge(automation, row, rests);
    }
  }

  #judge(automation: MetricAutomation, row: ObservedRow, rests: boolean): void {
    const verdict = judgeMetric(automation.event, this.#ring);
    if (!verdict.fires) this.#fail(automation, row, rests);
    else if (this.#isOld(automation, row)) this.#latchOf(automation).holdBack();
    else if (this.#latchOf(automation).holds(this.#context.now)) this.#fire(automation, verdict, row);
  }

  #fire(automation: MetricAutomation, verdict: Verdict, { line, step, timestamp }: ObservedRow): void {
    this.#folded.firings.push({ automation, line, step, timestamp, verdict });
    if (this.#latchOf(automation).rest(this.#context.now) !== undefined) this.#resting.add(automation);
  }

  #fail(automation: MetricAutomation, row: ObservedRow, rests: boolean): void {
    if (!rests || automation.policy.kind !== 'every_crossing' || this.#isOld(automation, row)) return;
    this.#latchOf(automation).fails();
    this.#resting.delete(automation);
  }

  /** What is too old to fire decides nothing at all: it only fills windows. */
  #isOld({ backfill }: MetricAutomation, { timestamp }: ObservedRow): boolean {
    return isBackfill(backfill, timestamp, this.#context.now);
  }

  #latchOf(automation: MetricAutomation): LatchFold {
    const known = this.#folded.latches.get(automation);
    if (known !== undefined) return known;
    const fold = new LatchFold(automation, this.#context.latches.get(automation.id));
    this.#folded.latches.set(automation, fold);
    return fold;
  }
}
