import type { MetricAutomation } from '../../src/engine/automation.ts';
import type { Latch } from '../../src/engine/latch.ts';
import type { LatchChange } from '../../src/engine/latch-fold.ts';

/** The latch that is stored after a chunk whose filter matched the run. */
export function latchAfter(
  stored: Latch | undefined,
  { conditionRevision }: MetricAutomation,
  { armed }: Pick<LatchChange, 'armed'>,
  fired: number,
  now: number,
): Latch | undefined {
  if (fired > 0) return { conditionRevision, lastFiredAt: now, armed };
  return stored?.conditionRevision === conditionRevision ? { ...stored, armed } : stored;
}
