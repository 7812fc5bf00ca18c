import type { Instant } from '../model/clock.ts';
import type { AutomationRecord } from './automation.ts';

/** Milliseconds between two firings of a metric automation for one run (automations, section 2.8). */
export const COOLDOWN = 24 * 60 * 60 * 1000;

/** When an automation last fired for a run, and under which condition. */
export interface Latch {
  readonly conditionRevision: number;
  readonly lastFiredAt: Instant;
}

/** Whether an automation has fired for the run too lately to fire again. An edited condition starts anew. */
export function isResting(
  latch: Latch | undefined,
  { conditionRevision }: Pick<AutomationRecord, 'conditionRevision'>,
  now: Instant,
  cooldown: number,
): boolean {
  return latch?.conditionRevision === conditionRevision && now - latch.lastFiredAt < cooldown;
}
