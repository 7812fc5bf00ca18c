import type { CapturedRun } from '../events/run-subject.ts';
import type { Instant } from '../model/clock.ts';

/** A firing that there would have been. */
export interface PastFiring {
  readonly at: Instant;
  /** `entity/project/name` of a run, a version or a collection. */
  readonly subject: string;
  /** The id of a run; `null` for what is no run. */
  readonly run: string | null;
  /** What was measured, or what happened. */
  readonly words: string;
  /** Our number of the line, and its step; `null` where no metric fired. */
  readonly line: number | null;
  readonly step: number | null;
  /** Of the window that fired, newest last. */
  readonly values: readonly number[];
  /** The event that was there; `null` for a metric. */
  readonly event: string | null;
}

/** How far a backtest is, and what it found. */
export interface BacktestReport {
  readonly runs: { readonly considered: number; readonly matched: number; readonly fired: number };
  readonly events: { readonly considered: number; readonly matched: number };
  /** Values of the metric that were judged. */
  readonly values: number;
  /** Firings in all; more than are listed when there are very many. */
  readonly fired: number;
  readonly firings: readonly PastFiring[];
  /** Runs that have the metric, newest first: the first few that were met. */
  readonly looked: readonly LookedRun[];
}

/** A run whose values were judged. */
export interface LookedRun {
  readonly entity: string;
  readonly project: string;
  readonly run: string;
  /** As people see it. */
  readonly name: string;
}

/** Firings that are listed. */
export const MOST_LISTED = 1_000;
const MOST_LOOKED = 5;

export const NO_REPORT: BacktestReport = {
  runs: { considered: 0, matched: 0, fired: 0 },
  events: { considered: 0, matched: 0 },
  values: 0,
  fired: 0,
  firings: [],
  looked: [],
};

/** A report with one firing more. */
export function withFiring(report: BacktestReport, firing: PastFiring): BacktestReport {
  const listed = isFull(report) ? report.firings : [...report.firings, firing];
  return { ...report, fired: report.fired + 1, firings: listed };
}

/** Whether no further firing is listed. */
export function isFull({ firings }: BacktestReport): boolean {
  return firings.length >= MOST_LISTED;
}

/** A report with one run more that the filter matches. @param seen whether it has values of the metric */
export function withRun(
  report: BacktestReport,
  { entity, project, id, displayName }: Pick<CapturedRun, 'entity' | 'project' | 'id' | 'displayName'>,
  { fired, seen }: { readonly fired: boolean; readonly seen: boolean },
): BacktestReport {
  const { runs, looked } = report;
  const counted = { ...runs, matched: runs.matched + 1, fired: runs.fired + Number(fired) };
  if (!seen || looked.length >= MOST_LOOKED) return { ...report, runs: counted };
  return { ...report, runs: counted, looked: [...looked, { entity, project, run: id, name: displayName }] };
}
