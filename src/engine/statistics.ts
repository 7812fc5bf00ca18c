import type { Aggregation } from '../events/metric-event.ts';
import type { ValueRing } from './value-ring.ts';

/** A stretch of a ring: `count` values, the newest of them `skip` values back. */
export interface Stretch {
  readonly skip: number;
  readonly count: number;
}

/** One value for a stretch. It is computed afresh, so it never depends on how the values came. */
export function aggregate(ring: ValueRing, stretch: Stretch, aggregation: Aggregation): number {
  switch (aggregation) {
    case 'AVERAGE':
      return mean(ring, stretch);
    case 'MIN':
      return least(ring, stretch);
    case 'MAX':
      return greatest(ring, stretch);
  }
}

/**
 * Arithmetic mean: a compensated sum (Neumaier), clamped between the least and the greatest value, so that equal
 * values have exactly that mean (automations, section 2.6). NaN where the stretch holds both infinities.
 */
export function mean(ring: ValueRing, stretch: Stretch): number {
  const low = least(ring, stretch);
  const high = greatest(ring, stretch);
  if (low === high) return low;
  if (!Number.isFinite(low) || !Number.isFinite(high)) return low + high;
  const sum = sumOf(ring, stretch, 1);
  // Finite values whose sum is too large for a double: divide first.
  const average = Number.isFinite(sum) ? sum / stretch.count : sumOf(ring, stretch, stretch.count);
  return Math.min(Math.max(average, low), high);
}

/** Population standard deviation around a mean; scaled, so that squares of large values do not overflow. */
export function deviation(ring: ValueRing, stretch: Stretch, around: number): number {
  const largest = Math.max(greatest(ring, stretch) - around, around - least(ring, stretch));
  if (largest === 0 || !Number.isFinite(largest)) return largest;
  let squares = 0;
  for (let index = stretch.count - 1; index >= 0; index -= 1) {
    squares += ((ring.at(stretch.skip + index) - around) / largest) ** 2;
  }
  return largest * Math.sqrt(squares / stretch.count);
}

/** Sum of the values, each divided first, oldest first. */
function sumOf(ring: ValueRing, { skip, count }: Stretch, divisor: number): number {
  let sum = 0;
  let lost = 0;
  for (let index = count - 1; index >= 0; index -= 1) {
    const value = ring.at(skip + index) / divisor;
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return sum + lost;
}

function least(ring: ValueRing, { skip, count }: Stretch): number {
  let low = Number.POSITIVE_INFINITY;
  for (let index = 0; index < count; index += 1) low = Math.min(low, ring.at(skip + index));
  return low;
}

function greatest(ring: ValueRing, { skip, count }: Stretch): number {
  let high = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < count; index += 1) high = Math.max(high, ring.at(skip + index));
  return high;
}
