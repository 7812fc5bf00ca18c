import { type Measures, MOST_CAPTURED_VALUES } from '../events/captured-metric.ts';
import type { EventDefinition } from '../events/index.ts';
import type { Direction } from '../events/metric-event.ts';
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
  const current = event.aggregation === null ? ring.at(0) : aggregate(ring, { skip: 0, count }, event.aggregation);
  return verdict(current, compare(current, event.comparison, event.threshold), { current }, ring, count);
}

function judgeChange(event: RunMetricChange, ring: ValueRing): Verdict {
  const { aggregation } = event;
  const [count, before] = aggregation === null ? [1, 1] : [event.currentWindow, event.priorWindow];
  const current = aggregation === null ? ring.at(0) : aggregate(ring, { skip: 0, count }, aggregation);
  const prior = aggregation === null ? ring.at(1) : aggregate(ring, { skip: count, count: before }, aggregation);
  const change = event.changeType === 'ABSOLUTE' ? current - prior : relative(current - prior, prior);
  return verdict(change, reaches(change, event.direction, event.amount), { current, prior, change }, ring, count);
}

/** From nothing to something is at least any fraction; from nothing to nothing is no change. */
function relative(difference: number, prior: number): number {
  return difference === 0 ? 0 : difference / Math.abs(prior);
}

function judgeZScore(event: RunMetricZScore, ring: ValueRing): Verdict {
  const baseline = { skip: 1, count: event.window };
  const current = ring.at(0);
  const average = mean(ring, baseline);
  const spread = deviation(ring, baseline, average);
  if (spread <= ROUNDING * Math.abs(average)) {
    return { fires: false, reason: 'no_variation', current, mean: average, deviation: spread, values: [] };
  }
  const z = (current - average) / spread;
  const measures = { current, z, mean: average, deviation: spread };
  return verdict(z, reaches(z, event.direction, event.threshold), measures, ring, event.window + 1);
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

function verdict(side: number, fires: boolean, measures: Measures, ring: ValueRing, window: number): Verdict {
  if (fires)
    return { ...measures, fires, reason: 'holds', values: ring.newest(Math.min(window, MOST_CAPTURED_VALUES)) };
  return { ...measures, fires, reason: Number.isNaN(side) ? 'not_a_number' : 'does_not_hold', values: [] };
}
