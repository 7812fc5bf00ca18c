import type { Direction } from '../events/metric-event.ts';
import type { Comparison } from '../events/run-metric.ts';
import type { RunMetricChange } from '../events/run-metric-change.ts';
import type { MetricEvent, Verdict } from './judge.ts';

/** Bounds of some values. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
}

/**
 * By how much a judged value misses its condition, in the unit of what is compared: 0 where it holds or lies on the
 * threshold; infinite where nothing could be compared.
 */
export function shortfall(event: MetricEvent, verdict: Verdict): number {
  switch (event.type) {
    case 'RUN_METRIC':
      return distance(verdict.current, event.comparison, event.threshold);
    case 'RUN_METRIC_CHANGE':
      return lacking(verdict.change, event.direction, event.amount);
    case 'RUN_METRIC_ZSCORE':
      return lacking(verdict.z, event.direction, event.threshold);
  }
}

/** The smallest shortfall that values between two bounds can have, whatever they are. */
export function leastShortfall(event: MetricEvent, bounds: Bounds): number {
  if (bounds.low > bounds.high) return Number.POSITIVE_INFINITY;
  switch (event.type) {
    case 'RUN_METRIC':
      return nearest(bounds, event.comparison, event.threshold);
    case 'RUN_METRIC_CHANGE':
      return Math.max(0, event.amount - largestChange(event, bounds));
    case 'RUN_METRIC_ZSCORE':
      return bounds.low < bounds.high ? 0 : Number.POSITIVE_INFINITY;
  }
}

/** Whether the condition holds for all values between two bounds, whatever they are. */
export function alwaysHolds(event: MetricEvent, { low, high }: Bounds): boolean {
  if (event.type !== 'RUN_METRIC' || low > high) return false;
  switch (event.comparison) {
    case '$gt':
      return low > event.threshold;
    case '$gte':
      return low >= event.threshold;
    case '$lt':
      return high < event.threshold;
    case '$lte':
      return high <= event.threshold;
    case '$eq':
      return low === event.threshold && high === event.threshold;
    case '$ne':
      return low > event.threshold || high < event.threshold;
  }
}

function distance(value = Number.NaN, comparison: Comparison, threshold: number): number {
  return Number.isNaN(value) ? Number.POSITIVE_INFINITY : nearest({ low: value, high: value }, comparison, threshold);
}

function nearest({ low, high }: Bounds, comparison: Comparison, threshold: number): number {
  switch (comparison) {
    case '$gt':
    case '$gte':
      return high >= threshold ? 0 : threshold - high;
    case '$lt':
    case '$lte':
      return low <= threshold ? 0 : low - threshold;
    case '$eq':
      return low > threshold ? low - threshold : high < threshold ? threshold - high : 0;
    case '$ne':
      return 0;
  }
}

function lacking(measure = Number.NaN, direction: Direction, amount: number): number {
  if (Number.isNaN(measure)) return Number.POSITIVE_INFINITY;
  const reached = direction === 'ANY' ? Math.abs(measure) : direction === 'DECREASE' ? -measure : measure;
  return Math.max(0, amount - reached);
}

/** Aggregates lie between the values; of values that have both signs, the prior one may be as small as can be. */
function largestChange({ changeType }: RunMetricChange, { low, high }: Bounds): number {
  // the difference of equal infinities is no number
  if (high === low) return 0;
  if (changeType === 'ABSOLUTE') return high - low;
  const smallest = low > 0 ? low : high < 0 ? -high : 0;
  return (high - low) / smallest;
}
