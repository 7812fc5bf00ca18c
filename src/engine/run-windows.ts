import type { Instant } from '../model/clock.ts';
import type { AutomationId } from '../model/ids.ts';
import type { MetricAutomation } from './automation.ts';
import { judgeMetric, type Verdict } from './judge.ts';
import { COOLDOWN, isResting, type Latch } from './latch.ts';
import type { RunPlan } from './run-plan.ts';
import { ValueRing } from './value-ring.ts';

/** The observations of one stored line. */
export interface ObservedRow {
  /** Our number of the line in its stream. */
  readonly line: number;
  readonly step: number | null;
  /** Seconds since 1970 by the client's clock. */
  readonly timestamp: number | null;
  readonly values: readonly (readonly [series: string, value: number])[];
}

/** What firing depends on besides the values. */
export interface FoldContext {
  readonly latches: ReadonlyMap<AutomationId, Latch>;
  /** Whether the run matches the automation's filter now; asked only when its condition holds. */
  readonly matchesRun: (automation: MetricAutomation) => boolean;
  readonly now: Instant;
  /** Milliseconds between two firings of one automation for one run; 24 hours when absent. */
  readonly cooldown?: number;
}

/** One automation fires because of one value. */
export interface Firing {
  readonly automation: MetricAutomation;
  readonly line: number;
  readonly step: number | null;
  readonly timestamp: number | null;
  readonly verdict: Verdict;
}

/** A series of which more history is needed. */
export interface Lack {
  readonly metric: string;
  /** How many of its newest values are needed. */
  readonly need: number;
}

interface Series {
  readonly ring: ValueRing;
  /** Whether every value ever observed has gone through the ring. */
  readonly complete: boolean;
}

/**
 * The newest values of each watched metric of one run: a cache over stored history, never the truth (data model,
 * "Windows"). Throw it away when a transaction fails after {@link fold}, when the run is rewound, or at any time.
 */
export class RunWindows {
  readonly #series = new Map<string, Series>();
  /** Whether a series that is not there has no values, rather than values that were not looked at. */
  readonly #fromStart: boolean;
  /** Series that became watched after lines had gone by. */
  readonly #missed = new Set<string>();
  #plan: RunPlan | undefined;
  #satisfied = false;

  private constructor(fromStart: boolean, plan: RunPlan | undefined) {
    this.#fromStart = fromStart;
    this.#plan = plan;
  }

  /** For a run that has no lines yet. Every later chunk must be folded, or these windows be thrown away. */
  static ofNewRun(plan: RunPlan): RunWindows {
    return new RunWindows(true, plan);
  }

  /** For a run that has lines: all that is watched is lacking until it is refilled. */
  static ofStoredRun(): RunWindows {
    return new RunWindows(false, undefined);
  }

  /** Numbers held in memory. */
  get cells(): number {
    let cells = 0;
    for (const { ring } of this.#series.values()) cells += ring.allocated;
    return cells;
  }

  /** The series of which more history must be read before rows can be folded by this plan. */
  lacking(plan: RunPlan): readonly Lack[] {
    this.#adopt(plan);
    if (this.#satisfied) return [];
    const lacks = [...plan.metrics].map((metric) => ({ metric, need: plan.longest(metric) }));
    const found = lacks.filter((lack) => !this.#suffices(lack));
    this.#satisfied = found.length === 0;
    return found;
  }

  /**
   * Puts stored values in place of what is held of a series.
   *
   * @param values oldest first
   * @param complete whether these are all values ever observed
   */
  refill(metric: string, values: Iterable<number>, complete: boolean): void {
    const stored = [...values];
    const ring = new ValueRing(stored.length);
    for (const value of stored) ring.push(value);
    this.#series.set(metric, { ring, complete });
  }

  /**
   * Takes in rows in order and judges each by itself. How rows are cut into calls makes no difference, except
   * that `context` is that of the call. Cost: for each value, the values its watchers look at.
   *
   * @throws Error when history is {@link lacking}: a fault of the caller
   */
  fold(rows: readonly ObservedRow[], plan: RunPlan, context: FoldContext): Firing[] {
    const [lack] = this.lacking(plan);
    if (lack !== undefined) throw new Error(`the window of '${lack.metric}' lacks stored values`);
    const fold = new Fold(context);
    for (const row of rows) {
      for (const [metric, value] of row.values) {
        const watchers = plan.watchersOf(metric);
        if (watchers.length === 0) continue;
        const ring = this.#ring(metric, plan);
        ring.push(value);
        for (const automation of watchers) fold.judge(automation, ring, row);
      }
    }
    return fold.firings;
  }

  #adopt(plan: RunPlan): void {
    if (plan === this.#plan) return;
    for (const metric of this.#series.keys()) if (!plan.watches(metric)) this.#series.delete(metric);
    if (this.#fromStart) {
      for (const metric of plan.metrics) if (!this.#plan?.watches(metric)) this.#missed.add(metric);
    }
    this.#plan = plan;
    this.#satisfied = false;
  }

  #suffices({ metric, need }: Lack): boolean {
    const series = this.#series.get(metric);
    if (series === undefined) return this.#fromStart && !this.#missed.has(metric);
    const isAll = series.complete && series.ring.pushed === series.ring.size;
    return isAll || series.ring.size >= need;
  }

  #ring(metric: string, plan: RunPlan): ValueRing {
    const need = plan.longest(metric);
    const known = this.#series.get(metric);
    const series = known ?? { ring: new ValueRing(need), complete: true };
    if (known === undefined) this.#series.set(metric, series);
    series.ring.ensure(need);
    return series.ring;
  }
}

/** One call of {@link RunWindows.fold}: what fired in it rests at once. */
class Fold {
  readonly firings: Firing[] = [];
  readonly #context: FoldContext;
  readonly #fired = new Map<AutomationId, Latch>();

  constructor(context: FoldContext) {
    this.#context = context;
  }

  judge(automation: MetricAutomation, ring: ValueRing, { line, step, timestamp }: ObservedRow): void {
    const { latches, matchesRun, now, cooldown = COOLDOWN } = this.#context;
    const latch = this.#fired.get(automation.id) ?? latches.get(automation.id);
    if (isResting(latch, automation, now, cooldown)) return;
    const verdict = judgeMetric(automation.event, ring);
    if (!verdict.fires || !matchesRun(automation)) return;
    this.#fired.set(automation.id, { conditionRevision: automation.conditionRevision, lastFiredAt: now });
    this.firings.push({ automation, line, step, timestamp, verdict });
  }
}
