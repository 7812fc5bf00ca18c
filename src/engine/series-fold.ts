import type { Instant } from '../model/clock.ts';
import type { AutomationId } from '../model/ids.ts';
import type { MetricAutomation } from './automation.ts';
import { isBackfill } from './backfill.ts';
import { judgeMetric, mayHold, type Verdict } from './judge.ts';
import { type Latch, validLatch } from './latch.ts';
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
  /** Those that wait for a value that does not meet their condition. */
  readonly #disarmed: Set<MetricAutomation>;

  constructor(
    { ring, candidates }: { readonly ring: ValueRing; readonly candidates: readonly MetricAutomation[] },
    context: FoldContext,
    folded: Folded,
  ) {
    this.#ring = ring;
    this.#candidates = candidates;
    this.#context = context;
    this.#folded = folded;
    const isDisarmed = (automation: MetricAutomation): boolean =>
      awaitsFailure(automation) && validLatch(context.latches.get(automation.id), automation)?.armed === false;
    this.#disarmed = new Set(context.latches.size === 0 ? [] : candidates.filter(isDisarmed));
  }

  judge(value: number, row: ObservedRow): void {
    this.#ring.push(value);
    for (const automation of this.#candidates) {
      const verdict = mayHold(automation.event, this.#ring) ? judgeMetric(automation.event, this.#ring) : undefined;
      if (verdict?.fires) this.#hold(automation, verdict, row);
      else if (this.#disarmed.has(automation)) this.#fail(automation, row);
    }
  }

  #hold(automation: MetricAutomation, verdict: Verdict, row: ObservedRow): void {
    const latch = this.#latchOf(automation);
    if (this.#isOld(automation, row)) latch.ignore();
    else if (latch.holds()) this.#fire(automation, verdict, row);
  }

  #fire(automation: MetricAutomation, verdict: Verdict, row: ObservedRow): void {
    const { line, step, timestamp } = row;
    this.#folded.firings.push({ automation, line, step, timestamp, verdict });
    if (awaitsFailure(automation)) this.#disarmed.add(automation);
  }

  #fail(automation: MetricAutomation, row: ObservedRow): void {
    if (this.#isOld(automation, row)) return;
    this.#latchOf(automation).fails();
    this.#disarmed.delete(automation);
  }

  /** What is too old to fire decides nothing at all: it only fills windows. */
  #isOld({ backfill }: MetricAutomation, { timestamp }: ObservedRow): boolean {
    return isBackfill(backfill, timestamp, this.#context.now);
  }

  #latchOf(automation: MetricAutomation): LatchFold {
    const known = this.#folded.latches.get(automation);
    if (known !== undefined) return known;
    const { latches, now } = this.#context;
    const fold = new LatchFold(automation, latches.get(automation.id), now);
    this.#folded.latches.set(automation, fold);
    return fold;
  }
}

function awaitsFailure({ policy }: MetricAutomation): boolean {
  return policy.kind === 'every_crossing';
}
