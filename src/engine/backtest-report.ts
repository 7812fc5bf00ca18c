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
}

/** Firings that are listed. */
export const MOST_LISTED = 1_000;

export const NO_REPORT: BacktestReport = {
  runs: { considered: 0, matched: 0, fired: 0 },
  events: { considered: 0, matched: 0 },
  values: 0,
  fired: 0,
  firings: [],
};

/** A report with one firing more. */
export function withFiring(report: BacktestReport, firing: PastFiring): BacktestReport {
  const listed = report.firings.length < MOST_LISTED ? [...report.firings, firing] : report.firings;
  return { ...report, fired: report.fired + 1, firings: listed };
}
