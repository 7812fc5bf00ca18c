import { type Measures, MOST_CAPTURED_VALUES } from '../events/captured-metric.ts';
import type { EventDefinition } from '../events/index.ts';
import type { Aggregation, Direction } from '../events/metric-event.ts';
import type { Comparison, RunMetric } from '../events/run-metric.ts';
import type { RunMetricChange } from '../events/run-metric-change.ts';
import type { RunMetricZScore } from '../events/run-metric-zscore.ts';
import { aggregate, deviation, mean } from './statistics.ts';
import type { ValueRing } from './value-ring.ts';

/** An event that watches the values of one metric. */
export type MetricEvent = Extract<EventDefinition, { metric: string }>;

/** Why a condition holds or not. */
export type VerdictReason =
  | 'holds'
  | 'does_not_hold'
  | 'window_not_full'
  /** The baseline of a z-score is constant. */
  | 'no_variation'
  /** A side of the comparison is not a number, for instance the difference of two infinities. */
  | 'not_a_number';

/** What the newest value of a metric means to one automation. */
export interface Verdict extends Measures {
  readonly fires: boolean;
  readonly reason: VerdictReason;
  /** Of the current window, newest last, at most {@link MOST_CAPTURED_VALUES}; empty unless it fires. */
  readonly values: readonly number[];
}

/** A standard deviation of at most this fraction of the mean is rounding, not variation. */
const ROUNDING = 1e-12;

/** How many values an event looks at, the newest included (automations, section 2.6). */
export function requiredValues(event: MetricEvent): number {
  switch (event.type) {
    case 'RUN_METRIC':
      return event.aggregation === null ? 1 : event.window;
    case 'RUN_METRIC_CHANGE':
      return event.aggregation === null ? 2 : event.currentWindow + event.priorWindow;
    case 'RUN_METRIC_ZSCORE':
      return event.window + 1;
  }
}

/**
 * Whether the condition may hold for the newest value of a ring, by the bounds of its values alone: they say no to
 * most values of most metrics, and cost nothing. A mean lies between the values, also after rounding.
 */
export function mayHold(event: MetricEvent, ring: ValueRing): boolean {
  switch (event.type) {
    case 'RUN_METRIC':
      return mayCompare(ring, event.comparison, event.threshold);
    case 'RUN_METRIC_CHANGE':
      return event.changeType === 'RELATIVE' || ring.highest - ring.lowest >= event.amount;
    case 'RUN_METRIC_ZSCORE':
      return ring.lowest < ring.highest;
  }
}

/**
 * Whether the condition holds for the newest value of a ring whatever the values between its bounds are: they say yes to
 * most values of a level that holds for hours, and cost nothing. Never yes where {@link judgeMetric} says no.
 */
export function mustHold(event: MetricEvent, ring: ValueRing): boolean {
  if (event.type !== 'RUN_METRIC' || ring.size < requiredValues(event)) return false;
  const { comparison, threshold } = event;
  return (
    compare(ring.lowest, comparison, threshold) && compare(ring.highest, comparison, threshold) && !isSplit(event, ring)
  );
}

/** Whether values lie on both sides of the one that must not be met: what is between them may meet it. */
function isSplit({ comparison, threshold }: RunMetric, { lowest, highest }: ValueRing): boolean {
  return comparison === '$ne' && lowest < threshold && threshold < highest;
}

function mayCompare({ lowest, highest }: ValueRing, comparison: Comparison, threshold: number): boolean {
  switch (comparison) {
    case '$gt':
    case '$gte':
      return compare(highest, comparison, threshold);
    case '$lt':
    case '$lte':
      return compare(lowest, comparison, threshold);
    case '$eq':
      return lowest <= threshold && threshold <= highest;
    case '$ne':
      return lowest < threshold || highest > threshold;
  }
}

/**
 * Judges the newest value of a ring. A pure function of the newest {@link requiredValues} values, whose cost is
 * their number.
 */
export function judgeMetric(event: MetricEvent, ring: ValueRing): Verdict {
  if (ring.size < requiredValues(event)) return { fires: false, reason: 'window_not_full', values: [] };
  switch (event.type) {
    case 'RUN_METRIC':
      return judgeThreshold(event, ring);
    case 'RUN_METRIC_CHANGE':
      return judgeChange(event, ring);
    case 'RUN_METRIC_ZSCORE':
      return judgeZScore(event, ring);
  }
}

function judgeThreshold(event: RunMetric, ring: ValueRing): Verdict {
  const count = requiredValues(event);
  const current = measure(ring, 0, count, event.aggregation);
  const fires = compare(current, event.comparison, event.threshold);
  return { fires, reason: reasonOf(fires, current), current, values: captured(fires, ring, count) };
}

function judgeChange(event: RunMetricChange, ring: ValueRing): Verdict {
  const [count, before] = event.aggregation === null ? [1, 1] : [event.currentWindow, event.priorWindow];
  const current = measure(ring, 0, count, event.aggregation);
  const prior = measure(ring, count, before, event.aggregation);
  const change = event.changeType === 'ABSOLUTE' ? current - prior : relative(current - prior, prior);
  const fires = reaches(change, event.direction, event.amount);
  return { fires, reason: reasonOf(fires, change), current, prior, change, values: captured(fires, ring, count) };
}

/** From nothing to something is at least any fraction; from nothing to nothing is no change. */
function relative(difference: number, prior: number): number {
  return difference === 0 ? 0 : difference / Math.abs(prior);
}

function judgeZScore(event: RunMetricZScore, ring: ValueRing): Verdict {
  const baseline = ring.stretch(1, event.window);
  const current = ring.at(0);
  const average = mean(baseline);
  const spread = deviation(baseline, average);
  if (spread <= ROUNDING * Math.abs(average)) {
    return { fires: false, reason: 'no_variation', current, mean: average, deviation: spread, values: [] };
  }
  const z = (current - average) / spread;
  const fires = reaches(z, event.direction, event.threshold);
  const values = captured(fires, ring, event.window + 1);
  return { fires, reason: reasonOf(fires, z), current, z, mean: average, deviation: spread, values };
}

/** The latest value without an aggregation, else one value for the window. */
function measure(ring: ValueRing, skip: number, count: number, aggregation: Aggregation | null): number {
  return aggregation === null ? ring.at(skip) : aggregate(ring.stretch(skip, count), aggregation);
}

function compare(value: number, comparison: Comparison, threshold: number): boolean {
  switch (comparison) {
    case '$gt':
      return value > threshold;
    case '$gte':
      return value >= threshold;
    case '$lt':
      return value < threshold;
    case '$lte':
      return value <= threshold;
    case '$eq':
      return value === threshold;
    case '$ne':
      return !Number.isNaN(value) && value !== threshold;
  }
}

function reaches(value: number, direction: Direction, amount: number): boolean {
  switch (direction) {
    case 'INCREASE':
      return value >= amount;
    case 'DECREASE':
      return value <= -amount;
    case 'ANY':
      return Math.abs(value) >= amount;
  }
}

function reasonOf(fires: boolean, side: number): VerdictReason {
  if (fires) return 'holds';
  return Number.isNaN(side) ? 'not_a_number' : 'does_not_hold';
}

function captured(fires: boolean, ring: ValueRing, window: number): readonly number[] {
  return fires ? [...ring.stretch(0, Math.min(window, MOST_CAPTURED_VALUES))] : [];
}
