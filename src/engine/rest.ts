import type { Instant } from '../model/clock.ts';
import type { AutomationRecord } from './automation.ts';
import { COOLDOWN, isResting, type Latch } from './latch.ts';

/**
 * Until when an automation that fired for a run rests; `undefined` when it does not. Here, and nowhere else,
 * explanations and backtests ask how often an automation may fire (automations, section 2.8).
 */
export function restsUntil(
  latch: Latch | undefined,
  automation: Pick<AutomationRecord, 'conditionRevision'>,
  now: Instant,
): Instant | undefined {
  return latch !== undefined && isResting(latch, automation, now, COOLDOWN) ? latch.lastFiredAt + COOLDOWN : undefined;
}
