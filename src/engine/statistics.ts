import type { Aggregation } from '../events/metric-event.ts';

/** One value for a window. It is computed afresh, so it never depends on how the values came. */
export function aggregate(values: Float64Array, aggregation: Aggregation): number {
  switch (aggregation) {
    case 'AVERAGE':
      return mean(values);
    case 'MIN':
      return least(values);
    case 'MAX':
      return greatest(values);
  }
}

/**
 * Arithmetic mean: a compensated sum (Neumaier), clamped between the least and the greatest value, so that equal
 * values have exactly that mean (automations, section 2.6). NaN where there are both infinities. In one pass: it is
 * what most automations ask for at each value they watch.
 */
export function mean(values: Float64Array): number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  let sum = 0;
  let lost = 0;
  for (let index = 0; index < values.length; index += 1) {
    const value = at(values, index);
    if (value < low) low = value;
    if (value > high) high = value;
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  if (low === high) return low;
  if (!Number.isFinite(low) || !Number.isFinite(high)) return low + high;
  const average = (sum + lost) / values.length;
  return Math.min(Math.max(Number.isFinite(average) ? average : meanOfLarge(values), low), high);
}

/** Population standard deviation around a mean; scaled, so that squares of large values do not overflow. */
export function deviation(values: Float64Array, around: number): number {
  const largest = Math.max(greatest(values) - around, around - least(values));
  if (largest === 0 || !Number.isFinite(largest)) return largest;
  let squares = 0;
  for (let index = 0; index < values.length; index += 1) {
    const part = (at(values, index) - around) / largest;
    squares += part * part;
  }
  return largest * Math.sqrt(squares / values.length);
}

/** Finite values whose sum is too large for a double: each is divided first. */
function meanOfLarge(values: Float64Array): number {
  return mean(values.map((value) => value / values.length)) * values.length;
}

/** The smallest value; infinity of none. */
export function least(values: Float64Array): number {
  let low = Number.POSITIVE_INFINITY;
  for (let index = 0; index < values.length; index += 1) if (at(values, index) < low) low = at(values, index);
  return low;
}

/** The largest value; minus infinity of none. */
export function greatest(values: Float64Array): number {
  let high = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < values.length; index += 1) if (at(values, index) > high) high = at(values, index);
  return high;
}

/** Counted loops, because iterators over typed arrays take several times as long. */
function at(values: Float64Array, index: number): number {
  return values[index] as number;
}
